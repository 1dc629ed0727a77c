//! Single sign-on: sent to a provider, and back with what it says.

mod arrival;
mod openid;
mod saml;
mod start;

use crate::state::State;
use app::request::Asker;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

/// Where a SAML provider posts its responses; the only address that takes posts of other sites.
pub const ACS: &str = "/sso/saml/acs";

/// The addresses that browsers and providers come to.
pub fn router() -> Router<State> {
    Router::new()
        .route("/sso/start/{provider}", get(start::start))
        .route("/sso/test/{provider}", get(start::test))
        .route("/sso/saml/metadata", get(metadata))
        .route(ACS, post(saml::receive))
        .route("/sso/oidc/callback", get(openid::receive))
}

/// `GET /sso/saml/metadata`: what a SAML provider has to know of us; no secret is in it.
async fn metadata(
    axum::extract::State(state): axum::extract::State<State>,
    Extension(asker): Extension<Asker>,
) -> Response {
    match app::sso::metadata(&state.deployment.store, &asker).await {
        Ok(xml) => {
            let name = "attachment; filename=\"staffroom-metadata.xml\"";
            let headers = [
                (header::CONTENT_TYPE, "application/samlmetadata+xml"),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, xml).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Leads on, with cookies.
fn lead(to: &str, cookies: Vec<HeaderValue>) -> Response {
    let mut headers = HeaderMap::new();
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    (headers, Redirect::to(to)).into_response()
}

/// Back to the sign-in, which says that it was not accepted and never why.
fn refused() -> Response {
    lead("/sign-in?done=refused", Vec::new())
}

/// A page that says that it does not work now; the log says why.
fn failed(error: &app::error::AppError) -> Response {
    let status = axum::http::StatusCode::from_u16(error.status());
    let status = status.unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}
