//! The yardstick: the same tables, pragmas and statements with axum and sqlx, and nothing else.
//!
//! No rules, no pages, no audit chain, no shared fsync: the least that anybody could write who
//! serves the same rows to somebody who is signed in.

mod appointment;
mod centre;
mod read;
mod write;

use crate::Result;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::{StatusCode, header, request::Parts};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use uuid::Uuid;

/// The name of its session cookie.
pub const COOKIE: &str = "yardstick";
/// How many connections read.
const READERS: u32 = 16;

#[derive(Args, Debug)]
pub struct Yardstick {
    /// An SQLite file that `staffroom demo` filled
    #[arg(long)]
    database: PathBuf,
    /// How sure the writer waits to be that a commit is on disk
    #[arg(long, default_value = "full")]
    synchronous: Synchronous,
}

/// SQLite's `synchronous`, as far as it says something here.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Synchronous {
    /// Each commit is on disk before it is answered.
    Full,
    /// Nothing waits for the disk.
    Off,
}

/// What every handler needs.
#[derive(Clone)]
struct State {
    readers: SqlitePool,
    writer: SqlitePool,
    organisation: Uuid,
}

impl Yardstick {
    /// Serves on a free port of loopback until it is killed.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub async fn serve(self) -> Result<()> {
        let state = State::open(&self.database, self.synchronous).await?;
        let routes = Router::new()
            .route("/employees", get(read::list).post(write::create))
            .route("/employees/{id}", get(read::one))
            .route("/employees/{id}/function", post(write::change))
            .route("/times", get(appointment::times))
            .route("/book", post(appointment::book))
            .route("/hand-over", post(appointment::hand_over))
            .route("/contact-users", get(centre::users))
            .route("/matrix", get(centre::matrix))
            .route("/members", get(centre::members))
            .with_state(state);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let listener = listener.tap_io(|connection| {
            let _ = connection.set_nodelay(true);
        });
        println!("Yardstick is ready at http://{address}");
        Ok(axum::serve(listener, routes).await?)
    }
}

impl State {
    async fn open(database: &Path, synchronous: Synchronous) -> Result<Self> {
        let synchronous = match synchronous {
            Synchronous::Full => SqliteSynchronous::Full,
            Synchronous::Off => SqliteSynchronous::Off,
        };
        let options = SqliteConnectOptions::new()
            .filename(database)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "268435456");
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
        };
        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = pool(READERS).connect_with(options.read_only(true)).await?;
        let organisation = sqlx::query_scalar("SELECT id FROM organisation")
            .fetch_one(&readers)
            .await?;
        Ok(Self {
            readers,
            writer,
            organisation,
        })
    }
}

impl State {
    /// A transaction that is alone in writing.
    async fn write(&self) -> std::result::Result<Transaction<'static, Sqlite>, StatusCode> {
        let begun = self.writer.begin_with("BEGIN IMMEDIATE");
        begun.await.map_err(failed)
    }
}

/// Whoever is signed in, by one statement over session and employee.
struct Caller {
    id: Uuid,
}

impl FromRequestParts<State> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &State,
    ) -> std::result::Result<Self, StatusCode> {
        let cookies = parts
            .headers
            .get(header::COOKIE)
            .and_then(|value| value.to_str().ok());
        let token = cookies
            .into_iter()
            .flat_map(|cookies| cookies.split("; "))
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == COOKIE)
            .map(|(_, token)| token)
            .ok_or(StatusCode::UNAUTHORIZED)?;
        let found: Option<(Uuid, i32)> = sqlx::query_as(
            "SELECT e.id, e.roles FROM session s
             JOIN employee e ON e.organisation = s.organisation AND e.id = s.employee
             WHERE s.organisation = $1 AND s.token = $2 AND e.status = 2",
        )
        .bind(state.organisation)
        .bind(hash(token))
        .fetch_optional(&state.readers)
        .await
        .map_err(failed)?;
        let administrator = found.filter(|(_, roles)| roles & 4 != 0);
        administrator
            .map(|(id, _)| Self { id })
            .ok_or(StatusCode::UNAUTHORIZED)
    }
}

/// What is stored of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives the value")]
fn failed(error: sqlx::Error) -> StatusCode {
    eprintln!("yardstick: {error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
