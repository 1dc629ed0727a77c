//! What staff do for customers, by plain forms: booking at the desk, and handing over what somebody leaves.

use super::appointments::{plan, which};
use super::cast::TestApp;
use super::forms::submit;
use axum::http::{StatusCode, header};

/// Everything that is booked, in all organisations.
async fn booked(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM appointment").await
}

// P-02: a button that is pressed twice books once; for another customer the form books another.
#[tokio::test]
async fn a_booking_that_is_sent_twice_is_one() {
    let app = TestApp::new().await;
    let (ghent, (subject, _)) = (
        app.office("Ghent").await,
        app.subject("Open an account").await,
    );
    let sam = app.id("sam").await;
    let form = |customer: &str| {
        [
            ("key", uuid::Uuid::from_u128(7).to_string()),
            ("office", ghent.clone()),
            ("subject", subject.clone()),
            ("agent", sam.clone()),
            ("day", "2030-01-01".to_owned()),
            (
                "time",
                if customer == "Carla" {
                    "03:00"
                } else {
                    "05:00"
                }
                .to_owned(),
            ),
            ("against", "true".to_owned()),
            ("customer", customer.to_owned()),
            ("phone", "+32470000000".to_owned()),
        ]
    };
    let before = booked(&app).await;
    let mut places = Vec::new();
    for customer in ["Carla", "Carla", "Dora"] {
        let answer = submit(
            &app,
            "book_appointment",
            "/appointments/new",
            &form(customer),
        )
        .await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
        places.push(answer.headers[header::LOCATION].clone());
    }
    assert_eq!(booked(&app).await - before, 2);
    assert_eq!(places[0], places[1]);
    assert_ne!(places[0], places[2]);
}

// P-06: without scripts, too, one reads what became of each.
#[tokio::test]
async fn what_was_not_handed_over_comes_back_with_its_reason() {
    let app = TestApp::new().await;
    let (sam, lee) = (app.id("sam").await, app.id("lee").await);
    let ghent = app.office("Ghent").await;
    let rows = plan(&app, &ghent, Some("confirmed")).await;
    let mut ahead = rows
        .iter()
        .rev()
        .filter(|row| row["agent"][0] == *sam && row["over"] == false);
    let (first, second) = (ahead.next().unwrap(), ahead.next().unwrap());
    let [[(_, first), (_, of_first)], [(_, second), (_, of_second)]] = [first, second].map(which);
    let form = [
        ("id", sam.clone()),
        ("appointments[0]", first.clone()),
        ("versions[0]", of_first),
        ("choices[0]", "cancel".to_owned()),
        ("appointments[1]", second.clone()),
        ("versions[1]", of_second),
        ("choices[1]", lee),
    ];
    let page = format!("/employees/{sam}/leaving?all=1");
    let answer = submit(&app, "hand_over", &page, &form).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("1 changed, 1 not."), "{}", answer.body);
    let choice = format!("choice-{second}");
    assert!(
        answer.body.contains(&format!("href=\"#{choice}\"")),
        "a way to it"
    );
    assert!(
        answer.body.contains(&format!("id=\"{choice}\"")),
        "it is still there"
    );
    assert!(
        !answer.body.contains(&format!("choice-{first}")),
        "the other is gone"
    );
}

// O-01: at somebody else's office a manager is told so, on a page that keeps its title and its one heading.
#[tokio::test]
async fn an_office_of_others_is_refused_within_the_page() {
    let app = TestApp::new().await;
    let antwerp = app.office("Antwerp").await;
    let path = format!("/appointments/new?office={antwerp}");
    let page = app.page("max", &path).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.body);
    let title = "<title>New appointment · Staffroom</title>";
    assert!(page.body.contains(title), "{}", page.body);
    assert_eq!(page.body.matches("<h1").count(), 1, "{}", page.body);
}
