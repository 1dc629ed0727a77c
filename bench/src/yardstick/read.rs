//! What the yardstick reads: a page of the list, and one employee.

use super::{Caller, State, failed};
use axum::Json;
use axum::extract::{Path, Query, State as With};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// The statement of Staffroom's list for an Administrator, in the order of names.
macro_rules! page {
    ($and:literal) => {
        concat!(
            "SELECT e.id, e.first_name, e.last_name, e.email, e.email_folded, e.name_folded,
                 e.status, (e.roles | e.wanted) AS roles, e.picture, e.last_seen_at,
                 (SELECT string_agg(o.name, char(31) ORDER BY o.name_folded) FROM assignment a
                     JOIN office o ON o.organisation = a.organisation AND o.id = a.office
                     WHERE a.organisation = e.organisation AND a.employee = e.id) AS offices
             FROM employee e WHERE e.organisation = $1 ",
            $and,
            " ORDER BY e.name_folded ASC, e.id ASC LIMIT 26"
        )
    };
}

const FIRST: &str = page!("");
const AFTER: &str = page!("AND (e.name_folded, e.id) > ($2, $3)");
const FOUND: &str = page!("AND e.search LIKE $2 ESCAPE '\\'");

/// Which page: `key` and `id` of the row before it, or what to search.
#[derive(Deserialize)]
pub(super) struct Wanted {
    key: Option<String>,
    id: Option<Uuid>,
    search: Option<String>,
}

#[derive(FromRow, Serialize)]
struct Row {
    id: Uuid,
    first_name: String,
    last_name: String,
    email: String,
    email_folded: String,
    name_folded: String,
    status: i32,
    roles: i32,
    picture: Option<Uuid>,
    last_seen_at: String,
    offices: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Page {
    rows: Vec<Row>,
    count: i64,
}

pub(super) async fn list(
    With(state): With<State>,
    _: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page>, StatusCode> {
    let pattern = wanted
        .search
        .map(|search| format!("%{}%", search.to_lowercase()));
    let page = match (&pattern, &wanted.key) {
        (Some(pattern), _) => sqlx::query_as(FOUND).bind(state.organisation).bind(pattern),
        (None, Some(key)) => sqlx::query_as(AFTER)
            .bind(state.organisation)
            .bind(key)
            .bind(wanted.id),
        (None, None) => sqlx::query_as(FIRST).bind(state.organisation),
    };
    let rows = page.fetch_all(&state.readers).await.map_err(failed)?;
    let count = match &pattern {
        Some(pattern) => sqlx::query_scalar(
            "SELECT count(*) FROM (SELECT 1 FROM employee e
                 WHERE e.organisation = $1 AND e.search LIKE $2 ESCAPE '\\' LIMIT 1001) some",
        )
        .bind(state.organisation)
        .bind(pattern),
        None => sqlx::query_scalar("SELECT employees FROM organisation WHERE id = $1")
            .bind(state.organisation),
    };
    let count = count.fetch_one(&state.readers).await.map_err(failed)?;
    Ok(Json(Page { rows, count }))
}

#[derive(FromRow, Serialize)]
pub(super) struct Employee {
    id: Uuid,
    version: i64,
    status: i32,
    activated_at: Option<String>,
    sign_in: i32,
    email: String,
    email_wanted: Option<String>,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    external_id: Option<String>,
    roles: i32,
    wanted: i32,
    online_planning: bool,
    function: String,
    introduction: String,
    video_link: String,
    language: Option<String>,
    time_zone: Option<String>,
    picture: Option<Uuid>,
    created_at: String,
    last_seen_at: String,
    office: Option<Uuid>,
    office_roles: Option<i32>,
}

/// A row for each office, as the statement of Staffroom has it.
pub(super) async fn one(
    With(state): With<State>,
    _: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Employee>>, StatusCode> {
    let rows: Vec<Employee> = sqlx::query_as(
        "SELECT e.id, e.version, e.status, e.activated_at, e.sign_in, e.email, e.email_wanted,
             e.first_name, e.last_name, e.phone, e.external_id, e.roles, e.wanted,
             e.online_planning, e.\"function\", e.introduction, e.video_link, e.language,
             e.time_zone, e.picture, e.created_at, e.last_seen_at, a.office,
             a.roles AS office_roles
         FROM employee e
         LEFT JOIN assignment a ON a.organisation = e.organisation AND a.employee = e.id
         WHERE e.organisation = $1 AND e.id = $2
         ORDER BY a.office",
    )
    .bind(state.organisation)
    .bind(id)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    if rows.is_empty() {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(Json(rows))
}
