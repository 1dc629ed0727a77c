//! The address from which an Administrator gets everything that is kept of a customer, as a file.

use crate::error::AppError;
use crate::request::{Asker, Change, Deployment};
use axum::http::{StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::customer::Kept;
use domain::{Action, AppointmentId, Refusal, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

/// Whose data is asked for: of the customer of this appointment.
#[derive(Debug, Deserialize)]
pub struct Asked {
    of: AppointmentId,
}

/// `POST /customers/export`: everything that is kept of a customer, in JSON. That it was handed out
/// stands in the audit trail, so it is no link.
pub async fn export(
    Extension(deployment): Extension<Deployment>,
    Extension(asker): Extension<Asker>,
    parts: Parts,
    Form(asked): Form<Asked>,
) -> Response {
    match find(&deployment, &asker, &parts, asked.of).await {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"customer.json\"",
                ),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, format!("{file:#}\n")).into_response()
        }
        Err(AppError::NotSignedIn) => Redirect::to("/sign-in?to=/customers").into_response(),
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}

async fn find(
    deployment: &Deployment,
    asker: &Asker,
    parts: &Parts,
    of: AppointmentId,
) -> Result<Value, AppError> {
    let mut request = Change::of(deployment, asker, parts).await?;
    request.actor.may_everywhere(Action::ChangeSettings)?;
    let found = request.customer_of(of).await?;
    let (kept, agents) = found.ok_or(Refusal::NotFound)?;
    let exported = kept.export(&request.actor, request.now)?;
    let organisation = request.session.organisation.settings.name.clone();
    request.apply(exported).await?;
    request.commit().await?;
    Ok(file(&organisation, &kept, &agents, asker.now))
}

fn file(organisation: &str, kept: &Kept, agents: &[String], now: Timestamp) -> Value {
    let visits = kept.appointments.iter().zip(agents);
    let visits: Vec<Value> = visits
        .map(|(one, agent)| {
            json!({
                "id": one.id,
                "state": one.state.code(),
                "begins_at": one.begins_at.to_string(),
                "ends_at": one.ends_at.to_string(),
                "subject": one.subject_title,
                "office": one.office_name,
                "agent": agent,
                "meeting": one.meeting.code(),
                "name": one.customer.name,
                "email": one.customer.email,
                "phone": one.customer.phone,
                "language": one.customer.language,
                "answers": one.answers,
                "remark": one.remark,
                "note": one.note,
                "reason_of_cancellation": one.reason,
                "consented_at": one.consented_at.map(|at| at.to_string()),
                "remind_at": one.remind_at.map(|at| at.to_string()),
                "booked_at": one.created_at.to_string(),
            })
        })
        .collect();
    json!({
        "organisation": organisation,
        "customer": kept.known.as_str(),
        "exported_at": now.to_string(),
        "appointments": visits,
    })
}
