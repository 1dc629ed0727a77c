//! Offices, their times, and their end.

use super::{Call, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ghent = app.office("Ghent").await;
    let ghent_version = &*app.office_version(&ghent).await;
    vec![
        ("", Call::Json("list_offices", json!({}))),
        ("Ghent", Call::Json("get_office", json!({ "id": ghent }))),
        (
            "a new one",
            form("create_office", [("name", "Bruges"), ("active", "true")]),
        ),
        ("", Call::Json("office_choices", json!({}))),
        (
            "Ghent",
            Call::Json("get_office_times", json!({ "id": ghent })),
        ),
        (
            "Ghent on Mondays",
            form(
                "save_office_times",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("opening[0][weekday]", "1"),
                    ("opening[0][from]", "09:00"),
                    ("opening[0][until]", "17:00"),
                ],
            ),
        ),
        ("Ghent", Call::Json("leave_office", json!({ "id": ghent }))),
        (
            "Ghent",
            form(
                "deactivate_office",
                [("id", &ghent), ("version", ghent_version)],
            ),
        ),
        (
            "Ghent",
            form(
                "delete_office",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("confirmation", "Ghent"),
                ],
            ),
        ),
        (
            "Ghent",
            form(
                "revise_office",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("name", "Gent"),
                    ("active", "true"),
                ],
            ),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                            ada     max    noor     sam     lee  nobody
    list_offices                            200     200     200     403     403     401
    get_office         Ghent                200     200     403     403     404     401
    create_office      a new one            200     403     403     403     403     401
    office_choices                          200     403     403     403     403     401
    get_office_times   Ghent                200     200     403     403     404     401
    save_office_times  Ghent on Mondays     200     200     403     403     404     401
    leave_office       Ghent                200     403     403     403     404     401
    deactivate_office  Ghent                200     200     403     403     404     401
    delete_office      Ghent                409     403     403     403     404     401
    revise_office      Ghent                200     200     403     403     404     401
    ");
}

// O-01: an office is deleted with everybody's roles in it, each of which the audit trail tells.
#[tokio::test]
async fn whoever_works_in_an_office_is_taken_out_with_it() {
    let app = TestApp::new().await;
    let (sam, antwerp) = (app.id("sam").await, app.office("Antwerp").await);
    let version = app.office_version(&antwerp).await;
    let form = |typed: &str| {
        [
            ("id", antwerp.clone()),
            ("version", version.clone()),
            ("confirmation", typed.to_owned()),
        ]
    };
    let awaited = app.call("ada", "delete_office", &form("antwerp")).await;
    assert_eq!(awaited.status.as_u16(), 409, "there are appointments ahead");
    app.sql("UPDATE appointment SET state = 4").await;
    let wrong = app.call("ada", "delete_office", &form("Ghent")).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let answer = app.call("ada", "delete_office", &form("antwerp")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let page = app.page("ada", &format!("/offices/{antwerp}")).await;
    assert_eq!(page.status.as_u16(), 404);
    let seen = app
        .ask("ada", "get_employee", json!({ "id": sam }))
        .await
        .json();
    assert_eq!(seen["places"].as_array().unwrap().len(), 1);
    let trail = json!({ "employee": sam, "before": null });
    let trail = app.ask("ada", "audit_trail", trail).await.json();
    assert_eq!(trail["lines"][0]["event"], json!("employee.assigned"));
}
