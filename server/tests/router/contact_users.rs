//! Contact-centre users, called past the pages: the cases that must come out right.

use super::cast::{Answer, TestApp};
use serde_json::{Value, json};

/// What the list is asked.
pub(super) fn asked() -> Value {
    json!({ "search": "", "licenses": [], "status": [], "group": null, "queue": null,
        "supervisors": false, "size": null, "place": "Start" })
}

pub(super) async fn version(app: &TestApp, id: &str) -> String {
    let view = app.ask("ada", "get_contact_user", json!({ "id": id }));
    view.await.json()["user"]["version"].to_string()
}

/// A user made of Max with these inputs besides.
async fn create(app: &TestApp, inputs: &[(&str, &str)]) -> Answer {
    let max = app.id("max").await;
    let mut all = vec![
        ("employee", max),
        ("first_name", "Max".to_owned()),
        ("last_name", "De Smet".to_owned()),
    ];
    all.extend(
        inputs
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    app.call("ada", "create_contact_user", &all).await
}

// Case 16, 17, C-04: bad input gets the sentence beside the field, and 422.
#[tokio::test]
async fn what_a_user_cannot_have_is_refused_beside_the_field() {
    let app = TestApp::new().await;
    let cases = [
        ([("license", "engage"), ("plan", "")], "plan", "HalfPair"),
        (
            [("license", ""), ("plan", "engage_bundled")],
            "license",
            "HalfPair",
        ),
        (
            [("license", "contact_center"), ("plan", "engage_bundled")],
            "plan",
            "LicensesExclude",
        ),
        (
            [("work_extension", "112"), ("plan", "")],
            "work_extension",
            "LooksLikeEmergency",
        ),
        (
            [("work_extension", "12"), ("plan", "")],
            "work_extension",
            "NotAnExtension",
        ),
        (
            [("work_extension", "2000"), ("plan", "")],
            "work_extension",
            "Taken",
        ),
        (
            [("work_number", "09 210 44 59"), ("plan", "")],
            "work_number",
            "NotE164",
        ),
        (
            [("work_number", "+3292109999"), ("plan", "")],
            "work_number",
            "NotInInventory",
        ),
        (
            [("work_number", "+3292104400"), ("plan", "")],
            "work_number",
            "Taken",
        ),
    ];
    for (inputs, field, why) in cases {
        let answer = create(&app, &inputs).await;
        assert_eq!(answer.status.as_u16(), 422, "{inputs:?}: {}", answer.body);
        let problems = answer.json()["Refused"]["Invalid"].to_string();
        assert!(
            problems.contains(field) && problems.contains(why),
            "{inputs:?}: {problems}"
        );
    }
    let made = create(&app, &[("license", "engage"), ("plan", "engage_bundled")]).await;
    assert!(made.status.as_u16() < 400, "{}", made.body);
    let again = create(&app, &[]).await;
    assert_eq!(again.status.as_u16(), 422, "{}", again.body);
}

// E-20: whoever saves what they read before a colleague did is told what the colleague changed, and by
// whom; what was changed of the employee beside it does not count.
#[tokio::test]
async fn what_a_colleague_changed_meanwhile_is_told() {
    let app = TestApp::new().await;
    let lee = app.id("lee").await;
    let read = version(&app, &lee).await;
    let save = async |version: &str, department: &str| {
        let form = [
            ("id", lee.clone()),
            ("version", version.to_owned()),
            ("employee_version", app.version(&lee).await),
            ("first_name", "Lee".to_owned()),
            ("last_name", "Marchetti".to_owned()),
            ("department", department.to_owned()),
        ];
        app.call("ada", "save_contact_user", &form).await
    };
    let function = [
        ("id", lee.clone()),
        ("version", app.version(&lee).await),
        ("function", "Team lead".to_owned()),
    ];
    let saved = app.call("ada", "save_employee", &function).await;
    assert_eq!(saved.status.as_u16(), 200, "{}", saved.body);
    let first = save(&read, "Night desk").await;
    assert_eq!(first.status.as_u16(), 200, "{}", first.body);
    let second = save(&read, "Day desk").await;
    assert_eq!(second.status.as_u16(), 409);
    assert_eq!(
        second.json()["Missed"],
        json!([{
            "field": "department",
            "before": "Contact centre",
            "after": "Night desk",
            "by": "Ada Lindqvist",
        }])
    );
    let again = save(&version(&app, &lee).await, "Day desk").await;
    assert_eq!(again.status.as_u16(), 200, "{}", again.body);
}

// C-01, E-07: together with a new employee, who is Pending and invited; nothing is half-done.
#[tokio::test]
async fn a_user_comes_with_a_new_employee_or_not_at_all() {
    let app = TestApp::new().await;
    let new = |extension: &str| {
        [
            ("email", "vera@demo.example".to_owned()),
            ("first_name", "Vera".to_owned()),
            ("last_name", "Nowak".to_owned()),
            ("license", "contact_center".to_owned()),
            ("work_extension", extension.to_owned()),
            ("supervisor", "true".to_owned()),
        ]
    };
    let there = "SELECT count(*) FROM employee WHERE email = 'vera@demo.example'";
    let refused = app.call("ada", "create_contact_user", &new("911")).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
    assert_eq!(app.number(there).await, 0);
    let made = app.call("ada", "create_contact_user", &new("3456")).await;
    assert!(made.status.as_u16() < 400, "{}", made.body);
    assert_eq!(app.number(there).await, 1);
    let vera = app.id("vera").await;
    let seen = app
        .ask("ada", "get_contact_user", json!({ "id": vera }))
        .await
        .json();
    assert_eq!(seen["user"]["supervision"]["on"], json!(true));
    let seen = app
        .ask("ada", "get_employee", json!({ "id": vera }))
        .await
        .json();
    assert_eq!(seen["record"]["status"], json!("pending"));
    assert!(!seen["invitation"].is_null());
}

// Case 17, C-18: the pair stays while in queues, until the memberships go in the same step; a suspended
// user keeps seat and number until they are freed.
#[tokio::test]
async fn the_pair_goes_with_the_queues() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let members = "SELECT count(*) FROM queue_member";
    assert!(app.number(members).await > 0);
    let form = async |leave: bool| {
        let mut form = vec![
            ("id", sam.clone()),
            ("version", version(&app, &sam).await),
            ("employee_version", app.version(&sam).await),
            ("first_name", "Sam".to_owned()),
            ("last_name", "Okonkwo".to_owned()),
            ("license", String::new()),
            ("plan", String::new()),
        ];
        if leave {
            form.push(("leave_queues", "true".to_owned()));
        }
        app.call("ada", "save_contact_user", &form).await
    };
    let stays = form(false).await;
    assert_eq!(stays.status.as_u16(), 422, "{}", stays.body);
    assert!(stays.body.contains("StillInQueues"), "{}", stays.body);
    let left = form(true).await;
    assert_eq!(left.status.as_u16(), 200, "{}", left.body);
    let seen = app
        .ask("ada", "get_contact_user", json!({ "id": sam }))
        .await
        .json();
    let queues = seen["queues"].as_array().unwrap();
    assert!(queues.iter().all(|queue| queue["member"].is_null()));
    assert_eq!(seen["user"]["settings"]["license"], json!("none"));
}

