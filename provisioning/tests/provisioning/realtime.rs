//! Realtime tables of a scene in each database, and a way into them past the crate under test.

use crate::scene::Scene;
use domain::PbxId;
use provisioning::{Content, Extent, Place, Provisioner, Tables};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Column, ConnectOptions, PgConnection, Row as _, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::str::FromStr;

/// A row as Asterisk gets it: every column that is not NULL, as text.
pub type Row = BTreeMap<String, String>;

pub struct Realtime {
    pub scene: Scene,
    tables: Tables,
    /// Of the PostgreSQL server.
    address: Option<String>,
}

/// Runs a test with a scene whose tables are in SQLite, and again with PostgreSQL when
/// `STAFFROOM_TEST_POSTGRES` has an address.
pub async fn on_both(test: impl AsyncFn(&Realtime)) {
    let realtime = Realtime {
        scene: Scene::new().await,
        tables: Tables::Sqlite,
        address: None,
    };
    test(&realtime).await;
    on_postgres(test).await;
}

/// The PostgreSQL half of [`on_both`].
pub async fn on_postgres(test: impl AsyncFn(&Realtime)) {
    let Some(address) = postgres() else {
        return;
    };
    let realtime = Realtime {
        scene: Scene::new().await,
        tables: Tables::read(&address).unwrap(),
        address: Some(address),
    };
    test(&realtime).await;
    let schema = realtime.schema();
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
    realtime.raw().await.run(&sql).await;
}

fn postgres() -> Option<String> {
    match std::env::var("STAFFROOM_TEST_POSTGRES") {
        Ok(address) => Some(address),
        Err(_) if std::env::var_os("CI").is_some() => {
            panic!("STAFFROOM_TEST_POSTGRES is not set: bin/postgres --fast -- cargo nextest run")
        }
        Err(_) => {
            eprintln!("SKIPPED on PostgreSQL: STAFFROOM_TEST_POSTGRES is not set");
            None
        }
    }
}

impl Realtime {
    pub fn is_sqlite(&self) -> bool {
        self.address.is_none()
    }

    /// The place with these tables and the program that is called.
    pub fn place_with(&self, reload: Option<PathBuf>) -> Place {
        let mut place = self.scene.place(reload);
        place.tables = Some(self.tables.clone());
        place
    }

    pub fn place(&self) -> Place {
        self.place_with(None)
    }

    pub fn provisioner(&self) -> Provisioner {
        Provisioner::new(self.scene.store.clone(), self.place())
    }

    pub async fn expected(&self) -> Content {
        let scene = &self.scene;
        let mut reading = scene.store.read(scene.organisation).await.unwrap();
        let expected = self.place().expected(&mut reading, scene.pbx).await;
        expected.unwrap().unwrap()
    }

    /// Writes everything as it stands.
    pub async fn write(&self) {
        let expected = self.expected().await;
        self.place()
            .write(self.scene.pbx, expected, Extent::Everything)
            .await
            .unwrap();
    }

    /// Where the differences are: table or file, row or section, column or key.
    pub async fn drift(&self) -> Vec<[String; 3]> {
        let expected = self.expected().await;
        let found = self.place().drift(self.scene.pbx, expected).await.unwrap();
        let found = found.into_iter();
        found.map(|one| [one.file, one.section, one.key]).collect()
    }

    pub fn schema(&self) -> String {
        schema(self.scene.pbx)
    }

    /// A connection as Asterisk has one: to the file, or to the schema.
    pub async fn raw(&self) -> Raw {
        self.raw_of(self.scene.pbx).await
    }

    /// A connection to the tables of another PBX.
    pub async fn raw_of(&self, pbx: PbxId) -> Raw {
        match &self.address {
            None => {
                let path = self.place().folder(pbx).join("realtime.sqlite3");
                let options = SqliteConnectOptions::new().filename(path);
                Raw::Sqlite(options.connect().await.unwrap())
            }
            Some(address) => {
                let options = PgConnectOptions::from_str(address).unwrap();
                let options = options.options([("search_path", schema(pbx))]);
                Raw::Postgres(options.connect().await.unwrap())
            }
        }
    }

    /// The rows of a plain query.
    pub async fn ask(&self, sql: &str) -> Vec<Row> {
        self.raw().await.ask(sql).await
    }

    pub async fn run(&self, sql: &str) {
        self.raw().await.run(sql).await;
    }

    /// All rows of a table, by its key.
    pub async fn all(&self, table: &pbx::Table) -> BTreeMap<Vec<String>, Row> {
        let rows = self.ask(&format!("SELECT * FROM {}", table.name)).await;
        let key = |row: &Row| {
            table
                .key
                .iter()
                .map(|column| row[*column].clone())
                .collect()
        };
        rows.into_iter().map(|row| (key(&row), row)).collect()
    }

    /// Fails where the tables are not exactly those that are expected, or other columns are set.
    pub async fn holds_what_is_expected(&self) {
        for table in self.expected().await.tables {
            let all = self.all(&table).await;
            let found = without_numbers(all.into_values().collect());
            let mut wanted: Vec<Row> = table.rows.iter().map(text).collect();
            wanted.sort_by_key(|row| {
                let key = table.key.iter().map(|column| row[*column].clone());
                key.collect::<Vec<_>>()
            });
            assert_eq!(found, wanted, "{}", table.name);
        }
    }
}

/// The schema of a PBX.
pub fn schema(pbx: PbxId) -> String {
    format!("pbx_{}", pbx.to_string().replace('-', ""))
}

/// Rows without the numbers by which Asterisk tells members apart, once each proved to be its own.
pub fn without_numbers(mut rows: Vec<Row>) -> Vec<Row> {
    let numbers = rows.iter_mut().filter_map(|row| {
        let is_member = row.contains_key("interface");
        is_member.then(|| row.remove("uniqueid").expect("a number"))
    });
    let numbers: Vec<i32> = numbers.map(|number| number.parse().unwrap()).collect();
    let different: BTreeSet<_> = numbers.iter().filter(|number| **number > 0).collect();
    assert_eq!(different.len(), numbers.len());
    rows
}

/// A row that is expected, for comparing.
pub fn text(row: &pbx::Row) -> Row {
    let columns = row.iter();
    columns
        .map(|(column, value)| ((*column).to_owned(), value.clone()))
        .collect()
}

pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! on {
    ($raw:expr, $connection:ident => $body:expr) => {
        match $raw {
            Raw::Sqlite($connection) => $body,
            Raw::Postgres($connection) => $body,
        }
    };
}

impl Raw {
    pub async fn run(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        on!(self, connection => sqlx::raw_sql(sql).execute(connection).await.map(drop).unwrap());
    }

    pub async fn ask(&mut self, sql: &str) -> Vec<Row> {
        let sql = AssertSqlSafe(sql.to_owned());
        on!(self, connection => {
            let rows = sqlx::raw_sql(sql).fetch_all(connection).await.unwrap();
            let rows = rows.iter().map(|row| {
                let columns = row.columns().iter().enumerate();
                let columns = columns.filter_map(|(at, column)| {
                    let value: Option<String> = row.try_get_unchecked(at).unwrap();
                    Some((column.name().to_owned(), value?))
                });
                columns.collect()
            });
            rows.collect()
        })
    }
}
