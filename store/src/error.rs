//! Why a call of the store did not succeed.

use domain::Refusal;
use std::fmt;

/// A refusal is for the person who asked; anything else is for the log.
#[derive(Debug)]
pub enum Error {
    /// The state of what is kept does not allow it.
    Refused(Refusal),
    /// The database said no, or nothing.
    Database(sqlx::Error),
    /// What is kept can't be read: a newer version, a damaged row, a wrong key.
    Unreadable(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::Unreadable(what) => write!(f, "can't be read: {what}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Database(error.into())
    }
}

/// The refusal of a unique violation, for the rare case in which the look before the write missed.
pub(crate) fn taken(error: sqlx::Error, field: domain::Field) -> Error {
    match error.as_database_error() {
        Some(database) if database.is_unique_violation() => {
            Refusal::field(field, domain::Why::Taken).into()
        }
        _ => error.into(),
    }
}
