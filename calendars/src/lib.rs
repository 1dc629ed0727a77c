//! Calendars of the world outside: iCalendar written and read, and what speaks to their servers.

pub mod ics;
