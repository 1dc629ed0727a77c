//! The store, its readings and its transactions: two databases behind one body of SQL.

use crate::barrier::Barrier;
use crate::search::Index;
use crate::secret::Key;
use crate::{Error, Result, audit, postgres};
use domain::audit::Recorded;
use domain::{Allowed, EmployeeId, OrganisationId, Refusal};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};
use std::borrow::Cow;
use std::fs::File;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

/// How many connections read beside the one that writes (SQLite), or do both (PostgreSQL).
const CONNECTIONS: u32 = 16;

/// Everything that is kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    key: Key,
    changes: broadcast::Sender<OrganisationId>,
    /// Names in memory, on SQLite alone.
    index: Index,
}

#[derive(Debug)]
enum Database {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        barrier: Barrier,
    },
    Postgres(PgPool),
}

pub(crate) enum Connection {
    SqliteReader(PoolConnection<Sqlite>),
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
            $crate::transaction::Dialect::Sqlite($connection) => $body,
            $crate::transaction::Dialect::Postgres($connection) => $body,
        }
    };
}
pub(crate) use on;

/// A connection that reads, in one organisation. It has no way to write.
pub struct Reading {
    pub(crate) organisation: OrganisationId,
    pub(crate) store: Store,
    connection: Connection,
}

/// A transaction that writes in one organisation, alone there until it commits or is dropped.
pub struct Transaction {
    reading: Reading,
    /// From which address the request came, for the audit trail.
    pub(crate) address: Option<String>,
    /// Whose names or emails may be others after the commit.
    pub(crate) touched: Vec<EmployeeId>,
}

impl Deref for Transaction {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

/// How a kind of change reaches the tables. Private in effect: only `apply` calls it.
pub trait Write<C> {
    /// What the caller needs of what was written, such as the secret of a new link.
    type Output;

    /// Writes the rows of a change; the audit entry is `apply`'s.
    fn write(&mut self, change: &Allowed<C>) -> impl Future<Output = Result<Self::Output>> + Send;
}

impl Reading {
    /// The organisation whose rows it sees.
    pub fn organisation_id(&self) -> OrganisationId {
        self.organisation
    }

    pub(crate) fn dialect(&mut self) -> Dialect<'_> {
        match &mut self.connection {
            Connection::SqliteReader(connection) => Dialect::Sqlite(connection),
            Connection::SqliteWriter(connection, _) => Dialect::Sqlite(connection),
            Connection::PostgresReader(connection) => Dialect::Postgres(connection),
            Connection::PostgresWriter(connection) => Dialect::Postgres(connection),
        }
    }
}

impl Transaction {
    /// Writes what a rule allowed, and its audit entry.
    ///
    /// # Errors
    /// A refusal when what is kept changed meanwhile or holds the value already; after any error
    /// the transaction is only good for being dropped.
    pub async fn apply<C: Recorded + Sync>(
        &mut self,
        change: Allowed<C>,
    ) -> Result<<Self as Write<C>>::Output>
    where
        Self: Write<C>,
    {
        if change.organisation() != self.organisation {
            return Err(Refusal::NotFound.into());
        }
        let output = self.write(&change).await?;
        audit::append(self, &*change, change.by(), change.at()).await?;
        Ok(output)
    }

