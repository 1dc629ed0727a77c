//! Appointments over the router: who may do what with whose, and what comes of it.

use super::cast::TestApp;
use super::rights::{Call, form};
use serde_json::{Value, json};

/// The plan of an office as an Administrator has it: every row.
pub(super) async fn plan(app: &TestApp, office: &str, state: Option<&str>) -> Vec<Value> {
    let address = json!({
        "view": "List", "date": "", "office": office, "whose": "Everybody",
        "subject": null, "state": state, "after": "",
    });
    let answer = app
        .ask("ada", "list_appointments", json!({ "address": address }))
        .await;
    let rows = answer.json()["rows"].as_array().cloned();
    rows.unwrap_or_else(|| panic!("no plan: {}", answer.body))
}

/// The fields of a form that is about an appointment.
pub(super) fn which(row: &Value) -> [(&'static str, String); 2] {
    [
        ("id", row["id"].as_str().unwrap().to_owned()),
        ("version", row["version"].to_string()),
    ]
}

fn about(function: &'static str, row: &Value, more: &[(&'static str, &str)]) -> Call {
    let more = more
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Call::Form(function, which(row).into_iter().chain(more).collect())
}

/// What everybody calls (see `rights.rs`): on appointments of Ghent, where Max manages and Noor is an
/// Agent beside Sam, and of the Online office.
pub(super) async fn calls(
    app: &TestApp,
    ghent: &str,
    antwerp: &str,
    sam: &str,
) -> Vec<(&'static str, Call)> {
    let rows = plan(app, ghent, Some("confirmed")).await;
    let there = rows.last().expect("an appointment ahead in Ghent");
    let elsewhere = plan(app, antwerp, Some("confirmed")).await;
    let elsewhere = elsewhere.last().expect("an appointment ahead in Antwerp");
    let (subject, _) = app.subject("Open an account").await;
    let address = |office: &str| {
        json!({ "address": {
            "view": "Week", "date": "", "office": office, "whose": "Everybody",
            "subject": null, "state": null, "after": "",
        } })
    };
    let times = |office: &str| {
        json!({ "wanted": {
            "office": office, "subject": subject, "agent": null, "from": "", "except": null,
        } })
    };
    let book = |office: &str, against: &str| {
        form(
            "book_appointment",
            [
                ("office", office),
                ("subject", &subject),
                ("agent", sam),
                ("day", "2030-01-01"),
                ("time", "03:00"),
                ("against", against),
                ("customer", "Carla Customer"),
                ("phone", "+32470000000"),
            ],
        )
    };
    let hand_over = |row: &Value| {
        let [(_, id), (_, version)] = which(row);
        Call::Form(
            "hand_over",
            vec![
                ("id", sam.to_owned()),
                ("appointments[0]", id),
                ("versions[0]", version),
                ("choices[0]", "cancel".into()),
            ],
        )
    };
    vec![
        ("of Ghent", Call::Json("list_appointments", address(ghent))),
        (
            "of Antwerp",
            Call::Json("list_appointments", address(antwerp)),
        ),
        (
            "in Ghent",
            Call::Json("get_appointment", json!({ "id": there["id"] })),
        ),
        (
            "in Antwerp",
            Call::Json("get_appointment", json!({ "id": elsewhere["id"] })),
        ),
        (
            "in Ghent",
            Call::Json("booking_choices", json!({ "office": ghent })),
        ),
        (
            "in Antwerp",
            Call::Json("booking_choices", json!({ "office": antwerp })),
        ),
        ("in Ghent", Call::Json("free_times", times(ghent))),
        ("in Antwerp", Call::Json("free_times", times(antwerp))),
        ("with Sam at night, in Ghent", book(ghent, "false")),
        (
            "with Sam at night, in Ghent, against the rules",
            book(ghent, "true"),
        ),
        (
            "with Sam at night, in Antwerp, against the rules",
            book(antwerp, "true"),
        ),
        (
            "in Ghent",
            about("note_appointment", there, &[("note", "Called")]),
        ),
        (
            "in Antwerp",
            about("note_appointment", elsewhere, &[("note", "Called")]),
        ),
        (
            "confirmed already, in Ghent",
            about("confirm_appointment", there, &[]),
        ),
        (
            "in Ghent, to a night",
            about(
                "move_appointment",
                there,
                &[("day", "2030-01-01"), ("time", "03:00")],
            ),
        ),
        (
            "in Ghent",
            about("cancel_appointment", there, &[("reason", "Ill")]),
        ),
        ("in Antwerp", about("cancel_appointment", elsewhere, &[])),
        (
            "of Sam",
            Call::Json("get_leaving", json!({ "id": sam, "all": true })),
        ),
        ("of Sam", Call::Json("count_ahead", json!({ "id": sam }))),
        ("of Sam, in Ghent", hand_over(there)),
    ]
}
