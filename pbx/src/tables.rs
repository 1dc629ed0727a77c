//! The configuration as rows of Asterisk's realtime tables, by the columns of its own schema
//! (`contrib/ast-db-manage`).

use crate::Configuration;
use crate::dialplan::plan;
use crate::format::Section;
use crate::phones::{Phone, phones};
use crate::queues::{Line, Seat, lines};
use std::collections::BTreeMap;

/// A row: columns by name. A column that is not named is NULL.
pub type Row = BTreeMap<&'static str, String>;

/// The column of `queue_members` that names the hint of a member.
pub const STATE_INTERFACE: &str = "state_interface";
/// The number by which Asterisk knows a membership again. Whoever writes a row gives it one that no
/// row had before: a member who comes back is a new one, and Asterisk looks for their hint anew.
pub const UNIQUE_ID: &str = "uniqueid";

/// A table with all its rows, sorted by key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    pub name: &'static str,
    /// The columns that tell one row from another.
    pub key: &'static [&'static str],
    /// The columns that we set, in a row or never, and [`UNIQUE_ID`]; Asterisk's own schema has more.
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    pub name: &'static str,
    /// Whether it holds whole numbers, and text otherwise.
    pub is_number: bool,
}

/// The tables `ps_endpoints`, `ps_auths`, `ps_aors`, `queues`, `queue_members` and `extensions`:
/// the same content as [`crate::files`], but for what [`crate::realtime_files`] holds.
pub fn tables(configuration: &Configuration) -> Vec<Table> {
    let phones = phones(configuration);
    let queues = lines(configuration);
    let objects = |columns: &[Column], of: fn(&Phone) -> &Section| {
        phones
            .values()
            .map(|phone| row("id", of(phone), columns))
            .collect()
    };
    let settings = queues
        .values()
        .map(|queue| row("name", &queue.settings, &QUEUES));
    let table = |name, key, columns, rows| Table {
        name,
        key,
        columns,
        rows,
    };
    vec![
        table(
            "ps_endpoints",
            &["id"],
            &ENDPOINTS,
            objects(&ENDPOINTS, |phone| &phone.endpoint),
        ),
        table(
            "ps_auths",
            &["id"],
            &AUTHS,
            objects(&AUTHS, |phone| &phone.auth),
        ),
        table(
            "ps_aors",
            &["id"],
            &AORS,
            objects(&AORS, |phone| &phone.aor),
        ),
        table("queues", &["name"], &QUEUES, settings.collect()),
        table(
            "queue_members",
            &["queue_name", "interface"],
            &MEMBERS,
            members(&queues),
        ),
        table(
            "extensions",
            &["context", "exten", "priority"],
            &EXTENSIONS,
            extensions(configuration),
        ),
    ]
}

const fn text(name: &'static str) -> Column {
    let is_number = false;
    Column { name, is_number }
}

const fn integer(name: &'static str) -> Column {
    let is_number = true;
    Column { name, is_number }
}

// Those of `ps_*` and `queues` are called as the keys in the files.

const ENDPOINTS: [Column; 18] = [
    text("id"),
    text("accountcode"),
    text("allow"),
    text("aors"),
    text("auth"),
    text("callerid"),
    text("context"),
    text("direct_media"),
    text("dtls_auto_generate_cert"),
    text("force_rport"),
    text("named_call_group"),
    text("named_pickup_group"),
    text("rewrite_contact"),
    text("rtp_symmetric"),
    text("set_var"),
    text("subscribe_context"),
    text("trust_id_outbound"),
    text("webrtc"),
];

const AUTHS: [Column; 4] = [
    text("id"),
    text("auth_type"),
    text("password"),
    text("username"),
];

const AORS: [Column; 4] = [
    text("id"),
    integer("max_contacts"),
    integer("qualify_frequency"),
    text("remove_existing"),
];

const QUEUES: [Column; 9] = [
    text("name"),
    text("autofill"),
    text("joinempty"),
    text("leavewhenempty"),
    integer("retry"),
    text("ringinuse"),
    text("strategy"),
    integer("timeout"),
    integer("wrapuptime"),
];

const MEMBERS: [Column; 8] = [
    text("queue_name"),
    text("interface"),
    text("membername"),
    integer("paused"),
    integer("penalty"),
    text("ringinuse"),
    text(STATE_INTERFACE),
    integer(UNIQUE_ID),
];

const EXTENSIONS: [Column; 5] = [
    text("context"),
    text("exten"),
    integer("priority"),
    text("app"),
    text("appdata"),
];

/// A section as a row: its name and those of its entries that are columns; `type` is told by the table.
fn row(key: &'static str, section: &Section, columns: &[Column]) -> Row {
    let column = |key: &str| columns.iter().find(|column| column.name == key);
    let entries = section.entries.iter();
    let entries = entries.filter_map(|entry| Some((column(&entry.key)?.name, entry.value.clone())));
    entries.chain([(key, section.name.clone())]).collect()
}

fn members(queues: &BTreeMap<&str, Line>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (queue, line) in queues {
        rows.extend(line.members.iter().map(|seat| member(queue, seat)));
    }
    rows
}

fn member(queue: &str, seat: &Seat) -> Row {
    BTreeMap::from([
        ("queue_name", queue.to_owned()),
        ("interface", seat.interface.clone()),
        ("membername", seat.name.clone()),
        (STATE_INTERFACE, seat.state_interface.clone()),
        ("penalty", seat.penalty.to_string()),
        ("paused", u8::from(seat.paused).to_string()),
        ("ringinuse", "no".to_owned()),
    ])
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
