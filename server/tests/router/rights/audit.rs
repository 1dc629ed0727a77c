//! The audit trail, of which everybody reads what concerns them.

use super::{Call, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let sam = app.id("sam").await;
    vec![
        (
            "Sam",
            Call::Json("audit_trail", json!({ "employee": sam, "before": null })),
        ),
        (
            "everybody's",
            Call::Json(
                "search_audit",
                json!({ "filter": { "person": "", "event": null, "from": "", "until": "", "before": null } }),
            ),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                  ada     max    noor     sam     lee  nobody
    audit_trail   Sam             200     200     200     200     200     401
    search_audit  everybody's     200     200     200     200     200     401
    ");
}
