//! Which address leads where, and what every request passes on its way.

use crate::asker::{self, Doorway};
use crate::config::Mail;
use crate::site::NotBuilt;
use crate::state::State;
use crate::{booking, demo, edge, events, headers, site};
use app::request::Deployment;
use app::site::Site;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::prelude::provide_context;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The largest body of a request in bytes; a picture may be larger.
const BODY: usize = 1 << 20;
/// The largest upload of a picture in bytes (E-18).
const PICTURE: usize = 11 << 20;

/// Everything that Staffroom answers.
///
/// # Errors
/// When the pages were not built.
pub fn router(state: State) -> Result<Router, NotBuilt> {
    Ok(routes(state, site::load()?))
}

/// The same, with a site that was loaded already.
pub fn routes(state: State, site: Site) -> Router {
    // Only the first call counts: what pages read runs on this runtime.
    let _ = any_spawner::Executor::init_tokio();
    let pages = pages(&state, Arc::new(site));
    let deployment = state.deployment.clone();
    let doorway = Doorway::new(deployment.clone(), state.config.trusted_proxies.clone());
    let inside = Router::new()
        .route("/api/{*function}", post(call))
        .route("/events", get(events::stream))
        .route(
            "/pictures/{employee}/{picture}",
            get(app::account::picture::show),
        )
        .route(
            "/account/picture",
            post(app::account::picture::upload).layer(DefaultBodyLimit::max(PICTURE)),
        )
        .route("/customers/export", post(app::customers::export::export))
        .route(
            "/settings/booking/logo",
            post(app::settings::booking::upload_logo).layer(DefaultBodyLimit::max(PICTURE)),
        )
        .route("/feeds/{file}", get(crate::agenda::feed))
        .merge(crate::sso::router())
        .merge(booking::router())
        .fallback_service(pages.clone())
        .with_state(state.clone())
        .layer(Extension(deployment.clone()))
        .layer(from_fn_with_state(pages, edge::form))
        .layer(from_fn_with_state(doorway, asker::find));
    let open = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .merge(site::router())
        .merge(app::messages::router())
        .with_state(state.clone());
    let compression = CompressionLayer::new()
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Fastest);
    open.merge(mailbox(&state))
        .merge(inside)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn(headers::same_origin))
        .layer(from_fn_with_state(deployment.is_secure(), headers::safe))
        .layer(compression)
        .layer(CatchPanicLayer::custom(|_| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
}

/// The demo's mails, where they may be read.
fn mailbox(state: &State) -> Router {
    match &state.config.mail {
        Mail::Folder(folder) if state.deployment.demo_mail => demo::mailbox::router(folder.clone()),
        _ => Router::new(),
    }
}

/// Every page: one handler, since the app's own router knows the addresses.
fn pages(state: &State, site: Arc<Site>) -> Router {
    let deployment = state.deployment.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || {
            provide(&deployment);
            provide_context(site.clone());
            headers::content_security_policy();
        },
        app::shell,
    );
    Router::new().fallback(get(move |request: Request<Body>| async move {
        let language = asker::language(&request);
        // A page that nobody waits for any more is finished all the same: Leptos reports a panic
        // of every task that works for a page whose owner is gone.
        let page = tokio::spawn(render(with_language(request, language)));
        page.await
            .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }))
}

/// A server function. Only POST: what a link could call would go around SameSite cookies.
async fn call(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request<Body>,
) -> Response {
    let language = asker::language(&request);
    let request = with_language(request, language);
    leptos_axum::handle_server_fns_with_context(move || provide(&state.deployment), request)
        .await
        .into_response()
}

fn with_language(mut request: Request<Body>, language: app::messages::Language) -> Request<Body> {
    request.extensions_mut().insert(language);
    request
}

fn provide(deployment: &Deployment) {
    provide_context(deployment.clone());
    let parts = leptos::prelude::use_context::<axum::http::request::Parts>();
    if let Some(language) = parts.and_then(|parts| parts.extensions.get().copied()) {
        provide_context::<app::messages::Language>(language);
    }
}

async fn ready(axum::extract::State(state): axum::extract::State<State>) -> StatusCode {
    match state.deployment.store.is_ready().await {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    }
}
