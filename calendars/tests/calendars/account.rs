//! CalDAV accounts against Radicale (O-06).

use crate::radicale::Radicale;
use crate::read::budget;
use crate::write::event;
use calendars::ics::object;
use calendars::{Account, Fault, changes, delete, discover, put};
use jiff::Timestamp;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn window() -> std::ops::Range<Timestamp> {
    at("2026-11-01T00:00:00Z")..at("2027-11-01T00:00:00Z")
}

fn text(uid: &str, begin: &str) -> String {
    let begins_at = at(begin);
    let ends_at = begins_at + jiff::SignedDuration::from_mins(30);
    object(&calendars::ics::Event {
        uid: uid.into(),
        begins_at,
        ends_at,
        ..event()
    })
}

// O-06: the calendars are found from whatever address somebody knows.
#[tokio::test]
async fn calendars_are_found() {
    let server = Radicale::start().await;
    let client = Radicale::client();
    for address in ["", "/", "/ada/", "/nowhere/"] {
        let account = server.account(address);
        let found = discover(&client, &account, &mut budget()).await.unwrap();
        let names: Vec<_> = found.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["Home", "Work"], "{address}");
        assert_eq!(found[1].address, format!("{}/ada/work/", server.url));
        assert!(found[1].writable);
    }
    let one = discover(&client, &server.account("/ada/work"), &mut budget())
        .await
        .unwrap();
    assert_eq!(one.len(), 1);
    let wrong = Account {
        password: "guess".into(),
        ..server.account("")
    };
    let refused = discover(&client, &wrong, &mut budget()).await;
    assert_eq!(refused, Err(Fault::Unauthorized));
}

// O-06: only what changed is read again, until the server forgets where we were.
#[tokio::test]
async fn changes_are_told_once() {
    let server = Radicale::start().await;
    let (client, account) = (Radicale::client(), server.account(""));
    let work = format!("{}/ada/work/", server.url);
    let since = async |token: Option<&str>| {
        changes(&client, &account, &work, token, &window(), &mut budget())
            .await
            .unwrap()
    };
    server
        .send("PUT", "/ada/work/a.ics", &text("a", "2026-11-23T09:00:00Z"))
        .await;
    server
        .send("PUT", "/ada/work/b.ics", &text("b", "2026-11-24T09:00:00Z"))
        .await;
    server
        .send(
            "PUT",
            "/ada/work/old.ics",
            &text("old", "2020-11-24T09:00:00Z"),
        )
        .await;
    let all = since(None).await;
    assert!(all.whole);
    let mut hrefs: Vec<_> = all.resources.iter().map(|r| r.href.as_str()).collect();
    hrefs.sort_unstable();
    assert_eq!(hrefs, ["/ada/work/a.ics", "/ada/work/b.ics"]);
    assert!(all.resources[0].text.contains("BEGIN:VEVENT"));
    let token = all.token.unwrap();

    let nothing = since(Some(&token)).await;
    assert!(!nothing.whole && nothing.resources.is_empty() && nothing.gone.is_empty());

    server
        .send("PUT", "/ada/work/a.ics", &text("a", "2026-11-23T10:00:00Z"))
        .await;
    server.send("DELETE", "/ada/work/b.ics", "").await;
    let new = since(Some(&token)).await;
    assert!(!new.whole);
    assert_eq!(new.resources.len(), 1);
    assert!(new.resources[0].text.contains("20261123T100000Z"));
    assert_eq!(new.gone, ["/ada/work/b.ics"]);
    assert_ne!(new.token.as_deref(), Some(token.as_str()));

    let unknown = since(Some("http://radicale.org/ns/sync/forgotten")).await;
    assert!(unknown.whole);
    assert_eq!(unknown.resources.len(), 1);
    assert!(unknown.token.is_some());
}

// O-06: our copies are put there, changed, and taken away.
#[tokio::test]
async fn copies_come_and_go() {
    let server = Radicale::start().await;
    let (client, account) = (Radicale::client(), server.account(""));
    let work = format!("{}/ada/work/", server.url);
    let copy = async |begin: &str| {
        let text = text("0192", begin);
        put(&client, &account, &work, "0192.ics", &text, &mut budget())
            .await
            .unwrap()
    };
    let (href, etag) = copy("2026-11-23T09:00:00Z").await;
    assert_eq!(href, "/ada/work/0192.ics");
    let (_, later) = copy("2026-11-23T11:00:00Z").await;
    assert!(etag.is_some() && etag != later);
    let all = changes(&client, &account, &work, None, &window(), &mut budget())
        .await
        .unwrap();
    assert_eq!(all.resources.len(), 1);
    assert!(all.resources[0].text.contains("20261123T110000Z"));
    for _ in 0..2 {
        delete(&client, &account, &work, &href, &mut budget())
            .await
            .unwrap();
    }
    server.revoke();
    let refused = put(&client, &account, &work, "0192.ics", "", &mut budget()).await;
    assert_eq!(refused, Err(Fault::Unauthorized));
    let refused = changes(&client, &account, &work, None, &window(), &mut budget()).await;
    assert_eq!(refused, Err(Fault::Unauthorized));
}

#[tokio::test]
async fn a_calendar_that_is_gone_says_so() {
    let server = Radicale::start().await;
    let (client, account) = (Radicale::client(), server.account(""));
    let work = format!("{}/ada/work/", server.url);
    server.send("DELETE", "/ada/work/", "").await;
    let gone = changes(&client, &account, &work, None, &window(), &mut budget()).await;
    assert_eq!(gone, Err(Fault::Gone));
    let mut small = budget();
    small.bytes = 100;
    let refused = discover(&client, &account, &mut small).await;
    assert_eq!(refused, Err(Fault::TooMuch));
}
