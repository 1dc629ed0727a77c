//! Rights on the monitor.

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::{Value, json};

/// What the list is asked.
fn asked() -> Value {
    json!({ "of": null, "state": null, "search": "", "size": null, "place": "Start" })
}

/// The rows of the monitor: Administrators watch everybody, Lee the members of the queues that are
/// assigned to her and enabled, of whom Sam is one. Max and Noor are no contact-centre users.
pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let (lee, sam, max) = (
        &*app.id("lee").await,
        &*app.id("sam").await,
        &*app.id("max").await,
    );
    let get = |id: &str| Call::Json("get_watched", json!({ "id": id }));
    let set = |id, state| form("set_member_state", [("id", id), ("state", state)]);
    vec![
        (
            "all",
            Call::Json("list_watched", json!({ "query": asked() })),
        ),
        ("Sam", get(sam)),
        ("Max, who is none", get(max)),
        ("nobody there is", get(UNKNOWN)),
        ("of Sam", set(sam, "on_break")),
        ("of Sam, to no state", set(sam, "asleep")),
        ("of Lee", set(lee, "on_break")),
        ("of Max, who is none", set(max, "on_break")),
        ("of nobody there is", set(UNKNOWN, "on_break")),
    ]
}

// C-14, section 8
#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                              ada     max    noor     sam     lee  nobody
    list_watched      all                     200     403     403     403     200     401
    get_watched       Sam                     200     403     403     403     200     401
    get_watched       Max, who is none        404     403     403     403     404     401
    get_watched       nobody there is         404     403     403     403     404     401
    set_member_state  of Sam                  200     403     403     403     200     401
    set_member_state  of Sam, to no state     422     403     403     403     422     401
    set_member_state  of Lee                  200     403     403     403     200     401
    set_member_state  of Max, who is none     404     403     403     403     404     401
    set_member_state  of nobody there is      404     403     403     403     404     401
    ");
}

// C-14: what a supervisor is shown ends with what is assigned to them, on the very next request; names
// of queues that they do not watch are nowhere in it.
#[tokio::test]
async fn what_is_shown_is_what_is_assigned_and_enabled() {
    let app = TestApp::new().await;
    let (lee, sam) = (&*app.id("lee").await, &*app.id("sam").await);
    let listed = async || {
        app.ask("lee", "list_watched", json!({ "query": asked() }))
            .await
    };
    assert!(listed().await.body.contains("Sam Okonkwo"));
    let queues = app
        .ask("ada", "get_contact_user", json!({ "id": lee }))
        .await
        .json();
    let queues = queues["queues"].as_array().unwrap();
    let loans = queues
        .iter()
        .find(|queue| queue["name"] == "Loans")
        .unwrap();
    let loans = loans["id"].as_str().unwrap();
    let supervise = async |enabled: bool| {
        let version = crate::contact_users::version(&app, lee).await;
        let mut wish = vec![
            ("id", lee.to_owned()),
            ("version", version),
            ("supervisor", "true".to_owned()),
            ("queues[]", loans.to_owned()),
        ];
        wish.extend(enabled.then(|| ("queues_enabled[]", loans.to_owned())));
        let saved = app.call("ada", "save_supervision", &wish).await;
        assert_eq!(saved.status.as_u16(), 200, "{}", saved.body);
    };
    supervise(true).await;
    let one = app
        .ask("lee", "list_watched", json!({ "query": asked() }))
        .await
        .json();
    assert_eq!(one["watchable"]["queues"].as_array().unwrap().len(), 1);
    for row in one["rows"].as_array().unwrap() {
        for queue in row["watched"]["queues"].as_array().unwrap() {
            assert_eq!(queue[0], "Loans");
        }
        assert!(row["watched"]["group"].is_null());
    }
    let get = async || app.ask("lee", "get_watched", json!({ "id": sam })).await;
    assert_eq!(get().await.status.as_u16(), 200);
    supervise(false).await;
    let none = listed().await.json();
    assert!(none["rows"].as_array().unwrap().is_empty());
    assert_eq!(get().await.status.as_u16(), 404);
    let set = [("id", sam.to_owned()), ("state", "on_break".to_owned())];
    let refused = app.call("lee", "set_member_state", &set).await;
    assert_eq!(refused.status.as_u16(), 404);
}
