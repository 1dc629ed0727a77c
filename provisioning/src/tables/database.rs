//! The database that Asterisk reads, in one transaction. Rows travel both ways as one JSON value, which
//! the database turns into whatever its columns are, text, numbers or enumerations.

use super::comparison::Change;
use super::memory::{is_left, key};
use super::{FILE, Rows, Tables};
use domain::PbxId;
use pbx::{Column, Row, Table};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Error, PgConnection, Result, SqliteConnection,
};
use std::path::Path;
use std::time::Duration;

/// How long a look of Asterisk's, or of somebody who mends by hand, is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// An open transaction; what is not committed is undone when it is dropped.
pub(super) enum Database {
    Sqlite(SqliteConnection),
    /// With the name of the schema.
    Postgres(PgConnection, String),
}

/// Runs one body against whichever database it is.
macro_rules! on {
    ($database:expr, $connection:ident => $body:expr) => {
        match $database {
            Database::Sqlite($connection) => $body,
            Database::Postgres($connection, _) => $body,
        }
    };
}

impl Database {
    /// Opens the tables of a PBX to write; the file must be there, a missing schema is made.
    pub(super) async fn open(tables: &Tables, pbx: PbxId, folder: &Path) -> Result<Self> {
        match tables {
            Tables::Sqlite => {
                let options = SqliteConnectOptions::new().filename(folder.join(FILE));
                // What was deleted is overwritten: passwords stand in it.
                let options = options.busy_timeout(BUSY).pragma("secure_delete", "ON");
                let mut database = Self::Sqlite(options.connect().await?);
                database.execute("BEGIN IMMEDIATE", None).await?;
                Ok(database)
            }
            Tables::Postgres(options) => {
                let schema = schema(pbx);
                let mut database = Self::Postgres(options.connect().await?, schema.clone());
                database.execute("BEGIN", None).await?;
                // Looked for first: who may write into it need not be allowed to make one.
                let there = "SELECT 1 WHERE to_regnamespace($1) IS NOT NULL";
                if !database.finds(there, &schema).await? {
                    let sql = format!("CREATE SCHEMA {schema}");
                    database.execute(&sql, None).await?;
                }
                Ok(database)
            }
        }
    }

    /// Opens them to read, as they are at one moment; `None` where there is no file.
    pub(super) async fn look(tables: &Tables, pbx: PbxId, folder: &Path) -> Result<Option<Self>> {
        let (mut database, begin) = match tables {
            Tables::Sqlite => {
                let path = folder.join(FILE);
                if !path.try_exists().map_err(Error::Io)? {
                    return Ok(None);
                }
                let options = SqliteConnectOptions::new().filename(path).read_only(true);
                let connection = options.busy_timeout(BUSY).connect().await?;
                (Self::Sqlite(connection), "BEGIN")
            }
            Tables::Postgres(options) => {
                let connection = options.connect().await?;
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                (Self::Postgres(connection, schema(pbx)), begin)
            }
        };
        database.execute(begin, None).await?;
        Ok(Some(database))
    }

    /// Whether there is a table of this name.
    pub(super) async fn has(&mut self, name: &str) -> Result<bool> {
        match self {
            Self::Sqlite(_) => {
                let sql = "SELECT 1 FROM sqlite_schema WHERE name = $1";
                self.finds(sql, name).await
            }
            Self::Postgres(..) => {
                let sql = "SELECT 1 WHERE to_regclass($1) IS NOT NULL";
                let name = self.named(name);
                self.finds(sql, &name).await
            }
        }
    }

    /// Makes a table with our columns if there is none, text and integers.
    pub(super) async fn make(&mut self, table: &Table) -> Result<()> {
        if self.has(table.name).await? {
            return Ok(());
        }
        let columns = listed(table.columns, |column| {
            let kind = if column.is_number { "integer" } else { "text" };
            format!("\"{}\" {kind}", column.name)
        });
        let key: Vec<String> = table.key.iter().map(|column| quoted(column)).collect();
        let (name, key) = (self.named(table.name), key.join(", "));
        let sql = format!("CREATE TABLE {name} ({columns}, PRIMARY KEY ({key}))");
        self.execute(&sql, None).await
    }

    /// Waits until no other server writes; SQLite has one writer anyway. Asterisk does not read this
    /// table, so it waits for nobody.
    pub(super) async fn lock(&mut self, table: &Table) -> Result<()> {
        if let Self::Sqlite(_) = self {
            return Ok(());
        }
        let name = self.named(table.name);
        let sql = format!("LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE");
        self.execute(&sql, None).await
    }

    /// All rows of a table, our columns as text.
    pub(super) async fn read(&mut self, table: &Table) -> Result<Rows> {
        self.read_where(table, "").await
    }

