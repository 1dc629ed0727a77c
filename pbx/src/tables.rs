//! The configuration as rows of Asterisk's realtime tables, by the columns of its own schema
//! (`contrib/ast-db-manage`).

use crate::Configuration;
use crate::dialplan::plan;
use crate::format::Section;
use crate::phones::phones;
use crate::queues::{Line, Seat, lines};
use std::collections::{BTreeMap, BTreeSet};

/// A row: columns by name. A column that is not named is NULL.
type Row = BTreeMap<&'static str, String>;

/// A table with all its rows, sorted by key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    pub name: &'static str,
    /// The columns that tell one row from another.
    pub key: &'static [&'static str],
    pub rows: Vec<Row>,
}

/// The tables `ps_endpoints`, `ps_auths`, `ps_aors`, `queues`, `queue_members` and `extensions`:
/// the same content as [`crate::files`], but for what [`crate::realtime_files`] holds.
pub fn tables(configuration: &Configuration) -> Vec<Table> {
    let phones = phones(configuration);
    let queues = lines(configuration);
    let objects = |of: fn(&crate::phones::Phone) -> &Section| {
        phones.values().map(|phone| object(of(phone))).collect()
    };
    vec![
        table("ps_endpoints", &["id"], objects(|phone| &phone.endpoint)),
        table("ps_auths", &["id"], objects(|phone| &phone.auth)),
        table("ps_aors", &["id"], objects(|phone| &phone.aor)),
        table("queues", &["name"], queues.values().map(queue).collect()),
        table(
            "queue_members",
            &["queue_name", "interface"],
            members(&queues),
        ),
        table(
            "extensions",
            &["context", "exten", "priority"],
            extensions(configuration),
        ),
    ]
}

const fn table(name: &'static str, key: &'static [&'static str], rows: Vec<Row>) -> Table {
    Table { name, key, rows }
}

/// The columns of `ps_*` and `queues` that we set; each is called as the key in the file.
const COLUMNS: [&str; 31] = [
    "accountcode",
    "allow",
    "aors",
    "auth",
    "auth_type",
    "autofill",
    "callerid",
    "context",
    "direct_media",
    "dtls_auto_generate_cert",
    "force_rport",
    "joinempty",
    "leavewhenempty",
    "max_contacts",
    "named_call_group",
    "named_pickup_group",
    "password",
    "qualify_frequency",
    "remove_existing",
    "retry",
    "rewrite_contact",
    "ringinuse",
    "rtp_symmetric",
    "set_var",
    "strategy",
    "subscribe_context",
    "timeout",
    "trust_id_outbound",
    "username",
    "webrtc",
    "wrapuptime",
];

/// The entries of a section as columns; `type` is told by the table.
fn columns(section: &Section) -> Row {
    let column = |key: &str| COLUMNS.into_iter().find(|column| *column == key);
    let entries = section.entries.iter();
    entries
        .filter_map(|entry| Some((column(&entry.key)?, entry.value.clone())))
        .collect()
}

fn object(section: &Section) -> Row {
    let mut row = columns(section);
    row.insert("id", section.name.clone());
    row
}

fn queue(line: &Line) -> Row {
    let mut row = columns(&line.settings);
    row.insert("name", line.settings.name.clone());
    row
}

fn members(queues: &BTreeMap<&str, Line>) -> Vec<Row> {
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    for (queue, line) in queues {
        for seat in &line.members {
            rows.push(member(queue, seat, &mut taken));
        }
    }
    rows
}

fn member(queue: &str, seat: &Seat, taken: &mut BTreeSet<u32>) -> Row {
    BTreeMap::from([
        ("queue_name", queue.to_owned()),
        ("interface", seat.interface.clone()),
        (
            "uniqueid",
            number(queue, &seat.interface, taken).to_string(),
        ),
        ("membername", seat.name.clone()),
        ("state_interface", seat.state_interface.clone()),
        ("penalty", seat.penalty.to_string()),
        ("paused", u8::from(seat.paused).to_string()),
        ("ringinuse", "no".to_owned()),
    ])
}

/// The number by which Asterisk knows a membership again: of queue and member, so that it stays
/// (FNV-1a); where two would have the same, the later takes the next free one.
fn number(queue: &str, interface: &str, taken: &mut BTreeSet<u32>) -> u32 {
    let name = queue.bytes().chain([0]).chain(interface.bytes());
    let hash = name.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // A positive number of PostgreSQL's INTEGER.
    let mut number = hash & 0x7fff_ffff;
    while number == 0 || !taken.insert(number) {
        number = (number + 1) & 0x7fff_ffff;
    }
    number
}

fn extensions(configuration: &Configuration) -> Vec<Row> {
    let plan = plan(configuration);
    let mut rows = Vec::new();
    for (context, content) in &plan.contexts {
        for (extension, steps) in &content.extensions {
            for (at, step) in steps.iter().enumerate() {
                rows.push(BTreeMap::from([
                    ("context", context.clone()),
                    ("exten", extension.clone()),
                    ("priority", (at + 1).to_string()),
                    ("app", step.application.to_owned()),
                    ("appdata", step.data.clone()),
                ]));
            }
        }
    }
    rows
}
