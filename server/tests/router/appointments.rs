//! What is booked, as the lists of staff have it, and the forms that are about it.

use super::cast::TestApp;
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
