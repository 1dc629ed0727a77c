//! What people do to their own account, and what is written when they sign in (E-18).

use super::{Employee, SignIn, Status};
use crate::audit::{Entry, Recorded, Value};
use crate::credential::PasswordHash;
use crate::field::Email;
use crate::sign_in::Policy;
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, PictureId, Refusal, SessionId,
    Timestamp, Version, Why,
};

/// An employee with another password; every other session of theirs ends.
#[derive(Debug)]
pub struct PasswordChanged {
    pub employee: EmployeeId,
    pub from: Version,
    pub password: PasswordHash,
    /// Whether it is too short without a second factor.
    pub short: bool,
    /// Whether a link replaced it, since the old one was forgotten.
    pub forgotten: bool,
}

/// An employee with another picture, or none.
#[derive(Debug)]
pub struct PictureChanged {
    pub employee: EmployeeId,
    pub from: Version,
    pub had_picture: bool,
    /// The new picture and its bytes: 300 × 300 pixels, encoded by us.
    pub picture: Option<(PictureId, Vec<u8>)>,
}

/// What people choose for themselves; `None` follows the organisation.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Choices {
    /// A language that the interface has.
    pub language: Option<String>,
    /// An IANA time zone.
    pub time_zone: Option<String>,
    /// "Mail me my day" (P-07).
    pub mails_day: Option<bool>,
    /// "Mail me what needs attention" (P-09).
    pub mails_attention: Option<bool>,
}

/// An employee who chose otherwise.
#[derive(Debug)]
pub struct Preferences {
    pub employee: EmployeeId,
    pub from: Version,
    pub before: Choices,
    pub choices: Choices,
}

/// Sessions that are over.
#[derive(Debug)]
pub struct SessionsEnded {
    pub employee: EmployeeId,
    pub which: Which,
}

/// Which sessions end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    One(SessionId),
    AllBut(SessionId),
    All,
}

impl Employee {
    /// Allows one's own new password.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for anybody else's, [`Refusal::SignsInElsewhere`].
    pub fn change_password(
        &self,
        actor: &Actor,
        password: PasswordHash,
        short: bool,
        at: Timestamp,
    ) -> Result<Allowed<PasswordChanged>, Refusal> {
        if actor.id() != Some(self.id) {
            actor.may(Action::ViewEmployee, self.target())?;
            return Err(Refusal::Forbidden);
        }
        if self.sign_in != SignIn::Password {
            return Err(Refusal::SignsInElsewhere);
        }
        let changed = PasswordChanged {
            employee: self.id,
            from: self.version,
            password,
            short,
            forgotten: false,
        };
        Ok(Allowed::new(changed, actor, at))
    }

    /// Whether a forgotten password can be replaced by a link that goes to the sign-in address:
    /// never for those who sign in by single sign-on, nor before activation.
    pub fn may_reset_password(&self, policy: &Policy) -> bool {
        self.status == Status::Active
            && self.sign_in == SignIn::Password
            && !self.must_use_provider(policy)
    }

    /// Allows a new password, since whoever asks holds the link that went to `address`.
    ///
    /// # Errors
    /// [`Refusal::DeadLink`] when the account has another address or no password by now.
    pub fn reset_password(
        &self,
        address: &Email,
        policy: &Policy,
        password: PasswordHash,
        short: bool,
        at: Timestamp,
    ) -> Result<Allowed<PasswordChanged>, Refusal> {
        if !self.may_reset_password(policy) || self.email != *address {
            return Err(Refusal::DeadLink);
        }
        let changed = PasswordChanged {
            employee: self.id,
            from: self.version,
            password,
            short,
            forgotten: true,
        };
        let holder = Actor::holder_of_link(self.organisation, self.id);
        Ok(Allowed::new(changed, &holder, at))
    }

    /// Allows another picture, or none.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn change_picture(
        &self,
        actor: &Actor,
        picture: Option<(PictureId, Vec<u8>)>,
        at: Timestamp,
    ) -> Result<Allowed<PictureChanged>, Refusal> {
        actor.may(Action::EditProfile, self.target())?;
        let had_picture = self.picture.is_some();
        let changed = PictureChanged {
            employee: self.id,
            from: self.version,
            had_picture,
            picture,
        };
        Ok(Allowed::new(changed, actor, at))
    }

    /// Allows what one chooses for oneself; `languages` are those the interface has.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for anybody else's, [`Refusal::Invalid`].
    pub fn prefer(
        &self,
        actor: &Actor,
        choices: Choices,
        languages: &[&str],
        knows_zone: impl Fn(&str) -> bool,
        at: Timestamp,
    ) -> Result<Allowed<Preferences>, Refusal> {
        if actor.id() != Some(self.id) {
            actor.may(Action::ViewEmployee, self.target())?;
            return Err(Refusal::Forbidden);
        }
        if choices
            .language
            .as_deref()
            .is_some_and(|code| !languages.contains(&code))
        {
            return Err(Refusal::field(Field::Language, Why::UnknownChoice));
        }
        let zone = choices.time_zone.as_deref();
        if zone.is_some_and(|zone| !knows_zone(zone)) {
            return Err(Refusal::field(Field::TimeZone, Why::UnknownChoice));
        }
        let before = Choices {
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            mails_day: self.mails_day,
            mails_attention: self.mails_attention,
        };
        let wish = Preferences {
            employee: self.id,
            from: self.version,
            before,
            choices,
        };
        Ok(Allowed::new(wish, actor, at))
    }

    /// Allows the end of sessions of this employee.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn end_sessions(
        &self,
        actor: &Actor,
        which: Which,
        at: Timestamp,
    ) -> Result<Allowed<SessionsEnded>, Refusal> {
        actor.may(Action::EndSessions, self.target())?;
        Ok(Allowed::new(
            SessionsEnded {
                employee: self.id,
                which,
            },
            actor,
            at,
        ))
    }
}

fn plain(event: Event, employee: EmployeeId) -> Entry {
    Entry {
        event,
        subject: About::Employee(employee),
        values: Vec::new(),
    }
}

impl Recorded for PasswordChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let event = match self.forgotten {
            true => Event::PasswordReset,
            false => Event::PasswordChanged,
        };
        plain(event, self.employee)
    }
}

impl Recorded for PictureChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let word = |there: bool| if there { "on" } else { "" };
        let value = Value::changed(
            "picture",
            word(self.had_picture),
            word(self.picture.is_some()),
        );
        Entry {
            values: value.into_iter().collect(),
            ..plain(Event::PictureChanged, self.employee)
        }
    }
}

impl Recorded for SessionsEnded {
    fn entry(&self) -> Entry {
        plain(Event::SessionsEnded, self.employee)
    }
}

impl Recorded for Preferences {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let on = |value: Option<bool>| match value {
            None => "",
            Some(true) => "on",
            Some(false) => "off",
        };
        let (before, now) = (&self.before, &self.choices);
        let values = [
            Value::changed("language", &text(&before.language), &text(&now.language)),
            Value::changed("time_zone", &text(&before.time_zone), &text(&now.time_zone)),
            Value::changed("mails_day", on(before.mails_day), on(now.mails_day)),
            Value::changed(
                "mails_attention",
                on(before.mails_attention),
                on(now.mails_attention),
            ),
        ];
        Entry {
            event: Event::EmployeeRevised,
            subject: About::Employee(self.employee),
            values: values.into_iter().flatten().collect(),
        }
    }
}
