//! What is kept: the only SQL of Staffroom, for SQLite and PostgreSQL alike.

pub mod absence;
pub mod agent_group;
mod announcement;
pub mod appointment;
mod at;
pub mod attempt;
pub mod attention;
pub mod audit;
pub mod availability;
pub mod backup;
mod barrier;
pub mod booking;
mod bundle;
pub mod calendar;
pub mod call_group;
pub mod ceremony;
pub mod channel;
pub mod check;
pub mod contact_centre;
pub mod contact_user;
pub mod customer;
mod database;
pub mod employee;
mod error;
pub mod expertise;
pub mod factor;
pub mod hours;
pub mod link;
mod many;
pub mod newcomer;
mod notice;
pub mod office;
pub mod organisation;
pub mod outbox;
mod page;
mod postgres;
pub mod provider;
pub mod queue;
mod readers;
pub mod script;
mod search;
pub mod secret;
pub mod session;
pub mod subject;
mod transaction;

pub use at::{At, now};
pub use error::Error;
pub use transaction::{Reading, Store, Transaction, Write};

/// A new id; it tells when it was made, so it is never a secret.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// What a call of the store comes to.
pub type Result<T> = std::result::Result<T, Error>;
