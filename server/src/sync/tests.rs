//! Linked calendars against Radicale.
