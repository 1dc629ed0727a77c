//! Making somebody a contact-centre user, and ending it.

use super::ground::names;
use super::revise::values;
use super::{ContactUser, Draft, Ground, State, Supervision, may_edit};
use crate::audit::{Entry, Recorded};
use crate::field::Problems;
use crate::{
    About, Action, Actor, Allowed, Employee, EmployeeId, Event, Field, QueueId, Refusal, Timestamp,
    Version, Why,
};

/// An employee who was no contact-centre user before.
#[derive(Debug)]
pub struct ContactUserCreated {
    pub user: ContactUser,
    tenant: String,
    group: String,
}

/// An employee who is no contact-centre user any more; seat, numbers and extensions are free.
#[derive(Debug)]
pub struct ContactUserRemoved {
    pub user: ContactUser,
    pub leaves: Vec<QueueId>,
    tenant: String,
    group: String,
}

impl ContactUserCreated {
    /// Allows that `person` becomes a contact-centre user.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`] with every field that can't
    /// be taken.
    pub fn allow(
        actor: &Actor,
        person: &Employee,
        draft: &Draft,
        ground: &Ground,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        may_edit(actor, person)?;
        let mut problems = Problems::default();
        let Some(settings) = draft.read(None, ground, &mut problems) else {
            problems.none()?;
            return Err(Refusal::field(Field::Tenant, Why::UnknownChoice));
        };
        let pbx = ground.admits(person.id, None, &settings, &[], problems)?;
        let tenant = ground.tenant(settings.tenant);
        let created = Self {
            tenant: tenant.map_or_else(String::new, |tenant| tenant.name.clone()),
            group: ground.group(settings.agent_group).to_owned(),
            user: ContactUser {
                organisation: person.organisation,
                employee: person.id,
                version: Version::FIRST,
                pbx,
                settings,
                supervision: Supervision::default(),
                state: State::Available,
                state_at: at,
            },
        };
        Ok(Allowed::new(created, actor, at))
    }
}

/// What is wrong with the settings of somebody who does not exist yet, to be said together with what is
/// wrong with the employee.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Invalid`].
pub fn judge(actor: &Actor, draft: &Draft, ground: &Ground) -> Result<(), Refusal> {
    actor.may_everywhere(Action::EditContactCentre)?;
    let mut problems = Problems::default();
    let nobody = EmployeeId(uuid::Uuid::nil());
    match draft.read(None, ground, &mut problems) {
        Some(settings) => {
            let admitted = ground.admits(nobody, None, &settings, &[], problems);
            admitted.map(|_| ())
        }
        None => problems.none(),
    }
}

impl ContactUser {
    /// Allows that the person is no contact-centre user any more. Who is in queues leaves them in the
    /// same step, and only when that is said (case 17).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`] on the queues.
    pub fn remove(
        &self,
        actor: &Actor,
        person: &Employee,
        leaves_queues: bool,
        ground: &Ground,
        at: Timestamp,
    ) -> Result<Allowed<ContactUserRemoved>, Refusal> {
        may_edit(actor, person)?;
        if !ground.queues.is_empty() && !leaves_queues {
            let queues = names(ground.queues.iter().map(|queue| &queue.name));
            return Err(Refusal::field(Field::Queue, Why::StillInQueues(queues)));
        }
        let tenant = ground.tenant(self.settings.tenant);
        let removed = ContactUserRemoved {
            leaves: ground.queues.iter().map(|queue| queue.id).collect(),
            tenant: tenant.map_or_else(String::new, |tenant| tenant.name.clone()),
            group: ground.group(self.settings.agent_group).to_owned(),
            user: self.clone(),
        };
        Ok(Allowed::new(removed, actor, at))
    }
}

fn about(employee: EmployeeId, event: Event, values: Vec<crate::audit::Value>) -> Entry {
    Entry {
        event,
        subject: About::Employee(employee),
        values,
    }
}

impl Recorded for ContactUserCreated {
    fn entry(&self) -> Entry {
        let now = Some((
            &self.user.settings,
            self.tenant.as_str(),
            self.group.as_str(),
        ));
        about(
            self.user.employee,
            Event::ContactUserCreated,
            values(None, now),
        )
    }
}

impl Recorded for ContactUserRemoved {
    fn entry(&self) -> Entry {
        let before = Some((
            &self.user.settings,
            self.tenant.as_str(),
            self.group.as_str(),
        ));
        about(
            self.user.employee,
            Event::ContactUserRemoved,
            values(before, None),
        )
    }
}
