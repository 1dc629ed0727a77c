//! S-5: how many SQL statements each page and each server function of the lists takes.

use super::cast::{Answer, TestApp, query};
use axum::http::StatusCode;
use serde_json::json;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing::field::{Field, Visit};
use tracing::subscriber::set_global_default;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::{Layer, Registry};

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts what sqlx says that it has read; that somebody was seen is noted beside the pages.
struct Count;

impl<S: tracing::Subscriber> Layer<S> for Count {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            event.record(&mut Reads);
        }
    }
}

struct Reads;

impl Visit for Reads {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" && format!("{value:?}").contains("SELECT") {
            STATEMENTS.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// How many statements it takes. What goes on in the background may add to one of three, so the fewest
/// count.
async fn fewest(ask: impl AsyncFn() -> Answer) -> usize {
    let mut fewest = usize::MAX;
    for _ in 0..3 {
        STATEMENTS.store(0, Ordering::Relaxed);
        let answer = ask().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        fewest = fewest.min(STATEMENTS.load(Ordering::Relaxed));
    }
    fewest
}

// S-5: 3 for a list and 6 for an employee at most, the look-up of the session among them.
#[tokio::test]
async fn a_page_takes_few_statements_whatever_its_size() {
    let app = TestApp::new().await;
    set_global_default(Registry::default().with(Count)).unwrap();
    let (sam, ghent) = (app.id("sam").await, app.office("Ghent").await);
    let (mortgage, _) = app.subject("Mortgage").await;
    let hundred = {
        let mut query = query("");
        query["size"] = json!(100);
        query
    };
    let nobody = "019a0000-0000-7000-8000-000000000000";
    let pages = [
        ("ada", "/employees".to_owned()),
        ("ada", "/employees?size=100".to_owned()),
        ("ada", "/employees?q=a&role=agent&status=active".to_owned()),
        ("ada", format!("/employees/{sam}")),
        ("ada", format!("/employees/{sam}?edit=offices")),
        ("ada", format!("/employees/{sam}/activity")),
        ("ada", format!("/employees/{sam}/hours")),
        ("ada", format!("/employees/{sam}/delete")),
        ("ada", "/employees/new".to_owned()),
        ("ada", "/offices".to_owned()),
        ("ada", format!("/offices/{ghent}")),
        ("ada", format!("/offices/{ghent}/hours")),
        ("ada", format!("/offices/{ghent}/subjects")),
        ("ada", format!("/offices/{ghent}/subjects/{mortgage}")),
        ("ada", format!("/offices/{ghent}/expertise")),
        ("ada", format!("/offices/{ghent}/delete")),
        ("ada", "/subjects".to_owned()),
        ("ada", format!("/subjects/{mortgage}")),
        ("ada", format!("/employees/{sam}/expertise")),
        ("ada", "/appointments".to_owned()),
        ("max", "/appointments?view=list".to_owned()),
        ("ada", "/appointments/new".to_owned()),
        ("ada", "/settings".to_owned()),
        ("ada", "/audit".to_owned()),
        ("ada", "/attention".to_owned()),
        ("max", "/attention".to_owned()),
        ("ada", format!("/customers?of={nobody}")),
        ("ada", "/account".to_owned()),
        ("ada", "/contact-centre".to_owned()),
        ("ada", "/contact-centre/pbxs".to_owned()),
        ("ada", "/contact-centre/tenants".to_owned()),
        ("ada", "/contact-centre/licenses".to_owned()),
        ("ada", "/contact-centre/numbers?q=92104".to_owned()),
        ("ada", "/contact-centre/queues".to_owned()),
        ("ada", "/contact-centre/queues/matrix".to_owned()),
        ("ada", "/contact-centre/users".to_owned()),
        ("ada", format!("/employees/{sam}/contact-centre")),
        ("ada", "/contact-centre/monitor".to_owned()),
        ("lee", "/contact-centre/monitor".to_owned()),
        ("lee", format!("/contact-centre/monitor/{sam}")),
        ("lee", "/contact-centre/offers".to_owned()),
        ("max", format!("/team/{ghent}")),
        ("max", format!("/employees/{sam}")),
        ("nobody", "/sign-in".to_owned()),
    ];
    let mut table = String::new();
    for (who, path) in &pages {
        let count = fewest(async || app.page(who, path).await).await;
        let path = path.replace(&sam, "SAM").replace(&ghent, "GHENT");
        let path = path
            .replace(&mortgage, "MORTGAGE")
            .replace(nobody, "NOBODY");
        writeln!(table, "{who:<8}{path:<42}{count}").unwrap();
    }
    let calls = [
        (
            "list_employees",
            json!({ "query": query(""), "team": null }),
        ),
        ("list_employees", json!({ "query": hundred, "team": null })),
        ("get_employee", json!({ "id": sam })),
        ("find", json!({ "text": "sa" })),
    ];
    for (function, arguments) in calls {
        let count = fewest(async || app.ask("ada", function, arguments.clone()).await).await;
        writeln!(table, "ada     {function:<42}{count}").unwrap();
    }
    insta::assert_snapshot!(table, @r"
    ada     /employees                                3
    ada     /employees?size=100                       3
    ada     /employees?q=a&role=agent&status=active   3
    ada     /employees/SAM                            5
    ada     /employees/SAM?edit=offices               6
    ada     /employees/SAM/activity                   4
    ada     /employees/SAM/hours                      5
    ada     /employees/SAM/delete                     3
    ada     /employees/new                            2
    ada     /offices                                  3
    ada     /offices/GHENT                            3
    ada     /offices/GHENT/hours                      4
    ada     /offices/GHENT/subjects                   6
    ada     /offices/GHENT/subjects/MORTGAGE          5
    ada     /offices/GHENT/expertise                  7
    ada     /offices/GHENT/delete                     3
    ada     /subjects                                 4
    ada     /subjects/MORTGAGE                        3
    ada     /employees/SAM/expertise                  6
    ada     /appointments                             5
    max     /appointments?view=list                   4
    ada     /appointments/new                         2
    ada     /settings                                 1
    ada     /audit                                    3
    ada     /attention                                5
    max     /attention                                5
    ada     /customers?of=NOBODY                      2
    ada     /account                                  3
    ada     /contact-centre                           2
    ada     /contact-centre/pbxs                      3
    ada     /contact-centre/tenants                   4
    ada     /contact-centre/licenses                  2
    ada     /contact-centre/numbers?q=92104           3
    ada     /contact-centre/queues                    2
    ada     /contact-centre/queues/matrix             3
    ada     /contact-centre/users                     5
    ada     /employees/SAM/contact-centre             15
    ada     /contact-centre/monitor                   4
    lee     /contact-centre/monitor                   4
    lee     /contact-centre/monitor/SAM               6
    lee     /contact-centre/offers                    3
    max     /team/GHENT                               2
    max     /employees/SAM                            2
    nobody  /sign-in                                  2
    ada     list_employees                            2
    ada     list_employees                            2
    ada     get_employee                              2
    ada     find                                      3
    ");
}
