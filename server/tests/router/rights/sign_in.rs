//! Providers, what is asked of those who sign in, and how somebody else does.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::json;

/// A certificate of nobody, for 100 years.
const CERTIFICATE: &str = include_str!("../../../../saml/tests/fixtures/provider.crt");

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let sam = app.id("sam").await;
    let sam_version = &*app.version(&sam).await;
    vec![
        (
            "of nobody",
            Call::Json("get_provider", json!({ "id": UNKNOWN })),
        ),
        ("", Call::Json("get_sign_in_settings", json!({}))),
        (
            "by hand",
            form(
                "create_provider",
                [
                    ("protocol", "saml"),
                    ("name", "Acme"),
                    ("issuer", "https://idp.example"),
                    ("address", "https://idp.example/sso"),
                    ("certificates", CERTIFICATE),
                ],
            ),
        ),
        (
            "of nobody",
            form(
                "save_provider",
                [("id", UNKNOWN), ("version", "1"), ("name", "Acme")],
            ),
        ),
        (
            "of nobody",
            form("switch_provider", [("id", UNKNOWN), ("version", "1")]),
        ),
        (
            "of nobody",
            form("delete_provider", [("id", UNKNOWN), ("version", "1")]),
        ),
        (
            "nobody's",
            form(
                "change_policy",
                [("version", "1"), ("single_sign_on", "nobody")],
            ),
        ),
        ("", Call::Json("providers_to_choose", json!({}))),
        ("Sam", Call::Json("get_sign_in_of", json!({ "id": sam }))),
        (
            "Sam, by nobody",
            form(
                "turn_over",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("provider", UNKNOWN),
                ],
            ),
        ),
        (
            "Sam, who has a password",
            form("turn_back", [("id", &sam), ("version", sam_version)]),
        ),
        (
            "Sam",
            form(
                "exempt_employee",
                [("id", &sam), ("version", sam_version), ("exempt", "true")],
            ),
        ),
        (
            "Sam, who has none",
            form("reset_second_factor", [("id", &sam)]),
        ),
        ("Sam", form("end_sessions_of", [("id", &sam)])),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                      ada     max    noor     sam     lee  nobody
    get_provider          of nobody                   404     403     403     403     403     401
    get_sign_in_settings                              200     403     403     403     403     401
    create_provider       by hand                     200     403     403     403     403     401
    save_provider         of nobody                   404     403     403     403     403     401
    switch_provider       of nobody                   404     403     403     403     403     401
    delete_provider       of nobody                   404     403     403     403     403     401
    change_policy         nobody's                    200     403     403     403     403     401
    providers_to_choose                               200     403     403     403     403     401
    get_sign_in_of        Sam                         200     403     403     403     404     401
    turn_over             Sam, by nobody              422     403     403     403     404     401
    turn_back             Sam, who has a password     409     403     403     403     404     401
    exempt_employee       Sam                         200     403     403     403     404     401
    reset_second_factor   Sam, who has none           409     403     403     403     404     401
    end_sessions_of       Sam                         200     403     403     200     404     401
    ");
}
