//! Why a calendar can't be linked, or stopped answering.

use crate::ics::Unreadable;
use outward::Refused;
use std::fmt;

/// One reason. What some carry comes from the network; it never holds a password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The HTTP client can't be built, for example because the system has no root certificates.
    Client(String),
    /// An address is not absolute, or has credentials or a fragment in it.
    Address,
    /// An address is not https.
    Insecure,
    /// An address points into our own network.
    Inward,
    /// The server can't be reached: name look-up, connection, TLS, or a broken answer.
    Unreachable(String),
    /// The server did not answer in time.
    TimedOut,
    /// More than the budget: in bytes, in events, in repetitions, or in time.
    TooMuch,
    /// The server does not accept name and password.
    Unauthorized,
    /// The server accepts them, and does not allow it all the same.
    Forbidden,
    /// There is nothing at the address, or no longer.
    Gone,
    /// The server sends us to another site, which must not get the password.
    Elsewhere,
    /// An answer has a status that it must not have.
    Status(u16),
    /// What answers does not speak CalDAV.
    NotCalDav,
    /// What answers is no calendar.
    NotACalendar,
}

impl Fault {
    /// The word that is stored, and for which the pages have a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Address => "address",
            Self::Insecure => "insecure",
            Self::Inward => "inward",
            Self::Unreachable(_) => "unreachable",
            Self::TimedOut => "timed_out",
            Self::TooMuch => "too_much",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Gone => "gone",
            Self::Elsewhere => "elsewhere",
            Self::Status(_) => "status",
            Self::NotCalDav => "not_caldav",
            Self::NotACalendar => "not_a_calendar",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(detail) | Self::Unreachable(detail) => {
                write!(f, "{}: {detail}", self.code())
            }
            Self::Status(status) => write!(f, "status {status}"),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Unreadable> for Fault {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::NotACalendar => Self::NotACalendar,
            Unreadable::TooMuch => Self::TooMuch,
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Address => Self::Address,
            Refused::Insecure => Self::Insecure,
            Refused::Inward => Self::Inward,
        }
    }
}
