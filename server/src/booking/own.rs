//! `/book/appointment/TOKEN`: what a customer does by the link in their mails.

mod moving;
mod shown;

use super::act::count;
use super::answer::failed;
use super::page::Pairs;
use super::visit::{Arriving, Visit};
use crate::state::State;
use app::booking::Words;
use app::error::AppError;
use app::messages;
use app::request::Asker;
use axum::Extension;
use axum::extract::{Form, FromRequest, Path, State as Held};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, Appointment, Employee, Office, Refusal};
use store::secret::Token;
use store::{Reading, Transaction};

/// A visit to an appointment.
struct Opened {
    visit: Visit,
    token: String,
    /// `None` for a link of nothing.
    appointment: Option<Appointment>,
    office: Option<Office>,
    agent: Option<Employee>,
}

/// What every handler gets; what was typed comes from the query of a GET and the body of a POST.
#[derive(FromRequest)]
#[from_request(state(State))]
pub(super) struct Call {
    #[from_request(via(Held))]
    state: State,
    #[from_request(via(Extension))]
    asker: Asker,
    headers: HeaderMap,
    #[from_request(via(Path))]
    token: String,
    #[from_request(via(Form))]
    pairs: Pairs,
}

impl Call {
    async fn open(&self) -> store::Result<Opened> {
        let store = &self.state.deployment.store;
        let mut reading = store.read(self.asker.organisation).await?;
        let appointment = self.appointment(&mut reading).await?;
        let language = appointment.as_ref().map(|a| a.customer.language.clone());
        let path = format!("/book/appointment/{}", self.token);
        let arriving = Arriving {
            deployment: &self.state.deployment,
            asker: &self.asker,
            headers: &self.headers,
            pairs: &self.pairs,
            path: &path,
        };
        let visit = arriving
            .visit(&mut reading, &language.unwrap_or_default())
            .await?;
        let (mut office, mut agent) = (None, None);
        if let Some(appointment) = &appointment {
            office = reading.office(appointment.office).await?;
            if let Some(id) = appointment.employee {
                agent = reading.employee(id).await?;
            }
        }
        Ok(Opened {
            visit,
            token: self.token.clone(),
            appointment,
            office,
            agent,
        })
    }

    async fn appointment(&self, reading: &mut Reading) -> store::Result<Option<Appointment>> {
        match self.token.parse::<Token>() {
            Ok(token) => reading.appointment_of_link(&token).await,
            Err(_) => Ok(None),
        }
    }

    /// A transaction, and the appointment as it is in it.
    async fn write(&self) -> Result<(Transaction, Appointment), AppError> {
        let asker = &self.asker;
        let store = &self.state.deployment.store;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let appointment = self.appointment(&mut transaction).await?;
        let appointment = appointment.ok_or(Refusal::NotFound)?;
        appointment.is_open_to_customer(asker.now)?;
        count(&mut transaction, asker).await?;
        Ok((transaction, appointment))
    }

    fn typed(&self, name: &str) -> &str {
        let found = self.pairs.iter().rev().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Back to the page of the appointment, which says what was done.
    fn done(&self, what: &str) -> Response {
        let words = Words::read(&self.pairs);
        let page = Words::default().with("language", words.get("language"));
        let path = format!("/book/appointment/{}?done={what}", self.token);
        Redirect::to(&page.href(&path)).into_response()
    }
}

/// `GET /book/appointment/TOKEN`
pub(super) async fn show(call: Call) -> Response {
    match call.open().await {
        Ok(opened) => opened.page(StatusCode::OK, call.typed("done"), None, ""),
        Err(error) => failed(&error),
    }
}

/// `GET /book/appointment/TOKEN/time`: the free times, or one of them to agree to.
pub(super) async fn times(call: Call) -> Response {
    match call.times(StatusCode::OK).await {
        Ok(response) => response,
        Err(error) => failed(&error),
    }
}

/// `POST /book/appointment/TOKEN/time`
pub(super) async fn change(call: Call) -> Response {
    let outcome = match call.moved().await {
        Ok(true) => Ok(call.done("moved")),
        Ok(false) => call.times(StatusCode::CONFLICT).await,
        Err(error) => call.refused(error).await,
    };
    outcome.unwrap_or_else(|error| failed(&error))
}

/// `POST /book/appointment/TOKEN/cancel`
pub(super) async fn cancel(call: Call) -> Response {
    let outcome = match call.cancelled().await {
        Ok(()) => Ok(call.done("cancelled")),
        Err(error) => call.refused(error).await,
    };
    outcome.unwrap_or_else(|error| failed(&error))
}

impl Call {
    async fn cancelled(&self) -> Result<(), AppError> {
        let (mut transaction, appointment) = self.write().await?;
        let actor = Actor::system(self.asker.organisation);
        let cancelled = appointment.cancel(&actor, self.typed("reason"), self.asker.now)?;
        transaction.apply(cancelled).await?;
        Ok(transaction.commit().await?)
    }

    /// The page of the appointment with what was refused.
    async fn refused(&self, error: AppError) -> store::Result<Response> {
        let opened = self.open().await?;
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
        match &error {
            AppError::Refused(Refusal::Invalid(_) | Refusal::WrongState) => {
                let why = messages::with(opened.visit.language, || error.to_string());
                let wrong = matches!(&error, AppError::Refused(Refusal::Invalid(_))).then_some(why);
                Ok(opened.page(status, "", wrong, self.typed("reason")))
            }
            AppError::Refused(Refusal::NotFound) => Ok(opened.page(status, "", None, "")),
            _ => Ok(opened.visit.refuse(&error)),
        }
    }
}
