//! What we wrote and told, kept beside Asterisk's tables in one of our own.

use super::Rows;
use pbx::{Column, Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Its name.
pub(super) const TABLE: &str = "staffroom_rows";

/// The table and the column that Asterisk writes too.
pub(super) const LIVE: (&str, &str) = (MEMBERS, "paused");

/// The table of those who sit in queues.
pub(super) const MEMBERS: &str = "queue_members";

/// Whether a column stays as it is found where a row does not name it.
pub(super) fn is_left(table: &Table, row: &Row, column: &str) -> bool {
    let may_be = table.name == MEMBERS && [LIVE.1, pbx::UNIQUE_ID].contains(&column);
    may_be && !row.contains_key(column)
}

pub(super) const fn text(name: &'static str) -> Column {
    let is_number = false;
    Column { name, is_number }
}

const COLUMNS: [Column; 3] = [text("table_name"), text("row_key"), text("paused")];

/// The tables whose memory decides about these: that of queues also about members.
pub(super) fn read_with(due: &[&Table]) -> Vec<&'static str> {
    let names = due.iter().map(|table| table.name);
    let queues = names.clone().find(|name| *name == LIVE.0);
    names.chain(queues.map(|_| "queues")).collect()
}

/// What is to be remembered once these tables are written: of each row its table, its key as a JSON
/// list, and what was told of [`LIVE`].
pub(super) fn table(due: &[&Table]) -> Table {
    let rows = due.iter().flat_map(|table| {
        table.rows.iter().map(move |row| {
            let key = serde_json::Value::from(key(table, row)).to_string();
            let told = row.get(LIVE.1).filter(|_| table.name == LIVE.0);
            let told = told.map(|told| ("paused", told.clone()));
            let name = [("table_name", table.name.to_owned()), ("row_key", key)];
            name.into_iter().chain(told).collect()
        })
    });
    Table {
        name: TABLE,
        key: &["table_name", "row_key"],
        columns: &COLUMNS,
        rows: rows.collect(),
    }
}

/// The values of a row's key; what is missing is empty.
pub(super) fn key(table: &Table, row: &Row) -> Vec<String> {
    let values = table.key.iter().map(|column| row.get(column).cloned());
    values.map(Option::unwrap_or_default).collect()
}

/// What is remembered of the tables before they are written.
#[derive(Default)]
pub(super) struct Memory {
    /// The rows that we wrote, by table and key, each with what was told of [`LIVE`].
    written: BTreeMap<(String, Vec<String>), Option<String>>,
    /// What is ours as a whole, by table and the beginning of the key: queues with all their members,
    /// extensions with all their steps.
    wholes: BTreeSet<(&'static str, Vec<String>)>,
}

impl Memory {
    /// From the rows of [`TABLE`] and what should be there, as far as it decides about the tables that
    /// are due.
    pub(super) fn of(rows: &Rows, tables: &[Table], due: &[&Table]) -> Self {
        let deciding = read_with(due);
        let tables = tables.iter().filter(|table| deciding.contains(&table.name));
        let written = rows.values().filter_map(|row| {
            let key: Vec<String> = serde_json::from_str(row.get("row_key")?).ok()?;
            let name = (row.get("table_name")?.clone(), key);
            Some((name, row.get("paused").cloned()))
        });
        let written: BTreeMap<_, _> = written.collect();
        let now = tables.flat_map(|table| {
            let keys = table.rows.iter().map(|row| key(table, row));
            keys.map(|key| (table.name, key))
        });
        let before = written
            .keys()
            .map(|(name, key)| (name.as_str(), key.clone()));
        let wholes = now
            .chain(before)
            .filter_map(|(table, mut key)| match table {
                "queues" => Some((MEMBERS, key)),
                "extensions" => {
                    key.truncate(2);
                    Some(("extensions", key))
                }
                _ => None,
            });
        let wholes = wholes.collect();
        Self { written, wholes }
    }

    /// Whether a row that is found is ours to delete.
    pub(super) fn is_ours(&self, table: &Table, key: &[String]) -> bool {
        let name = (table.name.to_owned(), key.to_vec());
        let whole = match table.name {
            MEMBERS => 1,
            "extensions" => 2,
            TABLE | super::digest::TABLE => return true,
            _ => key.len(),
        };
        let beginning = key.iter().take(whole).cloned().collect();
        self.written.contains_key(&name) || self.wholes.contains(&(table.name, beginning))
    }

    /// What was told of [`LIVE`] for a row that we wrote.
    pub(super) fn told(&self, table: &Table, key: &[String]) -> Option<&String> {
        let name = (table.name.to_owned(), key.to_vec());
        self.written.get(&name)?.as_ref()
    }
}
