//! Scripts, channels, and who would be offered a call (C-15, C-19).

use super::{Call, UNKNOWN, form, table};
use crate::cast::TestApp;
use serde_json::{Value, json};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn question(queue: Option<&str>) -> Value {
    json!({ "question": { "queue": queue, "moment": "idle", "arriving": "queue_call" } })
}

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let scripts = app.ask("ada", "list_scripts", json!({})).await.json();
    let channels = app.ask("ada", "list_channels", json!({})).await.json();
    let queues = app.ask("ada", "ask_offer", question(None)).await.json();
    let script = &*text(&scripts[0]["id"]);
    let channel = &*text(&channels[0][0]["id"]);
    let number = &*text(&channels[0][0]["number"]);
    let queue = text(&queues["queues"][0][0]);
    let choices = app.ask("ada", "script_choices", json!({})).await.json();
    let pbx = &*text(&choices["pbxs"][0][0]);
    let mut calls = vec![
        ("", Call::Json("list_scripts", json!({}))),
        ("", Call::Json("script_choices", json!({}))),
        (
            "a script",
            Call::Json("get_script", json!({ "id": script })),
        ),
        (
            "of nobody",
            Call::Json("get_script", json!({ "id": UNKNOWN })),
        ),
        (
            "a new one",
            form(
                "create_script",
                [
                    ("name", "Night"),
                    ("pbx", pbx),
                    ("steps[0][kind]", "hang_up"),
                ],
            ),
        ),
        (
            "without a step",
            form("create_script", [("name", "Night"), ("pbx", pbx)]),
        ),
        (
            "a script",
            form(
                "revise_script",
                [
                    ("id", script),
                    ("version", "1"),
                    ("name", "Day"),
                    ("steps[0][kind]", "say"),
                    ("steps[0][text]", "Welcome."),
                ],
            ),
        ),
        (
            "that a channel runs",
            form("delete_script", [("id", script), ("version", "1")]),
        ),
        ("", Call::Json("list_channels", json!({}))),
        ("", Call::Json("channel_choices", json!({}))),
        (
            "a channel",
            Call::Json("get_channel", json!({ "id": channel })),
        ),
    ];
    calls.extend(channel_forms(script, (channel, number)));
    calls.extend([
        ("of nothing", Call::Json("ask_offer", question(None))),
        (
            "of a queue",
            Call::Json("ask_offer", question(Some(&queue))),
        ),
        (
            "of nobody",
            Call::Json("ask_offer", question(Some(UNKNOWN))),
        ),
    ]);
    calls
}

