//! A request on the server: who asks, since when they may, and the reading or transaction they get.

mod change;
mod read;

pub use change::Change;
pub use read::Read;

use crate::error::AppError;
use crate::messages::Language;
use axum::http::{header, request::Parts};
use domain::{OrganisationId, Refusal, Timestamp};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use leptos::prelude::{expect_context, use_context};
use std::sync::Arc;
use store::Store;
use store::secret::Token;
use store::session::Session;

/// What the server gives to every page and server function.
#[derive(Clone, Debug)]
pub struct Deployment {
    pub store: Store,
    /// Where people reach it, without a slash at the end; links in mails begin with it.
    pub public_url: Arc<str>,
    /// Identity providers that are called.
    pub openid: crate::sso::OpenId,
    /// Calls the calendars that people link.
    pub calendars: calendars::Client,
    /// Where PBXs are told, if the operator said where.
    pub pbx_place: Option<provisioning::Place>,
    /// Who is on a call, of the PBXs that are listened to.
    pub presence: provisioning::Presence,
    /// Where the demo's mails can be read, if they can.
    pub demo_mail: bool,
}

impl Deployment {
    /// The name of the session cookie; over https it is bound to this very host.
    pub fn cookie_name(&self) -> &'static str {
        if self.is_secure() {
            "__Host-staffroom"
        } else {
            "staffroom"
        }
    }

    /// Whether people reach it over https.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What the server's middleware found out about a request, once for everything that runs in it.
#[derive(Clone, Debug)]
pub struct Asker {
    pub organisation: OrganisationId,
    /// Nobody, on a page that anybody may open.
    pub session: Option<Arc<Session>>,
    /// Somebody who has to register a second factor before they may do anything else.
    pub enrolling: Option<Arc<Session>>,
    pub now: Timestamp,
    /// From which address the request came.
    pub address: Option<String>,
    /// Where people reach this organisation, without a slash at the end: the configured address, at
    /// the organisation's host where there are several. Never from the Host header.
    pub url: Arc<str>,
}

impl Asker {
    fn signed_in(&self) -> Result<Arc<Session>, AppError> {
        match (&self.session, &self.enrolling) {
            (Some(session), _) => Ok(session.clone()),
            (None, Some(_)) => Err(Refusal::SecondFactorRequired.into()),
            (None, None) => Err(AppError::NotSignedIn),
        }
    }

    /// Whether people reach it over https.
    pub fn is_secure(&self) -> bool {
        self.url.starts_with("https://")
    }
}

/// How long ago somebody may have signed in for what asks for it (step-up).
pub const LATELY: SignedDuration = SignedDuration::from_mins(30);

/// Why a form came back, in a page that is shown again after a plain post.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The path of the server function.
    pub to: String,
    pub error: AppError,
    /// What was typed, by input name, without passwords.
    pub typed: Vec<(String, String)>,
}

/// What the middleware found out.
///
/// # Errors
/// When the request passed no middleware.
pub fn asker() -> Result<Asker, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Unavailable)?;
    parts
        .extensions
        .get::<Asker>()
        .cloned()
        .ok_or(AppError::Unavailable)
}

/// The session of whoever asks.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub fn session() -> Result<Arc<Session>, AppError> {
    asker()?.signed_in()
}

/// The session of whoever asks, also when they have to register a second factor first.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub fn enrolling_session() -> Result<Arc<Session>, AppError> {
    let asker = asker()?;
    asker
        .session
        .or(asker.enrolling)
        .ok_or(AppError::NotSignedIn)
}

/// The token of the session cookie, as the browser sent it.
pub fn cookie(parts: &Parts, name: &str) -> Option<Token> {
    let cookies = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| value.parse().ok())
}

/// The deployment this request is to.
pub fn deployment() -> Deployment {
    expect_context::<Deployment>()
}

/// The time zone of a session's person, else of the organisation.
pub fn zone(session: &Session) -> TimeZone {
    let name = session
        .time_zone
        .as_ref()
        .unwrap_or(&session.organisation.settings.time_zone);
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The language of a session's person, else of the organisation.
pub fn language(session: &Session) -> Language {
    let code = session
        .language
        .as_ref()
        .unwrap_or(&session.organisation.settings.language);
    Language::from_code(code).unwrap_or_default()
}

fn lately(session: &Session, now: Timestamp) -> Result<(), AppError> {
    let proved = session.proved_at;
    match proved.is_some_and(|at| now.duration_since(at) < LATELY) {
        true => Ok(()),
        false => Err(Refusal::SignInAgain.into()),
    }
}
