//! Why a server function says no: codes and field names with a status, never sentences.

mod fields;
mod words;

pub use fields::field_word;
pub use words::{obstacle_word, obstacle_words, why_sentence};

use crate::ui::FieldProblem;
use domain::Refusal;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use std::fmt;

/// The answer of a server function that did not do what was asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AppError {
    /// A rule said no.
    Refused(Refusal),
    /// Somebody else changed it first; this is what they changed (E-20).
    Missed(Vec<Missed>),
    /// Of several changes so many were made; what stands against each of the others.
    Partly(usize, Vec<FieldProblem>),
    /// Nobody is signed in, or not any more.
    NotSignedIn,
    /// The request can't be read: a missing argument, another type.
    Malformed(String),
    /// It is not the asker's fault, and may work later. Details are in the log alone.
    Unavailable,
}

/// A field that somebody else changed meanwhile, with the values as they are shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Missed {
    pub field: String,
    pub before: String,
    pub after: String,
    pub by: String,
}

impl AppError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn => 401,
            Self::Malformed(_) => 422,
            Self::Missed(_) | Self::Partly(..) => 409,
            Self::Unavailable => 503,
            Self::Refused(refusal) => match refusal {
                Refusal::NotFound => 404,
                Refusal::Forbidden
                | Refusal::NotYourOffices(_)
                | Refusal::SecondFactorRequired
                | Refusal::SignInAgain => 403,
                Refusal::Invalid(_) | Refusal::ProviderFails => 422,
                Refusal::WrongCredentials | Refusal::NotVouchedFor => 401,
                Refusal::TooOften(_) => 429,
                Refusal::DeadLink => 410,
                Refusal::Stale
                | Refusal::LastAdministrator
                | Refusal::WrongState
                | Refusal::LastWayIn
                | Refusal::InUse(_)
                | Refusal::Awaited(_)
                | Refusal::HasSubjects(_)
                | Refusal::TooManyEmployees(_)
                | Refusal::LedTo(_)
                | Refusal::ScriptUsed(_)
                | Refusal::DefaultGroup
                | Refusal::SignsInElsewhere
                | Refusal::EngageElsewhere(_)
                | Refusal::PbxInUse(_)
                | Refusal::TenantInUse(_)
                | Refusal::DefaultTenant
                | Refusal::PlanInUse(_)
                | Refusal::NumbersInUse(_) => 409,
            },
        }
    }

    /// Whether signing in (again) is what helps.
    pub fn asks_to_sign_in(&self) -> bool {
        matches!(
            self,
            Self::NotSignedIn | Self::Refused(Refusal::SignInAgain)
        )
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences = self.problems().into_iter().map(|problem| problem.sentence);
        f.write_str(&sentences.collect::<Vec<_>>().join(" "))
    }
}

impl std::error::Error for AppError {}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[cfg(feature = "ssr")]
impl From<store::Error> for AppError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Self::Refused(refusal),
            other => {
                tracing::error!(error = %other, "the store failed");
                Self::Unavailable
            }
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(what)
            | ServerFnErrorErr::MissingArg(what)
            | ServerFnErrorErr::Deserialization(what) => Self::Malformed(what),
            _ => Self::Unavailable,
        }
    }
}
