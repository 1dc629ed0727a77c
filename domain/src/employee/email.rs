//! Changing the address somebody signs in with.

use super::{Employee, Status};
use crate::audit::{Entry, Recorded, Value};
use crate::field::Email;
use crate::{About, Action, Actor, Allowed, EmployeeId, Event, Field, Refusal, Timestamp, Version};

/// An active employee of whom another address is to become the sign-in name once it confirms.
#[derive(Debug)]
pub struct EmailRequested {
    pub employee: EmployeeId,
    pub from: Version,
    pub present: Email,
    pub wanted: Email,
}

/// An employee who has another sign-in name: at once while Pending, else after confirmation.
#[derive(Debug)]
pub struct EmailChanged {
    pub employee: EmployeeId,
    pub from: Version,
    pub before: Email,
    pub email: Email,
    /// Whether the name is empty, so that the email is what lists show and sort by.
    pub nameless: bool,
}

/// What becomes of the wish for another address.
#[derive(Debug)]
pub enum EmailChange {
    AtOnce(Allowed<EmailChanged>),
    AfterConfirmation(Allowed<EmailRequested>),
}

impl Employee {
    /// Allows another sign-in address; `None` when it is the present one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn change_email(
        &self,
        actor: &Actor,
        email: &str,
        at: Timestamp,
    ) -> Result<Option<EmailChange>, Refusal> {
        actor.may(Action::ViewEmployee, self.target())?;
        if email.trim() == self.email.as_str() {
            return Ok(None);
        }
        actor.may(Action::ChangeEmail, self.target())?;
        let email = Email::read(email).map_err(|why| Refusal::field(Field::Email, why))?;
        if self.activated_at.is_none() || self.status == Status::Pending {
            return Ok(Some(EmailChange::AtOnce(Allowed::new(
                self.changed(email),
                actor,
                at,
            ))));
        }
        let requested = EmailRequested {
            employee: self.id,
            from: self.version,
            present: self.email.clone(),
            wanted: email,
        };
        Ok(Some(EmailChange::AfterConfirmation(Allowed::new(
            requested, actor, at,
        ))))
    }

    /// Allows the wanted address to become the sign-in name, since whoever asks holds the link
    /// that went to it.
    ///
    /// # Errors
    /// [`Refusal::DeadLink`] when no address waits, or another than the one of the link.
    pub fn confirm_email(
        &self,
        address: &Email,
        at: Timestamp,
    ) -> Result<Allowed<EmailChanged>, Refusal> {
        if self.email_wanted.as_ref() != Some(address) || self.status != Status::Active {
            return Err(Refusal::DeadLink);
        }
        let holder = Actor::holder_of_link(self.organisation, self.id);
        Ok(Allowed::new(self.changed(address.clone()), &holder, at))
    }

    fn changed(&self, email: Email) -> EmailChanged {
        EmailChanged {
            employee: self.id,
            from: self.version,
            before: self.email.clone(),
            email,
            nameless: self.profile.name().is_empty(),
        }
    }
}

impl Recorded for EmailRequested {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::EmailChangeRequested,
            subject: About::Employee(self.employee),
            values: Value::changed("email", self.present.as_str(), self.wanted.as_str())
                .into_iter()
                .collect(),
        }
    }
}

impl Recorded for EmailChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::EmailChanged,
            subject: About::Employee(self.employee),
            values: Value::changed("email", self.before.as_str(), self.email.as_str())
                .into_iter()
                .collect(),
        }
    }
}
