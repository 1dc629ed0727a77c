//! Adding an office and editing what is said of it (O-01).

use super::{ADDRESS_MAX, EXTERNAL_ID_MAX, NAME_MAX, Office, Profile, TEXT_MAX};
use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Email, Phone, Problems};
use crate::organisation::Known;
use crate::{
    About, Action, Actor, Allowed, Event, Field, OfficeId, OrganisationId, Refusal, Timestamp,
    Version, Why,
};

/// What a form says; a field that was not in the form is `None` and stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: Option<String>,
    pub active: Option<bool>,
    pub virtual_only: Option<bool>,
    pub description: Option<String>,
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub directions: Option<String>,
    pub parking: Option<String>,
    /// Empty is the organisation's.
    pub time_zone: Option<String>,
}

/// An office that did not exist before.
#[derive(Debug)]
pub struct OfficeCreated {
    pub organisation: OrganisationId,
    pub id: OfficeId,
    pub profile: Profile,
}

/// An office of which something else is said.
#[derive(Debug)]
pub struct OfficeRevised {
    pub before: Office,
    pub profile: Profile,
}

impl Draft {
    /// A draft that says how the office is called and whether it is active, and nothing else.
    pub fn named(name: &str, active: bool) -> Self {
        Self {
            name: Some(name.to_owned()),
            active: Some(active),
            ..Self::default()
        }
    }

    /// The profile that `old` becomes; `country` is where telephone numbers without a code are from.
    fn read(&self, old: &Profile, country: &str, known: Known<'_>) -> Result<Profile, Refusal> {
        let mut problems = Problems::default();
        let name = match &self.name {
            Some(name) => problems.take(Field::Name, field::line(name, NAME_MAX)),
            None => old.name.clone(),
        };
        if self.name.as_ref().unwrap_or(&old.name).trim().is_empty() {
            problems.add(Field::Name, Why::Required);
        }
        let external_id = match &self.external_id {
            Some(id) => problems.take(Field::ExternalId, field::line(id, EXTERNAL_ID_MAX)),
            None => old.external_id.clone().unwrap_or_default(),
        };
        let email = match self.email.as_deref().map(str::trim) {
            Some("") => None,
            Some(email) => Some(problems.take(Field::Email, Email::read(email))),
            None => old.email.clone(),
        };
        let profile = Profile {
            name,
            active: self.active.unwrap_or(old.active),
            virtual_only: self.virtual_only.unwrap_or(old.virtual_only),
            external_id: (!external_id.is_empty()).then_some(external_id),
            email,
            phone: self.phone(old, country, &mut problems),
            time_zone: self.time_zone(old, known, &mut problems),
            ..self.texts(old, &mut problems)
        };
        problems.none().map(|()| profile)
    }

    fn texts(&self, old: &Profile, problems: &mut Problems) -> Profile {
        let mut text = |field, new: &Option<String>, old: &String, max| match new {
            Some(new) => problems.take(field, field::lines(new, max)),
            None => old.clone(),
        };
        let description = &self.description;
        Profile {
            description: text(Field::Description, description, &old.description, TEXT_MAX),
            address: text(Field::Address, &self.address, &old.address, ADDRESS_MAX),
            directions: text(
                Field::Directions,
                &self.directions,
                &old.directions,
                TEXT_MAX,
            ),
            parking: text(Field::Parking, &self.parking, &old.parking, TEXT_MAX),
            ..Profile::default()
        }
    }

    fn phone(&self, old: &Profile, country: &str, problems: &mut Problems) -> Option<Phone> {
        let shown = |phone: &Phone, new: &str| phone.shown(country) == new.trim();
        match &self.phone {
            // A form that was shown the stored number sends it back as it was shown.
            Some(new) if old.phone.as_ref().is_some_and(|old| shown(old, new)) => old.phone.clone(),
            Some(new) => problems.take(Field::Phone, Phone::read(new, country)),
            None => old.phone.clone(),
        }
    }

    fn time_zone(
        &self,
        old: &Profile,
        known: Known<'_>,
        problems: &mut Problems,
    ) -> Option<String> {
        match self.time_zone.as_deref().map(str::trim) {
            Some("") => None,
            Some(zone) if (known.time_zone)(zone) => Some(zone.to_owned()),
            Some(_) => {
                problems.add(Field::TimeZone, Why::UnknownChoice);
                None
            }
            None => old.time_zone.clone(),
        }
    }
}

impl OfficeCreated {
    /// Allows a new office.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: OfficeId,
        draft: &Draft,
        country: &str,
        known: Known<'_>,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::CreateOffice)?;
        let created = Self {
            organisation: actor.organisation(),
            id,
            profile: draft.read(&Profile::default(), country, known)?,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl Office {
    /// Allows what `draft` says of the office; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        country: &str,
        known: Known<'_>,
        at: Timestamp,
    ) -> Result<Option<Allowed<OfficeRevised>>, Refusal> {
        self.may(actor, Action::EditOffice)?;
        let profile = draft.read(&self.profile, country, known)?;
        if profile == self.profile {
            return Ok(None);
        }
        let before = self.clone();
        let revised = OfficeRevised { before, profile };
        Ok(Some(Allowed::new(revised, actor, at)))
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Every value of a profile that is another, by the name of its field.
fn changes(old: &Profile, new: &Profile) -> Vec<Value> {
    let id = |profile: &Profile| profile.external_id.clone().unwrap_or_default();
    let zone = |profile: &Profile| profile.time_zone.clone().unwrap_or_default();
    let email = |profile: &Profile| {
        profile
            .email
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let phone = |profile: &Profile| {
        profile
            .phone
            .as_ref()
            .map(|phone| phone.as_str().to_owned())
            .unwrap_or_default()
    };
    [
        Value::changed("name", &old.name, &new.name),
        Value::changed("virtual", word(old.virtual_only), word(new.virtual_only)),
        Value::changed("description", &old.description, &new.description),
        Value::changed("external_id", &id(old), &id(new)),
        Value::changed("email", &email(old), &email(new)),
        Value::changed("phone", &phone(old), &phone(new)),
        Value::changed("address", &old.address, &new.address),
        Value::changed("directions", &old.directions, &new.directions),
        Value::changed("parking", &old.parking, &new.parking),
        Value::changed("time_zone", &zone(old), &zone(new)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Recorded for OfficeCreated {
    fn entry(&self) -> Entry {
        let mut values = changes(&Profile::default(), &self.profile);
        values.extend(Value::changed("active", "", word(self.profile.active)));
        Entry {
            event: Event::OfficeCreated,
            subject: About::Office(self.id),
            values,
        }
    }
}

impl Recorded for OfficeRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let (old, new) = (&self.before.profile, &self.profile);
        let mut values = changes(old, new);
        values.extend(Value::changed("active", word(old.active), word(new.active)));
        Entry {
            event: Event::OfficeRevised,
            subject: About::Office(self.before.id),
            values,
        }
    }
}
