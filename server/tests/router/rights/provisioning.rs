//! What PBXs are told, and whether it arrived (C-17).

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(_app: &TestApp) -> Vec<(&'static str, Call)> {
    vec![
        (
            "a PBX that there is not",
            Call::Json("get_provisioning", json!({ "id": UNKNOWN })),
        ),
        (
            "a PBX that there is not",
            form("rewrite_pbx", [("id", UNKNOWN)]),
        ),
    ]
}

// C-17, section 8: only Administrators see how PBXs stand, and have them written again.
#[tokio::test]
async fn rights() {
    insta::assert_snapshot!(table(calls).await);
}

// C-17: while the operator has not said where PBXs are told, changes wait and the page says so; writing
// again is a change like any other.
#[tokio::test]
async fn changes_wait_without_a_place() {
    let app = TestApp::new().await;
    let before = app.ask("ada", "list_pbxs", json!({})).await.json();
    let known: Vec<_> = before
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["pbx"]["id"].clone())
        .collect();
    let new = [
        ("name", "Provisioned".to_owned()),
        ("host", "pbx.example".to_owned()),
    ];
    let created = app.call("ada", "create_pbx", &new).await;
    assert_eq!(created.status.as_u16(), 200, "{}", created.body);
    let after = app.ask("ada", "list_pbxs", json!({})).await.json();
    let mut ids = after
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["pbx"]["id"].clone());
    let id = ids.find(|id| !known.contains(id)).unwrap();
    let stands = async || {
        app.ask("ada", "get_provisioning", json!({ "id": id }))
            .await
            .json()
    };
    let first = stands().await;
    assert!(first["comparison"].is_null());
    assert_eq!(first["unapplied"], json!(1));
    assert_eq!(first["changes"][0]["event"], json!("pbx.created"));
    assert!(first["changes"][0]["applied"].is_null());
    let path = format!("/contact-centre/pbxs/{}/provisioning", id.as_str().unwrap());
    let page = app.page("ada", &path).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("STAFFROOM_PBX_DIRECTORY"));
    assert_eq!(app.page("max", &path).await.status.as_u16(), 403);
    let rewrite = [("id", id.as_str().unwrap().to_owned())];
    let again = app.call("ada", "rewrite_pbx", &rewrite).await;
    assert_eq!(again.status.as_u16(), 200, "{}", again.body);
    let second = stands().await;
    assert_eq!(second["unapplied"], json!(2));
    assert_eq!(second["changes"][0]["event"], json!("pbx.rewritten"));
}
