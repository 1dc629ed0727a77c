//! Licenses and their seats: the Contact Center license, and the pair of Engage (CC) and a Work plan
//! (C-03).

mod admit;
mod revise;

pub use admit::{Held, Licenses};
pub use revise::{PlanAdded, PlanDeleted, SEATS_MAX, SeatsChanged};

use crate::Version;
use serde::{Deserialize, Serialize};

/// The most characters of what an added plan is called.
pub const NAME_MAX: usize = 100;

/// The sorts of licenses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Of a formal agent.
    ContactCenter,
    /// One half of an Engage user's pair.
    Engage,
    /// The other half: a Work license, which describes the calling plan.
    Plan,
}

/// A license with its seats.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct License {
    /// `contact_center`, `engage`, `engage_bundled`, `engage_unbundled`, or the id of an added plan.
    pub code: String,
    /// [`UNWRITTEN`] for one that is there from the start and was never edited.
    pub version: Version,
    pub kind: Kind,
    /// What it is called: those that are there from the start have the names of the products.
    pub name: String,
    pub seats: i64,
    /// By how many users, also suspended ones.
    pub used: i64,
}

/// The version of a license that is there from the start and was never edited.
pub const UNWRITTEN: Version = Version(0);

/// The code of the license of formal agents.
pub const CONTACT_CENTER: &str = "contact_center";
/// The code of the one half of the Engage pair.
pub const ENGAGE: &str = "engage";
/// The code of a plan that is there from the start.
pub const ENGAGE_BUNDLED: &str = "engage_bundled";
/// The code of the other.
pub const ENGAGE_UNBUNDLED: &str = "engage_unbundled";

/// Those that are there from the start, in their order: code, kind, and what they are called in every
/// language.
pub const BUILT_IN: [(&str, Kind, &str); 4] = [
    (CONTACT_CENTER, Kind::ContactCenter, "Contact Center"),
    (ENGAGE, Kind::Engage, "Engage (CC)"),
    (ENGAGE_BUNDLED, Kind::Plan, "Engage Bundled"),
    (ENGAGE_UNBUNDLED, Kind::Plan, "Engage Unbundled"),
];

impl Kind {
    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::ContactCenter => 1,
            Self::Engage => 2,
            Self::Plan => 3,
        }
    }
}

impl License {
    /// The seats that nobody has.
    pub fn left(&self) -> i64 {
        (self.seats - self.used).max(0)
    }

    /// Whether it is there from the start.
    pub fn is_built_in(&self) -> bool {
        BUILT_IN.iter().any(|(code, ..)| *code == self.code)
    }
}
