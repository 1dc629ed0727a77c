//! Linked calendars and feeds.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ada = app.id("ada").await;
    let sam = app.id("sam").await;
    let linked = app
        .ask("sam", "get_calendars", json!({ "id": sam }))
        .await
        .json();
    let linked = &linked["links"][0];
    let link = linked["id"].as_str().unwrap_or_default();
    let calendar = linked["calendars"][0]["id"].as_str().unwrap_or_default();
    vec![
        ("Sam's", Call::Json("get_calendars", json!({ "id": sam }))),
        ("Ada's", Call::Json("get_calendars", json!({ "id": ada }))),
        (
            "Sam's, silent",
            form(
                "link_calendar",
                [
                    ("id", &sam),
                    ("calendar_address", "http://127.0.0.1:9/a.ics"),
                ],
            ),
        ),
        (
            "Sam's",
            form(
                "switch_calendar",
                [("id", &sam), ("calendar", calendar), ("copies", "true")],
            ),
        ),
        (
            "of nobody",
            form(
                "switch_calendar",
                [("id", &sam), ("calendar", UNKNOWN), ("copies", "true")],
            ),
        ),
        (
            "Sam's",
            form("sync_calendar", [("id", &sam), ("link", link)]),
        ),
        (
            "Sam's, no password",
            form(
                "renew_calendar",
                [("id", &sam), ("link", link), ("password", "")],
            ),
        ),
        (
            "Sam's",
            form("unlink_calendar", [("id", &sam), ("link", link)]),
        ),
        (
            "Sam's, under Ada",
            form("unlink_calendar", [("id", &ada), ("link", link)]),
        ),
        ("Sam's", form("make_feed", [("id", &sam)])),
        ("Sam's", form("end_feed", [("id", &sam)])),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                            ada     max    noor     sam     lee  nobody
    get_calendars    Sam's                  200     200     200     200     404     401
    get_calendars    Ada's                  200     404     404     404     404     401
    link_calendar    Sam's, silent          403     403     403     422     404     401
    switch_calendar  Sam's                  200     200     200     200     404     401
    switch_calendar  of nobody              404     404     404     404     404     401
    sync_calendar    Sam's                  200     200     200     200     404     401
    renew_calendar   Sam's, no password     403     403     403     422     404     401
    unlink_calendar  Sam's                  200     200     200     200     404     401
    unlink_calendar  Sam's, under Ada       404     404     404     404     404     401
    make_feed        Sam's                  403     403     403     200     404     401
    end_feed         Sam's                  200     200     200     200     404     401
    ");
}
