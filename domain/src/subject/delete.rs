//! Deleting a subject for good, which is not done while an appointment about it is to come (case 20).

use super::Subject;
use crate::audit::{Entry, Recorded, Value};
use crate::{About, Actor, Allowed, Event, Field, Refusal, SubjectId, Timestamp, Version, Why};

/// A subject that is gone, with who handled it and how offices narrowed it.
#[derive(Debug)]
pub struct SubjectDeleted {
    pub id: SubjectId,
    pub from: Version,
    pub title: String,
}

impl Subject {
    /// Allows the deletion when the title was typed to confirm it. `appointments` is the number of
    /// those about it that are not over and not cancelled, counted in the same transaction.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Awaited`], [`Refusal::Invalid`] when
    /// what was typed is not the title.
    pub fn delete(
        &self,
        actor: &Actor,
        typed: &str,
        appointments: i64,
        at: Timestamp,
    ) -> Result<Allowed<SubjectDeleted>, Refusal> {
        self.may(actor)?;
        if appointments > 0 {
            return Err(Refusal::Awaited(appointments));
        }
        if typed.trim().to_lowercase() != self.title.to_lowercase() {
            return Err(Refusal::field(Field::Confirmation, Why::DoesNotMatch));
        }
        let deleted = SubjectDeleted {
            id: self.id,
            from: self.version,
            title: self.title.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

impl Recorded for SubjectDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::SubjectDeleted,
            subject: About::Subject(self.id),
            values: Value::changed("title", &self.title, "")
                .into_iter()
                .collect(),
        }
    }
}
