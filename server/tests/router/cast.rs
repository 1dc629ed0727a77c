//! A cast of people on demo data of their own, signed in, and the requests they make.

use app::request::Deployment;
use app::site::Site;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use server::config::{Config, Flags};
use server::demo::{EMPLOYEES, PASSWORD, Wish, fill};
use server::state::State;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use store::secret::Key;
use tokio::sync::{OnceCell, watch};
use tower::ServiceExt;

/// Everybody who is signed in; the last asks without being so.
pub const CAST: [&str; 6] = ["ada", "max", "noor", "sam", "lee", "nobody"];

/// Where people reach it.
const URL: &str = "http://127.0.0.1:3000";

/// A server on a copy of the demo data, and the cookies of the cast.
pub struct TestApp {
    pub router: Router,
    pub cookies: HashMap<String, String>,
    /// What a second organisation has, where there is one.
    pub second: Option<domain::ProviderId>,
    _folder: Folder,
    _stop: watch::Sender<bool>,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("staffroom-router-{}", store::new_id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The demo data and the cookies, made once for each process and copied for each test.
static TEMPLATE: OnceCell<(PathBuf, HashMap<String, String>)> = OnceCell::const_new();

async fn template() -> &'static (PathBuf, HashMap<String, String>) {
    TEMPLATE
        .get_or_init(|| async {
            let folder = Folder::new();
            let file = folder.0.join("staffroom.db");
            let store = open(&file).await;
            let password = app::password::hash(PASSWORD.into()).await.unwrap();
            let wish = Wish {
                employees: EMPLOYEES,
                seed: 1,
            };
            fill(&store, wish, password, store::now()).await.unwrap();
            let (router, _stop) = serve(store.clone(), URL);
            let mut cookies = HashMap::new();
            for person in &CAST[..5] {
                let form = [
                    ("email", format!("{person}@demo.example")),
                    ("password", PASSWORD.into()),
                ];
                let answer = send(&router, post("sign_in", &form, None)).await;
                assert_eq!(answer.status, StatusCode::OK, "{person}: {}", answer.body);
                let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
                cookies.insert(
                    (*person).to_owned(),
                    cookie.split(';').next().unwrap().to_owned(),
                );
            }
            let copy = folder.0.join("template.db");
            store::backup::copy(&file, &copy).await.unwrap();
            // Kept for the life of the process, which cleans its temporary folder up by itself.
            std::mem::forget(folder);
            (copy, cookies)
        })
        .await
}

async fn open(file: &Path) -> Store {
    let key = Key::new(&[7; Key::LENGTH]).unwrap();
    Store::open(&format!("sqlite:{}", file.display()), key)
        .await
        .unwrap()
}

fn serve(store: Store, url: &str) -> (Router, watch::Sender<bool>) {
    let (stop, stopping) = watch::channel(false);
    let state = State {
        deployment: Deployment {
            store,
            public_url: url.into(),
            openid: app::sso::OpenId::new(true).unwrap(),
            calendars: calendars::Client::new(calendars::Inward::Allowed).unwrap(),
            pbx_place: None,
            presence: provisioning::Presence::default(),
            demo_mail: false,
        },
        config: Arc::new(Config::read(Flags::default()).unwrap()),
        stopping,
    };
    let site = Site {
        css: "main.css".into(),
        js: "staffroom.js".into(),
        wasm: "staffroom.wasm".into(),
        prefetch: HashMap::new(),
    };
    (server::router::routes(state, site), stop)
}

impl TestApp {
    /// A server of its own for one test.
    pub async fn new() -> Self {
        Self::at(URL).await
    }

    /// The same, reached at another address.
    pub async fn at(url: &str) -> Self {
        let (file, cookies) = template().await;
        let folder = Folder::new();
        let copy = folder.0.join("staffroom.db");
        std::fs::copy(file, &copy).unwrap();
        let store = open(&copy).await;
        let (router, stop) = serve(store, url);
        Self {
            router,
            cookies: cookies.clone(),
            second: None,
            _folder: folder,
            _stop: stop,
        }
    }

    /// A server for two organisations: the demo's, at `host`, and one that `second` makes.
    pub async fn of_two(
        url: &str,
        host: &str,
        second: impl AsyncFn(&Store) -> domain::ProviderId,
    ) -> Self {
        let (file, cookies) = template().await;
        let folder = Folder::new();
        let copy = folder.0.join("staffroom.db");
        std::fs::copy(file, &copy).unwrap();
        let store = open(&copy).await;
        let address = format!("sqlite:{}", copy.display());
        let pool = sqlx::SqlitePool::connect(&address).await.unwrap();
        let sql = "UPDATE organisation SET host = $1";
        sqlx::query(sql).bind(host).execute(&pool).await.unwrap();
        pool.close().await;
        let second = second(&store).await;
        let (router, stop) = serve(store, url);
        Self {
            router,
            cookies: cookies.clone(),
            second: Some(second),
            _folder: folder,
            _stop: stop,
        }
    }

