//! Cases: what is asked of Staffroom, and the same of the yardstick.

use crate::http;
use crate::load::Requests;
use crate::people::{CHANGED, People};
use crate::yardstick::COOKIE;
use domain::listing::{Place, Query};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

/// One thing that people do, as requests to each of two servers.
#[derive(Clone)]
pub struct Case {
    pub name: String,
    pub ours: Requests,
    pub yardstick: Requests,
}

/// Who asks, as the two servers know them.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Name and value of Staffroom's session cookie.
    pub ours: String,
}

impl Caller {
    /// Name and value of the yardstick's cookie.
    pub fn yardstick() -> String {
        format!("{COOKIE}={COOKIE}")
    }

    fn case(
        name: impl Into<String>,
        ours: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static,
        yardstick: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static,
    ) -> Case {
        Case {
            name: name.into(),
            ours: Arc::new(ours),
            yardstick: Arc::new(yardstick),
        }
    }

    /// A list by the server function, beside the address of the same list at the yardstick.
    fn list_case(&self, name: impl Into<String>, query: &Query, yardstick: &str) -> Case {
        let ours = self.list(query);
        let yardstick = http::get(yardstick, &Self::yardstick());
        Self::case(name, move |_| ours.clone(), move |_| yardstick.clone())
    }

    /// The server function of the list.
    pub fn list(&self, query: &Query) -> Vec<u8> {
        let body = json!({ "query": query, "team": null }).to_string();
        http::post_json("/api/list_employees", &self.ours, &body)
    }

    /// The list and its pages.
    pub fn lists(&self, people: &People) -> Vec<Case> {
        let deep = Query {
            place: Place::After(people.deep.clone()),
            ..Query::default()
        };
        let (key, id) = (http::encode(&people.deep.key), people.deep.id);
        let page = http::page("/employees", &self.ours);
        let compressed = http::compressed_page("/employees", &self.ours);
        let beside = http::get("/employees", &Self::yardstick());
        let (again, beside_again) = (compressed, beside.clone());
        vec![
            self.list_case("list", &Query::default(), "/employees"),
            self.list_case(
                "list, last tenth",
                &deep,
                &format!("/employees?key={key}&id={id}"),
            ),
            Self::case("list page", move |_| page.clone(), move |_| beside.clone()),
            Self::case(
                "list page, compressed",
                move |_| again.clone(),
                move |_| beside_again.clone(),
            ),
        ]
    }

    /// Searching, from the first letter on.
    pub fn searches(&self, people: &People) -> Vec<Case> {
        let case = |(name, typed): &(&str, String)| {
            let query = Query {
                search: typed.clone(),
                ..Query::default()
            };
            let beside = format!("/employees?search={}", http::encode(typed));
            self.list_case(format!("search, {name}"), &query, &beside)
        };
        people.terms.iter().map(case).collect()
    }

    /// One employee after another, as data and as page.
    pub fn ones(&self, people: &People) -> Vec<Case> {
        let cookie = self.ours.clone();
        let function = self.ours.clone();
        let (ours, pages) = (people.some.clone(), people.some.clone());
        let (beside, beside_page) = (turns(people), turns(people));
        let (mine, paged) = (AtomicU64::new(0), AtomicU64::new(0));
        vec![
            Self::case(
                "one employee",
                move |_| {
                    let id = ours[turn(&mine, ours.len())];
                    http::post_json(
                        "/api/get_employee",
                        &function,
                        &json!({ "id": id }).to_string(),
                    )
                },
                beside,
            ),
            Self::case(
                "employee page",
                move |_| {
                    let id = pages[turn(&paged, pages.len())];
                    http::page(&format!("/employees/{id}"), &cookie)
                },
                beside_page,
            ),
        ]
    }

    /// The free times of a week, beside the rows that they follow from.
    pub fn free_times(&self, office: Uuid, subject: Uuid) -> Case {
        let wanted = json!({
            "office": office, "subject": subject, "agent": null, "from": "", "except": null,
        });
        let body = json!({ "wanted": wanted }).to_string();
        let ours = http::post_json("/api/free_times", &self.ours, &body);
        let path = format!("/times?office={office}&subject={subject}");
        let beside = http::get(&path, &Self::yardstick());
        Self::case("free times", move |_| ours.clone(), move |_| beside.clone())
    }

    /// The first page of contact-centre users, as data.
    pub fn contact_users(&self) -> Case {
        let query = domain::contact_centre::listing::Query::default();
        let body = json!({ "query": query }).to_string();
        let ours = http::post_json("/api/list_contact_users", &self.ours, &body);
        Self::beside("contact-centre users", ours, "/contact-users")
    }

    /// The same as a page.
    pub fn contact_users_page(&self) -> Case {
        let ours = http::page("/contact-centre/users", &self.ours);
        Self::beside("contact-centre users page", ours, "/contact-users")
    }

