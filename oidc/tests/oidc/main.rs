//! The relying party against a fake provider on loopback.

#![expect(
    clippy::unwrap_used,
    reason = "the cast of a test may panic like the test itself"
)]

mod authentication;
mod discovery;
mod id_token;
mod network;
mod provider;
mod sign_in;
mod signer;
mod stage;
mod start;
