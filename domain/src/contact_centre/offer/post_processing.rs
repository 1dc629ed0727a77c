//! The time after a queue call in which none is offered, and what a queue may set it to (C-09).

use super::Kind;
use serde::{Deserialize, Serialize};

/// The longest timeout of a queue with an Engage user, in seconds.
pub const ENGAGE_SECONDS_MAX: u16 = 60;
/// With an Engage user, seconds are multiples of this.
pub const ENGAGE_STEP: u16 = 5;
/// The longest timeout of any queue, in seconds: an hour. Longer work after a call is a state one
/// sets oneself, and a slip of a digit is caught.
pub const SECONDS_MAX: u16 = 3_600;

/// How post-processing ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostProcessing {
    /// The user ends it, which takes the agent workspace.
    Manual,
    /// By itself, after this many seconds.
    Seconds(u16),
}

/// Why a timeout can't be taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeoutProblem {
    /// Nothing was typed.
    Required,
    /// Neither Manual nor whole seconds.
    NotSeconds,
    /// More seconds than this.
    TooLong(u16),
    /// With an Engage user, seconds go in steps of five.
    NotInSteps,
    /// With an Engage user, who would stay in post-processing after the first call, could not end it
    /// and would get no queued calls.
    ManualWithEngage,
}

impl PostProcessing {
    /// The word for [`PostProcessing::Manual`] in forms and in the store.
    pub const MANUAL: &str = "manual";

    /// What was typed or chosen, judged for a queue that has, or has not, an Engage user among its
    /// assigned members.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn read(text: &str, with_engage: bool) -> Result<Self, TimeoutProblem> {
        let text = text.trim();
        let read = match text {
            "" => return Err(TimeoutProblem::Required),
            text if text.eq_ignore_ascii_case(Self::MANUAL) => Self::Manual,
            text if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Self::Seconds(text.parse().unwrap_or(u16::MAX))
            }
            _ => return Err(TimeoutProblem::NotSeconds),
        };
        read.check(with_engage).map(|()| read)
    }

    /// Whether a queue that has, or has not, an Engage user among its assigned members may have it:
    /// the one rule for all sides of C-09.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub const fn check(self, with_engage: bool) -> Result<(), TimeoutProblem> {
        match (self, with_engage) {
            (Self::Manual, true) => Err(TimeoutProblem::ManualWithEngage),
            (Self::Seconds(seconds), true) if seconds > ENGAGE_SECONDS_MAX => {
                Err(TimeoutProblem::TooLong(ENGAGE_SECONDS_MAX))
            }
            (Self::Seconds(seconds), true) if seconds % ENGAGE_STEP != 0 => {
                Err(TimeoutProblem::NotInSteps)
            }
            (Self::Seconds(seconds), false) if seconds > SECONDS_MAX => {
                Err(TimeoutProblem::TooLong(SECONDS_MAX))
            }
            _ => Ok(()),
        }
    }

    /// The seconds after which it ends by itself; `None` where the user ends it.
    ///
    /// What [`PostProcessing::check`] refuses does not get into a store. Should it stand there all
    /// the same, an Engage user is free after a minute, in the answer and in the PBX alike.
    pub const fn ends_after(self, kind: Kind) -> Option<u16> {
        match (self, kind) {
            (Self::Manual, Kind::Formal) => None,
            (Self::Manual, Kind::Engage) => Some(ENGAGE_SECONDS_MAX),
            (Self::Seconds(seconds), Kind::Engage) if seconds > ENGAGE_SECONDS_MAX => {
                Some(ENGAGE_SECONDS_MAX)
            }
            (Self::Seconds(seconds), _) => Some(seconds),
        }
    }

    /// What is left of it, `since` seconds after the call: `None` when it is over, `Some(None)` until
    /// the user ends it.
    pub fn left(self, kind: Kind, since: u32) -> Option<Option<u16>> {
        let Some(ends) = self.ends_after(kind) else {
            return Some(None);
        };
        let since = u16::try_from(since).unwrap_or(u16::MAX);
        (since < ends).then(|| Some(ends - since))
    }
}

impl std::fmt::Display for PostProcessing {
    /// As [`PostProcessing::read`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Manual => f.write_str(Self::MANUAL),
            Self::Seconds(seconds) => write!(f, "{seconds}"),
        }
    }
}
