//! What listens: HTTP, sign-in protocols, and background work.

pub mod site;
