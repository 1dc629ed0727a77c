//! Status and forms without WebAssembly, for every server function in one place.

use app::error::AppError;
use app::request::{Asker, Submitted};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use tower::ServiceExt;

/// The largest form or argument in bytes.
const MOST: usize = 1 << 20;

/// Gives a server function's error its status; and a browser's form post, whose error would
/// otherwise be JSON or lost, its page again with what was typed.
pub async fn form(State(pages): State<Router>, request: Request<Body>, next: Next) -> Response {
    if request.method() != Method::POST || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let asked = parts.clone();
    let answer = next
        .run(Request::from_parts(parts, Body::from(body.clone())))
        .await;
    if !answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return answer;
    }
    let (mut head, content) = answer.into_parts();
    let content = to_bytes(content, MOST).await.unwrap_or_default();
    let error = AppError::de(content.clone());
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match page_of(&asked) {
        Some(page) => again(pages, &asked, &page, error, &body, status).await,
        None => {
            head.status = status;
            head.headers.remove(header::LOCATION);
            Response::from_parts(head, Body::from(content))
        }
    }
}

/// The page a form was on, for a browser that wants a page back; path and query, never the host.
fn page_of(asked: &Parts) -> Option<String> {
    let text = |name| {
        asked
            .headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    if !text(header::ACCEPT)?.contains("text/html") {
        return None;
    }
    let referer = text(header::REFERER)?;
    let (_, rest) = referer.split_once("://")?;
    let path = rest.find('/').map_or("/", |slash| &rest[slash..]);
    Some(path.split('#').next().unwrap_or("/").to_owned())
}

/// Renders the page once more in the same request, with the error and what was typed.
async fn again(
    pages: Router,
    asked: &Parts,
    page: &str,
    error: AppError,
    body: &Bytes,
    status: StatusCode,
) -> Response {
    let typed = typed(body, &error);
    let submitted = Submitted {
        to: asked.uri.path().to_owned(),
        error,
        typed,
    };
    let Ok(mut request) = Request::get(page).body(Body::empty()) else {
        return status.into_response();
    };
    for name in [
        header::HOST,
        header::COOKIE,
        header::ACCEPT,
        header::ACCEPT_LANGUAGE,
    ] {
        if let Some(value) = asked.headers.get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(asker) = asked.extensions.get::<Asker>() {
        request.extensions_mut().insert(asker.clone());
    }
    request.extensions_mut().insert(submitted);
    match pages.oneshot(request).await {
        Ok(mut response) => {
            if response.status() == StatusCode::OK {
                *response.status_mut() = status;
            }
            response
        }
        Err(never) => match never {},
    }
}

/// What was typed, without passwords; and, where somebody else changed a field that this person
/// did not touch, without that field, so that the page shows what is true now (E-20).
fn typed(body: &Bytes, error: &AppError) -> Vec<(String, String)> {
    let pairs: Vec<(String, String)> = form_pairs(body);
    let untouched = |name: &str, value: &str| match error {
        AppError::Missed(missed) => missed.iter().any(|m| m.field == name && m.before == value),
        _ => false,
    };
    pairs
        .into_iter()
        .filter(|(name, value)| !is_secret(name) && !untouched(name, value))
        .collect()
}

/// Whether an input holds what is never shown again.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "code"
}

fn form_pairs(body: &[u8]) -> Vec<(String, String)> {
    let decoded = |text: &[u8]| {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.iter().copied();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                    let hex = std::str::from_utf8(&hex).unwrap_or("3f");
                    bytes.push(u8::from_str_radix(hex, 16).unwrap_or(b'?'));
                }
                byte => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair
                .iter()
                .position(|byte| *byte == b'=')
                .unwrap_or(pair.len());
            let value = pair.get(at + 1..).unwrap_or_default();
            (decoded(&pair[..at]), decoded(value))
        })
        .collect()
}
