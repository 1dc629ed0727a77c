//! The router as people, scripts and strangers meet it, without a socket.

#![expect(
    clippy::unwrap_used,
    reason = "a test that can't go on says so by failing"
)]

mod aborted;
mod appointments;
mod booking;
mod cast;
mod contact_users;
mod desk;
mod forms;
mod headers;
mod hours;
mod houses;
mod queues;
mod rights;
mod sessions;
mod sign_in;
mod statements;
mod uploads;
