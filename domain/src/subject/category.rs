//! Categories: groups of subjects, which customers choose from first (O-02).

use super::TITLE_MAX;
use crate::audit::{Entry, Recorded, Value};
use crate::field;
use crate::{
    About, Action, Actor, Allowed, CategoryId, Event, Field, OrganisationId, Refusal, Timestamp,
    Version, Why,
};
use serde::{Deserialize, Serialize};

/// A category as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Category {
    pub organisation: OrganisationId,
    pub id: CategoryId,
    pub version: Version,
    pub title: String,
}

/// A category that did not exist before.
#[derive(Debug)]
pub struct CategoryCreated {
    pub id: CategoryId,
    pub title: String,
}

/// A category with another title.
#[derive(Debug)]
pub struct CategoryRevised {
    pub before: Category,
    pub title: String,
}

/// A category that is no more; no subject was in it.
#[derive(Debug)]
pub struct CategoryDeleted {
    pub id: CategoryId,
    pub from: Version,
    pub title: String,
}

impl CategoryCreated {
    /// Allows a new category.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: CategoryId,
        title: &str,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditSubjects)?;
        let title = read_title(title)?;
        Ok(Allowed::new(Self { id, title }, actor, at))
    }
}

impl Category {
    /// Whether the actor may edit categories.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::EditSubjects)
    }

    /// Allows another title; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        title: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<CategoryRevised>>, Refusal> {
        self.may(actor)?;
        let title = read_title(title)?;
        if title == self.title {
            return Ok(None);
        }
        let before = self.clone();
        Ok(Some(Allowed::new(
            CategoryRevised { before, title },
            actor,
            at,
        )))
    }

    /// Allows the deletion of a category in which there is no subject.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::HasSubjects`].
    pub fn delete(
        &self,
        actor: &Actor,
        subjects: i64,
        at: Timestamp,
    ) -> Result<Allowed<CategoryDeleted>, Refusal> {
        self.may(actor)?;
        if subjects > 0 {
            return Err(Refusal::HasSubjects(subjects));
        }
        let deleted = CategoryDeleted {
            id: self.id,
            from: self.version,
            title: self.title.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

fn read_title(text: &str) -> Result<String, Refusal> {
    match field::line(text, TITLE_MAX) {
        Ok(title) if title.is_empty() => Err(Refusal::field(Field::Title, Why::Required)),
        read => read.map_err(|why| Refusal::field(Field::Title, why)),
    }
}

fn entry(event: Event, id: CategoryId, before: &str, after: &str) -> Entry {
    Entry {
        event,
        subject: About::Category(id),
        values: Value::changed("title", before, after).into_iter().collect(),
    }
}

impl Recorded for CategoryCreated {
    fn entry(&self) -> Entry {
        entry(Event::CategoryCreated, self.id, "", &self.title)
    }
}

impl Recorded for CategoryRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let before = &self.before;
        entry(
            Event::CategoryRevised,
            before.id,
            &before.title,
            &self.title,
        )
    }
}

impl Recorded for CategoryDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        entry(Event::CategoryDeleted, self.id, &self.title, "")
    }
}
