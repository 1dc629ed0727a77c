//! Accepting an invitation: choosing a password, and a name where there is none (E-07, A-01).

use super::{Employee, NAME_MAX, Profile, SignIn, Status};
use crate::audit::{Entry, Recorded, Value};
use crate::credential::PasswordHash;
use crate::field::{self, Email, Problems};
use crate::{About, Actor, Allowed, EmployeeId, Event, Field, Refusal, Timestamp, Version, Why};

/// An employee who has a password and can sign in.
#[derive(Debug)]
pub struct Activated {
    pub employee: EmployeeId,
    pub from: Version,
    pub before: Profile,
    pub profile: Profile,
    pub email: Email,
    pub password: PasswordHash,
}

impl Employee {
    /// Allows the activation, since whoever asks holds the invitation that went to `address`.
    ///
    /// # Errors
    /// [`Refusal::DeadLink`] when the account is not waiting for it or has another address by
    /// now, [`Refusal::Invalid`] without a name.
    pub fn activate(
        &self,
        address: &Email,
        first_name: &str,
        last_name: &str,
        password: PasswordHash,
        at: Timestamp,
    ) -> Result<Allowed<Activated>, Refusal> {
        let waits = self.status == Status::Pending && self.sign_in == SignIn::Password;
        if !waits || self.email != *address {
            return Err(Refusal::DeadLink);
        }
        let mut problems = Problems::default();
        let first_name = problems.take(Field::FirstName, name(first_name));
        let last_name = problems.take(Field::LastName, name(last_name));
        problems.none()?;
        let activated = Activated {
            employee: self.id,
            from: self.version,
            before: self.profile.clone(),
            profile: Profile {
                first_name,
                last_name,
                ..self.profile.clone()
            },
            email: self.email.clone(),
            password,
        };
        let holder = Actor::holder_of_link(self.organisation, self.id);
        Ok(Allowed::new(activated, &holder, at))
    }
}

/// A name that has to be given.
fn name(text: &str) -> Result<String, Why> {
    let text = field::line(text, NAME_MAX)?;
    if text.is_empty() {
        Err(Why::Required)
    } else {
        Ok(text)
    }
}

impl Recorded for Activated {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let (old, new) = (&self.before, &self.profile);
        let values = [
            Value::changed("first_name", &old.first_name, &new.first_name),
            Value::changed("last_name", &old.last_name, &new.last_name),
        ];
        Entry {
            event: Event::EmployeeActivated,
            subject: About::Employee(self.employee),
            values: values.into_iter().flatten().collect(),
        }
    }
}
