//! Who may call which server function on whom: every one, called directly by everybody.

mod account;
mod appointments;
mod audit;
mod calendars;
mod contact_users;
mod customers;
mod employees;
mod expertise;
mod hours;
mod monitor;
mod offices;
mod provisioning;
mod queues;
mod scripts;
mod settings;
mod setup;
mod sign_in;
mod subjects;

use super::cast::{Answer, CAST, TestApp};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A call that every member of the cast makes on fresh data.
enum Call {
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

fn form<const N: usize>(function: &'static str, pairs: [(&'static str, &str); N]) -> Call {
    Call::Form(
        function,
        pairs.map(|(name, value)| (name, value.to_owned())).into(),
    )
}

/// An id that nothing has.
const UNKNOWN: &str = "019a0000-0000-7000-8000-000000000000";

/// What each of the cast gets for each call, on fresh data every time: the table of section 8, called past
/// the pages (E-01, E-06, E-16, E-17, E-19, cases 7, 8 and 9). Sam works in Ghent and Antwerp, Max manages
/// Ghent, Noor manages Antwerp and is an Agent in Ghent, Lee holds no role, Ada is the Administrator.
async fn table(calls: impl AsyncFn(&TestApp) -> Vec<(&'static str, Call)>) -> String {
    let app = TestApp::new().await;
    let calls = calls(&app).await;
    let functions = calls.iter().map(|(_, call)| call.function().len()).max();
    let abouts = calls.iter().map(|(about, _)| about.chars().count()).max();
    let (function, about) = (functions.unwrap_or_default(), abouts.unwrap_or_default());
    let mut table = " ".repeat(function + 2 + about);
    for who in CAST {
        let _ = write!(table, "{who:>8}");
    }
    table.push('\n');
    for (what, call) in calls {
        let _ = write!(table, "{:<function$}  {what:<about$}", call.function());
        for who in CAST {
            let answer = call.by(&TestApp::new().await, who).await;
            let _ = write!(table, "{:>8}", answer.status.as_u16());
        }
        table.push('\n');
    }
    table
}

/// Every call of every table.
async fn all(app: &TestApp) -> Vec<(&'static str, Call)> {
    let mut all = account::calls(app).await;
    all.extend(appointments::calls(app).await);
    all.extend(audit::calls(app).await);
    all.extend(calendars::calls(app).await);
    all.extend(contact_users::calls(app).await);
    all.extend(customers::calls(app).await);
    all.extend(employees::calls(app).await);
    all.extend(expertise::calls(app).await);
    all.extend(hours::calls(app).await);
    all.extend(monitor::calls(app).await);
    all.extend(offices::calls(app).await);
    all.extend(provisioning::calls(app).await);
    all.extend(queues::calls(app).await);
    all.extend(scripts::calls(app).await);
    all.extend(settings::calls(app).await);
    all.extend(setup::calls(app).await);
    all.extend(sign_in::calls(app).await);
    all.extend(subjects::calls(app).await);
    all
}

// No endpoint is without an authorization test, but for those that anybody may call; they stand
// in a file of their own, so that a new one is seen.
#[tokio::test]
async fn every_server_function_has_an_authorization_test() {
    let app = TestApp::new().await;
    let tested: BTreeSet<&str> = all(&app)
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
