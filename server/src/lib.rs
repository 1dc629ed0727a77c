//! What listens: HTTP, sign-in protocols, and background work.

#![recursion_limit = "256"] // the types of views nest deeply

mod agenda;
pub mod asker;
mod booking;
pub mod command;
pub mod config;
pub mod demo;
pub mod edge;
pub mod events;
pub mod expiry;
pub mod headers;
pub mod notices;
pub mod outbox;
pub mod router;
pub mod site;
mod sso;
pub mod state;
pub mod sync;
