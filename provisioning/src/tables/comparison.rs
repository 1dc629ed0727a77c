//! How the rows of a table that are there differ from those that should be.

use super::Rows;
use super::hints::Read;
use super::memory::{LIVE, MEMBERS, Memory, is_left, key};
use pbx::{Difference, Row, STATE_INTERFACE, Table, UNIQUE_ID};
use std::collections::BTreeSet;

/// What makes a table as it should be.
#[derive(Default)]
pub(super) struct Change {
    /// The rows to delete, by their keys.
    pub delete: Vec<Row>,
    /// Rows that are there, as they should be; without [`LIVE`] where it was told and stays.
    pub update: Vec<Row>,
    pub insert: Vec<Row>,
}

/// Compares as text, by key.
pub(super) fn compare(table: &Table, found: &Rows, memory: &Memory) -> Change {
    let mut change = Change::default();
    let wanted: Rows = table
        .rows
        .iter()
        .map(|row| (key(table, row), row.clone()))
        .collect();
    for (key, found) in found {
        if !wanted.contains_key(key) && memory.is_ours(table, key) {
            let is_key = |column: &&str| table.key.contains(column);
            let key = found.iter().filter(|(column, _)| is_key(column));
            change.delete.push(
                key.map(|(column, value)| (*column, value.clone()))
                    .collect(),
            );
        }
    }
    let mut numbers = Numbers::of(table, found);
    for (key, mut row) in wanted {
        match found.get(&key) {
            None => {
                numbers.give(&mut row);
                change.insert.push(row);
            }
            Some(found) => {
                if !numbers.has(found) {
                    numbers.give(&mut row);
                }
                if stays(table, &key, &row, memory) {
                    row.remove(LIVE.1);
                }
                if !differing(table, &row, found).is_empty() {
                    change.update.push(row);
                }
            }
        }
    }
    change
}

/// Whether what we told of [`LIVE`] is what we still want, whatever Asterisk made of it since.
fn stays(table: &Table, key: &[String], wanted: &Row, memory: &Memory) -> bool {
    let wanted = wanted.get(LIVE.1).filter(|_| table.name == LIVE.0);
    wanted.is_some() && memory.told(table, key) == wanted
}

/// The columns in which a row differs.
fn differing(table: &Table, wanted: &Row, found: &Row) -> Vec<&'static str> {
    let columns = table.columns.iter().map(|column| column.name);
    let columns = columns.filter(|column| !is_left(table, wanted, column));
    columns
        .filter(|column| wanted.get(column) != found.get(column))
        .collect()
}

/// The [`UNIQUE_ID`]s of members that are taken; `None` in other tables.
struct Numbers(Option<BTreeSet<String>>);

impl Numbers {
    fn of(table: &Table, found: &Rows) -> Self {
        let numbers = found.values().filter_map(|row| row.get(UNIQUE_ID).cloned());
        Self((table.name == MEMBERS).then(|| numbers.collect()))
    }

    /// Whether a row that is found needs no other.
    fn has(&self, found: &Row) -> bool {
        self.0.is_none() || found.contains_key(UNIQUE_ID)
    }

    /// Gives a row one that no row has, nor had, as far as chance goes: a positive number of
    /// PostgreSQL's INTEGER.
    fn give(&mut self, row: &mut Row) {
        let Some(taken) = &mut self.0 else { return };
        let number = loop {
            let number = 1 + store::new_id().as_u128() % 0x7fff_ffff;
            if taken.insert(number.to_string()) {
                break number;
            }
        };
        row.insert(UNIQUE_ID, number.to_string());
    }
}

impl Change {
    /// Takes out the new members whose hint the PBX may not have read.
    pub(super) fn take_waiting(&mut self, table: &Table, read: &Read) -> Vec<Row> {
        if table.name != MEMBERS {
            return Vec::new();
        }
        let may_come = |row: &Row| row.get(STATE_INTERFACE).is_none_or(|hint| read.has(hint));
        let (come, wait) = std::mem::take(&mut self.insert)
            .into_iter()
            .partition(may_come);
        self.insert = come;
        wait
    }

    /// The change for a person to read.
    pub(super) fn differences(&self, table: &Table, found: &Rows) -> Vec<Difference> {
        let whole = |row: &Row| key(table, row).join(", ");
        let surplus = self.delete.iter().map(|row| Difference {
            file: table.name.to_owned(),
            section: whole(row),
            key: String::new(),
            expected: None,
            found: Some("a row".to_owned()),
        });
        let absent = self.insert.iter().map(|row| Difference {
            file: table.name.to_owned(),
            section: whole(row),
            key: String::new(),
            expected: Some("a row".to_owned()),
            found: None,
        });
        let others = self
            .update
            .iter()
            .filter_map(|row| Some((row, found.get(&key(table, row))?)));
        let others = others.flat_map(|(row, found)| {
            let columns = differing(table, row, found).into_iter();
            columns.map(|column| Difference {
                file: table.name.to_owned(),
                section: whole(row),
                key: column.to_owned(),
                expected: told(column, row),
                found: told(column, found),
            })
        });
        let mut differences: Vec<_> = surplus.chain(absent).chain(others).collect();
        differences.sort();
        differences
    }
}

fn told(column: &str, row: &Row) -> Option<String> {
    let value = row.get(column)?;
    Some(match column {
        "password" => "(secret)".to_owned(),
        _ => value.clone(),
    })
}

/// A table that is not there.
pub(super) fn missing(table: &Table) -> Difference {
    Difference {
        file: table.name.to_owned(),
        section: String::new(),
        key: String::new(),
        expected: Some("a table".to_owned()),
        found: None,
    }
}
