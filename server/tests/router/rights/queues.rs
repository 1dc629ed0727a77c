//! Rights in queues and groups of the contact centre.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::{Value, json};

/// The rows of queues, agent groups, ring groups and call pickup groups: Administrators alone.
pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let first = |all: Value| all[0]["queue"]["id"].as_str().map(str::to_owned);
    let queue = first(app.ask("ada", "list_queues", json!({})).await.json());
    let queue = queue.unwrap_or_else(|| UNKNOWN.to_owned());
    let of = |function: &'static str| form(function, [("id", UNKNOWN), ("version", "1")]);
    let named = |function: &'static str| {
        form(
            function,
            [("id", UNKNOWN), ("version", "1"), ("name", "New")],
        )
    };
    let call_group = |function: &'static str| {
        form(
            function,
            [
                ("kind", "ring"),
                ("id", UNKNOWN),
                ("version", "1"),
                ("name", "New"),
            ],
        )
    };
    let ring = json!({ "ring": UNKNOWN });
    let list = json!({ "id": queue, "search": "", "everybody": true, "after": "" });
    let call_list = json!({ "id": ring, "search": "", "everybody": true, "after": "" });
    let matrix = json!({ "asked": { "users": "", "after": "", "queues": "", "page": 0 } });
    vec![
        ("all", Call::Json("list_queues", json!({}))),
        ("to choose from", Call::Json("get_pbx_names", json!({}))),
        ("one", Call::Json("get_queue", json!({ "id": queue }))),
        ("", Call::Json("get_queue_members", list)),
        ("", Call::Json("get_queue_matrix", matrix)),
        ("on no PBX", form("create_queue", [("name", "New")])),
        ("of nobody", named("revise_queue")),
        ("of nobody", of("delete_queue")),
        ("none", form("save_queue_members", [("id", &queue)])),
        ("none", form("save_queue_matrix", [("was", "")])),
        ("all", Call::Json("list_agent_groups", json!({}))),
        (
            "of nobody",
            Call::Json("get_agent_group", json!({ "id": UNKNOWN })),
        ),
        ("a new one", form("create_agent_group", [("name", "Night")])),
        ("of nobody", named("revise_agent_group")),
        ("of nobody", of("delete_agent_group")),
        (
            "all that ring",
            Call::Json("list_call_groups", json!({ "kind": "ring" })),
        ),
        (
            "of nobody",
            Call::Json("get_call_group", json!({ "id": ring })),
        ),
        ("of nobody", Call::Json("get_call_members", call_list)),
        (
            "on no PBX",
            form("create_call_group", [("kind", "pickup"), ("name", "New")]),
        ),
        ("of nobody", call_group("revise_call_group")),
        ("of nobody", call_group("delete_call_group")),
        ("of nobody", call_group("save_call_members")),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                           ada     max    noor     sam     lee  nobody
    list_queues         all                200     403     403     403     403     401
    get_pbx_names       to choose from     200     403     403     403     403     401
    get_queue           one                200     403     403     403     403     401
    get_queue_members                      200     403     403     403     403     401
    get_queue_matrix                       200     403     403     403     403     401
    create_queue        on no PBX          422     403     403     403     403     401
    revise_queue        of nobody          404     403     403     403     403     401
    delete_queue        of nobody          404     403     403     403     403     401
    save_queue_members  none               200     403     403     403     403     401
    save_queue_matrix   none               200     403     403     403     403     401
    list_agent_groups   all                200     403     403     403     403     401
    get_agent_group     of nobody          404     403     403     403     403     401
    create_agent_group  a new one          200     403     403     403     403     401
    revise_agent_group  of nobody          404     403     403     403     403     401
    delete_agent_group  of nobody          404     403     403     403     403     401
    list_call_groups    all that ring      200     403     403     403     403     401
    get_call_group      of nobody          404     403     403     403     403     401
    get_call_members    of nobody          404     403     403     403     403     401
    create_call_group   on no PBX          422     403     403     403     403     401
    revise_call_group   of nobody          404     403     403     403     403     401
    delete_call_group   of nobody          404     403     403     403     403     401
    save_call_members   of nobody          404     403     403     403     403     401
    ");
}
