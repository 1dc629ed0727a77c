//! Appointments at the yardstick: the rows that free times follow from, a booking, and another agent.

use super::write::note;
use super::{Caller, State, failed};
use axum::Json;
use axum::extract::{Query, State as With};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// Some day in the future, on which nobody else books.
const DAY: &str = "2036-01-01";

#[derive(Deserialize)]
pub(super) struct Wanted {
    office: Uuid,
    subject: Uuid,
}

#[derive(FromRow, Serialize)]
struct Agent {
    id: Uuid,
    first_name: String,
    last_name: String,
    content: Option<String>,
}

#[derive(FromRow, Serialize)]
struct Taken {
    employee: Uuid,
    busy_from: String,
    busy_until: String,
}

#[derive(Serialize)]
pub(super) struct Times {
    agents: Vec<Agent>,
    taken: Vec<Taken>,
}

/// Who could take it, with their hours, and when they are taken in the next 30 days; whoever asks works
/// the times out.
pub(super) async fn times(
    With(state): With<State>,
    _: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Times>, StatusCode> {
    let agents: Vec<Agent> = sqlx::query_as(
        "SELECT e.id, e.first_name, e.last_name, h.content FROM expertise x
         JOIN assignment a ON a.organisation = x.organisation AND a.employee = x.employee
             AND a.office = x.office
         JOIN employee e ON e.organisation = x.organisation AND e.id = x.employee
         LEFT JOIN hours h ON h.organisation = e.organisation AND h.employee = e.id
         WHERE x.organisation = $1 AND x.office = $2 AND x.subject = $3 AND e.status = 2
             AND e.online_planning",
    )
    .bind(state.organisation)
    .bind(wanted.office)
    .bind(wanted.subject)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    let taken = sqlx::query_as(
        "SELECT p.employee, p.busy_from, p.busy_until FROM expertise x
         CROSS JOIN appointment p ON p.organisation = x.organisation AND p.employee = x.employee
             AND p.state < 4 AND p.busy_from >= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
             AND p.busy_from < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '30 days')
         WHERE x.organisation = $1 AND x.office = $2 AND x.subject = $3",
    )
    .bind(state.organisation)
    .bind(wanted.office)
    .bind(wanted.subject)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    Ok(Json(Times { agents, taken }))
}

#[derive(Deserialize)]
pub(super) struct Wish {
    employee: Uuid,
    /// Which quarter of an hour of the day.
    time: u32,
}

pub(super) async fn book(
    With(state): With<State>,
    Json(wish): Json<Wish>,
) -> Result<StatusCode, StatusCode> {
    let moment = |quarter: u32| {
        format!(
            "{DAY}T{:02}:{:02}:00.000000Z",
            8 + quarter / 4,
            quarter % 4 * 15
        )
    };
    let (from, until) = (moment(wish.time), moment(wish.time + 1));
    let mut transaction = state.write().await?;
    let other: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM appointment WHERE organisation = $1 AND employee = $2 AND state < 4
             AND busy_from < $4 AND busy_until > $3 LIMIT 1",
    )
    .bind(state.organisation)
    .bind(wish.employee)
    .bind(&from)
    .bind(&until)
    .fetch_optional(&mut *transaction)
    .await
    .map_err(failed)?;
    if other.is_some() {
        return Err(StatusCode::CONFLICT);
    }
    sqlx::query(
        "INSERT INTO appointment (organisation, id, version, state, employee, office, office_name,
             subject, subject_title, meeting, begins_at, ends_at, busy_from, busy_until,
             customer_name, customer_email, customer_email_folded, customer_phone,
             customer_language, answers, remark, note, reason, against, sequence, token,
             token_sealed, created_at)
         VALUES ($1, $2, 1, 2, $3, $2, '', $2, '', 4, $4, $5, $4, $5, 'Rita', 'r@home.example',
             'r@home.example', '', 'en', '[]', '', '', '', '', 0, $6, x'', $4)",
    )
    .bind(state.organisation)
    .bind(Uuid::now_v7())
    .bind(wish.employee)
    .bind(&from)
    .bind(&until)
    .bind(Uuid::now_v7().as_bytes().as_slice())
    .execute(&mut *transaction)
    .await
    .map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(StatusCode::CREATED)
}

#[derive(Deserialize)]
pub(super) struct Given {
    id: Uuid,
    employee: Uuid,
}

pub(super) async fn hand_over(
    With(state): With<State>,
    caller: Caller,
    Json(given): Json<Given>,
) -> Result<StatusCode, StatusCode> {
    let mut transaction = state.write().await?;
    sqlx::query(
        "UPDATE appointment SET version = version + 1, sequence = sequence + 1, employee = $3
         WHERE organisation = $1 AND id = $2",
    )
    .bind(state.organisation)
    .bind(given.id)
    .bind(given.employee)
    .execute(&mut *transaction)
    .await
    .map_err(failed)?;
    let event = "appointment_reassigned";
    note(&mut transaction, &state, &caller, event, given.id, 2).await?;
    transaction.commit().await.map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}
