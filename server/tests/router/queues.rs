//! Queues and groups, called past the pages.

use super::cast::{Answer, TestApp};
use serde_json::json;

/// A contact centre of its own beside what the demo has: a PBX, a tenant, a default group, and Sam and
/// Lee as users; Sam is an Engage user.
async fn set_up(app: &TestApp) -> (String, String, String) {
    let (sam, lee) = (app.id("sam").await, app.id("lee").await);
    let us = "(SELECT id FROM organisation)";
    let at = "'2026-01-01T00:00:00.000000Z'";
    let literal = |id: &str| format!("x'{}'", id.replace('-', ""));
    let (pbx, tenant, group) = (
        "019a0000-0000-7000-8000-0000000000aa",
        literal("019a0000-0000-7000-8000-0000000000ab"),
        literal("019a0000-0000-7000-8000-0000000000ac"),
    );
    let on = literal(pbx);
    app.sql(&format!(
        "INSERT INTO pbx (organisation, id, version, name, name_folded, host, created_at)
         VALUES ({us}, {on}, 1, 'Test PBX', 'test pbx', 'pbx.example', {at})"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO tenant (organisation, id, version, pbx, name, name_folded, is_default,
             shows_cli, created_at)
         VALUES ({us}, {tenant}, 1, {on}, 'Test tenant', 'test tenant', false, false, {at})"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO agent_group (organisation, id, version, name, name_folded, is_default,
             created_at)
         VALUES ({us}, {group}, 1, 'Test group', 'test group', false, {at})"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO agent_group (organisation, id, version, name, name_folded, is_default,
             created_at)
         SELECT {us}, x'019a000000007000800000000000000f', 1, 'Rest', 'rest', true, {at}
         WHERE NOT EXISTS (SELECT 1 FROM agent_group WHERE is_default)"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO license (organisation, code, version, kind, name, seats)
         VALUES ({us}, 'test_plan', 1, 3, 'Test', 9)"
    ))
    .await;
    for (who, engage) in [(&sam, true), (&lee, false)] {
        let plan = if engage { "'test_plan'" } else { "NULL" };
        let (who, formal) = (literal(who), !engage);
        app.sql(&format!("DELETE FROM contact_user WHERE employee = {who}"))
            .await;
        app.sql(&format!(
            "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department,
                 site, contact_center, engage, plan, call_waiting, shows_cli, agent_group,
                 supervisor, may_monitor, may_whisper, may_barge, state, state_at, created_at)
             VALUES ({us}, {who}, 1, {tenant}, {on}, '', '', {formal}, {engage}, {plan}, false,
                 false, {group}, false, false, false, false, 1, {at}, {at})"
        ))
        .await;
    }
    (pbx.to_owned(), sam, lee)
}

async fn create(app: &TestApp, name: &str, pbx: &str, ending: &str, seconds: &str) -> String {
    let form = [
        ("name", name),
        ("pbx", pbx),
        ("direction", "inbound"),
        ("ending", ending),
        ("post_processing", seconds),
        ("strategy", "in_turn"),
        ("ring_seconds", "20"),
    ];
    let form = form.map(|(name, value)| (name, value.to_owned()));
    let answer = app.call("ada", "create_queue", &form).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let path: String = serde_json::from_str(&answer.body).unwrap();
    let id = path.rsplit('/').next().unwrap();
    id.split('?').next().unwrap().to_owned()
}

async fn revise(app: &TestApp, id: &str, ending: &str, seconds: &str) -> Answer {
    let now = app.ask("ada", "get_queue", json!({ "id": id })).await;
    let now = &now.json()[0]["queue"];
    let form = [
        ("id", id.to_owned()),
        ("version", now["version"].to_string()),
        ("name", "Test queue".to_owned()),
        ("direction", "inbound".to_owned()),
        ("ending", ending.to_owned()),
        ("post_processing", seconds.to_owned()),
        ("strategy", "in_turn".to_owned()),
        ("ring_seconds", "20".to_owned()),
    ];
    app.call("ada", "revise_queue", &form).await
}

// C-09, case 15: 422 with the reason beside the field, from the queue's side; what may be is taken.
#[tokio::test]
async fn bad_timeouts_are_refused_with_the_reason() {
    let app = TestApp::new().await;
    let (pbx, sam, _) = set_up(&app).await;
    let queue = create(&app, "Test queue", &pbx, "seconds", "30").await;
    let put = [
        ("id", queue.clone()),
        ("lines[0][user]", sam.clone()),
        ("lines[0][was]", String::new()),
        ("lines[0][assigned]", "true".to_owned()),
        ("lines[0][priority]", "5".to_owned()),
    ];
    let answer = app.call("ada", "save_queue_members", &put).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    for (ending, seconds) in [
        ("manual", ""),
        ("seconds", "7"),
        ("seconds", "61"),
        ("seconds", "65"),
        ("seconds", "-5"),
        ("seconds", "2.5"),
        ("seconds", ""),
        ("", "manual"),
    ] {
        let answer = revise(&app, &queue, ending, seconds).await;
        assert_eq!(answer.status.as_u16(), 422, "{ending} {seconds}");
        assert!(answer.body.contains("post_processing"), "{}", answer.body);
    }
    for seconds in ["0", "5", "60"] {
        let answer = revise(&app, &queue, "seconds", seconds).await;
        assert_eq!(answer.status.as_u16(), 200, "{seconds}: {}", answer.body);
    }
    let page = app
        .page("ada", &format!("/contact-centre/queues/{queue}"))
        .await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("1 Engage user is assigned"));
}

