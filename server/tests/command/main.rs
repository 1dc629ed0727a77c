//! The binary as those who run it meet it: what it does, says, and refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test that can't go on says so by failing"
)]

mod administrators;
mod files;
mod house;
mod serving;
mod settings;
