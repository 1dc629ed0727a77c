//! Giving an Administrator a way in again from the command line, when no page lets anybody in.

use super::Employee;
use crate::audit::{Entry, Recorded};
use crate::{About, Actor, Allowed, EmployeeId, Event, Refusal, Timestamp, Version};

/// An Administrator who waits for an invitation with nothing of their old ways in: no password, no
/// second factor, no provider; and who may use a password whatever is required of others.
#[derive(Debug)]
pub struct Recovered {
    pub employee: EmployeeId,
    pub from: Version,
}

impl Employee {
    /// Allows the recovery of an Administrator; only the command line asks, whose user can write the
    /// database anyway.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] for anybody but an Administrator.
    pub fn recover(&self, at: Timestamp) -> Result<Allowed<Recovered>, Refusal> {
        if !self.administrator {
            return Err(Refusal::WrongState);
        }
        let recovered = Recovered {
            employee: self.id,
            from: self.version,
        };
        Ok(Allowed::new(
            recovered,
            &Actor::system(self.organisation),
            at,
        ))
    }
}

impl Recorded for Recovered {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::Recovered,
            subject: About::Employee(self.employee),
            values: Vec::new(),
        }
    }
}
