//! Employees: anybody with an account, and the rules for what is done to them.

mod account;
mod activate;
mod assign;
mod convert;
#[cfg(feature = "server")]
mod create;
mod delete;
mod email;
mod recover;
#[cfg(feature = "server")]
mod revise;
mod suspend;

pub use account::{Choices, PasswordChanged, PictureChanged, Preferences, SessionsEnded, Which};
pub use activate::Activated;
pub(crate) use assign::words;
pub use assign::{Assigned, Wish};
pub use convert::{Exempted, TurnedBack, TurnedOver};
#[cfg(feature = "server")]
pub use create::{Created, NewEmployee};
pub use delete::Deleted;
pub use email::{EmailChange, EmailChanged, EmailRequested};
pub use recover::Recovered;
#[cfg(feature = "server")]
pub use revise::{Draft, Revised};
pub use suspend::{Reactivated, Suspended};

use crate::field::{Email, Phone};
use crate::{
    EmployeeId, OrganisationId, PictureId, Place, ProviderId, Role, Roles, Target, Timestamp,
    Version,
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// Where an account stands in its life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Invited, not yet activated.
    Pending,
    Active,
    Suspended,
}

impl Status {
    /// Every status, in the order in which they are shown and sorted.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Active, Self::Suspended];

    /// The stored bit, so that a filter of several is one comparison.
    pub const fn bit(self) -> i32 {
        match self {
            Self::Pending => 1,
            Self::Active => 2,
            Self::Suspended => 4,
        }
    }

    /// The status of a stored bit.
    pub fn from_bit(bit: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.bit() == bit)
    }

    /// The word of this status in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The status of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// How somebody signs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    Password,
    /// By the organisation's identity provider, which knows them by the External ID (E-08).
    SingleSignOn,
}

impl SignIn {
    /// The stored number.
    pub const fn bit(self) -> i32 {
        match self {
            Self::Password => 1,
            Self::SingleSignOn => 2,
        }
    }

    /// The way in of a stored number.
    pub fn from_bit(bit: i32) -> Option<Self> {
        [Self::Password, Self::SingleSignOn]
            .into_iter()
            .find(|way| way.bit() == bit)
    }
}

/// What is known of an employee; plain data, as it stands in the store. Times travel as numbers, which
/// keeps the reading of dates out of the WebAssembly.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    pub organisation: OrganisationId,
    pub id: EmployeeId,
    pub version: Version,
    pub status: Status,
    /// When the account was first activated; decides what a reactivation restores (E-15).
    #[serde(with = "crate::instant::optional")]
    pub activated_at: Option<Timestamp>,
    pub sign_in: SignIn,
    /// The provider that knows those who sign in by one; `None` while there was none.
    pub provider: Option<ProviderId>,
    /// May go on signing in by password where single sign-on is required.
    pub exempt: bool,
    pub email: Email,
    /// The address that still has to confirm that it will be the sign-in name.
    pub email_wanted: Option<Email>,
    pub administrator: bool,
    /// Roles chosen before there was an office; they give no rights (E-13).
    pub wanted: Roles,
    pub places: Vec<Place>,
    pub profile: Profile,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    /// Whether they want their day by mail; `None` follows the organisation (P-07).
    pub mails_day: Option<bool>,
    /// Whether they want by mail what needs attention; `None` follows the organisation (P-09).
    pub mails_attention: Option<bool>,
    pub picture: Option<PictureId>,
    #[serde(with = "crate::instant")]
    pub created_at: Timestamp,
    #[serde(with = "crate::instant::optional")]
    pub last_seen_at: Option<Timestamp>,
}

/// The part of a record that is edited as one form.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub first_name: String,
    pub last_name: String,
    pub phone: Option<Phone>,
    pub external_id: Option<String>,
    pub online_planning: bool,
    pub function: String,
    pub introduction: String,
    pub video_link: String,
}

/// The most characters of a first or a last name.
pub const NAME_MAX: usize = 100;
/// The most characters of an External ID.
pub const EXTERNAL_ID_MAX: usize = 255;
/// The most characters of a function.
pub const FUNCTION_MAX: usize = 100;
/// The most characters of an introduction.
pub const INTRODUCTION_MAX: usize = 2_000;

impl Profile {
    /// First and last name with one space between; empty while there is none.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }
}

/// An employee as the store read them: the noun whose methods are the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Employee(Record);

impl Employee {
    /// What the store read. Only `store` calls this.
    pub fn known(record: Record) -> Self {
        Self(record)
    }

    /// What the permission table needs to know.
    pub fn target(&self) -> Target<'_> {
        Target {
            organisation: self.organisation,
            id: self.id,
            administrator: self.administrator,
            places: &self.places,
        }
    }
}

impl Record {
    /// What to call the employee: the name, or the email while there is none (E-02).
    pub fn display_name(&self) -> String {
        let name = self.profile.name();
        if name.is_empty() {
            self.email.to_string()
        } else {
            name
        }
    }

    /// Every role that gives rights.
    pub fn roles(&self) -> Roles {
        let held = self
            .places
            .iter()
            .fold(Roles::NONE, |all, place| all.and(place.roles));
        held.set(Role::Administrator, self.administrator)
    }

    /// Whether the employee counts as an Administrator who can act (E-17).
    pub fn is_active_administrator(&self) -> bool {
        self.administrator && self.status == Status::Active
    }
}

impl Deref for Employee {
    type Target = Record;
    fn deref(&self) -> &Record {
        &self.0
    }
}
