//! Radicale, with the calendar Work of Ada.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A server that runs until it is dropped.
pub(super) struct Radicale {
    child: Child,
    pub(super) url: String,
    users: PathBuf,
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Radicale {
    pub(super) async fn start() -> Self {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let python = format!("{root}/target/providers/bin/python");
        assert!(
            std::fs::exists(&python).unwrap(),
            "no {python}: bin/setup providers"
        );
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut child = Command::new(python)
            .arg(format!("{root}/end2end/providers/caldav.py"))
            .args(["--port", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut said).unwrap();
        let (_, users) = said.trim().split_once(" with ").unwrap();
        let server = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            users: users.into(),
        };
        assert_eq!(server.send("MKCALENDAR", "/ada/work/", "").await.0, 201);
        server
    }

    /// Another program's request: status and body.
    pub(super) async fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new().request(method, format!("{}{path}", self.url));
        let request = request
            .basic_auth("ada", Some("secret"))
            .body(body.to_owned());
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.text().await.unwrap())
    }

    pub(super) async fn event(&self, name: &str, begin: &str, more: &str) {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{begin}\r\nDURATION:PT1H\r\nSUMMARY:x\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let status = self
            .send("PUT", &format!("/ada/work/{name}.ics"), &text)
            .await
            .0;
        assert!(matches!(status, 201 | 204), "{status}");
    }

    pub(super) fn change_password(&self, password: &str) {
        std::fs::write(&self.users, format!("ada:{password}\n")).unwrap();
    }
}
