//! Adding a tenant, moving it to another PBX, and its profile (C-06, C-07).

use super::{Tenant, word};
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::elsewhere::Elsewhere;
use crate::contact_centre::pbx::{Pbx, read_name};
use crate::field::Problems;
use crate::{
    About, Action, Actor, AgentGroupId, Allowed, Event, Field, PartId, PbxId, Refusal, TenantId,
    Timestamp, Version, Why,
};

/// What a form says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    pub name: String,
    /// The one PBX it is linked to; `None` where none was chosen.
    pub pbx: Option<PbxId>,
    pub shows_cli: bool,
}

/// The group that the first users are in; made with the first tenant (C-11).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirstGroup {
    pub id: AgentGroupId,
    /// "Ungrouped", in the language of the organisation.
    pub name: String,
}

/// What stands in the way of moving a tenant to another PBX, read in the same transaction.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Moving {
    pub elsewhere: Elsewhere,
    /// Its users in queues, ring groups and pickup groups of the PBX it leaves.
    pub members: i64,
    /// Extensions of its users that somebody has in the PBX it moves to.
    pub extensions: i64,
}

/// A tenant that did not exist before.
#[derive(Debug)]
pub struct TenantCreated {
    pub id: TenantId,
    pub name: String,
    pub pbx: PbxId,
    /// The name of the PBX, for the audit trail.
    pub pbx_name: String,
    /// Whether it is the first, and thereby the default.
    pub is_default: bool,
    pub shows_cli: bool,
    /// Made with it where there is no default group yet.
    pub group: FirstGroup,
}

/// A tenant of which something else is said.
#[derive(Debug)]
pub struct TenantRevised {
    pub before: Tenant,
    pub name: String,
    pub pbx: PbxId,
    pub shows_cli: bool,
    /// The names of the PBXs before and after, for the audit trail.
    pub pbx_names: (String, String),
}

impl Draft {
    fn read(&self, pbxs: &[Pbx]) -> Result<(String, Pbx), Refusal> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, read_name(&self.name));
        let pbx = self.pbx.map(|id| pbxs.iter().find(|pbx| pbx.id == id));
        match pbx {
            Some(Some(pbx)) => {
                problems.none()?;
                Ok((name, pbx.clone()))
            }
            Some(None) => Err(refused(problems, Why::UnknownChoice)),
            None => Err(refused(problems, Why::Required)),
        }
    }
}

/// What was wrong with the form, and with its PBX.
fn refused(mut problems: Problems, why: Why) -> Refusal {
    problems.add(Field::Pbx, why.clone());
    let refusal = problems.none().err();
    refusal.unwrap_or_else(|| Refusal::field(Field::Pbx, why))
}

impl TenantCreated {
    /// Allows a new tenant on one of the `pbxs`; the first of all `tenants` is the default.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: TenantId,
        draft: &Draft,
        pbxs: &[Pbx],
        tenants: usize,
        group: FirstGroup,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let (name, pbx) = draft.read(pbxs)?;
        let created = Self {
            id,
            name,
            pbx: pbx.id,
            pbx_name: pbx.name,
            is_default: tenants == 0,
            shows_cli: draft.shows_cli,
            group,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl Tenant {
    /// Allows what `draft` says of the tenant; `None` when nothing changes. Users, extensions and
    /// all else that it holds moves with it to another PBX, or stands in the way.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`],
    /// [`Refusal::EngageElsewhere`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        pbxs: &[Pbx],
        moving: &Moving,
        at: Timestamp,
    ) -> Result<Option<Allowed<TenantRevised>>, Refusal> {
        self.may(actor)?;
        let (name, pbx) = draft.read(pbxs)?;
        if pbx.id != self.pbx {
            moving.elsewhere.allows(pbxs.len())?;
            if moving.members > 0 {
                return Err(Refusal::field(Field::Pbx, Why::MembersStay(moving.members)));
            }
            if moving.extensions > 0 {
                let why = Why::ExtensionsClash(moving.extensions);
                return Err(Refusal::field(Field::Pbx, why));
            }
        } else if name == self.name && draft.shows_cli == self.shows_cli {
            return Ok(None);
        }
        let left = pbxs.iter().find(|pbx| pbx.id == self.pbx);
        let revised = TenantRevised {
            before: self.clone(),
            name,
            pbx: pbx.id,
            shows_cli: draft.shows_cli,
            pbx_names: (
                left.map(|pbx| pbx.name.clone()).unwrap_or_default(),
                pbx.name,
            ),
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }
}

fn entry(event: Event, id: TenantId, values: Vec<Option<Value>>) -> Entry {
    Entry {
        event,
        subject: About::Part(PartId(id.0)),
        values: values.into_iter().flatten().collect(),
    }
}

impl Recorded for TenantCreated {
    fn entry(&self) -> Entry {
        let values = vec![
            Value::changed("name", "", &self.name),
            Value::changed("pbx", "", &self.pbx_name),
            Value::changed("shows_cli", "", word(self.shows_cli)),
        ];
        entry(Event::TenantCreated, self.id, values)
    }
}

impl Recorded for TenantRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let before = &self.before;
        let (left, now) = &self.pbx_names;
        let values = vec![
            Value::changed("name", &before.name, &self.name),
            Value::changed("pbx", left, now),
            Value::changed("shows_cli", word(before.shows_cli), word(self.shows_cli)),
        ];
        entry(Event::TenantRevised, before.id, values)
    }
}
