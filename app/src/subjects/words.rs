//! What belongs to a subject, in words.

use crate::messages::t;
use domain::booking::{Meeting, Meetings};

/// A kind of meeting.
pub fn meeting_word(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::InPerson => t::subject_in_person(),
        Meeting::Video => t::subject_video(),
        Meeting::Phone => t::subject_phone(),
    }
}

/// Kinds of meeting with commas between.
pub fn meeting_words(meetings: Meetings) -> String {
    meetings
        .iter()
        .map(meeting_word)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A span of minutes in the largest unit that fits: "45 minutes", "2 hours", "1 day".
pub fn span(minutes: i32) -> String {
    match minutes {
        0 => t::subject_no_time().to_owned(),
        minutes if minutes % 1_440 == 0 => t::subject_days(minutes / 1_440),
        minutes if minutes % 60 == 0 => t::subject_hours(minutes / 60),
        minutes => t::subject_minutes(minutes),
    }
}

/// How bookings are confirmed.
pub fn confirmed_word(by_hand: Option<bool>) -> &'static str {
    match by_hand {
        Some(true) => t::subject_by_hand(),
        Some(false) => t::subject_automatic(),
        None => t::subject_as_hours(),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    // O-02: minutes are read in the unit that people would say.
    #[test]
    fn a_span_has_the_largest_unit_that_fits() {
        for (minutes, words) in [
            (45, "45 minutes"),
            (60, "1 hour"),
            (90, "90 minutes"),
            (120, "2 hours"),
            (1_440, "1 day"),
            (2_880, "2 days"),
        ] {
            assert_eq!(span(minutes), words);
        }
    }
}
