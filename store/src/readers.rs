//! The connections that read from SQLite. A connection goes back by being dropped: sqlx's own pool
//! sends it another command first, which costs as much as a statement.

use crate::database::PATIENCE;
use crate::{Error, Result};
use deadpool::Runtime;
use deadpool::managed::{self, Metrics, Object, Pool, PoolError, RecycleResult, TimeoutType};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::ops::RangeInclusive;
use std::thread::available_parallelism;

/// How many read at once on a machine with one core, and on one with many: each has a thread and a
/// cache of its own, and two for each core keep it busy.
const READERS: RangeInclusive<usize> = 4..=16;

pub(crate) type Readers = Pool<Opener>;
pub(crate) type Reader = Object<Opener>;

/// Opens connections as they are needed.
#[derive(Debug)]
pub(crate) struct Opener(SqliteConnectOptions);

impl managed::Manager for Opener {
    type Type = SqliteConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> std::result::Result<SqliteConnection, sqlx::Error> {
        self.0.connect().await
    }

    async fn recycle(&self, _: &mut SqliteConnection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        Ok(())
    }
}

/// A pool of connections with these options, none of them open yet.
pub(crate) fn pool(options: SqliteConnectOptions) -> Result<Readers> {
    let cores = available_parallelism().map_or(1, usize::from);
    let readers = (2 * cores).clamp(*READERS.start(), *READERS.end());
    Pool::builder(Opener(options))
        .max_size(readers)
        .wait_timeout(Some(PATIENCE))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|error| Error::Unreadable(error.to_string()))
}

/// A connection, as soon as one is free.
pub(crate) async fn take(readers: &Readers) -> Result<Reader> {
    readers.get().await.map_err(|error| match error {
        PoolError::Backend(error) => error.into(),
        PoolError::Timeout(TimeoutType::Wait) => sqlx::Error::PoolTimedOut.into(),
        other => Error::Unreadable(other.to_string()),
    })
}
