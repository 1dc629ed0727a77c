//! Asterisk's realtime tables: a PBX's rows in a database that it reads while it runs (C-17).
//!
//! One Asterisk reads one set of tables, so each PBX has an SQLite file or a PostgreSQL schema of its
//! own. Beside Asterisk's tables there is one of ours, `staffroom_rows`, which remembers the key of
//! each row that we wrote. It decides what may be deleted: what we wrote and want no more, and
//! whatever else was put into a queue of ours or under an extension of ours. Every other row, such as
//! a trunk in `ps_endpoints`, is the operator's and is neither changed nor told. A row with a key that
//! we need becomes ours.
//!
//! Asterisk itself writes one column, `paused` of `queue_members`, when somebody is paused by it, and
//! obeys it at the next call. So it is changed only when we want something else than we last told,
//! which `staffroom_rows` remembers as well.

mod comparison;
mod database;
mod digest;
mod fault;
mod hints;
mod memory;

use crate::folder;
use comparison::Change;
use database::Database;
use domain::PbxId;
pub(crate) use hints::Dialplans;
use hints::Read;
use memory::Memory;
use pbx::{Configuration, Difference, Row, Table};
use sqlx::postgres::PgConnectOptions;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;
use tokio::time::timeout;

/// The file of a PBX's tables in its folder.
pub(crate) const FILE: &str = "realtime.sqlite3";

/// Where the operator wants tables written.
#[derive(Clone)]
pub enum Tables {
    /// In a file of the PBX's folder.
    Sqlite,
    /// In a schema of this database for each PBX: `pbx_` and its id without hyphens.
    Postgres(Box<PgConnectOptions>),
}

/// Without the address, which may hold a password.
impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "Sqlite",
            Self::Postgres(_) => "Postgres",
        })
    }
}

/// How much is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// Whatever differs from what is there, also what was changed by hand.
    Everything,
    /// What differs from what was written last.
    Changed,
}

/// New members of queues whose hint the PBX may not have read.
#[derive(Debug)]
pub(crate) struct Waiting(Vec<Row>);

/// The rows of a table by the values of its key.
type Rows = BTreeMap<Vec<String>, Row>;

