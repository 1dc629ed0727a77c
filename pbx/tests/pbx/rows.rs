//! The realtime tables: the same content as the files, in columns that Asterisk's schema has.

use crate::{any, believable};
use pbx::format::{Section, read};
use pbx::{Configuration, Table};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The columns that we set, each with its longest text in `contrib/ast-db-manage`; 0 where it is a
/// number, an enumeration or without bound.
const SCHEMA: [(&str, &[(&str, usize)]); 6] = [
    (
        "ps_endpoints",
        &[
            ("id", 255),
            ("context", 40),
            ("subscribe_context", 40),
            ("auth", 255),
            ("aors", 2_048),
            ("callerid", 40),
            ("accountcode", 80),
            ("set_var", 0),
            ("allow", 200),
            ("direct_media", 0),
            ("rtp_symmetric", 0),
            ("force_rport", 0),
            ("rewrite_contact", 0),
            ("trust_id_outbound", 0),
            ("webrtc", 0),
            ("dtls_auto_generate_cert", 0),
            ("named_call_group", 0),
            ("named_pickup_group", 0),
        ],
    ),
    (
        "ps_auths",
        &[
            ("id", 255),
            ("auth_type", 0),
            ("username", 40),
            ("password", 80),
        ],
    ),
    (
        "ps_aors",
        &[
            ("id", 255),
            ("max_contacts", 0),
            ("remove_existing", 0),
            ("qualify_frequency", 0),
        ],
    ),
    (
        "queues",
        &[
            ("name", 128),
            ("strategy", 0),
            ("timeout", 0),
            ("retry", 0),
            ("wrapuptime", 0),
            ("ringinuse", 0),
            ("autofill", 0),
            ("joinempty", 128),
            ("leavewhenempty", 128),
        ],
    ),
    (
        "queue_members",
        &[
            ("queue_name", 80),
            ("interface", 80),
            ("uniqueid", 0),
            ("membername", 80),
            ("state_interface", 80),
            ("penalty", 0),
            ("paused", 0),
            ("ringinuse", 0),
        ],
    ),
    (
        "extensions",
        &[
            ("context", 40),
            ("exten", 40),
            ("priority", 0),
            ("app", 40),
            ("appdata", 256),
        ],
    ),
];

fn named<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables
        .iter()
        .find(|table| table.name == name)
        .expect("a table")
}

/// The rows as sections of `pjsip.conf` would have them.
fn objects(tables: &[Table], table: &str) -> BTreeSet<(String, BTreeMap<String, String>)> {
    let rows = named(tables, table).rows.iter();
    rows.map(|row| {
        let columns = row
            .iter()
            .filter(|(column, _)| !["id", "name"].contains(column));
        let name = row.get("id").or(row.get("name")).expect("a name");
        (
            name.clone(),
            columns
                .map(|(column, value)| ((*column).to_owned(), value.clone()))
                .collect(),
        )
    })
    .collect()
}

fn entries(section: &Section) -> (String, BTreeMap<String, String>) {
    let entries = section
        .entries
        .iter()
        .filter(|entry| !["type", "member"].contains(&entry.key.as_str()));
    (
        section.name.clone(),
        entries
            .map(|entry| (entry.key.clone(), entry.value.clone()))
            .collect(),
    )
}

