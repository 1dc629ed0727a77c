//! Second factors: passkeys, an authenticator app, and recovery codes.

use crate::audit::{Entry, Recorded, Value};
use crate::employee::Employee;
use crate::field;
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, PasskeyId, Refusal, SignIn, Timestamp,
    Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of a passkey's name.
pub const NAME_MAX: usize = 100;
/// The most passkeys of one account.
pub const PASSKEYS_MAX: usize = 20;
/// How many recovery codes are made at once.
pub const RECOVERY_CODES: usize = 10;

/// A passkey as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    #[serde(with = "crate::instant")]
    pub created_at: Timestamp,
    #[serde(with = "crate::instant::optional")]
    pub used_at: Option<Timestamp>,
}

/// The second factors of an account.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Factors {
    pub passkeys: Vec<Passkey>,
    /// Since when an authenticator app is registered.
    #[serde(with = "crate::instant::optional")]
    pub authenticator: Option<Timestamp>,
    /// How many recovery codes are not used yet.
    pub recovery_codes: i64,
    /// Whether the password is too short without any of them.
    pub password_short: bool,
}

impl Factors {
    /// Whether there is one that is asked for after the password. Recovery codes stand in for
    /// one, and are none by themselves.
    pub fn any(&self) -> bool {
        self.authenticator.is_some() || !self.passkeys.is_empty()
    }

    fn is_last(&self, what: Removal) -> bool {
        match what {
            Removal::Authenticator => self.passkeys.is_empty(),
            Removal::Passkey(id) => {
                self.authenticator.is_none() && self.passkeys.iter().all(|one| one.id == id)
            }
        }
    }
}

/// Which factor goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Removal {
    Authenticator,
    Passkey(PasskeyId),
}

/// A passkey that was registered.
#[derive(Debug)]
pub struct PasskeyAdded {
    pub employee: EmployeeId,
    pub id: PasskeyId,
    pub name: String,
    /// The id by which the authenticator knows it.
    pub credential: Vec<u8>,
    /// Its public key, as JSON.
    pub content: String,
}

/// A passkey with another name.
#[derive(Debug)]
pub struct PasskeyRenamed {
    pub employee: EmployeeId,
    pub id: PasskeyId,
    pub before: String,
    pub name: String,
}

/// An authenticator app that was registered, in place of one there may have been.
#[derive(Debug)]
pub struct AuthenticatorAdded {
    pub employee: EmployeeId,
    pub secret: Vec<u8>,
    /// The step of the code that proved it, which is thereby used.
    pub step: i64,
}

/// A second factor that is no more.
#[derive(Debug)]
pub struct FactorRemoved {
    pub employee: EmployeeId,
    pub which: Removal,
    /// What it was called; empty for the authenticator app.
    pub name: String,
    /// Whether none is left, so that recovery codes go too.
    pub last: bool,
}

/// New recovery codes in place of all older ones, as hashes.
#[derive(Debug)]
pub struct RecoveryCodesMade {
    pub employee: EmployeeId,
    pub hashes: Vec<Vec<u8>>,
}

/// A recovery code that was used up.
#[derive(Debug)]
pub struct RecoveryCodeUsed {
    pub employee: EmployeeId,
    pub hash: Vec<u8>,
}

/// Somebody whose second factors are all gone, since they lost them.
#[derive(Debug)]
pub struct FactorsReset {
    pub employee: EmployeeId,
}

impl Employee {
    /// Second factors are one's own, of accounts that sign in by password.
    fn may_hold_factors(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.id() != Some(self.id) {
            actor.may(Action::ViewEmployee, self.target())?;
            return Err(Refusal::Forbidden);
        }
        match self.sign_in {
            SignIn::Password => Ok(()),
            SignIn::SingleSignOn => Err(Refusal::SignsInElsewhere),
        }
    }

    /// Allows another passkey, which the caller has verified.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for anybody else's, [`Refusal::SignsInElsewhere`],
    /// [`Refusal::Invalid`] for its name or when there are [`PASSKEYS_MAX`].
    pub fn add_passkey(
        &self,
        actor: &Actor,
        factors: &Factors,
        passkey: PasskeyAdded,
        at: Timestamp,
    ) -> Result<Allowed<PasskeyAdded>, Refusal> {
        self.may_hold_factors(actor)?;
        let name = passkey_name(&passkey.name)?;
        if factors.passkeys.len() >= PASSKEYS_MAX {
            let most = i64::try_from(PASSKEYS_MAX).unwrap_or(i64::MAX);
            return Err(Refusal::field(Field::Name, Why::OutOfRange(0, most)));
        }
        let added = PasskeyAdded {
            employee: self.id,
            name,
            ..passkey
        };
        Ok(Allowed::new(added, actor, at))
    }

