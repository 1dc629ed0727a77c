//! The contact centre at the yardstick: the rows of a page of users, of the matrix, and of a queue.

use super::{Caller, State, failed};
use axum::Json;
use axum::extract::{Query, State as With};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// How many users and how many queues a page of the matrix has.
const ROWS: i64 = 50;
const COLUMNS: i64 = 12;

#[derive(FromRow, Serialize)]
struct User {
    id: Uuid,
    first_name: String,
    last_name: String,
    email: String,
    status: i32,
    picture: Option<Uuid>,
    contact_center: bool,
    engage: bool,
    plan: Option<String>,
    supervisor: bool,
    group_name: String,
    number: Option<String>,
    extension: Option<String>,
    queues: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Users {
    rows: Vec<User>,
    count: i64,
}

pub(super) async fn users(With(state): With<State>, _: Caller) -> Result<Json<Users>, StatusCode> {
    let rows = sqlx::query_as(
        "SELECT e.id, e.first_name, e.last_name, e.email, e.status, e.picture, u.contact_center,
             u.engage, u.plan, u.supervisor,
             (SELECT g.name FROM agent_group g
                 WHERE g.organisation = u.organisation AND g.id = u.agent_group) AS group_name,
             (SELECT n.number FROM number_use n WHERE n.organisation = u.organisation
                 AND n.employee = u.employee AND n.environment = 1) AS number,
             (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
                 AND x.employee = u.employee AND x.environment = 1) AS extension,
             (SELECT string_agg(q.name, char(31) ORDER BY q.name_folded) FROM queue_member m
                 JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
                 WHERE m.organisation = u.organisation AND m.employee = u.employee) AS queues
         FROM employee e CROSS JOIN contact_user u
         WHERE e.organisation = $1 AND u.organisation = $1 AND u.employee = e.id
         ORDER BY e.name_folded, e.id LIMIT 26",
    )
    .bind(state.organisation)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT 1 FROM contact_user WHERE organisation = $1 LIMIT 1001) some",
    )
    .bind(state.organisation)
    .fetch_one(&state.readers)
    .await
    .map_err(failed)?;
    Ok(Json(Users { rows, count }))
}

#[derive(FromRow, Serialize)]
struct Named {
    id: Uuid,
    name: String,
}

#[derive(FromRow, Serialize)]
struct Cell {
    queue: Uuid,
    employee: Uuid,
    enabled: bool,
    priority: i32,
}

#[derive(Serialize)]
pub(super) struct Matrix {
    users: Vec<Named>,
    queues: Vec<Named>,
    cells: Vec<Cell>,
}

pub(super) async fn matrix(
    With(state): With<State>,
    _: Caller,
) -> Result<Json<Matrix>, StatusCode> {
    let users = sqlx::query_as(
        "SELECT e.id, e.first_name || ' ' || e.last_name AS name
         FROM employee e CROSS JOIN contact_user u
         WHERE e.organisation = $1 AND u.organisation = $1 AND u.employee = e.id
         ORDER BY e.name_folded, e.id LIMIT $2",
    )
    .bind(state.organisation)
    .bind(ROWS)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    let queues = sqlx::query_as(
        "SELECT id, name FROM queue WHERE organisation = $1 ORDER BY name_folded, id LIMIT $2",
    )
    .bind(state.organisation)
    .bind(COLUMNS)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    let cells = sqlx::query_as(
        "SELECT m.queue, m.employee, m.enabled, m.priority FROM (
             SELECT e.id FROM employee e CROSS JOIN contact_user u
             WHERE e.organisation = $1 AND u.organisation = $1 AND u.employee = e.id
             ORDER BY e.name_folded, e.id LIMIT $2) some
         CROSS JOIN queue_member m ON m.organisation = $1 AND m.employee = some.id
             AND m.queue IN (SELECT id FROM queue WHERE organisation = $1
                 ORDER BY name_folded, id LIMIT $3)",
    )
    .bind(state.organisation)
    .bind(ROWS)
    .bind(COLUMNS)
    .fetch_all(&state.readers)
    .await
    .map_err(failed)?;
    Ok(Json(Matrix {
        users,
        queues,
        cells,
    }))
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    queue: Uuid,
}

#[derive(FromRow, Serialize)]
pub(super) struct Member {
    employee: Uuid,
    name: String,
    status: i32,
    engage: bool,
    enabled: bool,
    priority: i32,
    call_waiting: bool,
    has_endpoint: bool,
}

pub(super) async fn members(
    With(state): With<State>,
    _: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<Member>>, StatusCode> {
    sqlx::query_as(
        "SELECT m.employee, e.first_name || ' ' || e.last_name AS name, e.status, m.engage, m.enabled,
             m.priority, u.call_waiting, EXISTS (SELECT 1 FROM endpoint p
                 WHERE p.organisation = m.organisation AND p.employee = m.employee) AS has_endpoint
         FROM queue_member m
         JOIN contact_user u ON u.organisation = m.organisation AND u.employee = m.employee
         JOIN employee e ON e.organisation = m.organisation AND e.id = m.employee
         WHERE m.organisation = $1 AND m.queue = $2
         ORDER BY m.priority, e.name_folded, e.id",
    )
    .bind(state.organisation)
    .bind(wanted.queue)
    .fetch_all(&state.readers)
    .await
    .map(Json)
    .map_err(failed)
}
