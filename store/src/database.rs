//! Two databases behind one body of SQL: how each is opened, and what reads and writes in it.

use crate::barrier::Barrier;
use crate::readers::{self, Reader, Readers};
use crate::{Error, Result, postgres};
use domain::OrganisationId;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};
use std::borrow::Cow;
use std::fs::File;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// How many connections read and write on PostgreSQL.
const CONNECTIONS: u32 = 16;
/// How long somebody waits for a connection before Staffroom says that it is not available.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) enum Database {
    Sqlite {
        writer: SqlitePool,
        readers: Readers,
        barrier: Barrier,
    },
    Postgres(PgPool),
}

pub(crate) enum Connection {
    SqliteReader(Reader),
    SqliteWriter(sqlx::Transaction<'static, Sqlite>, Barrier),
    PostgresReader(PoolConnection<Postgres>),
    PostgresWriter(sqlx::Transaction<'static, Postgres>),
}

pub(crate) enum Dialect<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Runs one body against whichever database the reading or transaction is of.
macro_rules! on {
    ($reading:expr, $connection:ident => $body:expr) => {
        match $reading.dialect() {
            $crate::database::Dialect::Sqlite($connection) => $body,
            $crate::database::Dialect::Postgres($connection) => $body,
        }
    };
}
pub(crate) use on;

impl Connection {
    pub(crate) fn dialect(&mut self) -> Dialect<'_> {
        match self {
            Self::SqliteReader(connection) => Dialect::Sqlite(connection),
            Self::SqliteWriter(connection, _) => Dialect::Sqlite(connection),
            Self::PostgresReader(connection) => Dialect::Postgres(connection),
            Self::PostgresWriter(connection) => Dialect::Postgres(connection),
        }
    }
}

impl Database {
    /// Opens `sqlite:PATH` or `postgres://…`, and brings its tables up to date.
    pub(crate) async fn open(address: &str) -> Result<Self> {
        match address.strip_prefix("sqlite:") {
            Some(path) => open_sqlite(path.trim_start_matches("//")).await,
            None if address.starts_with("postgres") => open_postgres(address).await,
            None => {
                let what = "the database address must begin with sqlite: or postgres://";
                Err(Error::Unreadable(what.into()))
            }
        }
    }

    pub(crate) async fn reader(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Connection::SqliteReader(readers::take(readers).await?),
            Self::Postgres(pool) => Connection::PostgresReader(pool.acquire().await?),
        })
    }

    /// A transaction that is alone in writing to the organisation.
    pub(crate) async fn writer(&self, organisation: OrganisationId) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite {
                writer, barrier, ..
            } => Connection::SqliteWriter(
                writer.begin_with("BEGIN IMMEDIATE").await?,
                barrier.clone(),
            ),
            Self::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                postgres::lock(&mut transaction, organisation).await?;
                Connection::PostgresWriter(transaction)
            }
        })
    }

    /// Whether it answers.
    pub(crate) async fn is_ready(&self) -> bool {
        let Ok(mut connection) = self.reader().await else {
            return false;
        };
        on!(connection, connection => sqlx::query("SELECT 1").execute(connection).await.is_ok())
    }
}

async fn open_sqlite(path: &str) -> Result<Database> {
    let options = SqliteConnectOptions::from_str(&format!("sqlite:{path}"))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        // What was deleted is overwritten, so that nobody reads it in the file (E-16).
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-16384")
        .pragma("mmap_size", "268435456");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    migrator(
        sqlx::migrate!("../migrations"),
        sqlx::migrate!("../migrations/sqlite"),
    )
    .run(&writer)
    .await?;
    let readers = readers::pool(options.read_only(true))?;
    // A read keeps the log's inode; the file is there from the first transaction on.
    sqlx::query("SELECT count(*) FROM organisation")
        .execute(&mut *readers::take(&readers).await?)
        .await?;
    let wal = PathBuf::from(format!("{path}-wal"));
    let wal = File::open(&wal)
        .map_err(|error| Error::Unreadable(format!("{}: {error}", wal.display())))?;
    Ok(Database::Sqlite {
        writer,
        readers,
        barrier: Barrier::new(wal),
    })
}

async fn open_postgres(address: &str) -> Result<Database> {
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .connect_with(PgConnectOptions::from_str(address)?.application_name("staffroom"))
        .await?;
    migrator(
        sqlx::migrate!("../migrations"),
        sqlx::migrate!("../migrations/postgres"),
    )
    .run(&pool)
    .await?;
    Ok(Database::Postgres(pool))
}

/// The common migrations and those of one dialect, in the order of their numbers.
fn migrator(common: Migrator, dialect: Migrator) -> Migrator {
    let mut migrations: Vec<_> = common.iter().chain(dialect.iter()).cloned().collect();
    migrations.sort_by_key(|migration| migration.version);
    Migrator {
        migrations: Cow::Owned(migrations),
        ..Migrator::DEFAULT
    }
}
