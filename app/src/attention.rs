//! "Needs attention": one list of what waits for somebody, on the phone first (P-09).

#[cfg(feature = "ssr")]
mod lines;
mod page;

#[cfg(feature = "ssr")]
pub use lines::lines;
pub use page::{AttentionPage, NeedsAttention};

use crate::messages::t;
use crate::ui::Moment;
use domain::{AppointmentId, Version};
use serde::{Deserialize, Serialize};

/// What a line is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// An appointment that waits to be confirmed.
    Request,
    /// An appointment without an agent who can take it.
    WithoutAgent,
    Calendar,
    Invitation,
    Mail,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Request,
        Self::WithoutAgent,
        Self::Calendar,
        Self::Invitation,
        Self::Mail,
    ];

    /// What its lines stand under.
    pub fn title(self) -> &'static str {
        match self {
            Self::Request => t::attention_requests(),
            Self::WithoutAgent => t::attention_without_agent(),
            Self::Calendar => t::attention_calendars(),
            Self::Invitation => t::attention_invitations(),
            Self::Mail => t::attention_mails(),
        }
    }
}

/// Something that waits: what, when, and where it is mended.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Line {
    pub kind: Kind,
    pub what: String,
    /// Why it waits, or more of what it is; may be empty.
    pub detail: String,
    pub when: Moment,
    /// The page on which it is mended, where the asker may open it.
    pub href: Option<String>,
    /// Where somebody's appointments are all given to others (P-06).
    pub leaving: Option<String>,
    /// What a button confirms right here.
    pub confirm: Option<(AppointmentId, Version)>,
}

impl Line {
    /// The line in one sentence, without when.
    pub fn sentence(&self) -> String {
        match self.detail.is_empty() {
            true => self.what.clone(),
            false => format!("{}. {}", self.what, self.detail),
        }
    }
}
