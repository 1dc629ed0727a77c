//! Appointment hours, templates and absences.

use super::{Call, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ada = app.id("ada").await;
    let max = app.id("max").await;
    let sam = app.id("sam").await;
    let ghent = app.office("Ghent").await;
    let antwerp = app.office("Antwerp").await;
    let hours = app
        .ask("ada", "get_hours", json!({ "id": sam, "template": null }))
        .await
        .json();
    let hours_version = hours["version"].to_string();
    let templates = hours["templates"][0]["id"].to_string();
    let applied = |everywhere: bool| {
        let all = hours["applied"].as_array().cloned().unwrap_or_default();
        let one = all.iter().find(|one| one["office"].is_null() == everywhere);
        one.map(|one| one["id"].to_string()).unwrap_or_default()
    };
    let absence = hours["absences"][0]["id"].as_str().unwrap_or_default();
    let morning = |office: &str| {
        let version = hours_version.as_str();
        form(
            "save_hours",
            [
                ("id", &*sam),
                ("version", version),
                ("blocks[0][day]", "6"),
                ("blocks[0][from]", "09:00"),
                ("blocks[0][until]", "12:00"),
                ("blocks[0][office]", office),
            ],
        )
    };
    let apply = |office: &str| {
        form(
            "apply_template",
            [
                ("id", &*sam),
                ("template", "0"),
                ("first_day", "2030-01-01"),
                ("last_day", "2030-01-02"),
                ("office", office),
            ],
        )
    };
    vec![
        (
            "Sam's",
            Call::Json("get_hours", json!({ "id": sam, "template": null })),
        ),
        (
            "Ada's, who is no agent",
            Call::Json("get_hours", json!({ "id": ada, "template": null })),
        ),
        ("Sam's in Ghent", morning(&ghent)),
        ("Sam's in Antwerp", morning(&antwerp)),
        (
            "one for Sam",
            form(
                "add_template",
                [("id", &sam), ("template", "Autumn"), ("kind", "week")],
            ),
        ),
        (
            "Sam's, applied everywhere",
            form("remove_template", [("id", &sam), ("template", &templates)]),
        ),
        ("to Sam everywhere", apply("")),
        ("to Sam in Ghent", apply(&ghent)),
        (
            "Sam's, of everywhere",
            form(
                "withdraw_template",
                [("id", &sam), ("applied", &applied(true))],
            ),
        ),
        (
            "Sam's, of one office",
            form(
                "withdraw_template",
                [("id", &sam), ("applied", &applied(false))],
            ),
        ),
        (
            "of Sam",
            form(
                "enter_absence",
                [
                    ("id", &sam),
                    ("from", "2030-01-01"),
                    ("until", "2030-01-02"),
                    ("reason", "Holiday"),
                ],
            ),
        ),
        (
            "of Sam",
            form(
                "revise_absence",
                [
                    ("id", &sam),
                    ("absence", absence),
                    ("from", "2030-01-03"),
                    ("until", "2030-01-04"),
                    ("reason", "Holiday"),
                ],
            ),
        ),
        (
            "of Sam",
            form("remove_absence", [("id", &sam), ("absence", absence)]),
        ),
        (
            "of Sam, said to be Max's",
            form("remove_absence", [("id", &max), ("absence", absence)]),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                     ada     max    noor     sam     lee  nobody
    get_hours          Sam's                         200     200     200     200     404     401
    get_hours          Ada's, who is no agent        200     404     404     404     404     401
    save_hours         Sam's in Ghent                200     200     422     200     404     401
    save_hours         Sam's in Antwerp              200     422     200     200     404     401
    add_template       one for Sam                   200     200     200     200     404     401
    remove_template    Sam's, applied everywhere     200     403     403     200     404     401
    apply_template     to Sam everywhere             200     403     403     200     404     401
    apply_template     to Sam in Ghent               200     200     422     200     404     401
    withdraw_template  Sam's, of everywhere          200     403     403     200     404     401
    withdraw_template  Sam's, of one office          200     200     403     200     404     401
    enter_absence      of Sam                        200     200     200     200     404     401
    revise_absence     of Sam                        200     200     200     200     404     401
    remove_absence     of Sam                        200     200     200     200     404     401
    remove_absence     of Sam, said to be Max's      404     404     404     404     404     401
    ");
}
