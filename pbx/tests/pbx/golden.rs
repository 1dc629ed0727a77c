//! The folder of a small organisation, kept for a person to read (C-17).

use crate::believable::configuration;
use std::fmt::Write;
use std::path::Path;

/// The files under `tests/golden`, by their paths; `UPDATE_GOLDEN=1` writes them.
fn same(name: &str, found: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().expect("a folder")).expect("a folder");
        std::fs::write(&golden, found).expect("a file");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(found, expected, "{name}");
}

// C-17: the files are those that were read line by line.
#[test]
fn the_folder_is_the_one_that_was_read() {
    for (name, content) in pbx::files(&configuration()) {
        same(&format!("files/{name}"), &content);
    }
}

// C-17: likewise what stands in files beside the realtime tables.
#[test]
fn the_realtime_folder_is_the_one_that_was_read() {
    let realtime = pbx::realtime_files(&configuration());
    for name in ["extensions_staffroom.conf", "README"] {
        same(&format!("realtime/{name}"), &realtime[name]);
    }
}

// C-17: and the rows.
#[test]
fn the_rows_are_those_that_were_read() {
    let mut text = String::new();
    for table in pbx::tables(&configuration()) {
        writeln!(text, "{} by {}", table.name, table.key.join(", ")).expect("text");
        for row in table.rows {
            let columns: Vec<_> = row
                .iter()
                .map(|(column, value)| format!("{column}={value}"))
                .collect();
            writeln!(text, "  {}", columns.join("  ")).expect("text");
        }
    }
    same("realtime/tables.txt", &text);
}

// C-17: the same description in another order gives the same bytes.
#[test]
fn order_makes_no_difference() {
    let mut other = configuration();
    other.people.reverse();
    other.queues.reverse();
    other.scripts.reverse();
    other.channels.reverse();
    for person in &mut other.people {
        person.endpoints.reverse();
    }
    for queue in &mut other.queues {
        queue.members.reverse();
    }
    assert_eq!(pbx::files(&other), pbx::files(&configuration()));
    assert_eq!(pbx::tables(&other), pbx::tables(&configuration()));
}
