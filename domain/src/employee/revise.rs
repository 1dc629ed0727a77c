//! Editing what stands on the Profile tab, field by field as the table allows.

use super::{EXTERNAL_ID_MAX, Employee, FUNCTION_MAX, INTRODUCTION_MAX, NAME_MAX, Profile, SignIn};
use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Phone, Problems};
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, Refusal, Timestamp, Version, Why,
};

/// What a form says; a field that was not in the form is `None` and stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub external_id: Option<String>,
    pub online_planning: Option<bool>,
    pub function: Option<String>,
    pub introduction: Option<String>,
    pub video_link: Option<String>,
}

impl Draft {
    /// The profile that `old` becomes; what can't be taken is noted in `problems`.
    pub(super) fn read(&self, old: &Profile, country: &str, problems: &mut Problems) -> Profile {
        let mut text = |field, new: &Option<String>, old: &String, max| match new {
            Some(new) => problems.take(field, field::line(new, max)),
            None => old.clone(),
        };
        let first_name = text(
            Field::FirstName,
            &self.first_name,
            &old.first_name,
            NAME_MAX,
        );
        let last_name = text(Field::LastName, &self.last_name, &old.last_name, NAME_MAX);
        let function = text(Field::Function, &self.function, &old.function, FUNCTION_MAX);
        let known = old.external_id.clone().unwrap_or_default();
        let external_id = text(
            Field::ExternalId,
            &self.external_id,
            &known,
            EXTERNAL_ID_MAX,
        );
        let introduction = match &self.introduction {
            Some(new) => problems.take(Field::Introduction, field::lines(new, INTRODUCTION_MAX)),
            None => old.introduction.clone(),
        };
        let video_link = match &self.video_link {
            Some(new) => problems.take(Field::VideoLink, field::https(new)),
            None => old.video_link.clone(),
        };
        let phone = match &self.phone {
            // A form that was shown the stored number sends it back as it was shown.
            Some(new)
                if old
                    .phone
                    .as_ref()
                    .is_some_and(|old| old.shown(country) == new.trim()) =>
            {
                old.phone.clone()
            }
            Some(new) => problems.take(Field::Phone, Phone::read(new, country)),
            None => old.phone.clone(),
        };
        Profile {
            first_name,
            last_name,
            phone,
            external_id: (!external_id.is_empty()).then_some(external_id),
            online_planning: self.online_planning.unwrap_or(old.online_planning),
            function,
            introduction,
            video_link,
        }
    }
}

/// An employee whose profile is another.
#[derive(Debug)]
pub struct Revised {
    pub employee: EmployeeId,
    pub from: Version,
    pub before: Profile,
    pub profile: Profile,
    /// The email stands in for the name where there is none, also in the order of lists.
    pub email: field::Email,
}

impl Employee {
    /// Allows the profile that `draft` makes of the present one; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`] for a field that the actor may not change,
    /// [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        country: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<Revised>>, Refusal> {
        actor.may(Action::ViewEmployee, self.target())?;
        let mut problems = Problems::default();
        let profile = draft.read(&self.profile, country, &mut problems);
        for (action, changes) in self.actions(&profile) {
            if changes {
                actor.may(action, self.target())?;
            }
        }
        if self.sign_in == SignIn::SingleSignOn && profile.external_id.is_none() {
            problems.add(Field::ExternalId, Why::Required);
        }
        let loses_name = self.activated_at.is_some() && !self.profile.name().is_empty();
        if loses_name && profile.name().is_empty() {
            problems.add(Field::FirstName, Why::Required);
        }
        problems.none()?;
        if profile == self.profile {
            return Ok(None);
        }
        let revised = Revised {
            employee: self.id,
            from: self.version,
            before: self.profile.clone(),
            profile,
            email: self.email.clone(),
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Which rows of the table a new profile touches.
    fn actions(&self, new: &Profile) -> [(Action, bool); 4] {
        let old = &self.profile;
        let named = (&old.first_name, &old.last_name) != (&new.first_name, &new.last_name);
        let edited = (
            &old.phone,
            &old.function,
            &old.introduction,
            &old.video_link,
        ) != (
            &new.phone,
            &new.function,
            &new.introduction,
            &new.video_link,
        );
        [
            (Action::ChangeName, named),
            (Action::EditProfile, edited),
            (Action::ChangeSignIn, old.external_id != new.external_id),
            (
                Action::SwitchOnlinePlanning,
                old.online_planning != new.online_planning,
            ),
        ]
    }
}

/// Every field in which two profiles differ.
pub(super) fn changes(old: &Profile, new: &Profile) -> Vec<Value> {
    let phone = |profile: &Profile| {
        profile
            .phone
            .as_ref()
            .map_or_else(String::new, |p| p.as_str().into())
    };
    let switch = |on: bool| if on { "on" } else { "off" };
    [
        Value::changed("first_name", &old.first_name, &new.first_name),
        Value::changed("last_name", &old.last_name, &new.last_name),
        Value::changed("phone", &phone(old), &phone(new)),
        Value::changed(
            "external_id",
            old.external_id.as_deref().unwrap_or_default(),
            new.external_id.as_deref().unwrap_or_default(),
        ),
        Value::changed(
            "online_planning",
            switch(old.online_planning),
            switch(new.online_planning),
        ),
        Value::changed("function", &old.function, &new.function),
        Value::changed("introduction", &old.introduction, &new.introduction),
        Value::changed("video_link", &old.video_link, &new.video_link),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Recorded for Revised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::EmployeeRevised,
            subject: About::Employee(self.employee),
            values: changes(&self.before, &self.profile),
        }
    }
}
