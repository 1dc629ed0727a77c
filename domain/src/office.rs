//! Offices: locations that offer appointments, and in which roles are held (O-01).

use crate::audit::{Entry, Recorded, Value};
use crate::field;
use crate::{
    About, Action, Actor, Allowed, Event, Field, OfficeId, OrganisationId, Refusal, Timestamp,
    Version, Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of an office's name.
pub const NAME_MAX: usize = 100;

/// An office as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Office {
    pub organisation: OrganisationId,
    pub id: OfficeId,
    pub version: Version,
    pub name: String,
    pub active: bool,
}

/// An office that did not exist before.
#[derive(Debug)]
pub struct OfficeCreated {
    pub organisation: OrganisationId,
    pub id: OfficeId,
    pub name: String,
    pub active: bool,
}

/// An office with another name or state.
#[derive(Debug)]
pub struct OfficeRevised {
    pub before: Office,
    pub name: String,
    pub active: bool,
}

impl OfficeCreated {
    /// Allows a new office.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: OfficeId,
        name: &str,
        active: bool,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::CreateOffice)?;
        let name = read_name(name)?;
        let created = Self {
            organisation: actor.organisation(),
            id,
            name,
            active,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl Office {
    /// Whether the actor may do `action` in this office.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor, action: Action) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_in(action, self.id)
    }

    /// Allows another name or state; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        name: &str,
        active: bool,
        at: Timestamp,
    ) -> Result<Option<Allowed<OfficeRevised>>, Refusal> {
        self.may(actor, Action::EditOffice)?;
        let name = read_name(name)?;
        if name == self.name && active == self.active {
            return Ok(None);
        }
        Ok(Some(Allowed::new(
            OfficeRevised {
                before: self.clone(),
                name,
                active,
            },
            actor,
            at,
        )))
    }
}

fn read_name(text: &str) -> Result<String, Refusal> {
    match field::line(text, NAME_MAX) {
        Ok(name) if name.is_empty() => Err(Refusal::field(Field::Name, Why::Required)),
        read => read.map_err(|why| Refusal::field(Field::Name, why)),
    }
}

fn word(active: bool) -> &'static str {
    if active { "on" } else { "off" }
}

impl Recorded for OfficeCreated {
    fn entry(&self) -> Entry {
        let values = [
            Value::changed("name", "", &self.name),
            Value::changed("active", "", word(self.active)),
        ];
        Entry {
            event: Event::OfficeCreated,
            subject: About::Office(self.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}

impl Recorded for OfficeRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let values = [
            Value::changed("name", &self.before.name, &self.name),
            Value::changed("active", word(self.before.active), word(self.active)),
        ];
        Entry {
            event: Event::OfficeRevised,
            subject: About::Office(self.before.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}
