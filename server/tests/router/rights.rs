//! Who may call which server function on whom: every one, called directly by everybody.

use super::cast::{Answer, CAST, TestApp, post, query, send};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A certificate of nobody, for 100 years.
const CERTIFICATE: &str = include_str!("../../../saml/tests/fixtures/provider.crt");

/// A call that every member of the cast makes on fresh data.
pub(super) enum Call {
    Form(&'static str, Vec<(&'static str, String)>),
    Json(&'static str, Value),
}

impl Call {
    fn function(&self) -> &'static str {
        match self {
            Self::Form(function, _) | Self::Json(function, _) => function,
        }
    }

    async fn by(&self, app: &TestApp, who: &str) -> Answer {
        match self {
            Self::Form(function, form) => app.call(who, function, form).await,
            Self::Json(function, arguments) => app.ask(who, function, arguments.clone()).await,
        }
    }
}

pub(super) fn form<const N: usize>(
    function: &'static str,
    pairs: [(&'static str, &str); N],
) -> Call {
    Call::Form(
        function,
        pairs.map(|(name, value)| (name, value.to_owned())).into(),
    )
}

/// Every call, with what it is about. Sam works in Ghent and Antwerp, Max manages Ghent, Noor
/// manages Antwerp and is an Agent in Ghent, Lee holds no role, Ada is the Administrator.
async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let (ada, max, sam) = (
        app.id("ada").await,
        app.id("max").await,
        app.id("sam").await,
    );
    let balint = app.id("balint.szabo").await;
    let (ghent, antwerp) = (app.office("Ghent").await, app.office("Antwerp").await);
    let versions = (
        app.version(&sam).await,
        app.version(&max).await,
        app.version(&ada).await,
    );
    let (sam_version, max_version, ada_version) = (&*versions.0, &*versions.1, &*versions.2);
    let ghent_version = &*app.office_version(&ghent).await;
    let (mortgage, loans) = app.subject("Mortgage").await;
    let (car_loan, _) = app.subject("Car loan").await;
    let cell = |of: &str, subject: &str| format!("{of}:{subject}");
    let sam_is = |office: &str, role: &str| format!("{office}:{role}");
    let unknown = "019a0000-0000-7000-8000-000000000000";
    let hours = app
        .ask("ada", "get_hours", json!({ "id": sam, "template": null }))
        .await
        .json();
    let hours_version = hours["version"].to_string();
    let linked = app
        .ask("sam", "get_calendars", json!({ "id": sam }))
        .await
        .json();
    let linked = &linked["links"][0];
    let link = linked["id"].as_str().unwrap_or_default();
    let calendar = linked["calendars"][0]["id"].as_str().unwrap_or_default();
    let templates = hours["templates"][0]["id"].to_string();
    let applied = |everywhere: bool| {
        let all = hours["applied"].as_array().cloned().unwrap_or_default();
        let one = all.iter().find(|one| one["office"].is_null() == everywhere);
        one.map(|one| one["id"].to_string()).unwrap_or_default()
    };
    let absence = hours["absences"][0]["id"].as_str().unwrap_or_default();
    let morning = |office: &str| {
        let version = hours_version.as_str();
        form(
            "save_hours",
            [
                ("id", &*sam),
                ("version", version),
                ("blocks[0][day]", "6"),
                ("blocks[0][from]", "09:00"),
                ("blocks[0][until]", "12:00"),
                ("blocks[0][office]", office),
            ],
        )
    };
    let apply = |office: &str| {
        form(
            "apply_template",
            [
                ("id", &*sam),
                ("template", "0"),
                ("first_day", "2030-01-01"),
                ("last_day", "2030-01-02"),
                ("office", office),
            ],
        )
    };
    let mut all = super::appointments::calls(app, &ghent, &antwerp, &sam).await;
    all.extend(vec![
        (
            "everybody",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": null }),
            ),
        ),
        (
            "Ghent",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": ghent }),
            ),
        ),
        (
            "Antwerp",
            Call::Json(
                "list_employees",
                json!({ "query": query(""), "team": antwerp }),
            ),
        ),
        ("Sam", Call::Json("get_employee", json!({ "id": sam }))),
        ("Ada", Call::Json("get_employee", json!({ "id": ada }))),
        (
            "nobody there is",
            Call::Json("get_employee", json!({ "id": unknown })),
        ),
        (
            "a new one",
            form("create_employee", [("email", "new@demo.example")]),
        ),
        (
            "Sam's function",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("function", "Adviser"),
                ],
            ),
        ),
        (
            "Max's function",
            form(
                "save_employee",
                [
                    ("id", &max),
                    ("version", max_version),
                    ("function", "Chief"),
                ],
            ),
        ),
        (
            "Ada's function",
            form(
                "save_employee",
                [("id", &ada), ("version", ada_version), ("function", "Boss")],
            ),
        ),
        (
            "Sam's name",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("last_name", "Smith"),
                ],
            ),
        ),
        (
            "Sam's External ID",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("external_id", "S-1"),
                ],
            ),
        ),
        (
            "Sam's email",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("email", "s@demo.example"),
                ],
            ),
        ),
        (
            "Sam an Administrator",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("shown[0]", "administrator"),
                    ("roles[0]", "administrator"),
                ],
            ),
        ),
        (
            "Max an Administrator",
            form(
                "save_employee",
                [
                    ("id", &max),
                    ("version", max_version),
                    ("shown[0]", "administrator"),
                    ("roles[0]", "administrator"),
                ],
            ),
        ),
        (
            "Sam suspended by the form",
            form(
                "save_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("shown[0]", "active"),
                ],
            ),
        ),
        (
            "Sam, of two offices",
            form("suspend_employee", [("id", &sam), ("version", sam_version)]),
        ),
        (
            "Max, of Ghent alone",
            form("suspend_employee", [("id", &max), ("version", max_version)]),
        ),
        (
            "Ada, the last",
            form("suspend_employee", [("id", &ada), ("version", ada_version)]),
        ),
        (
            "Sam",
            form(
                "delete_employee",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("confirmation", "sam@demo.example"),
                ],
            ),
        ),
        (
            "Sam manager of Ghent",
            form(
                "assign_offices",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("offices[0]", &ghent),
                    ("held[0]", &sam_is(&ghent, "office_manager")),
                ],
            ),
        ),
        (
            "Sam out of Antwerp",
            form(
                "assign_offices",
                [
                    ("id", &sam),
                    ("version", sam_version),
                    ("offices[0]", &antwerp),
                ],
            ),
        ),
        ("", Call::Json("assignable_offices", json!({}))),
        ("Bálint", form("invite", [("id", &balint)])),
        ("Bálint", form("copy_invitation", [("id", &balint)])),
        ("Bálint", form("revoke_invitation", [("id", &balint)])),
        ("", Call::Json("list_offices", json!({}))),
        ("Ghent", Call::Json("get_office", json!({ "id": ghent }))),
        (
            "a new one",
            form("create_office", [("name", "Bruges"), ("active", "true")]),
        ),
        ("", Call::Json("office_choices", json!({}))),
        (
            "Ghent",
            Call::Json("get_office_times", json!({ "id": ghent })),
        ),
        (
            "Ghent on Mondays",
            form(
                "save_office_times",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("opening[0][weekday]", "1"),
                    ("opening[0][from]", "09:00"),
                    ("opening[0][until]", "17:00"),
                ],
            ),
        ),
        ("Ghent", Call::Json("leave_office", json!({ "id": ghent }))),
        (
            "Ghent",
            form(
                "deactivate_office",
                [("id", &ghent), ("version", ghent_version)],
            ),
        ),
        (
            "Ghent",
            form(
                "delete_office",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("confirmation", "Ghent"),
                ],
            ),
        ),
        (
            "Ghent",
            form(
                "revise_office",
                [
                    ("id", &ghent),
                    ("version", ghent_version),
                    ("name", "Gent"),
                    ("active", "true"),
                ],
            ),
        ),
        ("", Call::Json("list_subjects", json!({}))),
        ("", Call::Json("get_categories", json!({}))),
        (
            "Mortgage",
            Call::Json("get_subject", json!({ "id": mortgage })),
        ),
        (
            "a new one",
            form(
                "create_subject",
                [
                    ("title", "Insurance"),
                    ("category", &loans),
                    ("meetings[0]", "video"),
                    ("duration", "30"),
                    ("before", "0"),
                    ("after", "0"),
                    ("notice_least", "60"),
                    ("notice_most", "30"),
                    ("questions[0][text]", "Which kind?"),
                    ("questions[0][required]", "true"),
                ],
            ),
        ),
        (
            "Mortgage",
            form(
                "revise_subject",
                [
                    ("id", &mortgage),
                    ("version", "1"),
                    ("title", "Home loan"),
                    ("category", &loans),
                    ("meetings[0]", "video"),
                    ("duration", "30"),
                    ("before", "0"),
                    ("after", "0"),
                    ("notice_least", "60"),
                    ("notice_most", "30"),
                ],
            ),
        ),
        (
            "Mortgage",
            Call::Json("leave_subject", json!({ "id": mortgage })),
        ),
        (
            "Car loan",
            form(
                "delete_subject",
                [
                    ("id", &car_loan),
                    ("version", "1"),
                    ("confirmation", "Car loan"),
                ],
            ),
        ),
        (
            "a new one",
            form("create_category", [("title", "Insurance")]),
        ),
        ("Loans", Call::Json("get_category", json!({ "id": loans }))),
        (
            "Loans",
            form(
                "revise_category",
                [("id", &loans), ("version", "1"), ("title", "Credit")],
            ),
        ),
        (
            "Loans, which has subjects",
            form("delete_category", [("id", &loans), ("version", "1")]),
        ),
        (
            "of Ghent",
            Call::Json("get_office_subjects", json!({ "id": ghent })),
        ),
        (
            "of Antwerp",
            Call::Json("get_office_subjects", json!({ "id": antwerp })),
        ),
        (
            "Mortgage in Ghent",
            Call::Json(
                "get_office_subject",
                json!({ "id": ghent, "subject": mortgage }),
            ),
        ),
        (
            "Mortgage in Ghent",
            form(
                "narrow_subject",
                [
                    ("id", &ghent),
                    ("subject", &mortgage),
                    ("offered", "true"),
                    ("duration", "90"),
                ],
            ),
        ),
        (
            "Mortgage in Antwerp",
            form("narrow_subject", [("id", &antwerp), ("subject", &mortgage)]),
        ),
        (
            "of Ghent",
            Call::Json(
                "get_expertise",
                json!({ "id": ghent, "search": "", "after": "" }),
            ),
        ),
        (
            "of Antwerp",
            Call::Json(
                "get_expertise",
                json!({ "id": antwerp, "search": "", "after": "" }),
            ),
        ),
        (
            "Sam's in Ghent",
            form(
                "save_expertise",
                [("id", &ghent), ("had[0]", &cell(&sam, &mortgage))],
            ),
        ),
        (
            "Sam's in Antwerp",
            form(
                "save_expertise",
                [("id", &antwerp), ("had[0]", &cell(&sam, &mortgage))],
            ),
        ),
        (
            "Max's, who is no Agent",
            form(
                "save_expertise",
                [("id", &ghent), ("handles[0]", &cell(&max, &mortgage))],
            ),
        ),
        (
            "Sam's",
            Call::Json("get_expertise_of", json!({ "id": sam })),
        ),
        (
            "Ada's",
            Call::Json("get_expertise_of", json!({ "id": ada })),
        ),
        (
            "Sam's in Ghent",
            form(
                "save_expertise_of",
                [("id", &sam), ("had[0]", &cell(&ghent, &mortgage))],
            ),
        ),
        (
            "Sam's in Antwerp",
            form(
                "save_expertise_of",
                [("id", &sam), ("had[0]", &cell(&antwerp, &mortgage))],
            ),
        ),
        (
            "Sam's",
            Call::Json("get_hours", json!({ "id": sam, "template": null })),
        ),
        (
            "Ada's, who is no agent",
            Call::Json("get_hours", json!({ "id": ada, "template": null })),
        ),
        ("Sam's in Ghent", morning(&ghent)),
        ("Sam's in Antwerp", morning(&antwerp)),
        (
            "one for Sam",
            form(
                "add_template",
                [("id", &sam), ("template", "Autumn"), ("kind", "week")],
            ),
        ),
        (
            "Sam's, applied everywhere",
            form("remove_template", [("id", &sam), ("template", &templates)]),
        ),
        ("to Sam everywhere", apply("")),
        ("to Sam in Ghent", apply(&ghent)),
        (
            "Sam's, of everywhere",
            form(
                "withdraw_template",
                [("id", &sam), ("applied", &applied(true))],
            ),
        ),
        (
            "Sam's, of one office",
            form(
                "withdraw_template",
                [("id", &sam), ("applied", &applied(false))],
            ),
        ),
        (
            "of Sam",
            form(
                "enter_absence",
                [
                    ("id", &sam),
                    ("from", "2030-01-01"),
                    ("until", "2030-01-02"),
                    ("reason", "Holiday"),
                ],
            ),
        ),
        (
            "of Sam",
            form(
                "revise_absence",
                [
                    ("id", &sam),
                    ("absence", absence),
                    ("from", "2030-01-03"),
                    ("until", "2030-01-04"),
                    ("reason", "Holiday"),
                ],
            ),
        ),
        (
            "of Sam",
            form("remove_absence", [("id", &sam), ("absence", absence)]),
        ),
        (
            "of Sam, said to be Max's",
            form("remove_absence", [("id", &max), ("absence", absence)]),
        ),
        ("", Call::Json("get_settings", json!({}))),
        (
            "",
            form(
                "change_settings",
                [
                    ("version", "1"),
                    ("name", "Bank"),
                    ("time_zone", "Europe/Brussels"),
                    ("country", "BE"),
                    ("language", "en"),
                    ("invitation_hours", "24"),
                ],
            ),
        ),
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
        ("a name's part", Call::Json("find", json!({ "text": "sa" }))),
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
        (
            "of nobody",
            Call::Json("get_provider", json!({ "id": unknown })),
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
                [("id", unknown), ("version", "1"), ("name", "Acme")],
            ),
        ),
        (
            "of nobody",
            form("switch_provider", [("id", unknown), ("version", "1")]),
        ),
        (
            "of nobody",
            form("delete_provider", [("id", unknown), ("version", "1")]),
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
                    ("provider", unknown),
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
        ("Sam's", Call::Json("get_calendars", json!({ "id": sam }))),
        ("Ada's", Call::Json("get_calendars", json!({ "id": ada }))),
        (
            "Sam's, silent",
            form(
                "link_calendar",
                [
                    ("id", &sam),
                    ("calendar_address", "http://127.0.0.1:9/a.ics"),
                ],
            ),
        ),
        (
            "Sam's",
            form(
                "switch_calendar",
                [("id", &sam), ("calendar", calendar), ("copies", "true")],
            ),
        ),
        (
            "of nobody",
            form(
                "switch_calendar",
                [("id", &sam), ("calendar", unknown), ("copies", "true")],
            ),
        ),
        (
            "Sam's",
            form("sync_calendar", [("id", &sam), ("link", link)]),
        ),
        (
            "Sam's, no password",
            form(
                "renew_calendar",
                [("id", &sam), ("link", link), ("password", "")],
            ),
        ),
        (
            "Sam's",
            form("unlink_calendar", [("id", &sam), ("link", link)]),
        ),
        (
            "Sam's, under Ada",
            form("unlink_calendar", [("id", &ada), ("link", link)]),
        ),
        ("Sam's", form("make_feed", [("id", &sam)])),
        ("Sam's", form("end_feed", [("id", &sam)])),
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
            form("rename_passkey", [("id", unknown), ("name", "x")]),
        ),
        ("of nobody", form("remove_passkey", [("id", unknown)])),
        ("without a factor", form("make_recovery_codes", [])),
        ("", form("forget_recovery_codes", [])),
        ("of nobody", form("end_session", [("id", unknown)])),
        ("", form("end_other_sessions", [])),
        ("", form("remove_picture", [])),
        ("", Call::Json("needs_attention", json!({}))),
        (
            "of nobody",
            Call::Json("find_customer", json!({ "email": "carla@home.example" })),
        ),
        (
            "of nobody",
            form(
                "erase_customer",
                [
                    ("email", "carla@home.example"),
                    ("confirmation", "carla@home.example"),
                ],
            ),
        ),
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
        (
            "the settings",
            Call::Json("get_booking_settings", json!({})),
        ),
        (
            "other settings",
            form(
                "change_booking_settings",
                [
                    ("version", "1"),
                    ("enabled", "true"),
                    ("welcome", "Hello"),
                    ("accent", ""),
                    ("frames", ""),
                    ("consent_text", ""),
                    ("retention_days", ""),
                    ("reminder_hours", "24"),
                    ("words_booked", ""),
                    ("words_reminder", ""),
                    ("words_cancelled", ""),
                ],
            ),
        ),
        ("the logo", form("remove_logo", [])),
        (
            "the first office",
            Call::Json("list_offered", json!({ "office": null })),
        ),
        (
            "Ghent",
            Call::Json("list_offered", json!({ "office": ghent })),
        ),
        (
            "Antwerp",
            Call::Json("list_offered", json!({ "office": antwerp })),
        ),
        (
            "no office there is",
            Call::Json("list_offered", json!({ "office": unknown })),
        ),
    ]);
    all
}