    /// The first page of users and queues, as data.
    pub fn matrix(&self) -> Case {
        let asked = json!({ "users": "", "after": "", "queues": "", "page": 0 });
        let body = json!({ "asked": asked }).to_string();
        let ours = http::post_json("/api/get_queue_matrix", &self.ours, &body);
        Self::beside("matrix", ours, "/matrix")
    }

    /// The same as a page.
    pub fn matrix_page(&self) -> Case {
        let ours = http::page("/contact-centre/queues/matrix", &self.ours);
        Self::beside("matrix page", ours, "/matrix")
    }

    /// Who of a queue would be offered a call.
    pub fn offers(&self, queue: Uuid) -> Case {
        let question = json!({ "queue": queue, "moment": "idle", "arriving": "queue_call" });
        let body = json!({ "question": question }).to_string();
        let ours = http::post_json("/api/ask_offer", &self.ours, &body);
        Self::beside("offers", ours, &format!("/members?queue={queue}"))
    }

    fn beside(name: &str, ours: Vec<u8>, yardstick: &str) -> Case {
        let beside = http::get(yardstick, &Self::yardstick());
        Self::case(name, move |_| ours.clone(), move |_| beside.clone())
    }

    /// Adding somebody who signs in elsewhere, so that no mail follows.
    pub fn create(&self) -> Case {
        let (cookie, mine, other) = (self.ours.clone(), Numbers::new(), Numbers::new());
        Self::case(
            "create",
            move |_| {
                let (email, id) = mine.next();
                let fields = [
                    ("bypass", "true"),
                    ("email", email.as_str()),
                    ("external_id", id.as_str()),
                    ("first_name", "Marie"),
                    ("last_name", "Peeters"),
                ];
                http::post_form("/api/create_employee", &cookie, &fields)
            },
            move |_| {
                let (email, id) = other.next();
                let new = json!({ "email": email, "external_id": id, "first_name": "Marie", "last_name": "Peeters" });
                http::post_json("/employees", &Self::yardstick(), &new.to_string())
            },
        )
    }

    /// Changing the function of an agent; each connection has an agent of its own.
    pub fn change(&self, people: &People) -> Case {
        let cookie = self.ours.clone();
        let (mine, other) = (Agents::new(people), Agents::new(people));
        Self::case(
            "change a field",
            move |connection| {
                let (id, version) = mine.next(connection);
                let (version, function) = (version.to_string(), format!("Adviser {version}"));
                let fields = [
                    ("id", id.as_str()),
                    ("version", &version),
                    ("function", &function),
                ];
                http::post_form("/api/save_employee", &cookie, &fields)
            },
            move |connection| {
                let (id, version) = other.next(connection);
                let changed =
                    json!({ "version": version, "function": format!("Adviser {version}") });
                let path = format!("/employees/{id}/function");
                http::post_json(&path, &Self::yardstick(), &changed.to_string())
            },
        )
    }
}

/// Creations and changes by turns.
pub fn writes(create: Case, change: Case) -> Case {
    let by_turns = |one: Requests, other: Requests| -> Requests {
        let count = AtomicU64::new(0);
        Arc::new(move |connection| match turn(&count, 2) {
            0 => one(connection),
            _ => other(connection),
        })
    };
    Case {
        name: "writes".to_owned(),
        ours: by_turns(create.ours, change.ours),
        yardstick: by_turns(create.yardstick, change.yardstick),
    }
}

fn turn(count: &AtomicU64, of: usize) -> usize {
    let next = count.fetch_add(1, Ordering::Relaxed);
    usize::try_from(next % of.max(1) as u64).unwrap_or_default()
}

fn turns(people: &People) -> impl Fn(usize) -> Vec<u8> + Send + Sync + 'static {
    let (some, count) = (people.some.clone(), AtomicU64::new(0));
    move |_| {
        let id = some[turn(&count, some.len())];
        http::get(&format!("/employees/{id}"), &Caller::yardstick())
    }
}

/// Addresses and External IDs that nobody has yet.
struct Numbers {
    next: AtomicU64,
}

impl Numbers {
    fn new() -> Self {
        Self {
            next: AtomicU64::new(0),
        }
    }

    fn next(&self) -> (String, String) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (
            format!("marie.peeters{number}@bench.example"),
            format!("bench-{number}"),
        )
    }
}

/// Agents with the version that each has by now.
struct Agents(Vec<(String, AtomicI64)>);

impl Agents {
    fn new(people: &People) -> Self {
        let agents = people.agents.iter().take(CHANGED);
        Self(
            agents
                .map(|(id, version)| (id.to_string(), AtomicI64::new(*version)))
                .collect(),
        )
    }

    fn next(&self, connection: usize) -> (String, i64) {
        let (id, version) = &self.0[connection % self.0.len()];
        (id.clone(), version.fetch_add(1, Ordering::Relaxed))
    }
}
