//! Who asks: organisation by host, session by cookie, once for everything that runs in a request.

use crate::config::Proxies;
use app::messages::Language;
use app::request::{Asker, Deployment, cookie};
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::OrganisationId;
use std::net::SocketAddr;
use std::sync::{Arc, RwLock};
use std::time::Duration;
use store::session::SEEN_EVERY;
use tokio::time::Instant;

/// How long the list of organisations is believed.
const BELIEVED: Duration = Duration::from_secs(10);
/// The pages that anybody may open.
const OPEN: [&str; 5] = [
    "/sign-in",
    "/activate/",
    "/confirm-email/",
    "/api/",
    "/events",
];

type Known = (Instant, Vec<(OrganisationId, Option<String>)>);

/// What the middleware needs to recognise people.
#[derive(Clone)]
pub struct Doorway {
    deployment: Deployment,
    proxies: Proxies,
    organisations: Arc<RwLock<Option<Known>>>,
}

impl Doorway {
    /// A doorway of this deployment, which believes these proxies.
    pub fn new(deployment: Deployment, proxies: Proxies) -> Self {
        Self {
            deployment,
            proxies,
            organisations: Arc::default(),
        }
    }

    /// The organisation of a host name; with one organisation every host is that one.
    async fn organisation(&self, host: &str) -> Result<Option<OrganisationId>, store::Error> {
        let known = self
            .organisations
            .read()
            .ok()
            .and_then(|known| known.clone());
        let fresh = known.filter(|(since, list)| since.elapsed() < BELIEVED && !list.is_empty());
        let list = match fresh {
            Some((_, list)) => list,
            None => {
                let list = self.deployment.store.organisations().await?;
                if let Ok(mut known) = self.organisations.write() {
                    *known = Some((Instant::now(), list.clone()));
                }
                list
            }
        };
        Ok(match list.as_slice() {
            [(only, _)] => Some(*only),
            several => {
                let named =
                    |(_, name): &&(OrganisationId, Option<String>)| name.as_deref() == Some(host);
                several.iter().find(named).map(|(id, _)| *id)
            }
        })
    }

    fn address(&self, parts: &Parts) -> Option<String> {
        let ConnectInfo(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok());
        Some(self.proxies.client(peer.ip(), forwarded).to_string())
    }
}

/// Finds out who asks; a page that needs somebody who is signed in leads to the sign-in first.
pub async fn find(State(doorway): State<Doorway>, request: Request<Body>, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match asker(&doorway, &parts).await {
        Ok(Some(asker)) => {
            if asker.session.is_none() && needs_somebody(&parts) {
                return Redirect::to(&sign_in(&parts)).into_response();
            }
            if let Some(session) = asker.session.as_ref().filter(|_| parts.uri.path() == "/") {
                return Redirect::to(&app::home::home(&session.actor)).into_response();
            }
            note_seen(&doorway, &asker);
            parts.extensions.insert(asker);
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(None) => (StatusCode::NOT_FOUND, "There is no organisation here yet.").into_response(),
        Err(error) => {
            tracing::error!(%error, "can't find out who asks");
            let retry = [(header::RETRY_AFTER, "5")];
            (
                StatusCode::SERVICE_UNAVAILABLE,
                retry,
                "Staffroom is not available. Try again in a moment.",
            )
                .into_response()
        }
    }
}

async fn asker(doorway: &Doorway, parts: &Parts) -> Result<Option<Asker>, store::Error> {
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let Some(organisation) = doorway.organisation(host).await? else {
        return Ok(None);
    };
    let now = store::now();
    let session = match cookie(parts, doorway.deployment.cookie_name()) {
        Some(token) => {
            let mut reading = doorway.deployment.store.read(organisation).await?;
            reading.session(&token, now).await?.map(Arc::new)
        }
        None => None,
    };
    Ok(Some(Asker {
        organisation,
        session,
        now,
        address: doorway.address(parts),
    }))
}

fn needs_somebody(parts: &Parts) -> bool {
    let path = parts.uri.path();
    parts.method == Method::GET && !OPEN.iter().any(|open| path.starts_with(open))
}

/// The sign-in page that leads back to where somebody wanted to go.
fn sign_in(parts: &Parts) -> String {
    let wanted = parts
        .uri
        .path_and_query()
        .map_or("/", |wanted| wanted.as_str());
    if wanted == "/" || wanted.starts_with("/pictures") {
        return "/sign-in".to_owned();
    }
    let encoded: String = wanted
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("/sign-in?to={encoded}")
}

/// Writes "last seen", off the path of the request and not too often.
fn note_seen(doorway: &Doorway, asker: &Asker) {
    let Some(session) = asker.session.clone() else {
        return;
    };
    if asker.now.duration_since(session.seen_at) < SEEN_EVERY {
        return;
    }
    let (store, organisation, now) = (
        doorway.deployment.store.clone(),
        asker.organisation,
        asker.now,
    );
    tokio::spawn(async move {
        if let Err(error) = store
            .seen(organisation, session.id, session.employee, now)
            .await
        {
            tracing::warn!(%error, "can't note who was seen");
        }
    });
}

/// The language of whoever asks: their own, the organisation's, or what their browser prefers.
pub fn language(request: &Request<Body>) -> Language {
    let session = request
        .extensions()
        .get::<Asker>()
        .and_then(|asker| asker.session.clone());
    match session {
        Some(session) => app::request::language(&session),
        None => {
            let accepted = request
                .headers()
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|v| v.to_str().ok());
            Language::negotiate(accepted.unwrap_or_default())
        }
    }
}
