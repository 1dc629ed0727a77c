//! Linked calendars against Radicale: what the worker does with what people link.

mod houses;
mod radicale;
mod scene;

use calendars::{Client, Inward};
use domain::calendar::{Access, CalendarLinked, Found, Kind};
use domain::{CalendarId, CalendarLinkId};
use jiff::SignedDuration;
use scene::Scene;
use store::now;
use store::outbox::Message;

/// A moment of so many days ahead, as calendars write it, and as it is read.
fn ahead(days: i64) -> (String, String) {
    let at = now() + SignedDuration::from_hours(24 * days);
    let at = jiff::Timestamp::from_second(at.as_second()).unwrap();
    let text = at.to_zoned(jiff::tz::TimeZone::UTC);
    (text.strftime("%Y%m%dT%H%M%SZ").to_string(), at.to_string())
}

// O-06, case 14: busy times come, change and go with the calendar; free ones are left out.
#[tokio::test]
async fn busy_times_follow_the_calendar() {
    let scene = Scene::new("busy").await;
    let (a, b, free) = (ahead(3), ahead(5), ahead(7));
    scene.server.event("a", &a.0, "").await;
    scene
        .server
        .event("free", &free.0, "TRANSP:TRANSPARENT\r\n")
        .await;
    scene.link(Kind::Account, "/").await;
    scene.sync().await;
    assert_eq!(scene.busy().await, std::slice::from_ref(&a.1));
    let link = scene.links().await.remove(0);
    assert!(link.synced_at.is_some() && link.failing_since.is_none());
    scene.server.event("b", &b.0, "").await;
    scene.sync().await;
    assert_eq!(scene.busy().await, [a.1.clone(), b.1.clone()]);
    scene.server.send("DELETE", "/ada/work/a.ics", "").await;
    scene.server.event("b", &free.0, "").await;
    scene.sync().await;
    assert_eq!(scene.busy().await, [free.1]);
}

// O-06: an ICS address is read as a whole each time.
#[tokio::test]
async fn a_subscription_is_followed() {
    let scene = Scene::new("subscription").await;
    let page = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20000101T000000Z\r\nRRULE:FREQ=DAILY\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served =
        axum::Router::new().route("/a.ics", axum::routing::get(move || async move { page }));
    let serving = tokio::spawn(async move { axum::serve(listener, served).await });
    let (employee, actor) = scene.employee().await;
    let linked = CalendarLinked {
        id: CalendarLinkId(store::new_id()),
        employee: scene.agent,
        kind: Kind::Subscription,
        name: "a".into(),
        access: Access {
            address: format!("http://{address}/a.ics"),
            user: String::new(),
            password: String::new(),
        },
        calendars: vec![Found {
            id: CalendarId(store::new_id()),
            name: "a".into(),
            address: String::new(),
            writable: false,
        }],
    };
    let linked = employee.link_calendar(&actor, 0, linked, now()).unwrap();
    scene.apply(linked).await;
    for _ in 0..2 {
        scene.sync().await;
        assert!(matches!(scene.busy().await.len(), 364..=367));
    }
    serving.abort();
}

// O-06: copies stand in the calendar, and never block the agent themselves.
#[tokio::test]
async fn copies_are_written_and_do_not_block() {
    let scene = Scene::new("copies").await;
    let upcoming = scene.upcoming().await;
    assert!(upcoming > 0, "the demo has appointments ahead");
    scene.link(Kind::Account, "/").await;
    scene.sync().await;
    assert_eq!(scene.copies().await.0, 0);
    scene.switch(true, true).await;
    // Without being due: the worker sees that copies are missing.
    scene.sync.sync_due(None).await.unwrap();
    let (count, text) = scene.copies().await;
    assert_eq!(count, upcoming);
    assert!(
        text.contains("@staffroom") && text.contains("https://staffroom.example/appointments/")
    );
    assert_eq!(scene.busy().await, Vec::<String>::new());
    scene.sync().await;
    assert_eq!(scene.copies().await.0, upcoming, "nothing is copied twice");
    scene.switch(false, true).await;
    scene.sync.sync_due(None).await.unwrap();
    assert_eq!(
        scene.copies().await.0,
        0,
        "switched off, they are taken away"
    );
}

