//! Serves the built site, which a release binary carries inside and a debug binary reads from disk.

use app::site::{PACKAGE, Site};
use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};
use std::{borrow::Cow, error::Error, fmt};

const FOREVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

#[derive(Embed)]
#[folder = "../target/site"]
struct Files;

/// The server was compiled, or started, without its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBuilt;

impl fmt::Display for NotBuilt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the site is not built: run bin/run")
    }
}

impl Error for NotBuilt {}

/// The names of the site's files, for the context of every page.
pub fn load() -> Result<Site, NotBuilt> {
    let json = Files::get("site.json").ok_or(NotBuilt)?;
    serde_json::from_slice(&json.data).map_err(|_| NotBuilt)
}

/// `GET /pkg/FILE`, kept by browsers for ever, and the icons.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let package = |Path(file): Path<String>, headers: HeaderMap| async move {
        serve(&format!("pkg/{file}"), FOREVER, &headers)
    };
    let icon = |headers: HeaderMap| async move { serve("favicon.svg", A_DAY, &headers) };
    Router::new()
        .route(&format!("{PACKAGE}/{{file}}"), get(package))
        .route("/favicon.svg", get(icon))
        .route("/favicon.ico", get(icon))
}

/// The file in the smallest form that the browser takes.
fn serve(path: &str, cached: &'static str, asked: &HeaderMap) -> Response {
    let Some(kind) = content_type(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let compressed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(asked, coding))
        .find_map(|(coding, suffix)| Some((coding, Files::get(&format!("{path}.{suffix}"))?)));
    let (coding, file) = match compressed {
        Some((coding, file)) => (Some(coding), file),
        None => match Files::get(path) {
            Some(file) => (None, file),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cached),
        (header::VARY, "accept-encoding"),
    ];
    let coding = coding.map(|coding| [(header::CONTENT_ENCODING, coding)]);
    (headers, coding, bytes(file)).into_response()
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(inside) => Bytes::from_static(inside),
        Cow::Owned(read) => Bytes::from(read),
    }
}

/// The types of files that the site has; what has none is not served.
fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

/// Whether `Accept-Encoding` names the coding and does not refuse it by `q=0` (RFC 9110 §12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|choice| {
            let (name, weight) = choice.split_once(';').unwrap_or((choice, "q=1"));
            let refused = weight
                .trim()
                .strip_prefix("q=")
                .is_some_and(|weight| weight.trim().parse() == Ok(0.0_f32));
            name.trim().eq_ignore_ascii_case(coding) && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &str) -> HeaderMap {
        let value = value.parse().unwrap();
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)])
    }

    #[test]
    fn a_coding_is_taken_only_when_it_is_wanted() {
        assert!(accepts(&asked("gzip, deflate, br, zstd"), "br"));
        assert!(accepts(&asked("gzip;q=0.5,BR;q=1.0"), "br"));
        assert!(!accepts(&asked("gzip, br;q=0"), "br"));
        assert!(!accepts(&asked("identity"), "gzip"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn only_files_of_the_site_are_served() {
        for path in ["pkg/nobody.wasm", "pkg/../site.json", "pkg/a.br", "pkg/"] {
            let answer = serve(path, FOREVER, &HeaderMap::new());
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
