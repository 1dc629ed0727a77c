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
const OPEN: [&str; 10] = [
    "/sign-in",
    "/forgotten",
    "/reset/",
    "/sso/",
    "/activate/",
    "/confirm-email/",
    "/api/",
    "/events",
    "/book/",
    "/feeds/",
];

/// The only page of somebody who has to register a second factor first.
const ENROL: &str = "/account/second-factor";

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

    /// The organisation of a host name, and where people reach it; with one organisation every host
    /// is that one.
    async fn organisation(
        &self,
        host: &str,
    ) -> Result<Option<(OrganisationId, Arc<str>)>, store::Error> {
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
            [(only, _)] => Some((*only, self.deployment.public_url.clone())),
            several => {
                let host = host.to_ascii_lowercase();
                let named = |(_, name): &&(OrganisationId, Option<String>)| {
                    name.as_deref() == Some(host.as_str())
                };
                let found = several.iter().find(named);
                found.map(|(id, _)| (*id, at_host(&self.deployment.public_url, &host)))
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
                return match asker.enrolling {
                    None => Redirect::to(&sign_in(&parts)).into_response(),
                    Some(_) if parts.uri.path() == ENROL => {
                        parts.extensions.insert(asker);
                        next.run(Request::from_parts(parts, body)).await
                    }
                    Some(_) => Redirect::to(ENROL).into_response(),
                };
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
    let Some((organisation, url)) = doorway.organisation(host).await? else {
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
    let (session, enrolling) = match session {
        Some(session) if session.lacks_factor => (None, Some(session)),
        session => (session, None),
    };
    Ok(Some(Asker {
        organisation,
        session,
        enrolling,
        now,
        address: doorway.address(parts),
        url,
    }))
}

/// The configured address at the host of one of several organisations.
fn at_host(public_url: &str, host: &str) -> Arc<str> {
    match crate::config::PublicUrl::read(public_url) {
        Ok(url) => url.at_host(host).to_string().into(),
        Err(_) => public_url.into(),
    }
}

fn needs_somebody(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let open = path == "/book" || OPEN.iter().any(|open| path.starts_with(open));
    parts.method == Method::GET && !open
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
