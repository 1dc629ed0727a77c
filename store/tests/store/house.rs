//! A database of its own for each test, of both kinds, and a way into it past the store.

use domain::{EmployeeId, OrganisationId};
use futures::FutureExt;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::str::FromStr;
use store::Store;
use store::secret::Key;
use uuid::Uuid;

/// A fresh database, with a store that serves one organisation of it.
pub struct House {
    pub store: Store,
    pub organisation: OrganisationId,
    /// The Administrator whom it was founded with.
    pub owner: EmployeeId,
    pub database: Database,
}

/// Where the rows are.
#[derive(Clone)]
pub enum Database {
    Sqlite(PathBuf),
    Postgres {
        server: Box<PgConnectOptions>,
        name: String,
        address: String,
    },
}

/// The key of every test; `key(1)` is another.
pub fn key(number: u8) -> Key {
    Key::new(&[number; Key::LENGTH]).expect("a key of the right length")
}

/// Runs a test in a fresh house on each database, with an organisation in it; afterwards nothing
/// of the house is left. Every test ends with `check` finding nothing.
pub fn everywhere(test: impl AsyncFn(&House)) {
    in_every_house(async |house| {
        test(house).await;
        assert_eq!(
            house.findings().await,
            Vec::<String>::new(),
            "what check finds at the end"
        );
    });
}

/// As [`everywhere`], for tests that leave something broken.
pub fn in_every_house(test: impl AsyncFn(&House)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for database in databases().await {
            eprintln!("on {}", database.kind());
            let house = House::new(&database).await;
            let outcome = AssertUnwindSafe(test(&house)).catch_unwind().await;
            drop(house);
            database.remove().await;
            if let Err(panic) = outcome {
                resume_unwind(panic);
            }
        }
    });
}

async fn databases() -> Vec<Database> {
    let name = format!("staffroom_{}", Uuid::now_v7().simple());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir(&folder).expect("a temporary folder");
    let mut databases = vec![Database::Sqlite(folder.join("staffroom.db"))];
    match std::env::var("STAFFROOM_TEST_POSTGRES") {
        Ok(address) => {
            let server = Box::new(PgConnectOptions::from_str(&address).expect("an address"));
            let mut connection = server.connect().await.expect("PostgreSQL answers");
            execute_postgres(&mut connection, &format!("CREATE DATABASE {name}")).await;
            let (server_part, _) = address
                .rsplit_once('/')
                .expect("an address with a database");
            let address = format!("{server_part}/{name}");
            databases.push(Database::Postgres {
                server,
                name,
                address,
            });
        }
        Err(_) if std::env::var_os("CI").is_some() => {
            panic!("STAFFROOM_TEST_POSTGRES is not set: bin/postgres --fast -- cargo nextest run")
        }
        Err(_) => eprintln!("SKIPPED on PostgreSQL: STAFFROOM_TEST_POSTGRES is not set"),
    }
    databases
}

async fn execute_postgres(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

impl Database {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// What `Store::open` takes.
    pub fn address(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres { address, .. } => address.clone(),
        }
    }

    async fn remove(&self) {
        match self {
            Self::Sqlite(path) => {
                let folder = path.parent().expect("a folder of its own");
                std::fs::remove_dir_all(folder).expect("the folder goes");
            }
            Self::Postgres { server, name, .. } => {
                let mut connection = server.connect().await.expect("PostgreSQL answers");
                let sql = format!("DROP DATABASE {name} WITH (FORCE)");
                execute_postgres(&mut connection, &sql).await;
            }
        }
    }

    /// A connection past the store, which no rule, no key and no trigger holds back.
    pub async fn raw(&self) -> Raw {
        match self {
            Self::Sqlite(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .foreign_keys(false)
                    .busy_timeout(std::time::Duration::from_secs(10));
                Raw::Sqlite(options.connect().await.expect("SQLite opens"))
            }
            Self::Postgres { address, .. } => {
                let mut connection = PgConnection::connect(address)
                    .await
                    .expect("PostgreSQL answers");
                let unguarded = "SET session_replication_role = replica";
                execute_postgres(&mut connection, unguarded).await;
                Raw::Postgres(connection)
            }
        }
    }
}

pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    /// Runs statements, and says how many rows the last one touched.
    pub async fn run(&mut self, sql: &str) -> u64 {
        self.try_run(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    pub async fn try_run(&mut self, sql: &str) -> Result<u64, sqlx::Error> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        Ok(match self {
            Self::Sqlite(connection) => query.execute(connection).await?.rows_affected(),
            Self::Postgres(connection) => query.execute(connection).await?.rows_affected(),
        })
    }

    /// The first column of every row, as text.
    pub async fn column(&mut self, sql: &str) -> Vec<String> {
        let query = sqlx::query_as::<_, (String,)>(AssertSqlSafe(sql.to_owned()));
        let query_pg = sqlx::query_as::<_, (String,)>(AssertSqlSafe(sql.to_owned()));
        let rows = match self {
            Self::Sqlite(connection) => query.fetch_all(connection).await,
            Self::Postgres(connection) => query_pg.fetch_all(connection).await,
        };
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.into_iter().map(|(text,)| text).collect()
    }

    /// A count.
    pub async fn count(&mut self, sql: &str) -> i64 {
        let texts = self.column(&format!("SELECT CAST(({sql}) AS text)")).await;
        texts[0].parse().expect("a number")
    }
}

impl House {
    async fn new(database: &Database) -> Self {
        let store = Store::open(&database.address(), key(0))
            .await
            .expect("the store opens");
        let organisation = OrganisationId(Uuid::now_v7());
        Self::founded(store, organisation, database.clone()).await
    }

    /// Another server of the same database.
    pub async fn second_server(&self) -> Self {
        let store = Store::open(&self.database.address(), key(0))
            .await
            .expect("it opens twice");
        let (organisation, owner) = (self.organisation, self.owner);
        Self {
            store,
            organisation,
            owner,
            database: self.database.clone(),
        }
    }

    /// The same house for another task.
    pub fn same_server(&self) -> Self {
        Self {
            store: self.store.clone(),
            organisation: self.organisation,
            owner: self.owner,
            database: self.database.clone(),
        }
    }

    /// An id as it is written in SQL.
    pub fn literal(&self, id: Uuid) -> String {
        match self.is_sqlite() {
            true => format!("x'{}'", id.simple()),
            false => format!("'{id}'"),
        }
    }

    /// A connection past the store on which keys and checks hold.
    pub async fn guarded(&self) -> Raw {
        let mut raw = self.raw().await;
        let guards = match self.is_sqlite() {
            true => "PRAGMA foreign_keys = ON",
            false => "SET session_replication_role = origin",
        };
        raw.run(guards).await;
        raw
    }

    pub async fn raw(&self) -> Raw {
        self.database.raw().await
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.database, Database::Sqlite(_))
    }

    /// What `check` finds, as sentences.
    pub async fn findings(&self) -> Vec<String> {
        let mut reading = self.store.read(self.organisation).await.expect("a reading");
        let findings = reading.check().await.expect("the check runs");
        findings.into_iter().map(|finding| finding.0).collect()
    }

    /// Everything that the database holds, as it lies on disk (SQLite) or as a dump (PostgreSQL).
    pub async fn everything(&self) -> Vec<u8> {
        let mut raw = self.raw().await;
        match &self.database {
            Database::Sqlite(path) => {
                // Into the file with what still stands in the log, as closing does.
                raw.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
                let mut all = std::fs::read(path).expect("the database can be read");
                let log = format!("{}-wal", path.display());
                all.extend(std::fs::read(log).unwrap_or_default());
                all
            }
            Database::Postgres { .. } => {
                let tables = raw.column("SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = 'public'").await;
                let mut all = Vec::new();
                for table in tables {
                    let rows = raw
                        .column(&format!("SELECT CAST(t AS text) FROM {table} t"))
                        .await;
                    all.extend(rows.join("\n").into_bytes());
                }
                all
            }
        }
    }

    /// Whether `text` stands anywhere in the database; PostgreSQL dumps bytes as hexadecimals.
    pub async fn holds(&self, text: &str) -> bool {
        let all = self.everything().await;
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let finds = |what: &str| memchr::memmem::find(&all, what.as_bytes()).is_some();
        finds(text) || finds(&hex)
    }
}
