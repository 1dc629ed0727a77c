//! What was written last, in short: a digest of each table's rows, kept beside them.

use super::Rows;
use super::memory::text;
use pbx::{Column, Row, Table};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The name of the table with the digests.
pub(super) const TABLE: &str = "staffroom_tables";

const COLUMNS: [Column; 2] = [text("table_name"), text("digest")];

/// The digests to remember once these tables are written.
pub(super) fn table(tables: &[Table]) -> Table {
    let rows = tables.iter().map(|table| {
        let name = ("table_name", table.name.to_owned());
        Row::from([name, ("digest", digest(table))])
    });
    Table {
        name: TABLE,
        key: &["table_name"],
        columns: &COLUMNS,
        rows: rows.collect(),
    }
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