// C-10, case 20, "Bulk": the matrix saves all of it or nothing, and tells who stands against it.
#[tokio::test]
async fn the_matrix_is_saved_as_a_whole() {
    let app = TestApp::new().await;
    let (pbx, sam, lee) = set_up(&app).await;
    let short = create(&app, "Test short", &pbx, "seconds", "30").await;
    let manual = create(&app, "Test manual", &pbx, "manual", "").await;
    let save = async |was: &str, assigned: &[&str], enabled: &[&str]| {
        let mut form = vec![
            ("users[0]".to_owned(), sam.clone()),
            ("users[1]".to_owned(), lee.clone()),
            ("queues[0]".to_owned(), short.clone()),
            ("queues[1]".to_owned(), manual.clone()),
            ("was".to_owned(), was.to_owned()),
        ];
        for (name, cells) in [("assigned", assigned), ("enabled", enabled)] {
            let cells = cells.iter().enumerate();
            form.extend(cells.map(|(at, cell)| (format!("{name}[{at}]"), (*cell).to_owned())));
        }
        let form: Vec<(&str, String)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        app.call("ada", "save_queue_matrix", &form).await
    };
    let members = async || {
        let count = "SELECT count(*) FROM queue_member m JOIN queue q ON q.id = m.queue
             WHERE q.name LIKE 'Test %'";
        app.number(count).await
    };
    let refused = save("", &["0.0", "0.1", "1.1"], &[]).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.body.contains("Test manual"), "{}", refused.body);
    assert_eq!(members().await, 0, "nothing is half-done");
    let refused = save("", &[], &["1.0"]).await;
    assert_eq!(refused.status.as_u16(), 422, "enabled without assigned");
    let saved = save("", &["0.0", "1.1"], &["1.1"]).await;
    assert_eq!(saved.status.as_u16(), 200, "{}", saved.body);
    assert_eq!(members().await, 2);
    let saved = save("0.0 1.1e", &["1.1"], &["1.1"]).await;
    assert_eq!(saved.status.as_u16(), 200, "{}", saved.body);
    assert_eq!(members().await, 1);
    let asked = json!({ "asked": { "users": "", "after": "", "queues": "test", "page": 0 } });
    let part = app.ask("ada", "get_queue_matrix", asked).await.json();
    assert_eq!(part["columns"], 2);
    assert_eq!(
        part["was"].as_str().map(|was| was.split(' ').count()),
        Some(1)
    );
    let page = app
        .page("ada", "/contact-centre/queues/matrix?queue=test")
        .await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(
        page.body.contains("Enable Lee"),
        "the boxes say what they do"
    );
}

// C-11, C-13: every page of the set-up shows itself to Administrators, and to nobody else.
#[tokio::test]
async fn pages_of_queues_and_groups() {
    let app = TestApp::new().await;
    let (pbx, _, lee) = set_up(&app).await;
    let group = [
        ("kind", "ring".to_owned()),
        ("name", "Test desk".to_owned()),
        ("pbx", pbx),
        ("ring_seconds", "20".to_owned()),
    ];
    let answer = app.call("ada", "create_call_group", &group).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let page: String = serde_json::from_str(&answer.body).unwrap();
    let page = page.split('?').next().unwrap();
    let id = page.rsplit('/').next().unwrap().to_owned();
    let put = [("kind", "ring".to_owned()), ("id", id), ("members[0]", lee)];
    let answer = app.call("ada", "save_call_members", &put).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    for path in [
        page,
        "/contact-centre/queues",
        "/contact-centre/queues/new",
        "/contact-centre/queues/matrix",
        "/contact-centre/agent-groups",
        "/contact-centre/agent-groups/new",
        "/contact-centre/agent-groups/019a0000-0000-7000-8000-0000000000ac",
        "/contact-centre/ring-groups",
        "/contact-centre/ring-groups/new",
        "/contact-centre/pickup-groups",
        "/contact-centre/pickup-groups/new",
        "/audit",
    ] {
        let seen = app.page("ada", path).await;
        assert_eq!(seen.status.as_u16(), 200, "{path}");
        if path != "/audit" {
            assert_eq!(app.page("max", path).await.status.as_u16(), 403, "{path}");
        }
    }
}