    /// The same of a table that remembers others, as far as it is of these.
    pub(super) async fn read_of(&mut self, table: &Table, of: &[&'static str]) -> Result<Rows> {
        let of: Vec<String> = of.iter().map(|name| format!("'{name}'")).collect();
        let condition = match of.is_empty() {
            true => " WHERE table_name IS NULL".to_owned(),
            false => format!(" WHERE table_name IN ({})", of.join(", ")),
        };
        self.read_where(table, &condition).await
    }

    async fn read_where(&mut self, table: &Table, condition: &str) -> Result<Rows> {
        let columns = listed(table.columns, |column| {
            format!("CAST({} AS text)", quoted(column.name))
        });
        let name = self.named(table.name);
        let sql = match self {
            Self::Sqlite(_) => {
                format!("SELECT json_group_array(json_array({columns})) FROM {name}{condition}")
            }
            Self::Postgres(..) => format!(
                "SELECT CAST(coalesce(json_agg(json_build_array({columns})), '[]') AS text) FROM {name}{condition}"
            ),
        };
        let text: String = on!(self, connection => sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(connection)
            .await)?;
        let rows: Vec<Vec<Option<String>>> =
            serde_json::from_str(&text).map_err(|error| Error::Decode(error.into()))?;
        let rows = rows.into_iter().map(|values| {
            let columns = table.columns.iter().map(|column| column.name);
            let row = columns.zip(values);
            row.filter_map(|(column, value)| Some((column, value?)))
                .collect::<Row>()
        });
        Ok(rows.map(|row| (key(table, &row), row)).collect())
    }

    /// Deletes, then changes, then adds: a value that must be there once is free when it is needed.
    pub(super) async fn apply(&mut self, table: &Table, change: &Change) -> Result<()> {
        let name = self.named(table.name);
        let rows = self.rows(table);
        let key: Vec<String> = table.key.iter().map(|column| quoted(column)).collect();
        let columns = listed(table.columns, |column| quoted(column.name));
        let set = table
            .columns
            .iter()
            .filter(|column| !table.key.contains(&column.name));
        let set = set.map(|column| {
            let name = quoted(column.name);
            match is_left(table, &Row::new(), column.name) {
                true => format!("{name} = coalesce(new.{name}, old.{name})"),
                false => format!("{name} = new.{name}"),
            }
        });
        let set: Vec<String> = set.collect();
        let is_same = key.iter().map(|key| format!("old.{key} = new.{key}"));
        let is_same: Vec<String> = is_same.collect();
        let (key, set, is_same) = (key.join(", "), set.join(", "), is_same.join(" AND "));
        for (sql, rows) in [
            (
                format!("DELETE FROM {name} WHERE ({key}) IN (SELECT {key} FROM {rows})"),
                &change.delete,
            ),
            (
                format!("UPDATE {name} AS old SET {set} FROM {rows} WHERE {is_same}"),
                &change.update,
            ),
            (
                format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM {rows}"),
                &change.insert,
            ),
        ] {
            if rows.is_empty() {
                continue;
            }
            let rows = serde_json::to_string(rows).map_err(|error| Error::Encode(error.into()))?;
            self.execute(&sql, Some(rows)).await?;
        }
        Ok(())
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        self.execute("COMMIT", None).await?;
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection, _) => connection.close().await,
        }
    }

    /// A table's name in a statement.
    fn named(&self, table: &str) -> String {
        match self {
            Self::Sqlite(_) => quoted(table),
            Self::Postgres(_, schema) => format!("{schema}.{}", quoted(table)),
        }
    }

    /// The JSON list of `$1` as the rows `new`.
    fn rows(&self, table: &Table) -> String {
        match self {
            Self::Sqlite(_) => {
                let columns = listed(table.columns, |column| {
                    format!("value ->> '$.{0}' AS \"{0}\"", column.name)
                });
                format!("(SELECT {columns} FROM json_each($1)) AS new")
            }
            Self::Postgres(..) => {
                let name = self.named(table.name);
                format!("json_populate_recordset(CAST(NULL AS {name}), CAST($1 AS json)) AS new")
            }
        }
    }

    async fn execute(&mut self, sql: &str, rows: Option<String>) -> Result<()> {
        let sql = AssertSqlSafe(sql.to_owned());
        on!(self, connection => match rows {
            Some(rows) => sqlx::query(sql).bind(rows).execute(connection).await.map(drop),
            None => sqlx::raw_sql(sql).execute(connection).await.map(drop),
        })
    }

    async fn finds(&mut self, sql: &'static str, name: &str) -> Result<bool> {
        on!(self, connection => {
            let found = sqlx::query(sql).bind(name).fetch_optional(connection).await?;
            Ok(found.is_some())
        })
    }
}

/// The schema of a PBX; safe in a statement.
fn schema(pbx: PbxId) -> String {
    format!("pbx_{}", pbx.to_string().replace('-', ""))
}

/// A name of ours in a statement.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn listed(columns: &[Column], of: impl Fn(&Column) -> String) -> String {
    columns.iter().map(of).collect::<Vec<_>>().join(", ")
}
