//! The catalogues on the server: all languages, chosen per request, and served to browsers.

use super::{DE, EN, Language};
use axum::{Router, extract::Path, http::header, response::IntoResponse, routing::get};
use leptos::prelude::use_context;
use std::cell::Cell;

/// One language as the build wrote it.
pub(super) struct Catalogue {
    pub texts: &'static [&'static str],
    pub json: &'static str,
    pub hash: &'static str,
}

thread_local! {
    static CHOSEN: Cell<Option<Language>> = const { Cell::new(None) };
}

fn of(language: Language) -> &'static Catalogue {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// Runs `write` in a language, for what is written outside of a page: mails, exports, notices.
/// `write` must not await.
pub fn with<R>(language: Language, write: impl FnOnce() -> R) -> R {
    struct Restore(Option<Language>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CHOSEN.set(self.0);
        }
    }
    let _restore = Restore(CHOSEN.replace(Some(language)));
    write()
}

/// Runs `write` with the language looked up once, not for each of its texts: it is found by a walk
/// through the contexts of a page, which costs more than a text. `write` must not await.
pub fn at_once<R>(write: impl FnOnce() -> R) -> R {
    with(current(), write)
}

/// The language of [`with`], else the one in the Leptos context, else English.
pub fn current() -> Language {
    CHOSEN
        .get()
        .or_else(use_context::<Language>)
        .unwrap_or_default()
}

pub(super) fn text(index: usize) -> &'static str {
    of(current()).texts.get(index).copied().unwrap_or_default()
}

/// The JSON for the browser and its hash.
pub fn catalogue(language: Language) -> (&'static str, &'static str) {
    let catalogue = of(language);
    (catalogue.json, catalogue.hash)
}

/// Where [`router`] serves the JSON; the address changes with the texts.
pub fn href(language: Language) -> String {
    format!("/messages/{}.{}.json", language.code(), of(language).hash)
}

/// `GET /messages/LANGUAGE.HASH.json`, public and cacheable for ever.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/messages/{file}", get(serve))
}

async fn serve(Path(file): Path<String>) -> impl IntoResponse {
    let asked = format!("/messages/{file}");
    match Language::ALL
        .into_iter()
        .find(|language| href(*language) == asked)
    {
        Some(language) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, of(language).json).into_response()
        }
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}
