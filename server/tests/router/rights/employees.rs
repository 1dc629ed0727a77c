//! Employees: found, added, changed, assigned, suspended and deleted.

use super::{Call, UNKNOWN, form, table};
use crate::cast::{TestApp, query};
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ada = app.id("ada").await;
    let max = app.id("max").await;
    let sam = app.id("sam").await;
    let balint = app.id("balint.szabo").await;
    let ghent = app.office("Ghent").await;
    let antwerp = app.office("Antwerp").await;
    let sam_version = &*app.version(&sam).await;
    let max_version = &*app.version(&max).await;
    let ada_version = &*app.version(&ada).await;
    let sam_is = |office: &str, role: &str| format!("{office}:{role}");
    vec![
        (
            "everybody",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": null }),
            ),
        ),
        (
            "Ghent",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": ghent }),
            ),
        ),
        (
            "Antwerp",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": antwerp }),
            ),
        ),
        ("Sam", Call::Json("get_employee", json!({ "id": sam }))),
        ("Ada", Call::Json("get_employee", json!({ "id": ada }))),
        (
            "nobody there is",
            Call::Json("get_employee", json!({ "id": UNKNOWN })),
        ),
        (
            "a new one",
            form("create_employee", [("email", "new@demo.example")]),
        ),
        (
            "Sam's function",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("function", "Adviser"),
                ],
            ),
        ),
        (
            "Max's function",
            form(
                "save_employee",
                [
                    ("id", &max),
                    ("version", max_version),
                    ("function", "Chief"),
                ],
            ),
        ),
        (
            "Ada's function",
            form(
                "save_employee",
                [("id", &ada), ("version", ada_version), ("function", "Boss")],
            ),
        ),
        (
            "Sam's name",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("last_name", "Smith"),
                ],
            ),
        ),
        (
            "Sam's External ID",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("external_id", "S-1"),
                ],
            ),
        ),
        (
            "Sam's email",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("email", "s@demo.example"),
                ],
            ),
        ),
        (
            "Sam an Administrator",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("shown[0]", "administrator"),
                    ("roles[0]", "administrator"),
                ],
            ),
        ),
        (
            "Max an Administrator",
            form(
                "save_employee",
                [
                    ("id", &max),
                    ("version", max_version),
                    ("shown[0]", "administrator"),
                    ("roles[0]", "administrator"),
                ],
            ),
        ),
        (
            "Sam suspended by the form",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("shown[0]", "active"),
                ],
            ),
        ),
        (
            "Sam, of two offices",
            form("suspend_employee", [("id", &sam), ("version", sam_version)]),
        ),
        (
            "Max, of Ghent alone",
            form("suspend_employee", [("id", &max), ("version", max_version)]),
        ),
        (
            "Ada, the last",
            form("suspend_employee", [("id", &ada), ("version", ada_version)]),
        ),
        (
            "Sam",
            form(
                "delete_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("confirmation", "sam@demo.example"),
                ],
            ),
        ),
        (
            "Sam manager of Ghent",
            form(
                "assign_offices",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("offices[0]", &ghent),
                    ("held[0]", &sam_is(&ghent, "office_manager")),
                ],
            ),
        ),
        (
            "Sam out of Antwerp",
            form(
                "assign_offices",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("offices[0]", &antwerp),
                ],
            ),
        ),
        ("", Call::Json("assignable_offices", json!({}))),
        ("Bálint", form("invite", [("id", &balint)])),
        ("Bálint", form("copy_invitation", [("id", &balint)])),
        ("Bálint", form("revoke_invitation", [("id", &balint)])),
        ("a name's part", Call::Json("find", json!({ "text": "sa" }))),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                      ada     max    noor     sam     lee  nobody
    list_employees      everybody                     200     403     403     403     403     401
    list_employees      Ghent                         200     200     403     403     404     401
    list_employees      Antwerp                       200     404     200     403     404     401
    get_employee        Sam                           200     200     200     200     404     401
    get_employee        Ada                           200     404     404     404     404     401
    get_employee        nobody there is               404     404     404     404     404     401
    create_employee     a new one                     200     403     403     403     403     401
    save_employee       Sam's function                200     200     200     200     404     401
    save_employee       Max's function                200     200     404     404     404     401
    save_employee       Ada's function                200     404     404     404     404     401
    save_employee       Sam's name                    200     403     403     200     404     401
    save_employee       Sam's External ID             200     403     403     403     404     401
    save_employee       Sam's email                   200     403     403     200     404     401
    save_employee       Sam an Administrator          200     403     403     403     404     401
    save_employee       Max an Administrator          200     403     404     404     404     401
    save_employee       Sam suspended by the form     200     403     403     403     404     401
    suspend_employee    Sam, of two offices           200     403     403     403     404     401
    suspend_employee    Max, of Ghent alone           200     200     404     404     404     401
    suspend_employee    Ada, the last                 409     404     404     404     404     401
    delete_employee     Sam                           200     403     403     403     404     401
    assign_offices      Sam manager of Ghent          200     200     403     403     404     401
    assign_offices      Sam out of Antwerp            200     403     200     403     404     401
    assignable_offices                                200     200     200     200     200     401
    invite              Bálint                        200     403     404     404     404     401
    copy_invitation     Bálint                        200     403     404     404     404     401
    revoke_invitation   Bálint                        200     403     404     404     404     401
    find                a name's part                 200     200     200     200     200     401
    ");
}

// E-19: a manager sees of a person in two offices only what concerns their own.
#[tokio::test]
async fn a_manager_sees_of_a_person_only_what_concerns_their_offices() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let seen = app
        .ask("max", "get_employee", json!({ "id": sam }))
        .await
        .json();
    let places: Vec<&str> = seen["places"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|place| place[1].as_str())
        .collect();
    assert_eq!(places, ["Ghent"]);
    let text = seen.to_string();
    assert!(!text.contains(&app.office("Antwerp").await), "{text}");
    let row = app.ask(
        "max",
        "list_employees",
        json!({ "query": query("sam@"), "team": app.office("Ghent").await }),
    );
    assert_eq!(
        row.await.json()["page"]["rows"][0]["offices"],
        json!(["Ghent"])
    );
}

// Fields that nobody declared are never stored.
#[tokio::test]
async fn what_a_form_has_no_field_for_is_not_stored() {
    let app = TestApp::new().await;
    let form = [
        ("email", "extra@demo.example".to_owned()),
        ("status", "active".to_owned()),
        (
            "organisation",
            "019a0000-0000-7000-8000-000000000000".to_owned(),
        ),
        ("administrator", "true".to_owned()),
        ("version", "7".to_owned()),
    ];
    assert_eq!(
        app.call("ada", "create_employee", &form)
            .await
            .status
            .as_u16(),
        200
    );
    let id = app.id("extra").await;
    let record = app
        .ask("ada", "get_employee", json!({ "id": id }))
        .await
        .json()["record"]
        .clone();
    assert_eq!(
        (&record["status"], &record["administrator"]),
        (&json!("pending"), &json!(false))
    );
    assert_eq!(record["version"], json!(1));
}
