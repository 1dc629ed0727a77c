//! Turning an account over to single sign-on and back, and who is excepted from it.

use super::{Employee, SignIn, Status};
use crate::audit::{Entry, Recorded, Value};
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, ProviderId, Refusal, Timestamp,
    Version, Why,
};

/// An account that signs in by a provider from now on; password, second factors, sessions and open
/// links are gone.
#[derive(Debug)]
pub struct TurnedOver {
    pub employee: EmployeeId,
    pub from: Version,
    /// Who knew them before, if a provider did.
    pub before: Option<ProviderId>,
    pub provider: ProviderId,
    /// Pending accounts are active from now on: whom a provider knows needs no invitation.
    pub status: Status,
}

/// An account of single sign-on that waits for a password again: it is Pending, with an invitation.
#[derive(Debug)]
pub struct TurnedBack {
    pub employee: EmployeeId,
    pub from: Version,
}

/// Whether somebody may go on with a password where single sign-on is required.
#[derive(Debug)]
pub struct Exempted {
    pub employee: EmployeeId,
    pub from: Version,
    pub exempt: bool,
}

impl Employee {
    /// Allows that the account signs in by `provider`, one of the `enabled` ones.
    /// `leaves_somebody` says whether an Administrator still gets in then.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`] for a suspended
    /// account, [`Refusal::Invalid`] without an External ID or for a provider that is not enabled,
    /// [`Refusal::LastWayIn`].
    pub fn turn_over(
        &self,
        actor: &Actor,
        provider: ProviderId,
        enabled: &[ProviderId],
        leaves_somebody: bool,
        at: Timestamp,
    ) -> Result<Allowed<TurnedOver>, Refusal> {
        actor.may(Action::ChangeSignIn, self.target())?;
        let same = self.sign_in == SignIn::SingleSignOn && self.provider == Some(provider);
        if self.status == Status::Suspended || same {
            return Err(Refusal::WrongState);
        }
        if !enabled.contains(&provider) {
            return Err(Refusal::field(Field::Provider, Why::UnknownChoice));
        }
        if self.profile.external_id.is_none() {
            return Err(Refusal::field(Field::ExternalId, Why::Required));
        }
        if !leaves_somebody {
            return Err(Refusal::LastWayIn);
        }
        let turned = TurnedOver {
            employee: self.id,
            from: self.version,
            before: self.provider,
            provider,
            status: Status::Active,
        };
        Ok(Allowed::new(turned, actor, at))
    }

    /// Allows that the account gets a password again, by an invitation. `others` are the other
    /// active Administrators, since this one is not active until the invitation is accepted.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`],
    /// [`Refusal::LastAdministrator`].
    pub fn turn_back(
        &self,
        actor: &Actor,
        others: i64,
        at: Timestamp,
    ) -> Result<Allowed<TurnedBack>, Refusal> {
        actor.may(Action::ChangeSignIn, self.target())?;
        if self.status != Status::Active || self.sign_in != SignIn::SingleSignOn {
            return Err(Refusal::WrongState);
        }
        if self.is_active_administrator() && others == 0 {
            return Err(Refusal::LastAdministrator);
        }
        let turned = TurnedBack {
            employee: self.id,
            from: self.version,
        };
        Ok(Allowed::new(turned, actor, at))
    }

    /// Allows that somebody is excepted from required single sign-on, or not any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`] when it is so
    /// already, [`Refusal::LastWayIn`].
    pub fn exempt(
        &self,
        actor: &Actor,
        exempt: bool,
        leaves_somebody: bool,
        at: Timestamp,
    ) -> Result<Allowed<Exempted>, Refusal> {
        actor.may(Action::ChangeSignIn, self.target())?;
        if self.exempt == exempt {
            return Err(Refusal::WrongState);
        }
        if !leaves_somebody {
            return Err(Refusal::LastWayIn);
        }
        let exempted = Exempted {
            employee: self.id,
            from: self.version,
            exempt,
        };
        Ok(Allowed::new(exempted, actor, at))
    }
}

fn entry(event: Event, employee: EmployeeId, value: Option<Value>) -> Entry {
    Entry {
        event,
        subject: About::Employee(employee),
        values: value.into_iter().collect(),
    }
}

impl Recorded for TurnedOver {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let before = self.before.map(|id| id.to_string()).unwrap_or_default();
        let provider = Value::changed("provider", &before, &self.provider.to_string());
        entry(Event::TurnedOver, self.employee, provider)
    }
}

impl Recorded for TurnedBack {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        entry(Event::TurnedBack, self.employee, None)
    }
}

impl Recorded for Exempted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let word = |on: bool| if on { "on" } else { "off" };
        let value = Value::changed("exempt", word(!self.exempt), word(self.exempt));
        entry(Event::Exempted, self.employee, value)
    }
}
