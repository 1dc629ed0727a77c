//! What somebody leaves behind, in one flow: who is suspended, away, out of an office or about to be
//! deleted, and who takes over each of their appointments (P-06, E-15, E-16, O-05).

#[cfg(feature = "ssr")]
mod outcome;
mod page;

pub use page::LeavingPage;

use crate::appointments::Row;
use crate::error::AppError;
use domain::{AppointmentId, EmployeeId, Version};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Somebody's appointments ahead that need somebody else.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Leaving {
    pub id: EmployeeId,
    pub name: String,
    pub left: Vec<Left>,
}

/// An appointment, and who could take it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Left {
    pub row: Row,
    /// Colleagues who are free and handle it, the suggested one first: id, name, and why they.
    pub candidates: Vec<(EmployeeId, String, String)>,
}

/// What is to become of an appointment, as forms say it.
const KEEP: &str = "";
const CANCEL: &str = "cancel";

/// What became of an appointment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Outcome {
    pub appointment: AppointmentId,
    /// Which one it is, in words; empty where the asker can't know of it.
    pub what: String,
    pub done: bool,
    /// In words: who has it now, that it is cancelled, or why nothing changed.
    pub words: String,
}

impl Outcome {
    /// What a form says of one that was refused.
    #[cfg(feature = "ssr")]
    fn problem(&self) -> crate::ui::FieldProblem {
        let words = [self.what.as_str(), &self.words];
        let words: Vec<&str> = words
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        crate::ui::FieldProblem {
            name: choice_id(self.appointment),
            sentence: words.join(": "),
        }
    }
}

/// The id of the input that chooses what becomes of an appointment.
fn choice_id(appointment: AppointmentId) -> String {
    format!("choice-{appointment}")
}

/// The appointments ahead of an employee that they can't take as it stands, or `all` of them, as far
/// as the asker handles them; each with the colleagues who could.
#[server(endpoint = "get_leaving", input = server_fn::codec::Json)]
pub async fn get_leaving(id: EmployeeId, all: bool) -> Result<Leaving, AppError> {
    outcome::leaving(id, all).await
}

/// How many appointments lie ahead of an employee, for those who may delete them (E-16).
#[server(endpoint = "count_ahead", input = server_fn::codec::Json)]
pub async fn count_ahead(id: EmployeeId) -> Result<i64, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::DeleteEmployee)?;
    let now = request.now;
    Ok(request
        .count_upcoming(id, store::appointment::Which::All, now)
        .await?)
}

/// Carries out what was chosen for each appointment, each by itself: an employee's id, `cancel`, or
/// nothing to leave it. The three lists go together. Answers what became of each; a plain form comes
/// back with what stands against those that were refused.
#[server(endpoint = "hand_over")]
pub async fn hand_over(
    id: EmployeeId,
    #[server(default)] appointments: Vec<AppointmentId>,
    #[server(default)] versions: Vec<Version>,
    #[server(default)] choices: Vec<String>,
    /// Where a browser without scripts goes on.
    #[server(default)]
    all: bool,
) -> Result<Vec<Outcome>, AppError> {
    let outcomes = outcome::hand_over(id, &appointments, &versions, &choices).await?;
    let changed = outcomes.iter().filter(|outcome| outcome.done).count();
    if changed < outcomes.len() && crate::landing::is_plain() {
        let refused = outcomes.iter().filter(|outcome| !outcome.done);
        return Err(AppError::Partly(
            changed,
            refused.map(Outcome::problem).collect(),
        ));
    }
    let all = if all { "&all=1" } else { "" };
    let page = format!("/employees/{id}/leaving?done=handed-over&changed={changed}{all}");
    crate::landing::land_on(&page);
    Ok(outcomes)
}
