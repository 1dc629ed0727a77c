//! Changing the settings of a user, from whichever form.

use super::ground::names;
use super::{ContactUser, Draft, Ground, Settings, may_edit, word};
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::license::Held;
use crate::contact_centre::voice::Line;
use crate::field::Problems;
use crate::{
    About, Actor, Allowed, Employee, Event, Field, PbxId, QueueId, Refusal, Timestamp, Version, Why,
};

/// A user whose settings are others.
#[derive(Debug)]
pub struct ContactUserRevised {
    pub before: ContactUser,
    pub settings: Settings,
    pub pbx: PbxId,
    /// The queues that the user leaves in the same step.
    pub leaves: Vec<QueueId>,
    /// What tenant and agent group are called, before and after.
    tenants: [String; 2],
    groups: [String; 2],
}

impl ContactUser {
    /// Allows the settings that `draft` makes of the present ones; `None` when nothing changes.
    ///
    /// The pair is removed from somebody in queues only together with the memberships (case 17), and a
    /// member of a queue that does not suit Engage users does not become one (C-09).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`] with every field that can't
    /// be taken.
    pub fn revise(
        &self,
        actor: &Actor,
        person: &Employee,
        draft: &Draft,
        ground: &Ground,
        at: Timestamp,
    ) -> Result<Option<Allowed<ContactUserRevised>>, Refusal> {
        may_edit(actor, person)?;
        let mut problems = Problems::default();
        let Some(settings) = draft.read(Some(&self.settings), ground, &mut problems) else {
            problems.none()?;
            return Err(Refusal::field(Field::Tenant, Why::UnknownChoice));
        };
        let stays = match draft.leaves_queues {
            true => &[],
            false => ground.queues.as_slice(),
        };
        if self.settings.is_engage() && !settings.is_engage() && !stays.is_empty() {
            let queues = names(stays.iter().map(|queue| &queue.name));
            problems.add(Field::Queue, Why::StillInQueues(queues));
        }
        let before = Some(&self.settings);
        let pbx = ground.admits(person.id, before, &settings, stays, problems)?;
        let leaves: Vec<QueueId> = match draft.leaves_queues {
            true => ground.queues.iter().map(|queue| queue.id).collect(),
            false => Vec::new(),
        };
        if settings == self.settings && leaves.is_empty() {
            return Ok(None);
        }
        let tenant = |id| {
            let tenant = ground.tenant(id);
            tenant.map_or_else(String::new, |tenant| tenant.name.clone())
        };
        let revised = ContactUserRevised {
            tenants: [tenant(self.settings.tenant), tenant(settings.tenant)],
            groups: [self.settings.agent_group, settings.agent_group]
                .map(|id| ground.group(id).to_owned()),
            before: self.clone(),
            settings,
            pbx,
            leaves,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }
}

/// What somebody holds, as codes.
fn license(held: &Held) -> String {
    held.codes().join(" + ")
}

/// Every value in which two sides differ, each with the names of its tenant and its group.
pub(super) fn values(
    before: Option<(&Settings, &str, &str)>,
    after: Option<(&Settings, &str, &str)>,
) -> Vec<Value> {
    let (before, after) = (texts(before), texts(after));
    let pairs = before.into_iter().zip(after);
    pairs
        .filter_map(|((field, before), (_, after))| Value::changed(field.name(), &before, &after))
        .collect()
}

/// A side as texts; of nobody they are empty.
fn texts(side: Option<(&Settings, &str, &str)>) -> [(Field, String); 11] {
    let text = |read: &dyn Fn(&Settings) -> String| side.map(|(s, ..)| read(s)).unwrap_or_default();
    let number = |line: &Line| {
        line.number
            .as_ref()
            .map_or_else(String::new, |n| n.as_str().into())
    };
    let extension = |line: &Line| {
        line.extension
            .as_ref()
            .map_or_else(String::new, ToString::to_string)
    };
    [
        (
            Field::Tenant,
            side.map_or_else(String::new, |(_, tenant, _)| tenant.into()),
        ),
        (Field::Department, text(&|s| s.department.clone())),
        (Field::Site, text(&|s| s.site.clone())),
        (Field::License, text(&|s| license(&s.license))),
        (Field::WorkNumber, text(&|s| number(&s.work))),
        (Field::WorkExtension, text(&|s| extension(&s.work))),
        (Field::CentreNumber, text(&|s| number(&s.centre))),
        (Field::CentreExtension, text(&|s| extension(&s.centre))),
        (Field::CallWaiting, text(&|s| word(s.call_waiting).into())),
        (Field::ShowsCli, text(&|s| word(s.shows_cli).into())),
        (
            Field::AgentGroup,
            side.map_or_else(String::new, |(.., group)| group.into()),
        ),
    ]
}

impl Recorded for ContactUserRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let before = (
            &self.before.settings,
            self.tenants[0].as_str(),
            self.groups[0].as_str(),
        );
        let after = (
            &self.settings,
            self.tenants[1].as_str(),
            self.groups[1].as_str(),
        );
        let mut values = values(Some(before), Some(after));
        if !self.leaves.is_empty() {
            let left = self.leaves.len().to_string();
            values.extend(Value::changed(Field::Queue.name(), &left, ""));
        }
        Entry {
            event: Event::ContactUserRevised,
            subject: About::Employee(self.before.employee),
            values,
        }
    }
}
