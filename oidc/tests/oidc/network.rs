//! Calls that must not be made, or not go on.

use std::time::{Duration, Instant};

use oidc::{Client, Fault, Inward, discover};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::provider::{DOCUMENT, KEYS, Reply, TOKEN};
use crate::stage::Stage;

async fn refused(client: &Client, issuer: &str) -> Fault {
    discover(client, issuer).await.unwrap_err()
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let stage = Stage::new().await;
    let moved = Reply::Redirect("/elsewhere");
    let fault = stage.refused(|it| it.reply = Some(moved.clone())).await;
    assert_eq!(fault, Fault::Status(307));
    for path in [KEYS, DOCUMENT] {
        stage.fake.reply(path, moved.clone());
        let fault = refused(&stage.client, &stage.provider.issuer).await;
        assert_eq!(fault, Fault::Status(307));
    }
    assert_eq!(stage.fake.asked("/elsewhere").len(), 0);
}

#[tokio::test]
async fn a_huge_answer_is_not_read() {
    let stage = Stage::new().await;
    let fault = stage.refused(|it| it.reply = Some(Reply::Huge)).await;
    assert_eq!(fault, Fault::TooLarge);
    for path in [KEYS, DOCUMENT] {
        stage.fake.reply(path, Reply::Huge);
        let fault = refused(&stage.client, &stage.provider.issuer).await;
        assert_eq!(fault, Fault::TooLarge);
    }
}

#[tokio::test]
async fn a_slow_answer_is_not_waited_for() {
    let mut stage = Stage::new().await;
    stage.client = Client::within(Inward::Allowed, Duration::from_millis(300)).unwrap();
    let begun = Instant::now();
    let fault = stage.refused(|it| it.reply = Some(Reply::Slow)).await;
    assert_eq!(fault, Fault::TimedOut);
    assert!(fault.is_unreachable());
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(stage.fake.asked(TOKEN).len(), 1);
}

#[tokio::test]
async fn an_answer_that_never_ends_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert_ne!(stream.read(&mut request).await.unwrap(), 0);
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
        stream.write_all(head).await.unwrap();
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let client = Client::within(Inward::Allowed, Duration::from_millis(300)).unwrap();
    assert_eq!(refused(&client, &issuer).await, Fault::TimedOut);
}

#[tokio::test]
async fn addresses_that_point_inward_are_not_called() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let client = Client::new(Inward::Refused).unwrap();
    let plain = format!("http://127.0.0.1:{port}");
    assert_eq!(refused(&client, &plain).await, Fault::Insecure);
    for host in ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "127.1"] {
        let issuer = format!("https://{host}:{port}");
        assert_eq!(refused(&client, &issuer).await, Fault::Inward, "{host}");
    }
    // Not a literal: only the resolver sees where it leads.
    let named = format!("https://localhost:{port}");
    assert_eq!(refused(&client, &named).await, Fault::Inward);
    let nobody_came = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
    assert!(nobody_came.is_err());
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new(Inward::Allowed).unwrap();
    let fault = refused(&client, &issuer).await;
    assert!(matches!(fault, Fault::Unreachable(_)), "{fault:?}");
    assert!(fault.is_unreachable());
}