    /// Commits, waits until it is on disk, and wakes those who watch for changes.
    ///
    /// # Errors
    /// When the database can't; then nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        let organisation = self.organisation;
        if let Dialect::Postgres(connection) = self.dialect() {
            postgres::notify(connection, organisation).await?;
        }
        let store = self.reading.store.clone();
        self.commit_quietly().await?;
        if store.is_alone() {
            let _ = store.0.changes.send(organisation);
        }
        Ok(())
    }

    /// Commits what nobody watches, such as "last seen"; as durable as the rest.
    pub(crate) async fn commit_quietly(self) -> Result<()> {
        let (store, organisation) = (self.reading.store, self.reading.organisation);
        match self.reading.connection {
            Connection::SqliteWriter(transaction, barrier) => {
                transaction.commit().await?;
                barrier.durable().await;
                // What is committed is committed, also if the names have to be read anew.
                if let Err(error) = store.refresh_names(organisation, &self.touched).await {
                    tracing::warn!(%error, "the names in memory were forgotten");
                }
            }
            Connection::PostgresWriter(transaction) => transaction.commit().await?,
            Connection::SqliteReader(_) | Connection::PostgresReader(_) => {}
        }
        Ok(())
    }
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, and brings its tables up to date.
    ///
    /// # Errors
    /// When it can't be reached, or is of a newer version.
    pub async fn open(address: &str, key: Key) -> Result<Self> {
        let (changes, _) = broadcast::channel(1_024);
        let database = match address.strip_prefix("sqlite:") {
            Some(path) => open_sqlite(path.trim_start_matches("//")).await?,
            None if address.starts_with("postgres") => open_postgres(address).await?,
            None => {
                let what = "the database address must begin with sqlite: or postgres://";
                return Err(Error::Unreadable(what.into()));
            }
        };
        let store = Self(Arc::new(Inner {
            database,
            key,
            changes,
            index: Index::default(),
        }));
        if let Database::Postgres(pool) = &store.0.database {
            tokio::spawn(listen(pool.clone(), store.0.changes.clone()));
        }
        Ok(store)
    }

    /// A reading of one organisation.
    ///
    /// # Errors
    /// When no connection is to be had in time.
    pub async fn read(&self, organisation: OrganisationId) -> Result<Reading> {
        let connection = match &self.0.database {
            Database::Sqlite { readers, .. } => Connection::SqliteReader(readers.acquire().await?),
            Database::Postgres(pool) => Connection::PostgresReader(pool.acquire().await?),
        };
        Ok(Reading {
            organisation,
            store: self.clone(),
            connection,
        })
    }

    /// A transaction that is alone in writing to the organisation; `address` is where the request
    /// came from.
    ///
    /// # Errors
    /// When no connection is to be had in time.
    pub async fn write(
        &self,
        organisation: OrganisationId,
        address: Option<String>,
    ) -> Result<Transaction> {
        let connection = match &self.0.database {
            Database::Sqlite {
                writer, barrier, ..
            } => Connection::SqliteWriter(
                writer.begin_with("BEGIN IMMEDIATE").await?,
                barrier.clone(),
            ),
            Database::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                postgres::lock(&mut transaction, organisation).await?;
                Connection::PostgresWriter(transaction)
            }
        };
        let reading = Reading {
            organisation,
            store: self.clone(),
            connection,
        };
        Ok(Transaction {
            reading,
            address,
            touched: Vec::new(),
        })
    }

    /// Says in which organisations something was committed, by any server. A hint: what changed
    /// stands in the audit trail.
    pub fn changes(&self) -> broadcast::Receiver<OrganisationId> {
        self.0.changes.subscribe()
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        match &self.0.database {
            Database::Sqlite { readers, .. } => {
                sqlx::query("SELECT 1").execute(readers).await.is_ok()
            }
            Database::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.is_ok(),
        }
    }

    /// Whether one process is all there is, so that what it remembers is the truth.
    pub fn is_alone(&self) -> bool {
        matches!(self.0.database, Database::Sqlite { .. })
    }

    pub(crate) fn index(&self) -> &Index {
        &self.0.index
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
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
    let readers = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(CONNECTIONS)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.read_only(true))
        .await?;
    // A read keeps the log's inode; the file is there from the first transaction on.
    sqlx::query("SELECT count(*) FROM organisation")
        .execute(&readers)
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
        .acquire_timeout(Duration::from_secs(5))
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

/// Passes on what other servers notify, and listens anew when the connection is lost.
async fn listen(pool: PgPool, changes: broadcast::Sender<OrganisationId>) {
    while !pool.is_closed() {
        if let Ok(mut listener) = PgListener::connect_with(&pool).await
            && listener.listen(postgres::CHANNEL).await.is_ok()
        {
            while let Ok(notice) = listener.recv().await {
                if let Ok(organisation) = notice.payload().parse() {
                    let _ = changes.send(organisation);
                }
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// What a guarded update must have touched: exactly one row, or somebody else was first (E-20).
pub(crate) fn exactly_one(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Refusal::Stale.into())
    }
}
