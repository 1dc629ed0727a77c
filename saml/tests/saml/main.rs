//! The protocol against a real provider's responses, and against forgers.

#![expect(
    clippy::unwrap_used,
    reason = "the cast of a test may panic like the test itself"
)]

mod cast;
mod certificates;
mod forged;
mod forged_algorithm;
mod forged_assertion;
mod forged_bytes;
mod forged_reference;
mod forged_response;
mod forged_signature;
mod genuine;
mod metadata;
mod properties;
mod provider_metadata;
mod request;
mod wrapped;
