//! Who appears in the tests: offices, and people as the store would have read them.

use domain::employee::{Profile, Record};
use domain::field::Email;
use domain::organisation::Known;
use domain::{
    Actor, Employee, EmployeeId, OfficeId, OrganisationId, Place, Role, Roles, SignIn, Status,
    Timestamp, Version,
};
use uuid::Uuid;

pub const OURS: OrganisationId = OrganisationId(Uuid::from_u128(1));
pub const THEIRS: OrganisationId = OrganisationId(Uuid::from_u128(2));
pub const GHENT: OfficeId = OfficeId(Uuid::from_u128(10));
pub const ANTWERP: OfficeId = OfficeId(Uuid::from_u128(11));
pub const BRUGES: OfficeId = OfficeId(Uuid::from_u128(12));
pub const AT: Timestamp = Timestamp::UNIX_EPOCH;

/// What the machine knows: one language, one time zone, one country.
pub fn known() -> Known<'static> {
    Known {
        languages: &["en"],
        time_zone: &|zone| zone == "Europe/Brussels",
        country: &|country| country == "BE",
    }
}

/// Roles as a set.
pub fn roles(roles: &[Role]) -> Roles {
    roles.iter().copied().collect()
}

pub fn place(office: OfficeId, held: &[Role]) -> Place {
    let roles = roles(held);
    Place { office, roles }
}

/// An active employee with a name, a password and no role, to be made into somebody.
#[derive(Clone, Debug)]
pub struct Somebody(pub Record);

pub fn somebody(number: u128) -> Somebody {
    Somebody(Record {
        organisation: OURS,
        id: EmployeeId(Uuid::from_u128(100 + number)),
        version: Version(7),
        status: Status::Active,
        activated_at: Some(AT),
        provider: None,
        exempt: false,
        sign_in: SignIn::Password,
        email: Email::read(&format!("person{number}@x.example")).expect("an address"),
        email_wanted: None,
        administrator: false,
        wanted: Roles::NONE,
        places: Vec::new(),
        profile: Profile {
            first_name: "Sam".into(),
            last_name: "Peeters".into(),
            online_planning: true,
            ..Profile::default()
        },
        language: None,
        time_zone: None,
        mails_day: None,
        mails_attention: None,
        picture: None,
        created_at: AT,
        last_seen_at: None,
    })
}

impl Somebody {
    pub fn administrator(mut self) -> Self {
        self.0.administrator = true;
        self
    }

    pub fn holds(mut self, office: OfficeId, held: &[Role]) -> Self {
        self.0.places.push(place(office, held));
        self.0.places.sort_by_key(|place| place.office);
        self
    }

    pub fn pending(mut self) -> Self {
        (self.0.status, self.0.activated_at) = (Status::Pending, None);
        self
    }

    pub fn suspended(mut self) -> Self {
        self.0.status = Status::Suspended;
        self
    }

    pub fn by_single_sign_on(mut self, external_id: &str) -> Self {
        self.0.sign_in = SignIn::SingleSignOn;
        self.0.profile.external_id = Some(external_id.into());
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Record)) -> Self {
        change(&mut self.0);
        self
    }

    /// As somebody to whom something is done.
    pub fn known(self) -> Employee {
        Employee::known(self.0)
    }

    /// As somebody who asks.
    pub fn asks(&self) -> Actor {
        let record = self.0.clone();
        Actor::known(
            record.organisation,
            record.id,
            record.administrator,
            record.places,
        )
    }
}

/// An Administrator who is not an agent.
pub fn ada() -> Somebody {
    somebody(1).administrator()
}

/// The manager of Ghent.
pub fn max() -> Somebody {
    somebody(2).holds(GHENT, &[Role::OfficeManager])
}

/// An agent in Ghent and Antwerp.
pub fn sam() -> Somebody {
    somebody(3)
        .holds(GHENT, &[Role::Agent])
        .holds(ANTWERP, &[Role::Agent])
}

/// An agent in Ghent alone.
pub fn kim() -> Somebody {
    somebody(4).holds(GHENT, &[Role::Agent])
}

/// The manager of Antwerp, who is an agent in Ghent.
pub fn noor() -> Somebody {
    somebody(5)
        .holds(ANTWERP, &[Role::OfficeManager])
        .holds(GHENT, &[Role::Agent])
}

/// A second manager of Ghent.
pub fn eve() -> Somebody {
    somebody(6).holds(GHENT, &[Role::OfficeManager, Role::Agent])
}
