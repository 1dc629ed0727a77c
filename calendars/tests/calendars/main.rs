//! Calendars written and read, and servers that are asked for them (P-02, O-06).

mod account;
mod network;
mod radicale;
mod read;
mod write;
