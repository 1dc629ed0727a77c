//! Who supervises, and over what: assigned and enabled (C-12).

use super::{ContactUser, Overseen, Rights, Supervision, may_edit, word};
use crate::audit::{Entry, Recorded, Value};
use crate::field::Problems;
use crate::{
    About, Actor, AgentGroupId, Allowed, Employee, Event, Field, QueueId, Refusal, Timestamp,
    Version, Why,
};
use std::collections::BTreeMap;
use std::str::FromStr;

/// What a form says of a supervisor; ids as they were sent.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Wish {
    pub on: bool,
    pub rights: Rights,
    pub queues: Vec<String>,
    pub queues_enabled: Vec<String>,
    pub groups: Vec<String>,
    pub groups_enabled: Vec<String>,
}

/// A user who supervises something else, or nothing any more.
#[derive(Debug)]
pub struct SupervisionChanged {
    pub before: ContactUser,
    pub after: Supervision,
}

impl ContactUser {
    /// Allows what somebody supervises. Taking supervisor away takes all of it away (case 20); what is
    /// enabled must be assigned; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn supervise(
        &self,
        actor: &Actor,
        person: &Employee,
        wish: &Wish,
        overseen: &Overseen,
        at: Timestamp,
    ) -> Result<Option<Allowed<SupervisionChanged>>, Refusal> {
        may_edit(actor, person)?;
        let after = match wish.on {
            true => read(wish, overseen)?,
            false => Supervision::default(),
        };
        let changed = after != self.supervision;
        let change = || SupervisionChanged {
            before: self.clone(),
            after,
        };
        Ok(changed.then(|| Allowed::new(change(), actor, at)))
    }
}

fn read(wish: &Wish, overseen: &Overseen) -> Result<Supervision, Refusal> {
    let mut problems = Problems::default();
    let queues = scopes::<QueueId>(&wish.queues, &wish.queues_enabled, |id| {
        overseen.queues.contains(id)
    });
    let groups = scopes::<AgentGroupId>(&wish.groups, &wish.groups_enabled, |id| {
        overseen.groups.contains(id)
    });
    let queues = problems.take(Field::Queue, queues);
    let groups = problems.take(Field::AgentGroup, groups);
    problems.none()?;
    Ok(Supervision {
        on: true,
        rights: wish.rights,
        queues,
        groups,
    })
}

/// What is assigned, and whether each is enabled.
fn scopes<I: FromStr + Ord + Copy>(
    assigned: &[String],
    enabled: &[String],
    known: impl Fn(&I) -> bool,
) -> Result<Vec<(I, bool)>, Why> {
    let read = |text: &String| match text.parse::<I>() {
        Ok(id) if known(&id) => Ok(id),
        _ => Err(Why::UnknownChoice),
    };
    let assigned = assigned.iter().map(|text| Ok((read(text)?, false)));
    let mut scopes: BTreeMap<I, bool> = assigned.collect::<Result<_, Why>>()?;
    for text in enabled {
        *scopes.get_mut(&read(text)?).ok_or(Why::NotAssigned)? = true;
    }
    Ok(scopes.into_iter().collect())
}

fn rights(of: &Supervision) -> String {
    let Rights {
        monitor,
        whisper,
        barge,
    } = of.rights;
    let held = [(monitor, "monitor"), (whisper, "whisper"), (barge, "barge")];
    let held = held.into_iter().filter(|(on, _)| *on);
    held.map(|(_, word)| word).collect::<Vec<_>>().join(", ")
}

/// "3 (2)": how many are assigned, and how many of those enabled.
fn count<I>(scopes: &[(I, bool)]) -> String {
    let enabled = scopes.iter().filter(|(_, enabled)| *enabled).count();
    match scopes.len() {
        0 => String::new(),
        assigned => format!("{assigned} ({enabled})"),
    }
}

impl Recorded for SupervisionChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let (old, new) = (&self.before.supervision, &self.after);
        let values = [
            Value::changed(Field::Supervisor.name(), word(old.on), word(new.on)),
            Value::changed("rights", &rights(old), &rights(new)),
            Value::changed(
                Field::Queue.name(),
                &count(&old.queues),
                &count(&new.queues),
            ),
            Value::changed(
                Field::AgentGroup.name(),
                &count(&old.groups),
                &count(&new.groups),
            ),
        ];
        Entry {
            event: Event::SupervisionChanged,
            subject: About::Employee(self.before.employee),
            values: values.into_iter().flatten().collect(),
        }
    }
}