fn channel_forms(script: &str, (channel, number): (&str, &str)) -> Vec<(&'static str, Call)> {
    vec![
        (
            "a taken number",
            form(
                "create_channel",
                [("name", "Night"), ("number", number), ("script", script)],
            ),
        ),
        (
            "a channel",
            form(
                "revise_channel",
                [
                    ("id", channel),
                    ("version", "1"),
                    ("name", "Day"),
                    ("number", number),
                    ("script", script),
                ],
            ),
        ),
        (
            "a channel",
            form("delete_channel", [("id", channel), ("version", "1")]),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                             ada     max    noor     sam     lee  nobody
    list_scripts                             200     403     403     403     403     401
    script_choices                           200     403     403     403     403     401
    get_script       a script                200     403     403     403     403     401
    get_script       of nobody               404     403     403     403     403     401
    create_script    a new one               200     403     403     403     403     401
    create_script    without a step          422     403     403     403     403     401
    revise_script    a script                200     403     403     403     403     401
    delete_script    that a channel runs     409     403     403     403     403     401
    list_channels                            200     403     403     403     403     401
    channel_choices                          200     403     403     403     403     401
    get_channel      a channel               200     403     403     403     403     401
    create_channel   a taken number          422     403     403     403     403     401
    revise_channel   a channel               200     403     403     403     403     401
    delete_channel   a channel               200     403     403     403     403     401
    ask_offer        of nothing              200     200     200     200     200     401
    ask_offer        of a queue              200     404     404     200     200     401
    ask_offer        of nobody               404     404     404     404     404     401
    ");
}

// C-15, section 8: a supervisor asks about what is assigned to them and enabled, and sees nothing else;
// an agent asks about themselves.
#[tokio::test]
async fn a_supervisor_asks_about_nothing_else() {
    let app = TestApp::new().await;
    let all = app.ask("ada", "ask_offer", question(None)).await.json();
    let all = all["queues"].as_array().cloned().unwrap_or_default();
    assert!(all.len() > 1, "the demo has queues");
    let (own, other) = (text(&all[0][0]), text(&all[1][0]));
    let sam = app.id("sam").await;
    let id = |id: &str| format!("x'{}'", id.replace('-', ""));
    app.sql("DELETE FROM supervised_queue").await;
    app.sql("DELETE FROM supervised_group").await;
    app.sql("DELETE FROM queue_member WHERE employee IN (SELECT id FROM employee WHERE email = 'sam@demo.example')")
        .await;
    app.sql(
        "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department, site,
             contact_center, engage, plan, call_waiting, shows_cli, agent_group, supervisor,
             may_monitor, may_whisper, may_barge, state, state_at, created_at)
         SELECT e.organisation, e.id, 1, t.id, t.pbx, '', '', true, false, NULL, false, false, g.id,
             true, true, false, false, 1, e.created_at, e.created_at
         FROM employee e JOIN tenant t ON t.is_default JOIN agent_group g ON g.is_default
         WHERE e.email = 'sam@demo.example'
         ON CONFLICT (organisation, employee) DO UPDATE SET supervisor = true",
    )
    .await;
    for (queue, enabled) in [(&own, true), (&other, false)] {
        app.sql(&format!(
            "INSERT INTO supervised_queue (organisation, employee, queue, supervisor, enabled)
             SELECT organisation, employee, {}, true, {enabled} FROM contact_user
             WHERE employee = {}",
            id(queue),
            id(&sam)
        ))
        .await;
    }
    let asked = app.ask("sam", "ask_offer", question(Some(&own))).await;
    assert_eq!(asked.status.as_u16(), 200, "{}", asked.body);
    let queues = asked.json()["queues"].as_array().map(Vec::len);
    assert_eq!(queues, Some(1), "{}", asked.body);
    let refused = app.ask("sam", "ask_offer", question(Some(&other))).await;
    assert_eq!(refused.status.as_u16(), 404, "assigned, not enabled");
    let page = app
        .page(
            "sam",
            &format!("/contact-centre/offers?queue={own}&moment=on_break"),
        )
        .await;
    assert_eq!(page.status.as_u16(), 200);
    let hidden = text(&all[1][1]);
    assert!(!page.body.contains(&hidden), "{hidden} is none of theirs");
    // Also for an Engage user, as Sam is in the demo.
    app.sql("UPDATE queue SET post_processing = 30, suits_engage = true")
        .await;
    app.sql(&format!(
        "INSERT INTO queue_member (organisation, queue, employee, pbx, suits_engage, engage, enabled,
             priority)
         SELECT u.organisation, q.id, u.employee, u.pbx, q.suits_engage, u.engage, true, 1
         FROM contact_user u JOIN queue q ON q.id = {} WHERE u.employee = {}",
        id(&other),
        id(&sam)
    ))
    .await;
    let oneself = app.ask("sam", "ask_offer", question(Some(&other))).await;
    let oneself = oneself.json();
    assert_eq!(oneself["oneself"], json!(true));
    assert_eq!(oneself["answers"].as_array().map(Vec::len), Some(1));
}

// C-19: steps are arranged in the address, without WebAssembly, and what was typed stays.
#[tokio::test]
async fn a_step_is_added_without_webassembly() {
    let app = TestApp::new().await;
    let typed = "/contact-centre/scripts/new?name=Night&steps%5B0%5D%5Bkind%5D=say\
                 &steps%5B0%5D%5Btext%5D=Good+night&press=add_hang_up";
    let page = app.page("ada", typed).await;
    assert_eq!(page.status.as_u16(), 200);
    for shown in ["Good night", "steps[0][text]", "steps[1][kind]", "Night"] {
        assert!(page.body.contains(shown), "{shown}");
    }
}
