//! What was written last, in short: a digest of each table's rows, kept beside them.

use super::memory::text;
use super::{Rows, hints};
use pbx::{Column, Row, Table};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The name of the table with the digests.
pub(super) const TABLE: &str = "staffroom_tables";

const COLUMNS: [Column; 2] = [text("table_name"), text("digest")];

/// The name under which the digest of the dialplan stands that the PBX has read.
const READ: &str = "dialplan";

/// The table with these digests.
pub(super) fn table(rows: Vec<Row>) -> Table {
    Table {
        name: TABLE,
        key: &["table_name"],
        columns: &COLUMNS,
        rows,
    }
}

/// The digests of tables as they are.
pub(super) fn of_tables<'a>(tables: impl Iterator<Item = &'a Table>) -> Vec<Row> {
    tables.map(|table| row(table.name, digest(table))).collect()
}

/// That of the dialplan.
pub(super) fn of_dialplan(text: &str) -> Row {
    row(READ, hints::digest(text))
}

fn row(name: &str, digest: String) -> Row {
    Row::from([("table_name", name.to_owned()), ("digest", digest)])
}

/// The digest of the dialplan that the PBX was last seen to read.
pub(super) fn read(known: &Rows) -> Option<&String> {
    known.get(&vec![READ.to_owned()])?.get("digest")
}

/// Whether a table was written last with just these rows. Another version of Staffroom may digest
/// otherwise; then it was not, and is compared.
pub(super) fn is_written(table: &Table, known: &Rows) -> bool {
    let known = known.get(&vec![table.name.to_owned()]);
    known.and_then(|row| row.get("digest")) == Some(&digest(table))
}

fn digest(table: &Table) -> String {
    let mut hasher = DefaultHasher::new();
    table.rows.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
