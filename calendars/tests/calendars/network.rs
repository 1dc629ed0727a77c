//! What servers must not make us do (O-06): call inward, hand a password on, wait or read for ever.

use crate::read::budget;
use calendars::ics::Budget;
use calendars::{Account, Client, Fault, Inward, discover, subscription};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server that says the same to everybody, and counts them.
async fn saying(answer: String) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let answer = answer.clone();
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
                // Kept open for those that promised more.
                let _ = stream.read(&mut [0; 16]).await;
            });
        }
    });
    (url, asked)
}

fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    )
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn account(address: &str) -> Account {
    Account {
        address: address.into(),
        user: "ada".into(),
        password: "secret".into(),
    }
}

// O-06: addresses that point inward are refused unless the operator allows them.
#[tokio::test]
async fn inward_addresses_are_refused() {
    let (url, asked) = saying(ok("BEGIN:VCALENDAR")).await;
    let port = url.rsplit(':').next().unwrap().to_owned();
    let client = Client::new(Inward::Refused).unwrap();
    for address in [
        "https://127.0.0.1",
        "https://localhost",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "webcal://10.0.0.1",
        "https://169.254.169.254",
        "https://2130706433",
        "127.0.0.1",
    ] {
        let address = format!("{address}:{port}/");
        let refused = subscription(&client, &address, &mut budget()).await;
        assert_eq!(refused, Err(Fault::Inward), "{address}");
        let refused = discover(&client, &account(&address), &mut budget()).await;
        assert_eq!(refused, Err(Fault::Inward), "{address}");
    }
    let refused = subscription(&client, &url, &mut budget()).await;
    assert_eq!(refused, Err(Fault::Insecure));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let allowed = Client::new(Inward::Allowed).unwrap();
    let read = subscription(&allowed, &url, &mut budget()).await;
    assert_eq!(read.as_deref(), Ok("BEGIN:VCALENDAR"));
}

// O-06: neither does a redirect lead where the address itself may not.
#[tokio::test]
async fn redirects_are_checked_like_addresses() {
    let client = Client::new(Inward::Allowed).unwrap();
    for (to, fault) in [
        ("http://10.0.0.1/", Fault::Insecure),
        ("ftp://127.0.0.1/", Fault::Insecure),
        ("http://me:x@127.0.0.1/", Fault::Address),
    ] {
        let (url, _) = saying(redirect(to)).await;
        let refused = subscription(&client, &url, &mut budget()).await;
        assert_eq!(refused, Err(fault), "{to}");
    }
    let (url, asked) = saying(redirect("/again")).await;
    let refused = subscription(&client, &url, &mut budget()).await;
    assert_eq!(refused, Err(Fault::Elsewhere));
    assert_eq!(asked.load(Ordering::SeqCst), 5);
}

// O-06: a password is not handed on to another site.
#[tokio::test]
async fn a_password_is_not_sent_on() {
    let client = Client::new(Inward::Allowed).unwrap();
    let (other, asked) = saying(ok("")).await;
    let (url, _) = saying(redirect(&other)).await;
    let refused = discover(&client, &account(&url), &mut budget()).await;
    assert_eq!(refused, Err(Fault::Elsewhere));
    let answer = format!(
        "<multistatus xmlns='DAV:'><response><href>/</href><propstat><prop><current-user-principal><href>{other}/</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
    );
    let answer = format!(
        "HTTP/1.1 207 Multi-Status\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len()
    );
    let (url, _) = saying(answer).await;
    let refused = discover(&client, &account(&url), &mut budget()).await;
    assert_eq!(refused, Err(Fault::Elsewhere));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    assert!(!format!("{:?}", account(&url)).contains("secret"));
}

// O-06: limits on bytes and time.
#[tokio::test]
async fn answers_are_bounded() {
    let client = Client::new(Inward::Allowed).unwrap();
    let (url, _) = saying(ok(&"x".repeat(5_000))).await;
    let small = Budget {
        bytes: 4_999,
        ..budget()
    };
    let refused = subscription(&client, &url, &mut small.clone()).await;
    assert_eq!(refused, Err(Fault::TooMuch));
    let (url, _) = saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx".into()).await;
    let mut short = Budget {
        deadline: Instant::now() + Duration::from_millis(200),
        ..budget()
    };
    let refused = subscription(&client, &url, &mut short).await;
    assert_eq!(refused, Err(Fault::TimedOut));
    let refused = subscription(&client, &url, &mut short).await;
    assert_eq!(refused, Err(Fault::TooMuch));
}

#[tokio::test]
async fn what_is_not_a_calendar_server_says_so() {
    let client = Client::new(Inward::Allowed).unwrap();
    for answer in [
        ok("<html>"),
        ok("<multistatus xmlns='DAV:'/>"),
        "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n".into(),
    ] {
        let (url, _) = saying(answer).await;
        let refused = discover(&client, &account(&url), &mut budget()).await;
        assert_eq!(refused, Err(Fault::NotCalDav));
    }
    let gone = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n";
    let (url, _) = saying(gone.into()).await;
    assert_eq!(
        subscription(&client, &url, &mut budget()).await,
        Err(Fault::Gone)
    );
}
