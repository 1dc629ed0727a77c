//! What a customer does with the link of their appointment.

use super::world::{World, blob, times_in};
use axum::http::{StatusCode, header};

fn pair(name: &'static str, value: &str) -> (&'static str, String) {
    (name, value.to_owned())
}

// P-05: reschedule without an account; the same agent first, everybody if wanted.
#[tokio::test]
async fn a_customer_moves_their_appointment() {
    let world = World::new().await;
    let path = world.booked().await;
    let page = world.get(&format!("{path}/time")).await;
    assert!(
        page.body.contains("Show the times of everybody"),
        "{}",
        page.body
    );
    let times = times_in(&page.body);
    let page = world.get(&format!("{path}/time?at={}", times[4])).await;
    assert!(page.body.contains("Take this time"), "{}", page.body);
    assert_eq!(page.status, StatusCode::OK);
    let answer = world
        .post(&format!("{path}/time"), &[pair("at", &times[4])])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world
        .get(answer.headers[header::LOCATION].to_str().unwrap())
        .await;
    assert!(page.body.contains("has a new time"), "{}", page.body);
    let moved = world
        .app
        .number("SELECT count(*) FROM appointment WHERE sequence = 1")
        .await;
    assert_eq!(moved, 1);
    // To a time that is not offered: the times again.
    for at in ["2026-01-01T09:00:00Z", "soon", "9999-01-01T09:00:00Z", ""] {
        let page = world.post(&format!("{path}/time"), &[pair("at", at)]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{at}");
    }
    let off_the_grid = times[6].replace(":00Z", ":07Z");
    let page = world
        .post(&format!("{path}/time"), &[pair("at", &off_the_grid)])
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
}

// P-05: cancel with a reason; then nothing is left to do.
#[tokio::test]
async fn a_customer_cancels_their_appointment() {
    let world = World::new().await;
    let path = world.booked().await;
    let wrong = world
        .post(&format!("{path}/cancel"), &[pair("reason", "x\u{202e}y")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = world
        .post(&format!("{path}/cancel"), &[pair("reason", "I am ill")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = world
        .get(answer.headers[header::LOCATION].to_str().unwrap())
        .await;
    assert!(
        page.body.contains("Your appointment is cancelled") && page.body.contains("I am ill"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("Change the time"));
    for end in ["/cancel", "/time"] {
        let page = world
            .post(
                &format!("{path}{end}"),
                &[pair("at", "2026-01-01T09:00:00Z")],
            )
            .await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{end}");
    }
    assert_eq!(
        world.get(&format!("{path}/time")).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(world.appointments().await, 0);
}

// P-05: the link works until the appointment begins.
#[tokio::test]
async fn what_has_begun_is_not_changed_any_more() {
    let world = World::new().await;
    let path = world.booked().await;
    world
        .app
        .sql("UPDATE appointment SET begins_at = '2026-01-01T09:00:00.000000Z'")
        .await;
    let page = world.get(&path).await;
    assert!(page.body.contains("It has begun"), "{}", page.body);
    let answer = world.post(&format!("{path}/cancel"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(world.appointments().await, 1);
}

// P-05: a wrong link is a page that says so; a right one is kept by nobody.
#[tokio::test]
async fn a_link_is_a_secret() {
    let world = World::new().await;
    let path = world.booked().await;
    let page = world.get(&path).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(page.headers["x-robots-tag"], "noindex");
    assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
    assert!(page.body.contains("content=\"noindex\""));
    let other = format!("/book/appointment/{}", "A".repeat(43));
    for wrong in [&*other, "/book/appointment/x", "/book/appointment/%00%ff"] {
        for end in ["", "/time", "/cancel"] {
            let page = world.get(&format!("{wrong}{end}")).await;
            assert!(
                page.status.is_client_error(),
                "{wrong}{end}: {}",
                page.status
            );
        }
        let answer = world.post(&format!("{wrong}/cancel"), &[]).await;
        assert!(answer.status.is_client_error(), "{wrong}");
        let answer = world
            .post(
                &format!("{wrong}/time"),
                &[pair("at", "2026-12-01T09:00:00Z")],
            )
            .await;
        assert!(answer.status.is_client_error(), "{wrong}");
    }
    assert_eq!(world.get(&other).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.appointments().await, 1);
}

// P-06: an agent who can't be booked any more stands in nobody's way.
#[tokio::test]
async fn an_appointment_of_somebody_who_left_moves_to_others() {
    let world = World::new().await;
    let path = world.booked().await;
    let agent = world.app.number("SELECT count(*) FROM appointment a JOIN employee e ON e.id = a.employee WHERE e.first_name = 'Sam'").await;
    let left = blob(if agent == 1 { &world.sam } else { &world.noor });
    world
        .app
        .sql(&format!("UPDATE employee SET status = 4 WHERE id = {left}"))
        .await;
    let page = world.get(&format!("{path}/time")).await;
    let times = times_in(&page.body);
    assert!(times.len() > 2, "{}", page.body);
    let form = [pair("at", &times[2]), pair("agent", "any")];
    let answer = world.post(&format!("{path}/time"), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let with = world
        .app
        .number(&format!(
            "SELECT count(*) FROM appointment WHERE employee = {left}"
        ))
        .await;
    assert_eq!(with, 0);
}
