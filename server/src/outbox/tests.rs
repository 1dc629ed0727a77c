//! What the outbox sends.
