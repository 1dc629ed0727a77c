//! Appointments, what is offered, and what waits for somebody.

use super::{Call, UNKNOWN, form, table};
use crate::appointments::{plan, which};
use crate::cast::TestApp;
use serde_json::{Value, json};

fn about(function: &'static str, row: &Value, more: &[(&'static str, &str)]) -> Call {
    let more = more
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Call::Form(function, which(row).into_iter().chain(more).collect())
}

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let sam = app.id("sam").await;
    let ghent = app.office("Ghent").await;
    let antwerp = app.office("Antwerp").await;
    let rows = plan(app, &ghent, Some("confirmed")).await;
    let there = rows.last().expect("an appointment ahead in Ghent");
    let elsewhere = plan(app, &antwerp, Some("confirmed")).await;
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
                ("agent", &*sam),
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
        ("of Ghent", Call::Json("list_appointments", address(&ghent))),
        (
            "of Antwerp",
            Call::Json("list_appointments", address(&antwerp)),
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
        ("in Ghent", Call::Json("free_times", times(&ghent))),
        ("in Antwerp", Call::Json("free_times", times(&antwerp))),
        ("with Sam at night, in Ghent", book(&ghent, "false")),
        (
            "with Sam at night, in Ghent, against the rules",
            book(&ghent, "true"),
        ),
        (
            "with Sam at night, in Antwerp, against the rules",
            book(&antwerp, "true"),
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
        ("", Call::Json("needs_attention", json!({}))),
        (
            "the first office",
            Call::Json("list_offered", json!({ "office": null })),
        ),
        (
            "Ghent",
            Call::Json("list_offered", json!({ "office": ghent })),
        ),
        (
            "Antwerp",
            Call::Json("list_offered", json!({ "office": antwerp })),
        ),
        (
            "no office there is",
            Call::Json("list_offered", json!({ "office": UNKNOWN })),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                                              ada     max    noor     sam     lee  nobody
    list_appointments    of Ghent                                             200     200     200     200     403     401
    list_appointments    of Antwerp                                           200     200     200     200     403     401
    get_appointment      in Ghent                                             200     200     200     200     404     401
    get_appointment      in Antwerp                                           200     404     200     200     404     401
    booking_choices      in Ghent                                             200     200     200     200     403     401
    booking_choices      in Antwerp                                           200     404     200     200     403     401
    free_times           in Ghent                                             200     200     200     200     404     401
    free_times           in Antwerp                                           200     404     200     200     404     401
    book_appointment     with Sam at night, in Ghent                          422     422     422     422     404     401
    book_appointment     with Sam at night, in Ghent, against the rules       200     200     422     422     404     401
    book_appointment     with Sam at night, in Antwerp, against the rules     200     404     200     422     404     401
    note_appointment     in Ghent                                             200     200     200     200     404     401
    note_appointment     in Antwerp                                           200     404     200     200     404     401
    confirm_appointment  confirmed already, in Ghent                          409     409     409     409     404     401
    move_appointment     in Ghent, to a night                                 422     422     422     422     404     401
    cancel_appointment   in Ghent                                             200     200     200     200     404     401
    cancel_appointment   in Antwerp                                           200     404     200     200     404     401
    get_leaving          of Sam                                               200     200     200     200     404     401
    count_ahead          of Sam                                               200     403     403     403     403     401
    hand_over            of Sam, in Ghent                                     200     200     200     200     404     401
    needs_attention                                                           200     200     200     200     403     401
    list_offered         the first office                                     200     200     200     200     403     401
    list_offered         Ghent                                                200     200     200     200     403     401
    list_offered         Antwerp                                              200     404     200     200     403     401
    list_offered         no office there is                                   404     404     404     404     403     401
    ");
}
