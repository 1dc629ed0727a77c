//! What is kept of customers.

use super::{Call, UNKNOWN, form, table};
use crate::cast::{CAST, TestApp, post, send};
use serde_json::json;

pub(super) async fn calls(_app: &TestApp) -> Vec<(&'static str, Call)> {
    vec![
        (
            "of nobody",
            form("find_customer", [("customer", "carla@home.example")]),
        ),
        (
            "of nobody",
            Call::Json("get_customer", json!({ "of": UNKNOWN })),
        ),
        (
            "of nobody",
            form(
                "erase_customer",
                [("of", UNKNOWN), ("confirmation", "carla@home.example")],
            ),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                  ada     max    noor     sam     lee  nobody
    find_customer   of nobody     422     403     403     403     403     401
    get_customer    of nobody     200     403     403     403     403     401
    erase_customer  of nobody     404     403     403     403     403     401
    ");
}

// P-08: what is kept of a customer is handed out to Administrators alone, and never by a link.
#[tokio::test]
async fn a_customer_is_exported_by_administrators_alone() {
    let app = TestApp::new().await;
    let asked = [("of", UNKNOWN.to_owned())];
    let mut statuses = Vec::new();
    for who in CAST {
        let mut request = post("x", &asked, app.cookies.get(who));
        *request.uri_mut() = "/customers/export".parse().unwrap();
        let answer = send(&app.router, request).await;
        statuses.push((who, answer.status.as_u16()));
    }
    let expected = [
        ("ada", 404),
        ("max", 403),
        ("noor", 403),
        ("sam", 403),
        ("lee", 403),
        ("nobody", 303),
    ];
    assert_eq!(statuses, expected);
    let followed = app.page("ada", "/customers/export").await;
    assert_eq!(followed.status.as_u16(), 405);
}
