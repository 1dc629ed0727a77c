//! Suspending and reactivating (E-15).

use super::{Employee, Status};
use crate::audit::{Entry, Recorded};
use crate::{About, Action, Actor, Allowed, EmployeeId, Event, Refusal, Timestamp, Version};

/// An employee who can't sign in any more: every session and link of theirs dies with it.
#[derive(Debug)]
pub struct Suspended {
    pub employee: EmployeeId,
    pub from: Version,
}

/// An employee who is what they were before they were suspended.
#[derive(Debug)]
pub struct Reactivated {
    pub employee: EmployeeId,
    pub from: Version,
    /// Active, or Pending for one who never activated the account and gets a new invitation.
    pub status: Status,
}

impl Employee {
    /// Allows the suspension. `others` as in [`Employee::assign`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::LastAdministrator`],
    /// [`Refusal::WrongState`] for one who is suspended already.
    pub fn suspend(
        &self,
        actor: &Actor,
        others: i64,
        at: Timestamp,
    ) -> Result<Allowed<Suspended>, Refusal> {
        actor.may(Action::Suspend, self.target())?;
        if self.status == Status::Suspended {
            return Err(Refusal::WrongState);
        }
        if self.is_active_administrator() && others == 0 {
            return Err(Refusal::LastAdministrator);
        }
        Ok(Allowed::new(
            Suspended {
                employee: self.id,
                from: self.version,
            },
            actor,
            at,
        ))
    }

    /// Allows the return of a suspended employee, with the status and roles from before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`].
    pub fn reactivate(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Allowed<Reactivated>, Refusal> {
        actor.may(Action::Suspend, self.target())?;
        if self.status != Status::Suspended {
            return Err(Refusal::WrongState);
        }
        let status = match self.activated_at {
            Some(_) => Status::Active,
            None => Status::Pending,
        };
        let reactivated = Reactivated {
            employee: self.id,
            from: self.version,
            status,
        };
        Ok(Allowed::new(reactivated, actor, at))
    }
}

impl Recorded for Suspended {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let subject = About::Employee(self.employee);
        Entry {
            event: Event::EmployeeSuspended,
            subject,
            values: Vec::new(),
        }
    }
}

impl Recorded for Reactivated {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let subject = About::Employee(self.employee);
        Entry {
            event: Event::EmployeeReactivated,
            subject,
            values: Vec::new(),
        }
    }
}
