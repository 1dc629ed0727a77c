//! What the booking page loads: one style sheet, the organisation's colour and logo, pictures of agents,
//! and two scripts that only matter inside of other sites.

use crate::state::State;
use app::request::Asker;
use axum::extract::{Path, State as Held};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::{EmployeeId, PictureId};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const FOREVER: &str = "public, max-age=31536000, immutable";
const AN_HOUR: &str = "public, max-age=3600";

/// The look of Staffroom's own pages, as far as this one needs it, and what is special here.
const STYLE: &str = concat!(
    "@layer reset, tokens, base, components, pages;\n",
    include_str!("../../../style/tokens.css"),
    include_str!("../../../style/reset.css"),
    include_str!("../../../style/base.css"),
    include_str!("../../../style/components/button.css"),
    include_str!("../../../style/components/field.css"),
    include_str!("../../../style/components/face.css"),
    include_str!("booking.css"),
);
/// Tells the page around how high this one is.
const FRAME: &str = include_str!("frame.js");
/// Puts the page into another site.
const EMBED: &str = include_str!("embed.js");

/// The sheet without comments, which a browser has no use for.
static SHEET: LazyLock<String> = LazyLock::new(|| {
    let mut sheet = String::with_capacity(STYLE.len());
    let mut rest = STYLE;
    while let Some((before, after)) = rest.split_once("/*") {
        sheet.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    sheet.push_str(rest);
    let lines = sheet.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
});
static STYLE_HREF: LazyLock<String> =
    LazyLock::new(|| format!("/book/style.css?v={}", hash(&SHEET)));
static SCRIPT_HREF: LazyLock<String> =
    LazyLock::new(|| format!("/book/frame.js?v={}", hash(FRAME)));

fn hash(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The address of the style sheet, which changes with it.
pub fn style_href() -> String {
    STYLE_HREF.clone()
}

/// The address of the script, which changes with it.
pub fn script_href() -> String {
    SCRIPT_HREF.clone()
}

/// The files that are the same for everybody.
pub fn built_in() -> Router<State> {
    let css = |text: &'static str| async move { file("text/css; charset=utf-8", FOREVER, text) };
    let script = "text/javascript; charset=utf-8";
    Router::new()
        .route("/book/style.css", get(move || css(SHEET.as_str())))
        .route(
            "/book/frame.js",
            get(move || async move { file(script, FOREVER, FRAME) }),
        )
        .route(
            "/book/embed.js",
            get(move || async move { elsewhere(file(script, AN_HOUR, EMBED)) }),
        )
}

/// The files that an organisation keeps.
pub fn kept() -> Router<State> {
    Router::new()
        .route("/book/theme.css", get(theme))
        .route("/book/logo", get(logo))
        .route("/book/pictures/{employee}/{picture}", get(picture))
}

fn file(kind: &'static str, cached: &'static str, content: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cached),
    ];
    (headers, content).into_response()
}

/// Lets other sites load it.
fn elsewhere(mut response: Response) -> Response {
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

fn unavailable(error: &store::Error) -> Response {
    tracing::error!(%error, "a file of the booking page can't be read");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// `GET /book/theme.css?v=VERSION`: the organisation's colour.
async fn theme(Held(state): Held<State>, Extension(asker): Extension<Asker>) -> Response {
    let read = async {
        let mut reading = state.deployment.store.read(asker.organisation).await?;
        reading.bookings().await
    };
    match read.await {
        Ok(bookings) => {
            let sheet = app::booking::sheet(&bookings.settings.accent);
            file("text/css; charset=utf-8", AN_HOUR, sheet)
        }
        Err(error) => unavailable(&error),
    }
}

/// `GET /book/logo?v=VERSION`
async fn logo(Held(state): Held<State>, Extension(asker): Extension<Asker>) -> Response {
    let read = async {
        let mut reading = state.deployment.store.read(asker.organisation).await?;
        reading.booking_logo().await
    };
    match read.await {
        Ok(Some(png)) => file("image/png", AN_HOUR, png),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => unavailable(&error),
    }
}

/// `GET /book/pictures/EMPLOYEE/PICTURE`: of those whom customers can choose, and of nobody else (E-09);
/// of nobody while the page is switched off.
async fn picture(
    Held(state): Held<State>,
    Extension(asker): Extension<Asker>,
    Path((employee, picture)): Path<(EmployeeId, PictureId)>,
) -> Response {
    let read = async {
        let mut reading = state.deployment.store.read(asker.organisation).await?;
        match reading.bookings().await?.settings.enabled {
            true => reading.bookable_picture(employee, picture).await,
            false => Ok(None),
        }
    };
    match read.await {
        // An hour: who can't be booked any more is soon not seen any more, either.
        Ok(Some(jpeg)) => file("image/jpeg", AN_HOUR, jpeg),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => unavailable(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P-05: what the first page loads is small; the page itself is measured with its router.
    #[test]
    fn the_files_are_small_and_whole() {
        assert!(SHEET.len() < 24_000, "{}", SHEET.len());
        assert!(FRAME.len() + EMBED.len() < 4_000);
        assert_eq!(SHEET.matches('{').count(), SHEET.matches('}').count());
        assert!(!SHEET.contains("/*"));
    }
}
