//! Whether an agent can be booked for a subject in an office at a time (P-03): what may stand against it.

#[cfg(feature = "server")]
mod case;
#[cfg(feature = "server")]
mod choose;
#[cfg(feature = "server")]
pub mod handover;
mod logo;
mod offered;
pub mod settings;
#[cfg(feature = "server")]
mod wish;

#[cfg(feature = "server")]
pub use case::{Agent, Case, STEP};
#[cfg(feature = "server")]
pub use choose::{choose, times};
pub use logo::LogoChanged;
pub use offered::Standing;
#[cfg(feature = "server")]
pub use offered::standing;
pub use settings::{BookingChanged, Bookings, Settings};
#[cfg(feature = "server")]
pub use wish::{AHEAD_MAX, WishDraft, Wrong};

use serde::{Deserialize, Serialize};

macro_rules! obstacles {
    ($($(#[$doc:meta])* $variant:ident $code:literal $soft:literal)*) => {
        /// What stands against a booking.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Obstacle { $($(#[$doc])* #[serde(rename = $code)] $variant,)* }
        impl Obstacle {
            /// Every one, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stored word.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The obstacle of a stored word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// Whether it is a rule that those who may "book against a rule" can set aside. What would
            /// make two bookings of one time, or one with somebody who is not there, never is.
            pub const fn is_soft(self) -> bool {
                match self { $(Self::$variant => $soft,)* }
            }
        }
    };
}

obstacles! {
    /// It lies in the past.
    Past "past" false
    /// The agent is not Active.
    NotActive "not_active" false
    /// The agent has no name yet (E-07).
    NoName "no_name" false
    /// Online planning is off (E-11).
    NotOnline "not_online" false
    /// The agent is no Agent in the office.
    NotInOffice "not_in_office" false
    /// The office is not active.
    OfficeInactive "office_inactive" false
    /// The subject is not active, or the office does not offer it.
    NotOffered "not_offered" false
    /// The subject has no such kind of meeting.
    MeetingNotOffered "meeting_not_offered" false
    /// Another appointment of the agent, buffers included.
    Taken "taken" false
    /// A calendar that is used for availability says busy.
    Busy "busy" false
    /// The agent is away (O-05).
    Absent "absent" false
    /// The agent does not handle the subject in the office.
    NoExpertise "no_expertise" true
    /// Outside the agent's appointment hours in the office.
    OutsideHours "outside_hours" true
    /// The office is closed then.
    OfficeClosed "office_closed" true
    /// Sooner than the earliest notice.
    TooSoon "too_soon" true
    /// Later than the latest notice.
    TooFar "too_far" true
}

impl Obstacle {
    /// The stored words of several, with spaces between.
    pub fn codes(several: &[Self]) -> String {
        let codes: Vec<&str> = several.iter().map(|obstacle| obstacle.code()).collect();
        codes.join(" ")
    }

    /// The obstacles of stored words; words that nobody knows any more are left out.
    pub fn from_codes(words: &str) -> Vec<Self> {
        words
            .split_whitespace()
            .filter_map(Self::from_code)
            .collect()
    }
}

/// How customer and agent meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meeting {
    InPerson,
    Video,
    Phone,
}

impl Meeting {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Video, Self::Phone];

    /// The bit of this kind in a stored set.
    pub const fn bit(self) -> i32 {
        match self {
            Self::InPerson => 1,
            Self::Video => 2,
            Self::Phone => 4,
        }
    }

    /// The kind of a stored bit.
    pub fn from_bit(bit: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|meeting| meeting.bit() == bit)
    }

    /// The word of this kind in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Video => "video",
            Self::Phone => "phone",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meeting| meeting.code() == code)
    }
}

/// A set of kinds of meeting, stored as bits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Meetings(pub i32);

impl Meetings {
    /// Whether `meeting` is in the set.
    pub const fn has(self, meeting: Meeting) -> bool {
        self.0 & meeting.bit() != 0
    }

    /// The kinds, in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Meeting> {
        Meeting::ALL
            .into_iter()
            .filter(move |meeting| self.has(*meeting))
    }
}

impl FromIterator<Meeting> for Meetings {
    fn from_iter<I: IntoIterator<Item = Meeting>>(meetings: I) -> Self {
        Self(
            meetings
                .into_iter()
                .fold(0, |bits, meeting| bits | meeting.bit()),
        )
    }
}
