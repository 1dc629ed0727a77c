//! Deleting an office for good: Administrators only, and not while somebody is expected there (O-01).

use super::Office;
use crate::audit::{Entry, Recorded, Value};
use crate::{
    About, Action, Actor, Allowed, Event, Field, OfficeId, Refusal, Timestamp, Version, Why,
};

/// The most employees whose roles are taken away with an office: nobody else can write meanwhile.
pub const TAKEN_OUT_MAX: i64 = 500;

/// What hangs on an office, counted in the transaction that would delete it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Standing {
    /// Employees who hold a role in it.
    pub employees: i64,
    /// Appointments in it that are not over and not cancelled.
    pub appointments: i64,
}

/// An office that is gone, with its opening hours, its rules and who handles what in it.
#[derive(Debug)]
pub struct OfficeDeleted {
    pub office: OfficeId,
    pub from: Version,
    pub name: String,
}

impl Office {
    /// Allows the deletion when the office's name was typed to confirm it. Appointments that are still
    /// to come are dealt with first (case 20).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Awaited`],
    /// [`Refusal::TooManyEmployees`], [`Refusal::Invalid`] when what was typed is not the name.
    pub fn delete(
        &self,
        actor: &Actor,
        typed: &str,
        standing: Standing,
        at: Timestamp,
    ) -> Result<Allowed<OfficeDeleted>, Refusal> {
        self.may(actor, Action::CreateOffice)?;
        if standing.appointments > 0 {
            return Err(Refusal::Awaited(standing.appointments));
        }
        if standing.employees > TAKEN_OUT_MAX {
            return Err(Refusal::TooManyEmployees(standing.employees));
        }
        if typed.trim().to_lowercase() != self.name.to_lowercase() {
            return Err(Refusal::field(Field::Confirmation, Why::DoesNotMatch));
        }
        let deleted = OfficeDeleted {
            office: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

impl Recorded for OfficeDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::OfficeDeleted,
            subject: About::Office(self.office),
            values: Value::changed("name", &self.name, "").into_iter().collect(),
        }
    }
}