    /// Allows another name of a passkey; `None` when it has it already.
    ///
    /// # Errors
    /// As [`Employee::add_passkey`]; [`Refusal::NotFound`] where there is no such passkey.
    pub fn rename_passkey(
        &self,
        actor: &Actor,
        factors: &Factors,
        id: PasskeyId,
        name: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<PasskeyRenamed>>, Refusal> {
        self.may_hold_factors(actor)?;
        let passkey = factors.passkeys.iter().find(|one| one.id == id);
        let before = passkey.ok_or(Refusal::NotFound)?.name.clone();
        let name = passkey_name(name)?;
        if name == before {
            return Ok(None);
        }
        let renamed = PasskeyRenamed {
            employee: self.id,
            id,
            before,
            name,
        };
        Ok(Some(Allowed::new(renamed, actor, at)))
    }

    /// Allows an authenticator app, whose code of `step` the caller has compared.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for anybody else's, [`Refusal::SignsInElsewhere`].
    pub fn add_authenticator(
        &self,
        actor: &Actor,
        secret: Vec<u8>,
        step: i64,
        at: Timestamp,
    ) -> Result<Allowed<AuthenticatorAdded>, Refusal> {
        self.may_hold_factors(actor)?;
        let added = AuthenticatorAdded {
            employee: self.id,
            secret,
            step,
        };
        Ok(Allowed::new(added, actor, at))
    }

    /// Allows that one of one's own factors goes. `required` says whether a role of theirs needs
    /// one.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::NotFound`]; for the last one
    /// [`Refusal::SecondFactorRequired`], and [`Refusal::Invalid`] on the password while that is
    /// too short without.
    pub fn remove_factor(
        &self,
        actor: &Actor,
        factors: &Factors,
        which: Removal,
        required: bool,
        at: Timestamp,
    ) -> Result<Allowed<FactorRemoved>, Refusal> {
        self.may_hold_factors(actor)?;
        let name = match which {
            Removal::Authenticator => factors.authenticator.map(|_| String::new()),
            Removal::Passkey(id) => {
                let passkey = factors.passkeys.iter().find(|one| one.id == id);
                passkey.map(|passkey| passkey.name.clone())
            }
        };
        let name = name.ok_or(Refusal::NotFound)?;
        let last = factors.is_last(which);
        if last && required {
            return Err(Refusal::SecondFactorRequired);
        }
        if last && factors.password_short {
            let why = Why::TooShort(crate::credential::PASSWORD_MIN);
            return Err(Refusal::field(Field::Password, why));
        }
        let removed = FactorRemoved {
            employee: self.id,
            which,
            name,
            last,
        };
        Ok(Allowed::new(removed, actor, at))
    }

    /// Allows new recovery codes.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::WrongState`] without a factor that they stand in for.
    pub fn make_recovery_codes(
        &self,
        actor: &Actor,
        factors: &Factors,
        hashes: Vec<Vec<u8>>,
        at: Timestamp,
    ) -> Result<Allowed<RecoveryCodesMade>, Refusal> {
        self.may_hold_factors(actor)?;
        if !factors.any() {
            return Err(Refusal::WrongState);
        }
        let made = RecoveryCodesMade {
            employee: self.id,
            hashes,
        };
        Ok(Allowed::new(made, actor, at))
    }

    /// Allows that a recovery code is used up by whoever knows the password and the code.
    pub fn use_recovery_code(&self, hash: Vec<u8>, at: Timestamp) -> Allowed<RecoveryCodeUsed> {
        let used = RecoveryCodeUsed {
            employee: self.id,
            hash,
        };
        Allowed::new(used, &Actor::holder_of_link(self.organisation, self.id), at)
    }

    /// Allows that all second factors of somebody go, who lost them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`]; [`Refusal::WrongState`] when there is none.
    pub fn reset_factors(
        &self,
        actor: &Actor,
        factors: &Factors,
        at: Timestamp,
    ) -> Result<Allowed<FactorsReset>, Refusal> {
        actor.may(Action::ResetSecondFactor, self.target())?;
        // One's own go one by one, by rules that a reset would go around.
        if actor.id() == Some(self.id) {
            return Err(Refusal::Forbidden);
        }
        if !factors.any() {
            return Err(Refusal::WrongState);
        }
        let reset = FactorsReset { employee: self.id };
        Ok(Allowed::new(reset, actor, at))
    }
}

fn passkey_name(text: &str) -> Result<String, Refusal> {
    match field::line(text, NAME_MAX) {
        Ok(name) if name.is_empty() => Err(Refusal::field(Field::Name, Why::Required)),
        Ok(name) => Ok(name),
        Err(why) => Err(Refusal::field(Field::Name, why)),
    }
}

fn entry(event: Event, employee: EmployeeId, value: Option<Value>) -> Entry {
    Entry {
        event,
        subject: About::Employee(employee),
        values: value.into_iter().collect(),
    }
}

impl Recorded for PasskeyAdded {
    fn entry(&self) -> Entry {
        let name = Value::changed("passkey", "", &self.name);
        entry(Event::SecondFactorAdded, self.employee, name)
    }
}

impl Recorded for PasskeyRenamed {
    fn entry(&self) -> Entry {
        let name = Value::changed("passkey", &self.before, &self.name);
        entry(Event::PasskeyRenamed, self.employee, name)
    }
}

impl Recorded for AuthenticatorAdded {
    fn entry(&self) -> Entry {
        let on = Value::changed("authenticator", "", "on");
        entry(Event::SecondFactorAdded, self.employee, on)
    }
}

impl Recorded for FactorRemoved {
    fn entry(&self) -> Entry {
        let value = match self.which {
            Removal::Authenticator => Value::changed("authenticator", "on", ""),
            Removal::Passkey(_) => Value::changed("passkey", &self.name, ""),
        };
        entry(Event::SecondFactorRemoved, self.employee, value)
    }
}

impl Recorded for RecoveryCodesMade {
    fn entry(&self) -> Entry {
        entry(Event::RecoveryCodesMade, self.employee, None)
    }
}

impl Recorded for RecoveryCodeUsed {
    fn entry(&self) -> Entry {
        entry(Event::RecoveryCodeUsed, self.employee, None)
    }
}

impl Recorded for FactorsReset {
    fn entry(&self) -> Entry {
        entry(Event::SecondFactorReset, self.employee, None)
    }
}
