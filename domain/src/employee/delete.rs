//! Deleting for good: Administrators only (E-16).

use super::Employee;
use crate::audit::{Entry, Recorded};
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, Refusal, Timestamp, Version, Why,
};

/// An employee who is gone, with everything personal that is kept of them.
#[derive(Debug)]
pub struct Deleted {
    pub employee: EmployeeId,
    pub from: Version,
}

impl Employee {
    /// Allows the deletion when the employee's email was typed to confirm it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::LastAdministrator`],
    /// [`Refusal::Invalid`] when what was typed is not the email.
    pub fn delete(
        &self,
        actor: &Actor,
        typed: &str,
        others: i64,
        at: Timestamp,
    ) -> Result<Allowed<Deleted>, Refusal> {
        actor.may(Action::DeleteEmployee, self.target())?;
        if self.is_active_administrator() && others == 0 {
            return Err(Refusal::LastAdministrator);
        }
        if typed.trim().to_lowercase() != self.email.as_str().to_lowercase() {
            return Err(Refusal::field(Field::Confirmation, Why::DoesNotMatch));
        }
        Ok(Allowed::new(
            Deleted {
                employee: self.id,
                from: self.version,
            },
            actor,
            at,
        ))
    }
}

impl Recorded for Deleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let subject = About::Employee(self.employee);
        Entry {
            event: Event::EmployeeDeleted,
            subject,
            values: Vec::new(),
        }
    }
}
