//! How much one customer, one address and one page may take.

use super::world::{MORTGAGE, World, posted, with};
use crate::cast::send;
use axum::extract::ConnectInfo;
use axum::http::{StatusCode, header};
use std::net::SocketAddr;

// P-05: one email has at most five appointments ahead.
#[tokio::test]
async fn one_email_has_so_many_appointments_ahead() {
    let world = World::new().await;
    let times = world.times().await;
    for number in 0..5 {
        let answer = world.post("/book", &world.form(&times[2 * number])).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{number}: {}",
            answer.body
        );
    }
    let page = world
        .post(
            "/book",
            &with(&world.form(&times[10]), &[("email", "CLEO@x.example")]),
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("5 appointments are booked already"),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"CLEO@x.example\""));
    assert_eq!(world.appointments().await, 5);
}

// P-05: one address books at most so often in an hour; others are not held back by it.
#[tokio::test]
async fn one_address_books_so_often() {
    let world = World::new().await;
    let times = world.times().await;
    let from = |address: &str, number: usize| {
        let email = format!("c{number}@x.example");
        let form = with(&world.form(&times[number / 2 * 2]), &[("email", &email)]);
        let mut request = posted("/book", &form);
        let address: SocketAddr = format!("{address}:1").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        request
    };
    for number in 0..20 {
        let answer = send(&world.app.router, from("203.0.113.7", number)).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{number}: {}",
            answer.body
        );
    }
    let answer = send(&world.app.router, from("203.0.113.7", 20)).await;
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("value=\"c20@x.example\""),
        "typed is kept"
    );
    let answer = send(&world.app.router, from("203.0.113.8", 20)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

// P-05: to ask whether somebody has as many appointments as they may counts like booking, since the
// answer tells something of them.
#[tokio::test]
async fn what_an_email_can_have_no_more_of_counts_too() {
    let world = World::new().await;
    let times = world.times().await;
    for number in 0..5 {
        let answer = world.post("/book", &world.form(&times[2 * number])).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let address: SocketAddr = "203.0.113.7:1".parse().unwrap();
    let mut statuses = Vec::new();
    for _ in 0..21 {
        let mut request = posted("/book", &world.form(&times[10]));
        request.extensions_mut().insert(ConnectInfo(address));
        statuses.push(send(&world.app.router, request).await.status);
    }
    assert_eq!(statuses.pop(), Some(StatusCode::TOO_MANY_REQUESTS));
    let refused = |status: &StatusCode| *status == StatusCode::UNPROCESSABLE_ENTITY;
    assert!(statuses.iter().all(refused), "{statuses:?}");
}

// P-05: searching is limited too.
#[tokio::test]
async fn one_address_asks_for_so_many_pages() {
    let world = World::new().await;
    let address: SocketAddr = "203.0.113.7:1".parse().unwrap();
    let mut last = StatusCode::OK;
    for _ in 0..700 {
        let mut request = axum::http::Request::get("/book/appointment/x")
            .header(header::HOST, "127.0.0.1:3000")
            .body(axum::body::Body::empty())
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        last = send(&world.app.router, request).await.status;
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.get("/book").await.status, StatusCode::OK);
}

// P-05, "in under a minute on a phone": no page is heavier than 60 KB with all that it loads.
#[tokio::test]
async fn a_page_is_light() {
    let world = World::new().await;
    world.settings(r##"{"accent":"#0a7b83"}"##).await;
    let base = format!("/book?subject={MORTGAGE}&office={}", world.ghent);
    let at = world.times().await.remove(0);
    for path in [
        "/book".to_owned(),
        base.clone(),
        format!("{base}&agent=any"),
        format!("{base}&agent=any&at={at}"),
    ] {
        let page = world.get(&path).await;
        let mut bytes = page.body.len();
        let links = page
            .body
            .split("href=\"")
            .chain(page.body.split("src=\""))
            .skip(1);
        let mut loaded = Vec::new();
        for link in links.filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            if ["/book/style", "/book/theme", "/book/frame"]
                .iter()
                .any(|start| link.starts_with(start))
                && !loaded.contains(&link)
            {
                let file = world.get(&link).await;
                assert_eq!(file.status, StatusCode::OK, "{link}");
                bytes += file.body.len();
                loaded.push(link);
            }
        }
        assert_eq!(loaded.len(), 3, "{loaded:?}");
        println!("{path}: {bytes} bytes");
        assert!(bytes <= 60_000, "{path}: {bytes}");
    }
}
