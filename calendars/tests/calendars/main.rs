//! Calendars written and read, and servers that are asked for them (P-02, O-06).

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod account;
mod network;
mod radicale;
mod read;
mod write;
