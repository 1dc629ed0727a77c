//! iCalendar (RFC 5545): appointments as events for mails, feeds and the calendars of agents.

mod busy;
mod line;
mod read;
mod recur;
mod when;
mod write;
mod zone;

pub use busy::Span;
pub use read::{Budget, Calendar, Unreadable, read};
pub use write::{feed, object, write};

use jiff::Timestamp;

/// An appointment as calendars have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The same for the whole life of the appointment, so that calendars change one entry (P-02).
    pub uid: String,
    /// Rises with every change; below zero is written as zero.
    pub sequence: i32,
    /// When this state of it was written down.
    pub stamp: Timestamp,
    pub begins_at: Timestamp,
    pub ends_at: Timestamp,
    pub summary: String,
    /// Plain text of several lines; empty is left out.
    pub description: String,
    /// Where it takes place; empty is left out.
    pub location: String,
    /// An https address with more about it; empty is left out.
    pub url: String,
    pub organizer: Option<Person>,
    pub attendee: Option<Person>,
    pub status: Status,
}

/// Who is part of an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Empty is left out.
    pub name: String,
    pub email: String,
}

/// Whether an event takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Somebody still has to confirm it.
    Tentative,
    Confirmed,
    Cancelled,
}

/// What the one who receives a calendar is to do with it (RFC 5546).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Just to know; nobody answers.
    Publish,
    /// New or changed: take it into the calendar. Needs an organizer and an attendee.
    Request,
    /// It does not take place: take it out. Needs an organizer.
    Cancel,
}

impl Method {
    /// The word of this method, also for the `method` of the attachment's content type.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}
