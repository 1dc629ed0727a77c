//! A server that runs: what it says, what it sends, and how it ends.

use crate::house::{House, pages_are_built};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Begins to serve, and answers with where.
fn serve(house: &House) -> (Child, String) {
    let mut server = house.begins(&["serve", "--listen", "127.0.0.1:0"]);
    let mut line = String::new();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Staffroom is ready at http://");
    (
        server,
        address
            .unwrap_or_else(|| panic!("it said {line:?}"))
            .to_owned(),
    )
}

fn get(address: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(
        connection,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{what} did not come about"
        );
        sleep(Duration::from_millis(50));
    }
}

fn stop(mut server: Child) {
    let begin = Instant::now();
    Command::new("kill")
        .arg(server.id().to_string())
        .status()
        .unwrap();
    assert!(server.wait().unwrap().success());
    assert!(begin.elapsed() < Duration::from_secs(10));
}

// M-04
#[test]
fn a_server_sends_its_mails_lets_itself_be_copied_and_stops_when_told() {
    if !pages_are_built() {
        return eprintln!("skipped: the pages are not built");
    }
    let house = House::new();
    house.succeeds(&["demo"]);
    let (server, address) = serve(&house);
    assert!(get(&address, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200"));

    // In the morning, mails of the day come besides.
    until("four invitations", || {
        let mails = get(&address, "/demo/mail");
        let invites = |mail: &&str| mail.contains("/activate/");
        mails.split("<article").filter(invites).count() == 4
    });
    let mails = get(&address, "/demo/mail");
    assert!(
        mails.contains(&format!("<a href=\"http://{address}/activate/")),
        "{mails}"
    );

    house.succeeds(&["backup", "copy.db"]);
    let idle = TcpStream::connect(&address).unwrap();
    stop(server);
    drop(idle);

    let elsewhere = House::new();
    let copy = house.file("copy.db");
    elsewhere.succeeds(&["restore", copy.to_str().unwrap()]);
    assert!(elsewhere.succeeds(&["check"]).contains("All is well"));
}
