//! Agent groups: every contact-centre user is in exactly one (C-11).

use super::{may, read_name};
use crate::audit::{Entry, Recorded, Value};
use crate::{
    About, Action, Actor, AgentGroupId, Allowed, Event, Field, OrganisationId, PartId, Refusal,
    Timestamp, Version,
};
use serde::{Deserialize, Serialize};

/// An agent group as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgentGroup {
    pub organisation: OrganisationId,
    pub id: AgentGroupId,
    pub version: Version,
    pub name: String,
    /// Where users are who are put nowhere else; exactly one group is.
    pub is_default: bool,
}

/// A group that did not exist before; nobody is in it.
#[derive(Debug)]
pub struct AgentGroupCreated {
    pub id: AgentGroupId,
    pub name: String,
}

/// A group with another name, or one that became the default.
#[derive(Debug)]
pub struct AgentGroupRevised {
    pub before: AgentGroup,
    pub name: String,
    /// Whether it is the default from now on, and the one that was no longer is.
    pub is_default: bool,
}

/// A group that is gone; whoever was in it is in the default group.
#[derive(Debug)]
pub struct AgentGroupDeleted {
    pub id: AgentGroupId,
    pub from: Version,
    pub name: String,
    /// How many move.
    pub members: i64,
}

impl AgentGroupCreated {
    /// Allows a new group.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: AgentGroupId,
        name: &str,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let name = read_name(name).map_err(|why| Refusal::field(Field::Name, why))?;
        Ok(Allowed::new(Self { id, name }, actor, at))
    }
}

impl AgentGroup {
    /// Whether the actor may set it up.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        may(actor, self.organisation)
    }

    /// Allows another name, and to make it the default; `None` when nothing changes. The default
    /// group stays the default until another becomes it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        name: &str,
        is_default: bool,
        at: Timestamp,
    ) -> Result<Option<Allowed<AgentGroupRevised>>, Refusal> {
        self.may(actor)?;
        let name = read_name(name).map_err(|why| Refusal::field(Field::Name, why))?;
        let is_default = is_default || self.is_default;
        if name == self.name && is_default == self.is_default {
            return Ok(None);
        }
        let revised = AgentGroupRevised {
            before: self.clone(),
            name,
            is_default,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Allows the deletion of a group that is not the default; its `members` move there (case 20).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::DefaultGroup`].
    pub fn delete(
        &self,
        actor: &Actor,
        members: i64,
        at: Timestamp,
    ) -> Result<Allowed<AgentGroupDeleted>, Refusal> {
        self.may(actor)?;
        if self.is_default {
            return Err(Refusal::DefaultGroup);
        }
        let deleted = AgentGroupDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
            members,
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

fn entry(event: Event, id: AgentGroupId, values: [Option<Value>; 2]) -> Entry {
    Entry {
        event,
        subject: About::Part(PartId(id.0)),
        values: values.into_iter().flatten().collect(),
    }
}

fn named(before: &str, after: &str) -> Option<Value> {
    Value::changed(Field::Name.name(), before, after)
}

impl Recorded for AgentGroupCreated {
    fn entry(&self) -> Entry {
        entry(
            Event::AgentGroupCreated,
            self.id,
            [named("", &self.name), None],
        )
    }
}

impl Recorded for AgentGroupRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let word = |on: bool| if on { "on" } else { "off" };
        let before = &self.before;
        let default = Value::changed(
            Field::IsDefault.name(),
            word(before.is_default),
            word(self.is_default),
        );
        let values = [named(&before.name, &self.name), default];
        entry(Event::AgentGroupRevised, before.id, values)
    }
}

impl Recorded for AgentGroupDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let members = Value::changed(Field::Members.name(), &self.members.to_string(), "0");
        entry(
            Event::AgentGroupDeleted,
            self.id,
            [named(&self.name, ""), members],
        )
    }
}
