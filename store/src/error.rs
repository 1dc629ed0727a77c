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
/// Which value is taken stands in the columns that both databases name, each in its own way.
pub(crate) fn taken(error: sqlx::Error) -> Error {
    let field = match error.as_database_error() {
        Some(database) if database.is_unique_violation() => {
            let says = |column| database.message().contains(column);
            match (
                says("external_id"),
                says("email_folded"),
                says("name_folded"),
            ) {
                (true, _, _) => Some(domain::Field::ExternalId),
                (_, true, _) => Some(domain::Field::Email),
                (_, _, true) => Some(domain::Field::Name),
                _ => None,
            }
        }
        _ => None,
    };
    match field {
        Some(field) => Refusal::field(field, domain::Why::Taken).into(),
        None => error.into(),
    }
}
