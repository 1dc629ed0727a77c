//! Ring groups, whose members' devices ring together, and call pickup groups, whose members may take
//! each other's calls (C-13).

use super::membership::User;
use super::{may, read_name, read_ring_seconds};
use crate::audit::{Entry, MEMBER, Recorded, Value};
use crate::field::Problems;
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, OrganisationId, PartId, PbxId,
    PickupGroupId, Refusal, RingGroupId, Timestamp, Version, Why,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The two kinds of such groups.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Ring,
    Pickup,
}

/// A ring group or a call pickup group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallGroupId {
    Ring(RingGroupId),
    Pickup(PickupGroupId),
}

impl Kind {
    /// The id of a group of this kind.
    pub const fn id(self, id: Uuid) -> CallGroupId {
        match self {
            Self::Ring => CallGroupId::Ring(RingGroupId(id)),
            Self::Pickup => CallGroupId::Pickup(PickupGroupId(id)),
        }
    }
}

impl CallGroupId {
    /// Of which kind the group is.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Ring(_) => Kind::Ring,
            Self::Pickup(_) => Kind::Pickup,
        }
    }

    /// The id without its kind.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Ring(RingGroupId(id)) | Self::Pickup(PickupGroupId(id)) => id,
        }
    }
}

/// A group as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CallGroup {
    pub organisation: OrganisationId,
    pub id: CallGroupId,
    pub version: Version,
    /// Where it is; it never moves.
    pub pbx: PbxId,
    pub name: String,
    /// For how long a ring group rings, in seconds; 0 of a call pickup group.
    pub ring_seconds: i32,
}

/// A group that did not exist before; nobody is in it.
#[derive(Debug)]
pub struct CallGroupCreated {
    pub id: CallGroupId,
    pub pbx: PbxId,
    pub name: String,
    pub ring_seconds: i32,
}

/// A group of which something else is said.
#[derive(Debug)]
pub struct CallGroupRevised {
    pub before: CallGroup,
    pub name: String,
    pub ring_seconds: i32,
}

/// A group that is gone.
#[derive(Debug)]
pub struct CallGroupDeleted {
    pub id: CallGroupId,
    pub from: Version,
    pub name: String,
}

/// A group with other members.
#[derive(Debug)]
pub struct CallMembersChanged {
    pub id: CallGroupId,
    pub pbx: PbxId,
    pub added: Vec<EmployeeId>,
    pub removed: Vec<EmployeeId>,
}

fn read(kind: Kind, name: &str, seconds: &str, mut on: Problems) -> Result<(String, i32), Refusal> {
    let name = on.take(Field::Name, read_name(name));
    let seconds = match kind {
        Kind::Ring => read_ring_seconds(seconds, &mut on),
        Kind::Pickup => 0,
    };
    on.none()?;
    Ok((name, seconds))
}

