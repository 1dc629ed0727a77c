//! Radicale as a real counterpart, started for one test.

use calendars::{Account, Client, Inward};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub struct Radicale {
    child: Child,
    pub url: String,
    users: PathBuf,
}

impl Radicale {
    /// A server that knows `ada` with the password `secret`, who has the calendars Work and Home,
    /// and a list of tasks.
    pub async fn start() -> Self {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let python = format!("{root}/target/providers/bin/python");
        assert!(
            std::fs::exists(&python).unwrap(),
            "no {python}: bin/setup providers"
        );
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
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
        let (_, users) = said.trim().split_once(" with ").expect(&said);
        let server = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            users: users.into(),
        };
        server.make("work", "Work", "VEVENT").await;
        server.make("home", "Home", "VEVENT").await;
        server.make("tasks", "Tasks", "VTODO").await;
        server
    }

    pub fn account(&self, address: &str) -> Account {
        Account {
            address: format!("{}{address}", self.url),
            user: "ada".into(),
            password: "secret".into(),
        }
    }

    pub fn client() -> Client {
        Client::new(Inward::Allowed).unwrap()
    }

    /// Takes the password away.
    pub fn revoke(&self) {
        std::fs::write(&self.users, "ada:another\n").unwrap();
    }

    /// Another program's request.
    pub async fn send(&self, method: &str, path: &str, body: &str) -> u16 {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new().request(method, format!("{}{path}", self.url));
        let request = request
            .basic_auth("ada", Some("secret"))
            .body(body.to_owned());
        request.send().await.unwrap().status().as_u16()
    }

    async fn make(&self, path: &str, name: &str, kind: &str) {
        let body = format!(
            r#"<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>{name}</d:displayname><c:supported-calendar-component-set><c:comp name="{kind}"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>"#
        );
        let status = self
            .send("MKCALENDAR", &format!("/ada/{path}/"), &body)
            .await;
        assert_eq!(status, 201);
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