    /// Changes rows as nothing of ours would.
    pub async fn sql(&self, sql: &str) {
        let file = self._folder.0.join("staffroom.db");
        let address = format!("sqlite:{}", file.display());
        let pool = sqlx::SqlitePool::connect(&address).await.unwrap();
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// The one number that a statement answers with.
    pub async fn number(&self, sql: &str) -> i64 {
        let file = self._folder.0.join("staffroom.db");
        let address = format!("sqlite:{}", file.display());
        let pool = sqlx::SqlitePool::connect(&address).await.unwrap();
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        let number = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        pool.close().await;
        number
    }

    /// A server function with the arguments of a form, as the browser's WebAssembly calls it.
    pub async fn call(&self, who: &str, function: &str, form: &[(&str, String)]) -> Answer {
        send(&self.router, post(function, form, self.cookies.get(who))).await
    }

    /// A server function that takes JSON.
    pub async fn ask(&self, who: &str, function: &str, arguments: Value) -> Answer {
        let mut request = Request::post(format!("/api/{function}"))
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin");
        if let Some(cookie) = self.cookies.get(who) {
            request = request.header(header::COOKIE, cookie);
        }
        send(
            &self.router,
            request.body(Body::from(arguments.to_string())).unwrap(),
        )
        .await
    }

    /// A page.
    pub async fn page(&self, who: &str, path: &str) -> Answer {
        let mut request = Request::get(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT, "text/html");
        if let Some(cookie) = self.cookies.get(who) {
            request = request.header(header::COOKIE, cookie);
        }
        send(&self.router, request.body(Body::empty()).unwrap()).await
    }

    /// The id of somebody by the first part of their email.
    pub async fn id(&self, person: &str) -> String {
        let query = query(person);
        let listed = self
            .ask(
                "ada",
                "list_employees",
                json!({ "query": query, "team": null }),
            )
            .await;
        let rows = listed.json()["page"]["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let email = format!("{person}@demo.example");
        let row = rows.iter().find(|row| row["email"] == email.as_str());
        row.and_then(|row| row["id"].as_str())
            .unwrap_or_else(|| panic!("no {person}"))
            .to_owned()
    }

    /// The id of an office by its name.
    pub async fn office(&self, name: &str) -> String {
        let offices = self
            .ask("ada", "assignable_offices", json!({}))
            .await
            .json();
        let offices = offices.as_array().cloned().unwrap_or_default();
        let office = offices.iter().find(|office| office[1] == name);
        office
            .and_then(|office| office[0].as_str())
            .unwrap_or_else(|| panic!("no {name}"))
            .to_owned()
    }

    /// The version of an employee.
    pub async fn version(&self, id: &str) -> String {
        let employee = self
            .ask("ada", "get_employee", json!({ "id": id }))
            .await
            .json();
        employee["record"]["version"].to_string()
    }

    /// A subject and its category.
    pub async fn subject(&self, title: &str) -> (String, String) {
        let all = self.ask("ada", "list_subjects", json!({})).await.json();
        let all = all["subjects"].as_array().cloned().unwrap_or_default();
        let found = all.iter().find(|subject| subject["title"] == title);
        let found = found.unwrap_or_else(|| panic!("no {title}"));
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        (text("id"), text("category"))
    }

    /// The version of an office.
    pub async fn office_version(&self, id: &str) -> String {
        let office = self.ask("ada", "get_office", json!({ "id": id })).await;
        office.json()["office"]["version"].to_string()
    }
}

/// What a list is asked for: everybody with `search` in name or email.
pub fn query(search: &str) -> Value {
    json!({
        "search": search, "roles": 0, "status": [], "office": null, "sort": "name",
        "descending": false, "size": null, "place": "Start",
    })
}

/// A form post to a server function, as the WebAssembly sends it.
pub fn post(function: &str, form: &[(&str, String)], cookie: Option<&String>) -> Request<Body> {
    let mut request = Request::post(format!("/api/{function}"))
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::from(encode(form))).unwrap()
}

/// `application/x-www-form-urlencoded`.
pub fn encode(form: &[(&str, String)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs = form
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Sends a request through the whole router and reads the answer.
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}
