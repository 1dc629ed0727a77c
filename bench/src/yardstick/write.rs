//! What the yardstick writes: a row and its audit entry in one transaction.

use super::{Caller, State, failed};
use axum::Json;
use axum::extract::{Path, State as With};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};
use uuid::Uuid;

/// Some time; what it costs to tell the time is not the question.
const AT: &str = "2026-01-01T00:00:00.000000Z";

#[derive(Deserialize)]
pub(super) struct New {
    email: String,
    external_id: String,
    first_name: String,
    last_name: String,
}

#[derive(Serialize)]
pub(super) struct Created {
    id: Uuid,
}

pub(super) async fn create(
    With(state): With<State>,
    caller: Caller,
    Json(new): Json<New>,
) -> Result<Json<Created>, StatusCode> {
    let id = Uuid::now_v7();
    let name = format!("{} {}", new.first_name, new.last_name).to_lowercase();
    let email = new.email.to_lowercase();
    let mut transaction = state.write().await?;
    sqlx::query(
        "INSERT INTO employee (organisation, id, version, status, activated_at, sign_in, email,
             email_folded, first_name, last_name, name_folded, search, external_id, roles, wanted,
             online_planning, \"function\", introduction, video_link, created_at, last_seen_at)
         VALUES ($1, $2, 1, 2, $3, 2, $4, $5, $6, $7, $8, $9, $10, 0, 0, TRUE, '', '', '', $3, $3)",
    )
    .bind(state.organisation)
    .bind(id)
    .bind(AT)
    .bind(&new.email)
    .bind(&email)
    .bind(&new.first_name)
    .bind(&new.last_name)
    .bind(&name)
    .bind(format!("{name} {email}"))
    .bind(&new.external_id)
    .execute(&mut *transaction)
    .await
    .map_err(failed)?;
    sqlx::query("UPDATE organisation SET employees = employees + 1 WHERE id = $1")
        .bind(state.organisation)
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
    note(&mut transaction, &state, &caller, "employee_created", id, 1).await?;
    transaction.commit().await.map_err(failed)?;
    Ok(Json(Created { id }))
}

#[derive(Deserialize)]
pub(super) struct Changed {
    version: i64,
    function: String,
}

pub(super) async fn change(
    With(state): With<State>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(changed): Json<Changed>,
) -> Result<StatusCode, StatusCode> {
    let mut transaction = state.write().await?;
    let done = sqlx::query(
        "UPDATE employee SET version = version + 1, \"function\" = $4
         WHERE organisation = $1 AND id = $2 AND version = $3",
    )
    .bind(state.organisation)
    .bind(id)
    .bind(changed.version)
    .bind(&changed.function)
    .execute(&mut *transaction)
    .await
    .map_err(failed)?;
    if done.rows_affected() != 1 {
        return Err(StatusCode::CONFLICT);
    }
    let version = changed.version + 1;
    note(
        &mut transaction,
        &state,
        &caller,
        "employee_revised",
        id,
        version,
    )
    .await?;
    transaction.commit().await.map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}

/// An audit entry without a chain; the writer is alone, so the next number is free.
pub(super) async fn note(
    transaction: &mut Transaction<'_, Sqlite>,
    state: &State,
    caller: &Caller,
    event: &str,
    subject: Uuid,
    version: i64,
) -> Result<(), StatusCode> {
    sqlx::query(
        "INSERT INTO audit (organisation, sequence, at, event, author, subject_kind, subject,
             version, commitment, hash)
         VALUES ($1, (SELECT COALESCE(max(sequence), 0) + 1 FROM audit WHERE organisation = $1),
             $2, $3, $4, 1, $5, $6, x'', x'')",
    )
    .bind(state.organisation)
    .bind(AT)
    .bind(event)
    .bind(caller.id)
    .bind(subject)
    .bind(version)
    .execute(&mut **transaction)
    .await
    .map(|_| ())
    .map_err(failed)
}
