//! A customer's request: of which organisation, in which language, and what was chosen so far.

use app::booking::Words;
use app::messages::Language;
use app::request::{Asker, Deployment};
use axum::http::{HeaderMap, header};
use domain::Organisation;
use domain::booking::Bookings;
use store::{Reading, Result};

/// What every page needs to know.
pub struct Visit {
    pub deployment: Deployment,
    pub asker: Asker,
    pub words: Words,
    pub language: Language,
    pub organisation: Organisation,
    pub bookings: Bookings,
    /// The path of the page, for its languages.
    pub path: String,
}

/// The parts of a request that a visit is made of.
pub struct Arriving<'a> {
    pub deployment: &'a Deployment,
    pub asker: &'a Asker,
    pub headers: &'a HeaderMap,
    pub pairs: &'a [(String, String)],
    pub path: &'a str,
}

impl Arriving<'_> {
    /// Reads what the organisation wants. `own` is the language that the customer has used before.
    pub async fn visit(&self, reading: &mut Reading, own: &str) -> Result<Visit> {
        let words = Words::read(self.pairs);
        let organisation = reading.organisation().await?;
        let bookings = reading.bookings().await?;
        let accepted = self.headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok());
        let language = Language::from_code(words.get("language"))
            .or_else(|| Language::from_code(own))
            .or_else(|| Language::wanted(accepted.unwrap_or_default()))
            .or_else(|| Language::from_code(&organisation.settings.language))
            .unwrap_or_default();
        Ok(Visit {
            deployment: self.deployment.clone(),
            asker: self.asker.clone(),
            words,
            language,
            organisation,
            bookings,
            path: self.path.to_owned(),
        })
    }
}
