//! Invitations: single use, expiring, only the latest valid.

use crate::audit::{Entry, Recorded, Value};
use crate::field::Email;
use crate::{
    About, Action, Actor, Allowed, Employee, EmployeeId, Event, Refusal, SignIn, Status, Timestamp,
};
use jiff::SignedDuration;

/// The hours for which an invitation can be made to live.
pub const HOURS: std::ops::RangeInclusive<i32> = 1..=720;

/// The hours for which an invitation lives where nobody chose.
pub const USUAL_HOURS: i32 = 72;

/// An invitation that goes out, and before which every older link of the employee dies.
#[derive(Debug)]
pub struct Invited {
    pub employee: EmployeeId,
    pub address: Email,
    pub expires_at: Timestamp,
    /// Whether a mail carries the link; otherwise it is shown once, to be handed over.
    pub by_mail: bool,
}

/// An employee whose invitation is dead, without a new one.
#[derive(Debug)]
pub struct InvitationRevoked {
    pub employee: EmployeeId,
    pub address: Email,
}

impl Employee {
    /// Allows a new invitation.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`] for anybody but a
    /// Pending employee who is to have a password.
    pub fn invite(
        &self,
        actor: &Actor,
        hours: i32,
        by_mail: bool,
        at: Timestamp,
    ) -> Result<Allowed<Invited>, Refusal> {
        actor.may(Action::AddEmployee, self.target())?;
        self.invitation(actor, hours, by_mail, at)
    }

    /// The invitation that follows from an allowed reactivation or change of address.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] as in [`Employee::invite`].
    pub fn invite_again(&self, hours: i32, at: Timestamp) -> Result<Allowed<Invited>, Refusal> {
        self.invitation(&Actor::system(self.organisation), hours, true, at)
    }

    fn invitation(
        &self,
        actor: &Actor,
        hours: i32,
        by_mail: bool,
        at: Timestamp,
    ) -> Result<Allowed<Invited>, Refusal> {
        if self.status != Status::Pending || self.sign_in != SignIn::Password {
            return Err(Refusal::WrongState);
        }
        let invited = Invited {
            employee: self.id,
            address: self.email.clone(),
            expires_at: at + SignedDuration::from_hours(hours.into()),
            by_mail,
        };
        Ok(Allowed::new(invited, actor, at))
    }

    /// Allows that the invitation dies.
    ///
    /// # Errors
    /// As [`Employee::invite`].
    pub fn revoke_invitation(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Allowed<InvitationRevoked>, Refusal> {
        actor.may(Action::AddEmployee, self.target())?;
        if self.status != Status::Pending {
            return Err(Refusal::WrongState);
        }
        let revoked = InvitationRevoked {
            employee: self.id,
            address: self.email.clone(),
        };
        Ok(Allowed::new(revoked, actor, at))
    }
}

impl Recorded for Invited {
    fn entry(&self) -> Entry {
        let values = [
            Value::changed("email", "", self.address.as_str()),
            Value::changed("expires_at", "", &self.expires_at.to_string()),
            Value::changed("by_mail", "", if self.by_mail { "on" } else { "off" }),
        ];
        Entry {
            event: Event::EmployeeInvited,
            subject: About::Employee(self.employee),
            values: values.into_iter().flatten().collect(),
        }
    }
}

impl Recorded for InvitationRevoked {
    fn entry(&self) -> Entry {
        Entry {
            event: Event::InvitationRevoked,
            subject: About::Employee(self.employee),
            values: Value::changed("email", self.address.as_str(), "")
                .into_iter()
                .collect(),
        }
    }
}