impl CallGroupCreated {
    /// Allows a new group on one of the PBXs that there are; `ring_seconds` as typed, of a ring group.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: CallGroupId,
        (pbx, pbxs): (Option<PbxId>, &[PbxId]),
        (name, ring_seconds): (&str, &str),
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let mut problems = Problems::default();
        let pbx = pbx.filter(|pbx| pbxs.contains(pbx));
        if pbx.is_none() {
            problems.add(Field::Pbx, Why::UnknownChoice);
        }
        let (name, ring_seconds) = read(id.kind(), name, ring_seconds, problems)?;
        let created = Self {
            id,
            pbx: pbx.ok_or(Refusal::NotFound)?,
            name,
            ring_seconds,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl CallGroup {
    /// Whether the actor may set it up.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        may(actor, self.organisation)
    }

    /// Allows to say something else of it; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        (name, ring_seconds): (&str, &str),
        at: Timestamp,
    ) -> Result<Option<Allowed<CallGroupRevised>>, Refusal> {
        self.may(actor)?;
        let (name, ring_seconds) = read(self.id.kind(), name, ring_seconds, Problems::default())?;
        if name == self.name && ring_seconds == self.ring_seconds {
            return Ok(None);
        }
        let revised = CallGroupRevised {
            before: self.clone(),
            name,
            ring_seconds,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Allows the deletion of a group to which none of the `scripts` leads, given by name (C-19).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::LedTo`].
    pub fn delete(
        &self,
        actor: &Actor,
        scripts: Vec<String>,
        at: Timestamp,
    ) -> Result<Allowed<CallGroupDeleted>, Refusal> {
        self.may(actor)?;
        if !scripts.is_empty() {
            return Err(Refusal::LedTo(scripts));
        }
        let deleted = CallGroupDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }

    /// Allows users of its PBX into the group and takes others out; `None` when nothing changes.
    /// `members` are in it now, `users` what is known of those who would be added.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also for a user that there is not, [`Refusal::Forbidden`],
    /// [`Refusal::Invalid`] naming who is of another PBX.
    pub fn change_members(
        &self,
        actor: &Actor,
        (added, removed): (&[EmployeeId], &[EmployeeId]),
        (members, users): (&[EmployeeId], &[User]),
        at: Timestamp,
    ) -> Result<Option<Allowed<CallMembersChanged>>, Refusal> {
        self.may(actor)?;
        let mut problems = Problems::default();
        let mut new = Vec::new();
        for id in added.iter().filter(|id| !members.contains(id)) {
            let user = users.iter().find(|user| user.employee == *id);
            let user = user.ok_or(Refusal::NotFound)?;
            if user.pbx != self.pbx {
                let (user, queue) = (user.name.clone(), self.name.clone());
                problems.add(Field::Members, Why::OtherPbx { user, queue });
            }
            if !new.contains(id) {
                new.push(*id);
            }
        }
        problems.none()?;
        let gone = members.iter().filter(|id| removed.contains(id));
        let gone: Vec<_> = gone.filter(|id| !added.contains(id)).copied().collect();
        if new.is_empty() && gone.is_empty() {
            return Ok(None);
        }
        let changed = CallMembersChanged {
            id: self.id,
            pbx: self.pbx,
            added: new,
            removed: gone,
        };
        Ok(Some(Allowed::new(changed, actor, at)))
    }
}

fn about(id: CallGroupId) -> About {
    About::Part(PartId(id.uuid()))
}

fn by_kind(id: CallGroupId, ring: Event, pickup: Event) -> Event {
    match id.kind() {
        Kind::Ring => ring,
        Kind::Pickup => pickup,
    }
}

fn values((name, seconds): (&str, i32), (new_name, new_seconds): (&str, i32)) -> Vec<Value> {
    let shown = |seconds: i32| match seconds {
        0 => String::new(),
        seconds => seconds.to_string(),
    };
    let seconds = Value::changed(
        Field::RingSeconds.name(),
        &shown(seconds),
        &shown(new_seconds),
    );
    [Value::changed(Field::Name.name(), name, new_name), seconds]
        .into_iter()
        .flatten()
        .collect()
}

impl Recorded for CallGroupCreated {
    fn entry(&self) -> Entry {
        Entry {
            event: by_kind(self.id, Event::RingGroupCreated, Event::PickupGroupCreated),
            subject: about(self.id),
            values: values(("", 0), (&self.name, self.ring_seconds)),
        }
    }
}

impl Recorded for CallGroupRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let before = &self.before;
        Entry {
            event: by_kind(
                before.id,
                Event::RingGroupRevised,
                Event::PickupGroupRevised,
            ),
            subject: about(before.id),
            values: values(
                (&before.name, before.ring_seconds),
                (&self.name, self.ring_seconds),
            ),
        }
    }
}

impl Recorded for CallGroupDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: by_kind(self.id, Event::RingGroupDeleted, Event::PickupGroupDeleted),
            subject: about(self.id),
            values: values((&self.name, 0), ("", 0)),
        }
    }
}

impl Recorded for CallMembersChanged {
    /// Members by id: a name would outlive its person (E-16).
    fn entry(&self) -> Entry {
        let value = |id: &EmployeeId, before: &str, after: &str| {
            Value::changed(&format!("{MEMBER}{id}"), before, after)
        };
        let added = self.added.iter().filter_map(|id| value(id, "off", "on"));
        let removed = self.removed.iter().filter_map(|id| value(id, "on", "off"));
        Entry {
            event: by_kind(
                self.id,
                Event::RingMembersChanged,
                Event::PickupMembersChanged,
            ),
            subject: about(self.id),
            values: added.chain(removed).collect(),
        }
    }
}
