//! What was written last, in short: a digest of each table's rows, kept beside them.

use super::Rows;
use super::memory::text;
use pbx::{Column, Row, Table};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The name of the table with the digests.
pub(super) const TABLE: &str = "staffroom_tables";

const COLUMNS: [Column; 2] = [text("table_name"), text("digest")];

/// The name under which the digest of the hints stands that the PBX has read.
const HINTS: &str = "hints";

/// The digests to remember: of tables that are written, and of the hints that were read.
pub(super) fn table<'a>(written: impl Iterator<Item = &'a Table>, hints: Option<String>) -> Table {
    let written = written.map(|table| (table.name, digest(table)));
    let rows = written.chain(hints.map(|hints| (HINTS, hints)));
    let rows =
        rows.map(|(name, digest)| Row::from([("table_name", name.to_owned()), ("digest", digest)]));
    Table {
        name: TABLE,
        key: &["table_name"],
        columns: &COLUMNS,
        rows: rows.collect(),
    }
}

/// The digest of the hints that the PBX was last seen to read.
pub(super) fn hints(known: &Rows) -> Option<&String> {
    known.get(&vec![HINTS.to_owned()])?.get("digest")
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
