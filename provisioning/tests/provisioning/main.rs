//! Provisioning, with a real database, a real folder and a real program that is called.

#![expect(
    clippy::unwrap_used,
    reason = "a test says no more than where it ended"
)]

mod asterisk;
mod configuration;
mod deleted;
mod extent;
mod failing;
mod folder;
mod hints;
mod listener;
mod realtime;
mod rows;
mod scene;
mod tables;
mod worker;
