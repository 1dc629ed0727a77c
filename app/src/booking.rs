//! The booking page that customers see (P-05): plain HTML from the server, without WebAssembly, so that
//! it opens at once on a phone, inside of other sites, and where nothing runs.

mod choices;
mod details;
mod document;
mod own;
mod theme;
mod times;
mod words;

pub use choices::{Choice, Group, agents, offices, subjects};
pub use details::{Details, FreeTime, Wanted, details};
pub use document::{Fact, Look, chosen, document, notice, outcome, prose};
pub use own::{Cancel, Own, agree, moving, own};
pub use theme::sheet;
pub use times::{Week, day_of, times};
pub use words::Words;

use crate::messages::t;
use domain::booking::Meeting;

/// How customer and agent meet, as customers read it.
pub fn meeting_word(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::InPerson => t::book_in_person(),
        Meeting::Video => t::book_by_video(),
        Meeting::Phone => t::book_by_phone(),
    }
}
