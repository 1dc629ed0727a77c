//! Adding an employee: by invitation, or past it for those who sign in elsewhere (E-07, E-08).

use super::revise::Draft;
use super::{Profile, SignIn, Status};
use crate::audit::{Entry, Recorded, Value, WANTED};
use crate::field::{Email, Problems};
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, Field, OrganisationId, ProviderId, Refusal,
    Role, Roles, Timestamp, Why,
};

/// What the New employee form says.
#[derive(Clone, Debug, Default)]
pub struct NewEmployee {
    pub email: String,
    pub bypass_activation: bool,
    pub roles: Roles,
    /// The provider that knows them, for those who bypass activation.
    pub provider: Option<ProviderId>,
    /// The providers that are switched on, as they were read with this change.
    pub providers: Vec<ProviderId>,
    pub draft: Draft,
}

/// An employee who did not exist before.
#[derive(Debug)]
pub struct Created {
    pub organisation: OrganisationId,
    pub id: EmployeeId,
    pub email: Email,
    pub status: Status,
    pub sign_in: SignIn,
    pub provider: Option<ProviderId>,
    pub administrator: bool,
    pub wanted: Roles,
    pub profile: Profile,
}

impl Created {
    /// Allows a new employee. Roles other than Administrator are remembered as wanted until there
    /// is an office (E-13); nobody who bypasses activation is sent anything (E-08).
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], or [`Refusal::Invalid`] with every field that can't be taken.
    pub fn allow(
        actor: &Actor,
        id: EmployeeId,
        new: &NewEmployee,
        country: &str,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::AddEmployee)?;
        if new.roles.has(Role::Administrator) {
            actor.may_everywhere(Action::GrantAdministrator)?;
        }
        let mut problems = Problems::default();
        let email = problems.take(Field::Email, Email::read(&new.email));
        let mut profile = new.draft.read(&Profile::default(), country, &mut problems);
        profile.online_planning = new.draft.online_planning.unwrap_or(true);
        if new.bypass_activation && profile.external_id.is_none() {
            problems.add(Field::ExternalId, Why::Required);
        }
        let provider = match new.bypass_activation {
            true => problems.take(Field::Provider, provider(new)),
            false => None,
        };
        problems.none()?;
        let (status, sign_in) = match new.bypass_activation {
            true => (Status::Active, SignIn::SingleSignOn),
            false => (Status::Pending, SignIn::Password),
        };
        let created = Self {
            organisation: actor.organisation(),
            id,
            email,
            status,
            sign_in,
            provider,
            administrator: new.roles.has(Role::Administrator),
            wanted: new.roles.in_office(),
            profile,
        };
        Ok(Allowed::new(created, actor, at))
    }

    /// The first Administrator of a new organisation, whose way in is chosen on the command line.
    pub fn first_administrator(
        organisation: OrganisationId,
        id: EmployeeId,
        email: &str,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        let new = NewEmployee {
            email: email.to_owned(),
            roles: Roles::NONE.set(Role::Administrator, true),
            ..NewEmployee::default()
        };
        Self::allow(&Actor::system(organisation), id, &new, "", at)
    }
}

/// The provider of somebody who bypasses activation: the only one, or the one that was chosen; none
/// while there is none (E-08).
fn provider(new: &NewEmployee) -> Result<Option<ProviderId>, Why> {
    match (new.provider, new.providers.as_slice()) {
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(*only)),
        (None, _) => Err(Why::Required),
        (Some(chosen), enabled) if enabled.contains(&chosen) => Ok(Some(chosen)),
        (Some(_), _) => Err(Why::UnknownChoice),
    }
}

impl Recorded for Created {
    fn entry(&self) -> Entry {
        let mut values: Vec<Value> = Value::changed("email", "", self.email.as_str())
            .into_iter()
            .collect();
        values.extend(super::revise::changes(&Profile::default(), &self.profile));
        let roles = self.wanted.set(Role::Administrator, self.administrator);
        values.extend(Value::changed(WANTED, "", &super::assign::words(roles)));
        Entry {
            event: Event::EmployeeCreated,
            subject: About::Employee(self.id),
            values,
        }
    }
}
