//! One's own account, which everybody has.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(_app: &TestApp) -> Vec<(&'static str, Call)> {
    vec![
        ("", Call::Json("get_account", json!({}))),
        ("", form("who_am_i", [])),
        ("", form("prefer", [("language", "de"), ("time_zone", "")])),
        (
            "one's own",
            form("change_email", [("email", "other@demo.example")]),
        ),
        (
            "with a wrong one",
            form(
                "change_password",
                [
                    ("password", "wrong"),
                    ("new_password", "correct horse battery staple"),
                ],
            ),
        ),
        ("", Call::Json("get_second_factor", json!({}))),
        ("", form("begin_authenticator", [])),
        (
            "that was not begun",
            form("add_authenticator", [("code", "123456")]),
        ),
        ("that is not there", form("remove_authenticator", [])),
        (
            "under an address",
            Call::Json("passkey_registration", json!({})),
        ),
        (
            "under an address",
            Call::Json("add_passkey", json!({ "answer": "{}", "name": "x" })),
        ),
        (
            "of nobody",
            form("rename_passkey", [("id", UNKNOWN), ("name", "x")]),
        ),
        ("of nobody", form("remove_passkey", [("id", UNKNOWN)])),
        ("without a factor", form("make_recovery_codes", [])),
        ("", form("forget_recovery_codes", [])),
        ("of nobody", form("end_session", [("id", UNKNOWN)])),
        ("", form("end_other_sessions", [])),
        ("", form("remove_picture", [])),
        (
            "an old version",
            form(
                "revise_account",
                [
                    ("version", "0"),
                    ("first_name", "A"),
                    ("last_name", "B"),
                    ("phone", ""),
                    ("function", ""),
                ],
            ),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                  ada     max    noor     sam     lee  nobody
    get_account                                   200     200     200     200     200     401
    who_am_i                                      200     200     200     200     200     401
    prefer                                        200     200     200     200     200     401
    change_email           one's own              200     200     200     200     200     401
    change_password        with a wrong one       422     422     422     422     422     401
    get_second_factor                             200     200     200     200     200     401
    begin_authenticator                           200     200     200     200     200     401
    add_authenticator      that was not begun     410     410     410     410     410     401
    remove_authenticator   that is not there      404     404     404     404     404     401
    passkey_registration   under an address       409     409     409     409     409     401
    add_passkey            under an address       409     409     409     409     409     401
    rename_passkey         of nobody              404     404     404     404     404     401
    remove_passkey         of nobody              404     404     404     404     404     401
    make_recovery_codes    without a factor       409     409     409     409     409     401
    forget_recovery_codes                         200     200     200     200     200     401
    end_session            of nobody              200     200     200     200     200     401
    end_other_sessions                            200     200     200     200     200     401
    remove_picture                                200     200     200     200     200     401
    revise_account         an old version         409     409     409     409     409     401
    ");
}
