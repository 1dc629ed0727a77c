//! What goes back to the customer: a page with its headers, or a sentence about what went wrong.

use super::files;
use super::visit::Visit;
use app::booking::{Look, document, notice, outcome};
use app::error::AppError;
use app::messages::{self, Language, t};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::Refusal;
use leptos::prelude::{AnyView, IntoAny};

impl Visit {
    /// A page with this title, written in the customer's language.
    pub fn page(&self, status: StatusCode, write: impl FnOnce() -> (String, AnyView)) -> Response {
        let html = messages::with(self.language, || {
            let (title, body) = write();
            document(&self.look(), &title, body)
        });
        let mut response = (status, Html(html)).into_response();
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::from_str(&policy(&self.bookings.settings.frames)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        // Addresses of appointments are secrets: nobody keeps them, and no other site learns them. A
        // page of ours does, or browsers would hide from us where a form came from.
        let fixed = [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::VARY, "accept-language"),
            (HeaderName::from_static("x-robots-tag"), "noindex"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }

    /// A page that only says something.
    pub fn say(
        &self,
        status: StatusCode,
        title: fn() -> &'static str,
        text: fn() -> &'static str,
    ) -> Response {
        self.page(status, || {
            let title = title().to_owned();
            (title.clone(), outcome(title, text().to_owned(), None))
        })
    }

    /// A page for what can't be done, with its status.
    pub fn refuse(&self, error: &AppError) -> Response {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = self.page(status, || {
            let title = t::outcome_failed().to_owned();
            let home = (self.home(), t::book_title());
            (title.clone(), outcome(title, error.to_string(), Some(home)))
        });
        if let AppError::Refused(Refusal::TooOften(minutes)) = error
            && let Ok(seconds) = HeaderValue::from_str(&(minutes * 60).to_string())
        {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }

    /// The page while customers can't book by themselves.
    pub fn closed(&self) -> Response {
        let (title, text) = (t::book_closed, t::book_closed_text);
        self.say(StatusCode::NOT_FOUND, title, text)
    }

    /// Where everything begins, in the language that was asked for.
    pub fn home(&self) -> String {
        let language = self.words.get("language");
        app::booking::Words::default()
            .with("language", language)
            .href("/book")
    }

    fn look(&self) -> Look {
        let version = self.bookings.version;
        let has_theme = !self.bookings.settings.accent.is_empty();
        let others = Language::ALL
            .into_iter()
            .filter(|language| *language != self.language);
        let href = |language: Language| {
            let words = self.words.with("language", language.code());
            (language, words.href(&self.path))
        };
        Look {
            language: self.language,
            organisation: self.organisation.settings.name.clone(),
            style: files::style_href(),
            theme: has_theme.then(|| format!("/book/theme.css?v={version}")),
            script: files::script_href(),
            logo: self
                .bookings
                .has_logo
                .then(|| format!("/book/logo?v={version}")),
            home: self.home(),
            languages: others.map(href).collect(),
        }
    }
}

/// What a page of a customer may load, and which sites may show it inside of theirs.
fn policy(frames: &[String]) -> String {
    let sites: String = frames.iter().map(|origin| format!(" {origin}")).collect();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'self'{sites}"
    )
}

/// A box above a page, or nothing.
pub fn said(text: Option<String>, bad: bool) -> AnyView {
    match text {
        Some(text) => notice(text, bad),
        None => ().into_any(),
    }
}

/// For what fails before anything is known of the organisation.
pub fn failed(error: &store::Error) -> Response {
    tracing::error!(%error, "the booking page can't be shown");
    let retry = [(header::RETRY_AFTER, "5")];
    let text = "This page is not available. Try again in a moment.";
    (StatusCode::SERVICE_UNAVAILABLE, retry, text).into_response()
}