// Section 8: one reads one's own settings on the tab, and has nothing to change there.
#[tokio::test]
async fn one_reads_ones_own_and_sets_ones_state() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    for part in [
        "",
        "/phone",
        "/queues",
        "/groups",
        "/supervisor",
        "/endpoints",
    ] {
        let path = format!("/employees/{sam}/contact-centre{part}");
        let page = app.page("sam", &path).await;
        assert_eq!(page.status.as_u16(), 200, "{part}");
        assert!(!page.body.contains("save_contact"), "{part}");
        let all = app
            .page("ada", &format!("/employees/{sam}/contact-centre{part}"))
            .await;
        assert_eq!(all.status.as_u16(), 200, "{part}");
    }
    let nothing = app
        .page("sam", &format!("/employees/{sam}/contact-centre/other"))
        .await;
    assert_eq!(nothing.status.as_u16(), 404);
    let set = [("id", sam.clone()), ("state", "on_break".to_owned())];
    let answer = app.call("sam", "set_contact_state", &set).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let seen = app
        .ask("sam", "get_contact_user", json!({ "id": sam }))
        .await
        .json();
    assert_eq!(seen["user"]["state"], json!("on_break"));
}

// C-01: the list finds and filters, and says what each has.
#[tokio::test]
async fn the_list_of_users_finds_and_filters() {
    let app = TestApp::new().await;
    let count = async |change: &dyn Fn(&mut Value)| {
        let mut query = asked();
        change(&mut query);
        let answer = app
            .ask("ada", "list_contact_users", json!({ "query": query }))
            .await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
        answer.json()["count"].as_i64().unwrap()
    };
    let everybody = count(&|_| ()).await;
    let engage = count(&|query| query["licenses"] = json!(["engage"])).await;
    let others = count(&|query| query["licenses"] = json!(["contact_center", "none"])).await;
    assert!(everybody > 1);
    assert_eq!(engage + others, everybody);
    assert_eq!(count(&|query| query["supervisors"] = json!(true)).await, 1);
    assert_eq!(
        count(&|query| query["search"] = json!("marchetti")).await,
        1
    );
    let page = app
        .page("ada", "/contact-centre/users?license=engage&q=okonkwo")
        .await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("Okonkwo"));
    for path in [
        "/contact-centre/users/new",
        "/contact-centre/users/new?q=max",
    ] {
        assert_eq!(app.page("ada", path).await.status.as_u16(), 200, "{path}");
        assert_eq!(app.page("sam", path).await.status.as_u16(), 403, "{path}");
    }
}
