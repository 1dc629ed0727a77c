//! Settings of the organisation and of its booking page.

use super::{Call, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(_app: &TestApp) -> Vec<(&'static str, Call)> {
    vec![
        ("", Call::Json("get_settings", json!({}))),
        (
            "",
            form(
                "change_settings",
                [
                    ("version", "1"),
                    ("name", "Bank"),
                    ("time_zone", "Europe/Brussels"),
                    ("country", "BE"),
                    ("language", "en"),
                    ("invitation_hours", "24"),
                ],
            ),
        ),
        (
            "the settings",
            Call::Json("get_booking_settings", json!({})),
        ),
        (
            "other settings",
            form(
                "change_booking_settings",
                [
                    ("version", "1"),
                    ("enabled", "true"),
                    ("welcome", "Hello"),
                    ("accent", ""),
                    ("frames", ""),
                    ("consent_text", ""),
                    ("retention_days", ""),
                    ("reminder_hours", "24"),
                    ("words_booked", ""),
                    ("words_reminder", ""),
                    ("words_cancelled", ""),
                ],
            ),
        ),
        ("the logo", form("remove_logo", [])),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                ada     max    noor     sam     lee  nobody
    get_settings                                200     403     403     403     403     401
    change_settings                             200     403     403     403     403     401
    get_booking_settings     the settings       200     403     403     403     403     401
    change_booking_settings  other settings     200     403     403     403     403     401
    remove_logo              the logo           200     403     403     403     403     401
    ");
}