// O-06: what is unlinked takes its copies of what is ahead with it, and is then forgotten with its secrets;
// also where it does not answer any more.
#[tokio::test]
async fn copies_go_with_what_is_unlinked() {
    let scene = Scene::new("unlinked").await;
    scene.link(Kind::Account, "/").await;
    scene.switch(true, true).await;
    scene.sync.sync_due(None).await.unwrap();
    assert_eq!(scene.copies().await.0, scene.upcoming().await);
    let link = scene.links().await.remove(0).id;
    scene.unlink_all().await;
    assert!(scene.links().await.is_empty(), "nobody sees it any more");
    assert!(scene.knows(link).await, "until the copies are gone");
    scene.sync.sync_due(None).await.unwrap();
    assert_eq!(scene.copies().await.0, 0);
    assert!(!scene.knows(link).await);

    scene.link(Kind::Account, "/").await;
    scene.switch(true, true).await;
    scene.sync.sync_due(None).await.unwrap();
    let link = scene.links().await.remove(0).id;
    scene.server.change_password("another");
    scene.unlink_all().await;
    assert!(scene.knows(link).await);
    scene.sync.sync_due(None).await.unwrap();
    assert!(!scene.knows(link).await, "only its owner could let us in");
}

// O-06, case 14: credentials are revoked: told once, the last busy times are kept, and it goes on.
#[tokio::test]
async fn a_revoked_password_is_told_and_busy_times_stay() {
    let scene = Scene::new("revoked").await;
    let a = ahead(3);
    scene.server.event("a", &a.0, "").await;
    scene.link(Kind::Account, "/").await;
    scene.sync().await;
    scene.server.change_password("another");
    for _ in 0..2 {
        scene.sync().await;
    }
    let link = scene.links().await.remove(0);
    assert_eq!(link.failure.as_deref(), Some("unauthorized"));
    assert!(link.failing_since.is_some() && link.synced_at.is_some());
    assert_eq!(scene.busy().await, std::slice::from_ref(&a.1));
    let store = &scene.sync.store;
    let queued = store.claim(scene.organisation, 100, now()).await.unwrap();
    let told: Vec<_> = queued
        .iter()
        .filter_map(|queued| match &queued.message {
            Message::CalendarFailing { whose, .. } => Some((queued.employee, whose.is_none())),
            _ => None,
        })
        .collect();
    assert_eq!(
        told.iter()
            .filter(|told| **told == (Some(scene.agent), true))
            .count(),
        1
    );
    assert!(told.len() > 1, "their manager is told too");
    scene.server.change_password("secret");
    scene.sync().await;
    let link = scene.links().await.remove(0);
    assert_eq!((link.failing_since, link.failure), (None, None));
}

// O-06: addresses that point inward are refused also while synchronizing.
#[tokio::test]
async fn a_name_that_leads_inward_is_refused() {
    let mut scene = Scene::new("inward").await;
    scene.sync.client = Client::new(Inward::Refused).unwrap();
    scene.link(Kind::Subscription, "/ada/work/").await;
    scene.sync().await;
    let link = scene.links().await.remove(0);
    assert_eq!(link.failure.as_deref(), Some("insecure"));
}

// O-06: where copies are refused, that is told, and what is busy is seen all the same.
#[tokio::test]
async fn a_calendar_that_takes_no_copies_is_still_read() {
    let scene = Scene::new("half").await;
    let a = ahead(3);
    let event = format!(
        "<multistatus xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'><response><href>/a.ics</href><propstat><prop><c:calendar-data>BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:{}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>",
        a.0
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let answer = move |method: axum::http::Method| async move {
        match method.as_str() {
            "PUT" => (axum::http::StatusCode::FORBIDDEN, String::new()),
            _ => (axum::http::StatusCode::MULTI_STATUS, event),
        }
    };
    let served = axum::Router::new().fallback(answer);
    let serving = tokio::spawn(async move { axum::serve(listener, served).await });
    scene.link_at(Kind::Account, url.clone(), url).await;
    scene.switch(true, true).await;
    scene.sync().await;
    let link = scene.links().await.remove(0);
    assert_eq!(link.failure.as_deref(), Some("forbidden"));
    assert_eq!(scene.busy().await, [a.1]);
    serving.abort();
}
