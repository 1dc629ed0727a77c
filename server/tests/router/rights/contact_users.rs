//! Rights in contact-centre users.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use crate::contact_users::{asked, version};
use serde_json::json;

/// The rows of contact-centre users: Administrators change, everybody reads and tells of themselves. Lee
/// supervises and is a formal agent, Sam is an Engage user, Max is none.
pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let (lee, sam, max) = (
        &*app.id("lee").await,
        &*app.id("sam").await,
        &*app.id("max").await,
    );
    let lee_version = &*version(app, lee).await;
    let employee_version = &*app.version(lee).await;
    let view = app.ask("ada", "get_contact_user", json!({ "id": lee }));
    let endpoint = view.await.json()["endpoints"][0]["id"].clone();
    let endpoint = endpoint.as_str().unwrap_or_default();
    let save = |first_name: &'static str| {
        form(
            "save_contact_user",
            [
                ("id", lee),
                ("version", lee_version),
                ("employee_version", employee_version),
                ("first_name", first_name),
                ("last_name", "Marchetti"),
                ("department", "Service"),
            ],
        )
    };
    let of_lee = |function: &'static str| form(function, [("id", lee), ("version", lee_version)]);
    vec![
        (
            "all",
            Call::Json("list_contact_users", json!({ "query": asked() })),
        ),
        ("to filter by", Call::Json("contact_filters", json!({}))),
        ("to choose from", Call::Json("contact_choices", json!({}))),
        ("Lee", Call::Json("get_contact_user", json!({ "id": lee }))),
        ("Sam", Call::Json("get_contact_user", json!({ "id": sam }))),
        (
            "Max, who is none",
            Call::Json("get_contact_user", json!({ "id": max })),
        ),
        (
            "nobody there is",
            Call::Json("get_contact_user", json!({ "id": UNKNOWN })),
        ),
        (
            "on the default tenant",
            Call::Json("suggest_extension", json!({ "tenant": null, "other": "" })),
        ),
        (
            "of Max",
            form(
                "create_contact_user",
                [
                    ("employee", max),
                    ("first_name", "Max"),
                    ("last_name", "De Smet"),
                ],
            ),
        ),
        (
            "of somebody new",
            form(
                "create_contact_user",
                [
                    ("email", "vera@demo.example"),
                    ("first_name", "Vera"),
                    ("last_name", "Nowak"),
                ],
            ),
        ),
        (
            "of nobody",
            form("create_contact_user", [("employee", UNKNOWN)]),
        ),
        ("of Lee", save("Lee")),
        ("without a name", save("")),
        ("of Lee", of_lee("save_contact_phone")),
        (
            "of Lee, to nowhere",
            form(
                "save_contact_group",
                [
                    ("id", lee),
                    ("version", lee_version),
                    ("agent_group", UNKNOWN),
                ],
            ),
        ),
        (
            "of Lee, unchanged",
            form("save_contact_queues", [("id", lee)]),
        ),
        ("of Lee, taken away", of_lee("save_supervision")),
        ("of Lee", of_lee("free_contact_seat")),
        (
            "of Lee",
            form(
                "remove_contact_user",
                [
                    ("id", lee),
                    ("version", lee_version),
                    ("leave_queues", "true"),
                ],
            ),
        ),
        (
            "of Lee",
            form("add_endpoint", [("id", lee), ("kind", "web")]),
        ),
        (
            "of Sam, an agent workspace",
            form("add_endpoint", [("id", sam), ("kind", "agent_workspace")]),
        ),
        (
            "of Lee",
            form("remove_endpoint", [("id", lee), ("endpoint", endpoint)]),
        ),
        (
            "of Lee",
            form("set_contact_state", [("id", lee), ("state", "on_break")]),
        ),
        (
            "of Sam",
            form("set_contact_state", [("id", sam), ("state", "on_break")]),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                        ada     max    noor     sam     lee  nobody
    list_contact_users   all                            200     403     403     403     403     401
    contact_filters      to filter by                   200     403     403     403     403     401
    contact_choices      to choose from                 200     403     403     403     403     401
    get_contact_user     Lee                            200     404     404     404     200     401
    get_contact_user     Sam                            200     403     403     200     404     401
    get_contact_user     Max, who is none               200     200     404     404     404     401
    get_contact_user     nobody there is                404     404     404     404     404     401
    suggest_extension    on the default tenant          200     403     403     403     403     401
    create_contact_user  of Max                         200     403     403     403     403     401
    create_contact_user  of somebody new                200     403     403     403     403     401
    create_contact_user  of nobody                      404     403     403     403     403     401
    save_contact_user    of Lee                         200     404     404     404     403     401
    save_contact_user    without a name                 422     404     404     404     403     401
    save_contact_phone   of Lee                         200     404     404     404     403     401
    save_contact_group   of Lee, to nowhere             422     404     404     404     403     401
    save_contact_queues  of Lee, unchanged              200     404     404     404     403     401
    save_supervision     of Lee, taken away             200     404     404     404     403     401
    free_contact_seat    of Lee                         200     404     404     404     403     401
    remove_contact_user  of Lee                         200     404     404     404     403     401
    add_endpoint         of Lee                         200     404     404     404     403     401
    add_endpoint         of Sam, an agent workspace     422     403     403     403     404     401
    remove_endpoint      of Lee                         200     404     404     404     403     401
    set_contact_state    of Lee                         403     404     404     404     200     401
    set_contact_state    of Sam                         403     403     403     200     404     401
    ");
}
