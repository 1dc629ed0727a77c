//! The organisation and its settings.

use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Problems};
use crate::invitation;
use crate::sign_in::Policy;
use crate::{
    About, Action, Actor, Allowed, Event, Field, OrganisationId, Refusal, Timestamp, Version, Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of an organisation's name.
pub const NAME_MAX: usize = 100;

/// An organisation as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub version: Version,
    pub settings: Settings,
    /// What it asks of those who sign in.
    pub policy: Policy,
    /// How many employees there are, kept with every creation and deletion (E-05).
    pub employees: i64,
}

/// What an Administrator decides for everybody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    /// IANA, such as `Europe/Brussels`.
    pub time_zone: String,
    /// ISO 3166, such as `BE`: what telephone numbers without a country code mean.
    pub country: String,
    /// A language that the interface has, such as `en`.
    pub language: String,
    /// How long an invitation lives, in hours.
    pub invitation_hours: i32,
}

/// What the interface and the machine know, for checking settings against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub languages: &'a [&'a str],
    pub time_zone: &'a dyn Fn(&str) -> bool,
    pub country: &'a dyn Fn(&str) -> bool,
}

/// An organisation that did not exist before.
#[derive(Debug)]
pub struct OrganisationCreated {
    pub id: OrganisationId,
    /// The host name under which it is reached, where a deployment holds several.
    pub host: Option<String>,
    pub settings: Settings,
}

/// An organisation with other settings.
#[derive(Debug)]
pub struct SettingsChanged {
    pub from: Version,
    pub before: Settings,
    pub settings: Settings,
}

impl OrganisationCreated {
    /// Allows a new organisation; only the command line asks.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn allow(
        id: OrganisationId,
        host: Option<String>,
        settings: Settings,
        known: Known<'_>,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        let settings = settings.checked(known)?;
        Ok(Allowed::new(
            Self { id, host, settings },
            &Actor::system(id),
            at,
        ))
    }
}

impl Organisation {
    /// Allows other settings; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn change_settings(
        &self,
        actor: &Actor,
        settings: Settings,
        known: Known<'_>,
        at: Timestamp,
    ) -> Result<Option<Allowed<SettingsChanged>>, Refusal> {
        if actor.organisation() != self.id {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::ChangeSettings)?;
        let settings = settings.checked(known)?;
        if settings == self.settings {
            return Ok(None);
        }
        let before = self.settings.clone();
        Ok(Some(Allowed::new(
            SettingsChanged {
                from: self.version,
                before,
                settings,
            },
            actor,
            at,
        )))
    }
}

impl Settings {
    fn checked(self, known: Known<'_>) -> Result<Self, Refusal> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, field::line(&self.name, NAME_MAX));
        if self.name.trim().is_empty() {
            problems.add(Field::Name, Why::Required);
        }
        if !(known.time_zone)(&self.time_zone) {
            problems.add(Field::TimeZone, Why::UnknownChoice);
        }
        if !(known.country)(&self.country) {
            problems.add(Field::Country, Why::UnknownChoice);
        }
        if !known.languages.contains(&self.language.as_str()) {
            problems.add(Field::Language, Why::UnknownChoice);
        }
        if !invitation::HOURS.contains(&self.invitation_hours) {
            let (least, most) = (*invitation::HOURS.start(), *invitation::HOURS.end());
            problems.add(
                Field::InvitationHours,
                Why::OutOfRange(least.into(), most.into()),
            );
        }
        problems.none().map(|()| Self { name, ..self })
    }

    fn changes(&self, new: &Self) -> Vec<Value> {
        let hours = |settings: &Self| settings.invitation_hours.to_string();
        [
            Value::changed("name", &self.name, &new.name),
            Value::changed("time_zone", &self.time_zone, &new.time_zone),
            Value::changed("country", &self.country, &new.country),
            Value::changed("language", &self.language, &new.language),
            Value::changed("invitation_hours", &hours(self), &hours(new)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Recorded for OrganisationCreated {
    fn entry(&self) -> Entry {
        let values = Value::changed("name", "", &self.settings.name)
            .into_iter()
            .collect();
        Entry {
            event: Event::OrganisationCreated,
            subject: About::Organisation,
            values,
        }
    }
}

impl Recorded for SettingsChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::SettingsChanged,
            subject: About::Organisation,
            values: self.before.changes(&self.settings),
        }
    }
}
