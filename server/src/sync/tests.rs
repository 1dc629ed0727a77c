//! Linked calendars against Radicale: what the worker does with what people link.

mod houses;

use super::Sync;
use crate::config::PublicUrl;
use crate::demo;
use calendars::{Client, Inward};
use domain::availability::Span;
use domain::calendar::{Access, CalendarLinked, Found, Kind, Link};
use domain::credential::PasswordHash;
use domain::{Actor, CalendarId, CalendarLinkId, Employee, EmployeeId, OrganisationId, Role};
use jiff::SignedDuration;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use store::availability::Whom;
use store::outbox::Message;
use store::secret::Key;
use store::{Store, now};

/// An agent of the demo, whose calendar Work is on Radicale.
struct Scene {
    sync: Sync,
    folder: PathBuf,
    organisation: OrganisationId,
    agent: EmployeeId,
    server: Radicale,
}

struct Radicale {
    child: Child,
    url: String,
    users: PathBuf,
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Radicale {
    async fn start() -> Self {
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
    async fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new().request(method, format!("{}{path}", self.url));
        let request = request
            .basic_auth("ada", Some("secret"))
            .body(body.to_owned());
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.text().await.unwrap())
    }

    async fn event(&self, name: &str, begin: &str, more: &str) {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{begin}\r\nDURATION:PT1H\r\nSUMMARY:x\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let status = self
            .send("PUT", &format!("/ada/work/{name}.ics"), &text)
            .await
            .0;
        assert!(matches!(status, 201 | 204), "{status}");
    }

    fn change_password(&self, password: &str) {
        std::fs::write(&self.users, format!("ada:{password}\n")).unwrap();
    }
}

impl Scene {
    async fn new(name: &str) -> Self {
        let place = format!("staffroom-sync-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(place);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let database = format!("sqlite:{}", folder.join("staffroom.db").display());
        let key = Key::new(&[7; Key::LENGTH]).unwrap();
        let store = Store::open(&database, key).await.unwrap();
        let wish = demo::Wish {
            employees: demo::LEAST,
            seed: 1,
        };
        let password = PasswordHash("$".into());
        demo::fill(&store, wish, password, now()).await.unwrap();
        let (organisation, _) = store.organisations().await.unwrap()[0];
        let agent = agent(&store, organisation).await;
        let scene = Self {
            sync: Sync {
                store,
                client: Client::new(Inward::Allowed).unwrap(),
                public_url: PublicUrl::read("https://staffroom.example").unwrap(),
            },
            folder,
            organisation,
            agent,
            server: Radicale::start().await,
        };
        scene.unlink_all().await;
        scene
    }

    fn system(&self) -> Actor {
        Actor::system(self.organisation)
    }

    async fn employee(&self) -> (Employee, Actor) {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        let employee = reading.employee(self.agent).await.unwrap().unwrap();
        let actor = Actor::known(
            self.organisation,
            self.agent,
            false,
            employee.places.clone(),
        );
        (employee, actor)
    }

    async fn links(&self) -> Vec<Link> {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.calendar_links(self.agent).await.unwrap()
    }

    /// What the demo linked.
    async fn unlink_all(&self) {
        let (employee, _) = self.employee().await;
        for link in self.links().await {
            let unlinked = employee
                .unlink_calendar(&self.system(), &link, now())
                .unwrap();
            let mut write = self
                .sync
                .store
                .write(self.organisation, None)
                .await
                .unwrap();
            write.apply(unlinked).await.unwrap();
            write.commit().await.unwrap();
        }
    }

    async fn link(&self, kind: Kind, address: &str) {
        let address = format!("{}{address}", self.server.url);
        let work = format!("{}/ada/work/", self.server.url);
        self.link_at(kind, address, work).await;
    }

    async fn link_at(&self, kind: Kind, address: String, work: String) {
        let account = kind == Kind::Account;
        let linked = CalendarLinked {
            id: CalendarLinkId(store::new_id()),
            employee: self.agent,
            kind,
            name: "127.0.0.1".into(),
            access: Access {
                address,
                user: "ada".into(),
                password: "secret".into(),
            },
            calendars: vec![Found {
                id: CalendarId(store::new_id()),
                name: "Work".into(),
                address: work,
                writable: account,
            }],
        };
        let (employee, actor) = self.employee().await;
        let linked = employee.link_calendar(&actor, 0, linked, now()).unwrap();
        let mut write = self
            .sync
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        write.apply(linked).await.unwrap();
        write.commit().await.unwrap();
    }

    async fn switch(&self, copies: bool, blocks: bool) {
        let (employee, actor) = self.employee().await;
        let link = self.links().await.remove(0);
        let calendar = link.calendars[0].id;
        let switched = employee.switch_calendar(&actor, &link, calendar, copies, blocks, now());
        let mut write = self
            .sync
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        write.apply(switched.unwrap().unwrap()).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Synchronizes now, whatever is due.
    async fn sync(&self) {
        let links: Vec<_> = self.links().await.iter().map(|link| link.id).collect();
        let store = &self.sync.store;
        store
            .calendars_are_due(self.organisation, &links, now())
            .await
            .unwrap();
        self.sync.sync_due(None).await.unwrap();
    }

    async fn busy(&self) -> Vec<String> {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        let year = Span {
            from: now() - SignedDuration::from_hours(24 * 365),
            until: now() + SignedDuration::from_hours(24 * 365),
        };
        let employee = reading.employee(self.agent).await.unwrap().unwrap();
        let office = employee.places[0].office;
        let subject = reading.subjects().await.unwrap()[0].id;
        let whom = Whom::One(self.agent);
        let cases = reading.cases(office, subject, whom, year, None).await;
        let mut busy = cases.unwrap().unwrap().remove(0).diary.busy;
        busy.sort_by_key(|span| span.from);
        busy.iter().map(|span| span.from.to_string()).collect()
    }

    /// Whether anything is known of a link.
    async fn knows(&self, link: CalendarLinkId) -> bool {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.calendar_access(link).await.unwrap().is_some()
    }

    /// Upcoming appointments of the agent, as the demo has them.
    async fn upcoming(&self) -> usize {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.agenda(self.agent, now()).await.unwrap().len()
    }

    /// How many events stand in the calendar, and their text.
    async fn copies(&self) -> (usize, String) {
        let (_, text) = self.server.send("GET", "/ada/work/", "").await;
        (text.matches("BEGIN:VEVENT").count(), text)
    }
}

/// Somebody who takes appointments; the one with the most ahead.
async fn agent(store: &Store, organisation: OrganisationId) -> EmployeeId {
    let mut reading = store.read(organisation).await.unwrap();
    let system = Actor::system(organisation);
    let query = domain::listing::Query::default();
    let seen = system.visibility(domain::Action::ViewEmployee);
    let page = reading.employees(seen, &query).await.unwrap();
    let mut found = None;
    for row in page.rows {
        let employee = reading.employee(row.id).await.unwrap().unwrap();
        let takes = employee
            .places
            .iter()
            .any(|place| place.roles.has(Role::Agent));
        if takes && employee.status == domain::Status::Active {
            let ahead = reading.agenda(row.id, now()).await.unwrap().len();
            found = found.max(Some((ahead, row.id)));
        }
    }
    found.unwrap().1
}

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
    let mut write = scene
        .sync
        .store
        .write(scene.organisation, None)
        .await
        .unwrap();
    write.apply(linked).await.unwrap();
    write.commit().await.unwrap();
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