fn same_objects(configuration: &Configuration) -> Result<(), TestCaseError> {
    let (tables, folder) = (pbx::tables(configuration), pbx::files(configuration));
    let phones = read(&folder["pjsip_staffroom.conf"]).sections;
    for (kind, table) in [
        ("endpoint", "ps_endpoints"),
        ("auth", "ps_auths"),
        ("aor", "ps_aors"),
    ] {
        let of_kind = phones
            .iter()
            .filter(|section| section.value("type") == Some(kind));
        let found: BTreeSet<_> = of_kind.map(entries).collect();
        prop_assert_eq!(found, objects(&tables, table));
    }
    let queues = read(&folder["queues_staffroom.conf"]).sections;
    let found: BTreeSet<_> = queues.iter().map(entries).collect();
    prop_assert_eq!(found, objects(&tables, "queues"));
    let mut members = BTreeSet::new();
    for row in &named(&tables, "queue_members").rows {
        let paused = if row["paused"] == "1" { "yes" } else { "no" };
        let line = format!(
            "{},{},{},{},{},,{paused}",
            row["interface"],
            row["penalty"],
            row["membername"],
            row["state_interface"],
            row["ringinuse"],
        );
        members.insert((row["queue_name"].clone(), line));
    }
    let lines = queues.iter().flat_map(|queue| {
        let lines = queue.entries.iter().filter(|entry| entry.key == "member");
        lines.map(|entry| (queue.name.clone(), entry.value.clone()))
    });
    prop_assert_eq!(lines.collect::<BTreeSet<_>>(), members);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    // C-17: rows and files say the same.
    #[test]
    fn rows_say_what_files_say(configuration in any::configuration()) {
        same_objects(&configuration)?;
        let dialplan = read(&pbx::files(&configuration)["extensions_staffroom.conf"]);
        let mut lines = BTreeSet::new();
        for section in dialplan.sections {
            for entry in section.entries.iter().filter(|entry| entry.key == "exten" && !entry.value.contains(",hint,")) {
                lines.insert((section.name.clone(), entry.value.clone()));
            }
        }
        let tables = pbx::tables(&configuration);
        let rows = named(&tables, "extensions").rows.iter();
        let found: BTreeSet<_> = rows.map(|row| {
            let line = format!("{},{},{}({})", row["exten"], row["priority"], row["app"], row["appdata"]);
            (row["context"].clone(), line)
        }).collect();
        prop_assert_eq!(found, lines);
    }

    // C-17: every column exists and has room, and no two rows have the same key.
    #[test]
    fn rows_fit_the_schema(configuration in any::configuration()) {
        for (table, (name, columns)) in pbx::tables(&configuration).iter().zip(SCHEMA) {
            prop_assert_eq!(table.name, name);
            let known: BTreeSet<_> = columns.iter().map(|(column, _)| column).collect();
            let told: BTreeSet<_> = table.columns.iter().map(|column| &column.name).collect();
            prop_assert_eq!(told, known);
            let mut keys = BTreeSet::new();
            for row in &table.rows {
                for (column, value) in row {
                    let found = columns.iter().find(|(known, _)| known == column);
                    let (_, longest) = found.ok_or_else(|| TestCaseError::fail(*column))?;
                    let told = table.columns.iter().find(|told| told.name == *column);
                    let is_number = told.is_some_and(|told| told.is_number);
                    prop_assert!(!is_number || value.parse::<i32>().is_ok(), "{} {}", column, value);
                    prop_assert!(*longest == 0 || value.chars().count() <= *longest, "{} {}", column, value);
                }
                let key: Vec<_> = table.key.iter().map(|column| row[column].clone()).collect();
                prop_assert!(keys.insert(key));
            }
        }
        // Every member is known by a hint that stands in the files, and nobody else decides their state.
        let tables = pbx::tables(&configuration);
        for folder in [pbx::files(&configuration), pbx::realtime_files(&configuration)] {
            let hints = pbx::hints(&folder[pbx::DIALPLAN]);
            for member in &named(&tables, "queue_members").rows {
                prop_assert!(hints.contains(&member["state_interface"]), "{:?}", member);
            }
        }
    }
}

// C-17: the hints of a dialplan are those of the people with a device, and no other line of it.
#[test]
fn hints_are_found() {
    let mut configuration = believable::configuration();
    let hints = pbx::hints(&pbx::realtime_files(&configuration)[pbx::DIALPLAN]);
    let people = configuration.people.iter();
    let reached = people.filter(|person| !person.endpoints.is_empty());
    let wanted: BTreeSet<_> = reached
        .map(|person| format!("hint:{}@staffroom-hints", person.extension))
        .collect();
    assert!(!wanted.is_empty());
    assert_eq!(hints, wanted);
    configuration.people.clear();
    let nobody = &pbx::files(&configuration)[pbx::DIALPLAN];
    assert_eq!(pbx::hints(nobody), BTreeSet::new());
}

// C-17: 50,000 memberships in 200 queues are exported.
#[test]
fn many_are_exported() {
    let mut configuration = believable::configuration();
    let person = configuration.people[0].clone();
    let queue = configuration.queues[0].clone();
    configuration.people = (10_000..11_000)
        .map(|at| {
            let mut person = person.clone();
            person.extension = believable::extension(&at.to_string());
            (person.further, person.numbers) = (Vec::new(), Vec::new());
            for (index, endpoint) in person.endpoints.iter_mut().enumerate() {
                endpoint.user_name = believable::key(&format!("{at}_{index}"));
            }
            person
        })
        .collect();
    configuration.queues = (0..200_u32)
        .map(|at| {
            let members = (0..250).map(|member| pbx::Member {
                person: believable::extension(&(10_000 + (at * 5 + member) % 1_000).to_string()),
                priority: 1,
                paused: false,
            });
            pbx::Queue {
                key: believable::key(&format!("queue{at}")),
                members: members.collect(),
                ..queue.clone()
            }
        })
        .collect();
    let tables = pbx::tables(&configuration);
    assert_eq!(named(&tables, "queue_members").rows.len(), 50_000);
    let folder = pbx::files(&configuration);
    assert_eq!(pbx::drift(&folder, &folder), []);
}