impl Tables {
    /// The word `sqlite`, or the address of a PostgreSQL; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let is_address = ["postgres://", "postgresql://"];
        match text {
            "sqlite" => Some(Self::Sqlite),
            _ if is_address.iter().any(|scheme| text.starts_with(scheme)) => {
                let options = PgConnectOptions::from_str(text).ok()?;
                let options = options.application_name("staffroom");
                Some(Self::Postgres(Box::new(options)))
            }
            _ => None,
        }
    }

    /// Whether the tables of a PBX were written once, with all members, since the PBX has read their
    /// hints.
    ///
    /// # Errors
    /// Why it could not be read, as the rest of a sentence.
    pub(crate) async fn are_whole(
        &self,
        pbx: PbxId,
        folder: &Path,
        patience: Duration,
    ) -> Result<bool, String> {
        in_time(patience, &[], async {
            let mut database = Database::look(self, pbx, folder).await?;
            let written = found(&mut database, &digest::table(Vec::new())).await?;
            Ok(written.is_some_and(|written| digest::read(&written).is_some()))
        })
        .await
    }

    /// Whether the tables of a PBX were written at all.
    ///
    /// # Errors
    /// Why it could not be read, as the rest of a sentence.
    pub(crate) async fn are_there(
        &self,
        pbx: PbxId,
        folder: &Path,
        patience: Duration,
    ) -> Result<bool, String> {
        in_time(patience, &[], async {
            match Database::look(self, pbx, folder).await? {
                Some(mut database) => database.has(memory::TABLE).await,
                None => Ok(false),
            }
        })
        .await
    }

    /// Writes what differs, in one transaction: a queue never looks at half a change. Missing tables
    /// are made. Of [`Extent::Changed`], a table is not even read whose rows should be as they were
    /// written last, so that one person's break does not cost an organisation's rows.
    ///
    /// Answers what waits until the PBX has read the folder, if anything does.
    ///
    /// # Errors
    /// Why it did not succeed, as the rest of a sentence, without any password; nothing is changed.
    pub(crate) async fn write(
        &self,
        pbx: PbxId,
        folder: &Path,
        tables: &[Table],
        (extent, dialplans): (Extent, Dialplans<'_>),
        patience: Duration,
    ) -> Result<Option<Waiting>, String> {
        if matches!(self, Self::Sqlite) {
            folder::make(folder)
                .and_then(|()| folder::touch(&folder.join(FILE)))
                .map_err(|error| error.to_string())?;
        }
        in_time(patience, tables, async {
            let mut database = Database::open(self, pbx, folder).await?;
            let digests = digest::table(Vec::new());
            for table in tables.iter().chain([&memory::table(&[]), &digests]) {
                database.make(table).await?;
            }
            database.lock(&digests).await?;
            let written = database.read(&digests).await?;
            let read = Read::of(dialplans, digest::read(&written));
            let is_due = |table: &&Table| match extent {
                Extent::Everything => true,
                Extent::Changed => !digest::is_written(table, &written),
            };
            let due: Vec<&Table> = tables.iter().filter(is_due).collect();
            let memory = memory::table(&due);
            let remembered = database.read_of(&memory, &memory::read_with(&due)).await?;
            let before = Memory::of(&remembered, tables, &due);
            let mut waiting = Vec::new();
            for table in &due {
                let found = database.read(table).await?;
                let mut change = comparison::compare(table, &found, &before);
                waiting.extend(change.take_waiting(table, &read));
                database.apply(table, &change).await?;
            }
            let is_whole = |table: &&Table| table.name != memory::MEMBERS || waiting.is_empty();
            let mut now = digest::of_tables(tables.iter().filter(is_whole));
            let is_read = matches!(read, Read::All);
            now.extend(is_read.then(|| digest::of_dialplan(dialplans.next)));
            let digests = digest::table(now);
            let of_due = |row: &Row| {
                let name = row.get("table_name");
                due.iter()
                    .any(|table| name.is_some_and(|name| name == table.name))
            };
            let remembered = remembered.into_iter().filter(|(_, row)| of_due(row));
            for (table, found) in [(memory, remembered.collect()), (digests, written)] {
                let change = comparison::compare(&table, &found, &Memory::default());
                database.apply(&table, &change).await?;
            }
            database.commit().await?;
            let waits = !is_read || !waiting.is_empty();
            Ok(waits.then_some(Waiting(waiting)))
        })
        .await
    }

    /// Adds those who waited, once the PBX has read the dialplan that was `next`.
    ///
    /// # Errors
    /// Why it did not succeed, as the rest of a sentence; they wait on.
    pub(crate) async fn admit(
        &self,
        pbx: PbxId,
        folder: &Path,
        tables: &[Table],
        (waiting, dialplan): (Waiting, &str),
        patience: Duration,
    ) -> Result<(), String> {
        in_time(patience, tables, async {
            let mut database = Database::open(self, pbx, folder).await?;
            let mut now = digest::of_tables(tables.iter());
            now.push(digest::of_dialplan(dialplan));
            let digests = digest::table(now);
            database.lock(&digests).await?;
            let admitted = Change {
                insert: waiting.0,
                ..Change::default()
            };
            let members = tables.iter().find(|table| table.name == memory::MEMBERS);
            if let Some(members) = members {
                database.apply(members, &admitted).await?;
            }
            let written = database.read(&digests).await?;
            let change = comparison::compare(&digests, &written, &Memory::default());
            database.apply(&digests, &change).await?;
            database.commit().await
        })
        .await
    }

    /// Deletes the rows that we wrote, and the file in the folder if nobody else's are in it.
    ///
    /// # Errors
    /// Why it did not succeed, as the rest of a sentence.
    pub(crate) async fn clear(
        &self,
        pbx: PbxId,
        folder: &Path,
        patience: Duration,
    ) -> Result<(), String> {
        if !self.are_there(pbx, folder, patience).await? {
            return Ok(());
        }
        let mut tables = pbx::tables(&Configuration::default());
        for table in &mut tables {
            table.rows.clear();
        }
        let (there, next) = ("", "");
        let how = (Extent::Everything, Dialplans { there, next });
        self.write(pbx, folder, &tables, how, patience).await?;
        let is_empty = in_time(patience, &[], async {
            let mut database = Database::look(self, pbx, folder).await?;
            for table in &tables {
                if found(&mut database, table)
                    .await?
                    .is_some_and(|rows| !rows.is_empty())
                {
                    return Ok(false);
                }
            }
            Ok(true)
        });
        if matches!(self, Self::Sqlite) && is_empty.await? {
            folder::remove(&folder.join(FILE)).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// How what is there differs from what is expected: the table, the key of the row, the column. No
    /// secret is in it.
    ///
    /// # Errors
    /// Why it could not be read, as the rest of a sentence.
    pub(crate) async fn drift(
        &self,
        pbx: PbxId,
        folder: &Path,
        tables: &[Table],
        patience: Duration,
    ) -> Result<Vec<Difference>, String> {
        in_time(patience, tables, async {
            let mut database = Database::look(self, pbx, folder).await?;
            let memory = memory::table(&[]);
            let before = found(&mut database, &memory).await?.unwrap_or_default();
            let all: Vec<&Table> = tables.iter().collect();
            let before = Memory::of(&before, tables, &all);
            let mut differences = Vec::new();
            for table in tables {
                match found(&mut database, table).await? {
                    Some(found) => {
                        let change = comparison::compare(table, &found, &before);
                        differences.extend(change.differences(table, &found));
                    }
                    None => differences.push(comparison::missing(table)),
                }
            }
            Ok(differences)
        })
        .await
    }
}

/// The rows of a table; `None` where there is no such table.
async fn found(database: &mut Option<Database>, table: &Table) -> sqlx::Result<Option<Rows>> {
    let Some(database) = database else {
        return Ok(None);
    };
    match database.has(table.name).await? {
        true => database.read(table).await.map(Some),
        false => Ok(None),
    }
}

/// Does it within `patience`, with failures as sentences that tell no secret of these tables.
async fn in_time<T>(
    patience: Duration,
    tables: &[Table],
    work: impl Future<Output = sqlx::Result<T>>,
) -> Result<T, String> {
    match timeout(patience, work).await {
        Ok(done) => done.map_err(|error| fault::sentence(&error, tables)),
        Err(_) => Err(format!("no answer within {} s", patience.as_secs())),
    }
}
