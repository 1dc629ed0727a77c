//! Who is assigned to which queue and enabled in it: one rule for the user's page, the queue's page
//! and the matrix (C-09, C-10).

use super::may;
use super::queue::Queue;
use crate::audit::{Entry, QUEUE, Recorded, Value};
use crate::field::Problems;
use crate::listing::Cursor;
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, PbxId, QueueId, Refusal, Status,
    Timestamp, Why,
};
use serde::{Deserialize, Serialize};

/// The priorities that there are; 1 is asked first.
pub const PRIORITIES: (i64, i64) = (1, 10);
/// The priority of whoever is assigned without one.
pub const PRIORITY_USUAL: i64 = 5;

/// What is wanted of one user in one queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Membership {
    pub queue: QueueId,
    pub employee: EmployeeId,
    pub assigned: bool,
    /// Takes its calls; only who is assigned can be.
    pub enabled: bool,
    /// `None` leaves what there is, or is [`PRIORITY_USUAL`].
    pub priority: Option<i64>,
}

/// What the rule needs to know of a contact-centre user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct User {
    pub employee: EmployeeId,
    /// The email while there is no name.
    pub name: String,
    pub pbx: PbxId,
    /// Holds the pair of Engage licenses.
    pub engage: bool,
}

/// A contact-centre user in a list of those who could be, or are, members of something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    pub user: User,
    pub status: Status,
    pub cursor: Cursor,
}

/// Somebody who is assigned to a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    pub queue: QueueId,
    pub employee: EmployeeId,
    pub enabled: bool,
    pub priority: i64,
}

/// What is true in the transaction that would change it: at least of those whom the changes name.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Facts {
    pub queues: Vec<Queue>,
    pub users: Vec<User>,
    /// Who is assigned.
    pub members: Vec<Member>,
}

/// One user in one queue, before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub queue: QueueId,
    pub queue_name: String,
    pub suits_engage: bool,
    /// Enabled and priority; `None` is not assigned.
    pub before: Option<(bool, i64)>,
    pub after: Option<(bool, i64)>,
}

/// A user who is in other queues, or otherwise in them.
#[derive(Debug)]
pub struct MembershipsChanged {
    pub employee: EmployeeId,
    pub pbx: PbxId,
    pub engage: bool,
    /// At least one.
    pub moved: Vec<Moved>,
}

/// Why somebody can't be assigned to a queue; `None` when they can. The rule of C-09 from the side of
/// the member; branches that turn a member into an Engage user ask it of each of their queues.
pub fn unsuited(queue: &Queue, user: &User) -> Option<Why> {
    if suits(queue, user) {
        return None;
    }
    let (other, user, queue) = (queue.pbx != user.pbx, user.name.clone(), queue.name.clone());
    Some(match other {
        true => Why::OtherPbx { user, queue },
        false => Why::QueueUnsuited { user, queue },
    })
}

/// Whether somebody can be assigned to a queue.
pub fn suits(queue: &Queue, user: &User) -> bool {
    queue.pbx == user.pbx && (!user.engage || queue.suits_engage())
}

/// Allows what is wanted of users in queues, one sealed change for each user who is touched, since the
/// audit trail tells it of them; what is as wanted already is left out. Either all of it is allowed or
/// nothing.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`] for a queue or a user that there is not, and
/// [`Refusal::Invalid`] with every reason, each naming user and queue.
pub fn change_memberships(
    actor: &Actor,
    wanted: &[Membership],
    facts: &Facts,
    at: Timestamp,
) -> Result<Vec<Allowed<MembershipsChanged>>, Refusal> {
    actor.may_everywhere(Action::EditContactCentre)?;
    let mut problems = Problems::default();
    let mut changed: Vec<MembershipsChanged> = Vec::new();
    for one in wanted {
        let (queue, user) = facts.about(one)?;
        may(actor, queue.organisation)?;
        let before = facts.before(one);
        let after = one.after(before, &mut problems);
        if after.is_some()
            && let Some(why) = unsuited(queue, user)
        {
            problems.add(Field::Members, why);
        }
        if before == after {
            continue;
        }
        let moved = Moved {
            queue: queue.id,
            queue_name: queue.name.clone(),
            suits_engage: queue.suits_engage(),
            before,
            after,
        };
        match changed.iter_mut().find(|one| one.employee == user.employee) {
            Some(of_them) => {
                of_them.moved.retain(|earlier| earlier.queue != queue.id);
                of_them.moved.push(moved);
            }
            None => changed.push(MembershipsChanged {
                employee: user.employee,
                pbx: user.pbx,
                engage: user.engage,
                moved: vec![moved],
            }),
        }
    }
    problems.none()?;
    let sealed = changed.into_iter();
    Ok(sealed.map(|one| Allowed::new(one, actor, at)).collect())
}

impl Membership {
    /// Enabled and priority; `None` is not assigned.
    fn after(&self, before: Option<(bool, i64)>, problems: &mut Problems) -> Option<(bool, i64)> {
        if self.enabled && !self.assigned {
            problems.add(Field::Members, Why::NotAssigned);
        }
        let (least, most) = PRIORITIES;
        let kept = before.map_or(PRIORITY_USUAL, |(_, priority)| priority);
        let priority = self.priority.unwrap_or(kept);
        if self.assigned && !(least..=most).contains(&priority) {
            problems.add(Field::Priority, Why::OutOfRange(least, most));
        }
        self.assigned.then_some((self.enabled, priority))
    }
}

impl Facts {
    fn about(&self, one: &Membership) -> Result<(&Queue, &User), Refusal> {
        let queue = self.queues.iter().find(|queue| queue.id == one.queue);
        let user = self.users.iter().find(|user| user.employee == one.employee);
        queue.zip(user).ok_or(Refusal::NotFound)
    }

    fn before(&self, one: &Membership) -> Option<(bool, i64)> {
        let member = self
            .members
            .iter()
            .find(|member| member.queue == one.queue && member.employee == one.employee);
        member.map(|member| (member.enabled, member.priority))
    }
}

/// How a membership is told in the audit trail: `enabled:5` or `assigned:5`, empty for none.
fn told(standing: Option<(bool, i64)>) -> String {
    match standing {
        Some((true, priority)) => format!("enabled:{priority}"),
        Some((false, priority)) => format!("assigned:{priority}"),
        None => String::new(),
    }
}

impl Recorded for MembershipsChanged {
    fn entry(&self) -> Entry {
        let value = |moved: &Moved| {
            let field = format!("{QUEUE}{}", moved.queue_name);
            Value::changed(&field, &told(moved.before), &told(moved.after))
        };
        Entry {
            event: Event::QueuesChanged,
            subject: About::Employee(self.employee),
            values: self.moved.iter().filter_map(value).collect(),
        }
    }
}
