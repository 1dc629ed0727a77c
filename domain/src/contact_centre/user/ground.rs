//! What stands around a user, read in the transaction that would change them.

use super::Settings;
use crate::contact_centre::license::{Held, Licenses};
use crate::contact_centre::number::{Holder, Number};
use crate::contact_centre::tenant::Tenant;
use crate::contact_centre::voice::Extension;
use crate::field::{Phone, Problems};
use crate::{AgentGroupId, EmployeeId, Field, PbxId, QueueId, Refusal, TenantId, Why};
use std::collections::BTreeSet;

/// What a rule about a user needs to know of the contact centre.
#[derive(Clone, Debug)]
pub struct Ground {
    /// How many PBXs there are.
    pub pbxs: usize,
    pub tenants: Vec<Tenant>,
    pub groups: Vec<Group>,
    pub licenses: Licenses,
    /// Of the extensions that are wanted: who has each, on which PBX.
    pub extensions: Vec<(PbxId, Extension, EmployeeId)>,
    /// Of the numbers that are wanted: those of the inventory, and who has each.
    pub numbers: Vec<Number>,
    /// The queues to which the user is assigned.
    pub queues: Vec<InQueue>,
    /// The names of the ring and pickup groups that the user is in.
    pub rings_in: Vec<String>,
    /// Whether the user has an agent workspace among the endpoints.
    pub has_workspace: bool,
}

/// An agent group that one can be put in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub id: AgentGroupId,
    pub name: String,
    pub is_default: bool,
}

/// A queue to which a user is assigned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InQueue {
    pub id: QueueId,
    pub name: String,
    /// Whether Engage users can be in it (C-09).
    pub suits_engage: bool,
}

/// The queues and groups there are, of which some can be monitored.
#[derive(Clone, Default, Debug)]
pub struct Overseen {
    pub queues: BTreeSet<QueueId>,
    pub groups: BTreeSet<AgentGroupId>,
}

impl Ground {
    /// The tenant of an id.
    pub fn tenant(&self, id: TenantId) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }

    /// What an agent group is called.
    pub fn group(&self, id: AgentGroupId) -> &str {
        let group = self.groups.iter().find(|group| group.id == id);
        group.map_or("", |group| group.name.as_str())
    }

    /// Refuses settings that the contact centre has no room for. `stays` are the queues to which the
    /// user will be assigned then.
    pub(super) fn admits(
        &self,
        employee: EmployeeId,
        before: Option<&Settings>,
        wanted: &Settings,
        stays: &[InQueue],
        mut problems: Problems,
    ) -> Result<PbxId, Refusal> {
        let tenant = self
            .tenant(wanted.tenant)
            .ok_or_else(|| Refusal::field(Field::Tenant, Why::UnknownChoice))?;
        let nothing = Held::None;
        let held = before.map_or(&nothing, |before| &before.license);
        if let Err(Refusal::Invalid(more)) = self.licenses.admit(held, &wanted.license) {
            more.into_iter()
                .for_each(|one| problems.add(one.field, one.why));
        }
        if wanted.is_engage() && !tenant.suits_engage(self.pbxs) {
            problems.add(Field::License, Why::NotDefaultTenant);
        }
        if wanted.is_engage() {
            let unsuited = stays.iter().filter(|queue| !queue.suits_engage);
            let unsuited = names(unsuited.map(|queue| &queue.name));
            if !unsuited.is_empty() {
                problems.add(Field::License, Why::QueuesNotForEngage(unsuited));
            }
        }
        if self.has_workspace && wanted.is_engage() {
            problems.add(Field::License, Why::HasWorkspace);
        }
        self.admits_move(before, tenant, stays, &mut problems);
        self.admits_extensions(employee, wanted, tenant.pbx, &mut problems);
        self.admits_numbers(employee, before, wanted, &mut problems);
        problems.none().map(|()| tenant.pbx)
    }

    /// Who moves to another PBX can be in nothing of the old one.
    fn admits_move(
        &self,
        before: Option<&Settings>,
        tenant: &Tenant,
        stays: &[InQueue],
        problems: &mut Problems,
    ) {
        let old = before.and_then(|before| self.tenant(before.tenant));
        if old.is_none_or(|old| old.pbx == tenant.pbx) {
            return;
        }
        let left = stays.iter().map(|queue| &queue.name).chain(&self.rings_in);
        let left = names(left);
        if !left.is_empty() {
            problems.add(Field::Tenant, Why::InOldPbx(left));
        }
    }

    fn admits_extensions(
        &self,
        employee: EmployeeId,
        wanted: &Settings,
        pbx: PbxId,
        problems: &mut Problems,
    ) {
        let of_others = |wanted: &Extension| {
            self.extensions
                .iter()
                .any(|(on, one, by)| *on == pbx && one == wanted && *by != employee)
        };
        let (work, centre) = (&wanted.work.extension, &wanted.centre.extension);
        if work.as_ref().is_some_and(of_others) {
            problems.add(Field::WorkExtension, Why::Taken);
        }
        if centre.as_ref().is_some_and(of_others) || (centre.is_some() && centre == work) {
            problems.add(Field::CentreExtension, Why::Taken);
        }
    }

    /// A number that the user has already was not asked for, and stays.
    fn admits_numbers(
        &self,
        employee: EmployeeId,
        before: Option<&Settings>,
        wanted: &Settings,
        problems: &mut Problems,
    ) {
        let own = |number: &Phone| {
            let lines = before.map(|before| [&before.work.number, &before.centre.number]);
            lines.is_some_and(|lines| lines.contains(&&Some(number.clone())))
        };
        let known = |number: &Phone| self.numbers.iter().find(|one| one.number == *number);
        let stands = |number: &Phone| match known(number).map(|one| &one.holder) {
            _ if own(number) => None,
            None => Some(Why::NotInInventory),
            Some(None) => None,
            Some(Some(Holder::User { id, .. })) if *id == employee => None,
            Some(Some(_)) => Some(Why::Taken),
        };
        let (work, centre) = (&wanted.work.number, &wanted.centre.number);
        if let Some(why) = work.as_ref().and_then(stands) {
            problems.add(Field::WorkNumber, why);
        }
        let twice = (centre.is_some() && centre == work).then_some(Why::Taken);
        if let Some(why) = centre.as_ref().and_then(stands).or(twice) {
            problems.add(Field::CentreNumber, why);
        }
    }
}

/// Names with commas between.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}
