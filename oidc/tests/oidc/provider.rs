//! A provider on loopback that answers what it is told to answer, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub const DOCUMENT: &str = "/.well-known/openid-configuration";
pub const KEYS: &str = "/keys";
pub const TOKEN: &str = "/token";

#[derive(Clone)]
pub enum Reply {
    Json(u16, Value),
    Redirect(&'static str),
    Huge,
    Slow,
}

#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub authorization: Option<String>,
    pub body: String,
}

#[derive(Default)]
struct Script {
    replies: HashMap<String, Reply>,
    asked: Vec<Asked>,
}

#[derive(Clone)]
pub struct Fake {
    pub issuer: String,
    script: Arc<Mutex<Script>>,
}

impl Fake {
    pub async fn listen() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(Script::default()));
        let fake = Self { issuer, script };
        fake.reply(DOCUMENT, Reply::Json(200, fake.usual_document()));
        let router = Router::new().fallback(answer).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        fake
    }

    fn usual_document(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize?tenant=7"),
            "token_endpoint": format!("{issuer}{TOKEN}"),
            "jwks_uri": format!("{issuer}{KEYS}"),
            "response_types_supported": ["code", "code id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["HS256", "XY999", "ES256"],
            "code_challenge_methods_supported": ["plain", "S256"],
        })
    }

    pub fn reply(&self, path: &str, reply: Reply) {
        let mut script = self.script.lock().unwrap();
        script.replies.insert(path.to_owned(), reply);
    }

    /// Sets one entry of the document, or takes it out.
    pub fn say(&self, entry: &str, value: Option<Value>) {
        let mut script = self.script.lock().unwrap();
        let Some(Reply::Json(_, document)) = script.replies.get_mut(DOCUMENT) else {
            panic!("no document");
        };
        let document = document.as_object_mut().unwrap();
        match value {
            Some(value) => document.insert(entry.to_owned(), value),
            None => document.remove(entry),
        };
    }

    pub fn publish(&self, keys: &[Value]) {
        self.reply(KEYS, Reply::Json(200, json!({"keys": keys})));
    }

    /// What was asked at a path.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let script = self.script.lock().unwrap();
        let asked = script.asked.iter().filter(|asked| asked.path == path);
        asked.cloned().collect()
    }
}

async fn answer(State(fake): State<Fake>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let authorization = request.headers().get(header::AUTHORIZATION);
    let authorization = authorization.map(|value| value.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(request.into_body(), 1 << 16)
        .await
        .unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let reply = {
        let mut script = fake.script.lock().unwrap();
        let reply = script.replies.get(&path).cloned();
        script.asked.push(Asked {
            path,
            authorization,
            body,
        });
        reply
    };
    match reply {
        Some(Reply::Json(status, value)) => {
            (StatusCode::from_u16(status).unwrap(), axum::Json(value)).into_response()
        }
        Some(Reply::Redirect(to)) => axum::response::Redirect::temporary(to).into_response(),
        Some(Reply::Huge) => axum::Json("x".repeat(2 << 20)).into_response(),
        Some(Reply::Slow) => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
