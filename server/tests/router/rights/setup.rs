//! Rights in the set-up of the contact centre: Administrators, and nobody else.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::json;

/// Every call of the set-up, on what the demo has.
pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let pbxs = app.ask("ada", "list_pbxs", json!({})).await.json();
    let tenants = app.ask("ada", "list_tenants", json!({})).await.json();
    let pbx = &*text(&pbxs[0]["pbx"]["id"]);
    let tenant = |at: usize| text(&tenants[at]["tenant"]["id"]);
    let version = |at: usize| tenants[at]["tenant"]["version"].to_string();
    let (care, sales) = (&*tenant(0), &*tenant(1));
    let (care_version, sales_version) = (&*version(0), &*version(1));
    let unknown = UNKNOWN;
    let mut all = vec![
        ("", Call::Json("contact_centre_steps", json!({}))),
        ("", Call::Json("list_pbxs", json!({}))),
        (
            "a new one",
            form("create_pbx", [("name", "Second"), ("host", "pbx2.example")]),
        ),
        (
            "without a host",
            form("create_pbx", [("name", "Second"), ("host", "")]),
        ),
        ("Ghent PBX", Call::Json("get_pbx", json!({ "id": pbx }))),
        ("of nobody", Call::Json("get_pbx", json!({ "id": unknown }))),
        (
            "Ghent PBX",
            form(
                "revise_pbx",
                [
                    ("id", pbx),
                    ("version", "1"),
                    ("name", "Gent"),
                    ("host", "pbx.example"),
                ],
            ),
        ),
        (
            "Ghent PBX, with tenants",
            form("delete_pbx", [("id", pbx), ("version", "1")]),
        ),
        ("", Call::Json("list_tenants", json!({}))),
        (
            "on Ghent PBX",
            form("create_tenant", [("name", "Third"), ("pbx", pbx)]),
        ),
        (
            "on no PBX",
            form("create_tenant", [("name", "Third"), ("pbx", "")]),
        ),
        (
            "on two PBXs",
            form(
                "create_tenant",
                [("name", "Third"), ("pbx", pbx), ("pbx", unknown)],
            ),
        ),
        ("Demo Care", Call::Json("get_tenant", json!({ "id": care }))),
        (
            "Demo Sales",
            form(
                "revise_tenant",
                [
                    ("id", sales),
                    ("version", sales_version),
                    ("name", "Demo Sales"),
                    ("pbx", pbx),
                    ("shows_cli", "true"),
                ],
            ),
        ),
        (
            "Demo Sales",
            form(
                "make_tenant_default",
                [("id", sales), ("version", sales_version)],
            ),
        ),
        (
            "Demo Care, the default",
            form("delete_tenant", [("id", care), ("version", care_version)]),
        ),
        (
            "of nobody",
            form("delete_tenant", [("id", unknown), ("version", "1")]),
        ),
    ];
    all.extend(stock());
    all
}

/// Licenses and numbers.
fn stock() -> Vec<(&'static str, Call)> {
    let address = |release: &str| {
        json!({ "address": {
            "q": "", "show": "free", "after": "", "before": "", "release": release,
        } })
    };
    vec![
        ("", Call::Json("list_licenses", json!({}))),
        (
            "Engage Bundled",
            form(
                "set_seats",
                [
                    ("code", "engage_bundled"),
                    ("version", "1"),
                    ("seats", "25"),
                ],
            ),
        ),
        (
            "fewer than none",
            form(
                "set_seats",
                [
                    ("code", "engage_bundled"),
                    ("version", "1"),
                    ("seats", "-1"),
                ],
            ),
        ),
        (
            "Engage Night",
            form("add_plan", [("name", "Engage Night"), ("seats", "5")]),
        ),
        (
            "from the start",
            form(
                "delete_plan",
                [("code", "engage_bundled"), ("version", "1")],
            ),
        ),
        ("", Call::Json("list_numbers", address(""))),
        (
            "a block",
            form(
                "add_numbers",
                [("number", "+3292104500"), ("last_number", "+3292104509")],
            ),
        ),
        (
            "not E.164",
            form("add_numbers", [("number", "09 210 45 00")]),
        ),
        (
            "that is free",
            form("release_number", [("number", "+3292104459")]),
        ),
        (
            "of nobody",
            form("release_number", [("number", "+3299999999")]),
        ),
        (
            "two",
            form(
                "remove_numbers",
                [("numbers[0]", "+3292104458"), ("numbers[1]", "+3292104459")],
            ),
        ),
        ("none", form("remove_numbers", [])),
    ]
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                      ada     max    noor     sam     lee  nobody
    contact_centre_steps                              200     403     403     403     403     401
    list_pbxs                                         200     403     403     403     403     401
    create_pbx            a new one                   200     403     403     403     403     401
    create_pbx            without a host              422     403     403     403     403     401
    get_pbx               Ghent PBX                   200     403     403     403     403     401
    get_pbx               of nobody                   404     403     403     403     403     401
    revise_pbx            Ghent PBX                   200     403     403     403     403     401
    delete_pbx            Ghent PBX, with tenants     409     403     403     403     403     401
    list_tenants                                      200     403     403     403     403     401
    create_tenant         on Ghent PBX                200     403     403     403     403     401
    create_tenant         on no PBX                   422     403     403     403     403     401
    create_tenant         on two PBXs                 422     422     422     422     422     422
    get_tenant            Demo Care                   200     403     403     403     403     401
    revise_tenant         Demo Sales                  200     403     403     403     403     401
    make_tenant_default   Demo Sales                  200     403     403     403     403     401
    delete_tenant         Demo Care, the default      409     403     403     403     403     401
    delete_tenant         of nobody                   404     403     403     403     403     401
    list_licenses                                     200     403     403     403     403     401
    set_seats             Engage Bundled              200     403     403     403     403     401
    set_seats             fewer than none             422     403     403     403     403     401
    add_plan              Engage Night                200     403     403     403     403     401
    delete_plan           from the start              409     403     403     403     403     401
    list_numbers                                      200     403     403     403     403     401
    add_numbers           a block                     200     403     403     403     403     401
    add_numbers           not E.164                   422     403     403     403     403     401
    release_number        that is free                200     403     403     403     403     401
    release_number        of nobody                   404     403     403     403     403     401
    remove_numbers        two                         200     403     403     403     403     401
    remove_numbers        none                        422     403     403     403     403     401
    ");
}