// E-01, E-06, E-16, E-17, E-19, cases 7, 8 and 9: the table of section 8, called past the pages.
#[tokio::test]
async fn everybody_gets_exactly_what_the_table_gives_them() {
    let app = TestApp::new().await;
    let mut table = format!("{:<20}{:<28}", "", "");
    for who in CAST {
        let _ = write!(table, "{who:>7}");
    }
    table.push('\n');
    for (about, call) in calls(&app).await {
        let _ = write!(table, "{:<20}{about:<28}", call.function());
        for who in CAST {
            let answer = call.by(&TestApp::new().await, who).await;
            let _ = write!(table, "{:>7}", answer.status.as_u16());
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

// No endpoint is without an authorization test, but for those that anybody may call; they stand
// in a file of their own, so that a new one is seen.
#[tokio::test]
async fn every_server_function_has_an_authorization_test() {
    let app = TestApp::new().await;
    let tested: BTreeSet<&str> = calls(&app)
        .await
        .iter()
        .map(|(_, call)| call.function())
        .collect();
    let all: BTreeSet<String> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/").to_owned())
        .collect();
    let untested: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|name| !tested.contains(name))
        .collect();
    let known: Vec<&str> = include_str!("untested.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert_eq!(untested, known);
}

// A link that somebody follows can't change anything: server functions answer to POST alone.
#[tokio::test]
async fn no_server_function_is_called_by_get() {
    let gets: Vec<&str> = server_fn::axum::server_fn_paths()
        .filter(|(_, method)| *method != axum::http::Method::POST)
        .map(|(path, _)| path)
        .collect();
    assert!(gets.is_empty(), "{gets:?}");
    let app = TestApp::new().await;
    assert_eq!(app.page("ada", "/api/sign_out").await.status.as_u16(), 405);
}

// E-19: a manager sees of a person in two offices only what concerns their own.
#[tokio::test]
async fn a_manager_sees_of_a_person_only_what_concerns_their_offices() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let seen = app
        .ask("max", "get_employee", json!({ "id": sam }))
        .await
        .json();
    let places: Vec<&str> = seen["places"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|place| place[1].as_str())
        .collect();
    assert_eq!(places, ["Ghent"]);
    let text = seen.to_string();
    assert!(!text.contains(&app.office("Antwerp").await), "{text}");
    let row = app.ask(
        "max",
        "list_employees",
        json!({ "query": query("sam@"), "team": app.office("Ghent").await }),
    );
    assert_eq!(
        row.await.json()["page"]["rows"][0]["offices"],
        json!(["Ghent"])
    );
}

// Fields that nobody declared are never stored.
#[tokio::test]
async fn what_a_form_has_no_field_for_is_not_stored() {
    let app = TestApp::new().await;
    let form = [
        ("email", "extra@demo.example".to_owned()),
        ("status", "active".to_owned()),
        (
            "organisation",
            "019a0000-0000-7000-8000-000000000000".to_owned(),
        ),
        ("administrator", "true".to_owned()),
        ("version", "7".to_owned()),
    ];
    assert_eq!(
        app.call("ada", "create_employee", &form)
            .await
            .status
            .as_u16(),
        200
    );
    let id = app.id("extra").await;
    let record = app
        .ask("ada", "get_employee", json!({ "id": id }))
        .await
        .json()["record"]
        .clone();
    assert_eq!(
        (&record["status"], &record["administrator"]),
        (&json!("pending"), &json!(false))
    );
    assert_eq!(record["version"], json!(1));
}

// P-08: what is kept of a customer is handed out to Administrators alone, and never by a link.
#[tokio::test]
async fn a_customer_is_exported_by_administrators_alone() {
    let app = TestApp::new().await;
    let asked = [("email", "carla@home.example".to_owned())];
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

// O-03, section 8: a manager sees of what somebody handles only what concerns the offices they manage.
#[tokio::test]
async fn a_manager_sees_expertise_of_their_own_offices_alone() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let offices = async |who: &str| {
        let answer = app.ask(who, "get_expertise_of", json!({ "id": sam })).await;
        let offices = answer.json()["offices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let each = offices.into_iter();
        each.map(|office| {
            (
                office["name"].to_string(),
                office["may_edit"] == json!(true),
            )
        })
        .collect::<Vec<_>>()
    };
    let named = |name: &str, edits| (format!("\"{name}\""), edits);
    assert_eq!(
        offices("ada").await,
        [named("Antwerp", true), named("Ghent", true)]
    );
    assert_eq!(offices("max").await, [named("Ghent", true)]);
    assert_eq!(
        offices("sam").await,
        [named("Antwerp", false), named("Ghent", false)]
    );
}

// O-03: who handles a subject is changed box by box, and what a colleague ticks meanwhile stays.
#[tokio::test]
async fn two_who_tick_at_once_lose_nothing() {
    let app = TestApp::new().await;
    let (sam, ghent) = (app.id("sam").await, app.office("Ghent").await);
    let (mortgage, _) = app.subject("Mortgage").await;
    let (pension, _) = app.subject("Pension").await;
    let handled = async || {
        let answer = app
            .ask("sam", "get_expertise_of", json!({ "id": sam }))
            .await;
        let offices = answer.json()["offices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let here = offices
            .into_iter()
            .find(|office| office["office"] == json!(ghent))
            .unwrap();
        let has = |id: &String| here["subjects"].as_array().unwrap().contains(&json!(id));
        (has(&mortgage), has(&pension))
    };
    assert_eq!(handled().await, (true, true));
    let untick = async |who: &str, subject: &String| {
        let (gone, kept) = match *subject == mortgage {
            true => (&mortgage, &pension),
            false => (&pension, &mortgage),
        };
        let form = [
            ("id", ghent.clone()),
            ("had[0]", format!("{sam}:{gone}")),
            ("had[1]", format!("{sam}:{kept}")),
            ("handles[0]", format!("{sam}:{kept}")),
        ];
        let answer = app.call(who, "save_expertise", &form).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    };
    untick("ada", &mortgage).await;
    untick("max", &pension).await;
    assert_eq!(handled().await, (false, false));
}

// O-01: an office is deleted with everybody's roles in it, each of which the audit trail tells.
#[tokio::test]
async fn whoever_works_in_an_office_is_taken_out_with_it() {
    let app = TestApp::new().await;
    let (sam, antwerp) = (app.id("sam").await, app.office("Antwerp").await);
    let version = app.office_version(&antwerp).await;
    let form = |typed: &str| {
        [
            ("id", antwerp.clone()),
            ("version", version.clone()),
            ("confirmation", typed.to_owned()),
        ]
    };
    let awaited = app.call("ada", "delete_office", &form("antwerp")).await;
    assert_eq!(awaited.status.as_u16(), 409, "there are appointments ahead");
    app.sql("UPDATE appointment SET state = 4").await;
    let wrong = app.call("ada", "delete_office", &form("Ghent")).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let answer = app.call("ada", "delete_office", &form("antwerp")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let page = app.page("ada", &format!("/offices/{antwerp}")).await;
    assert_eq!(page.status.as_u16(), 404);
    let seen = app
        .ask("ada", "get_employee", json!({ "id": sam }))
        .await
        .json();
    assert_eq!(seen["places"].as_array().unwrap().len(), 1);
    let trail = json!({ "employee": sam, "before": null });
    let trail = app.ask("ada", "audit_trail", trail).await.json();
    assert_eq!(trail["lines"][0]["event"], json!("employee.assigned"));
}
