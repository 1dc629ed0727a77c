//! The languages of the interface, and which one a browser asks for.

use serde::{Deserialize, Serialize};

/// A language that has a whole catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    De,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::En, Language::De];

    /// The tag for `<html lang>` and the file name of the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
        }
    }

    /// The name in the language itself, for a list of languages.
    pub fn name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::De => "Deutsch",
        }
    }

    /// `de`, `de-AT` and `DE_ch` are all German.
    pub fn from_code(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL
            .into_iter()
            .find(|language| language.code() == primary)
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4); English when none fits.
    pub fn negotiate(header: &str) -> Language {
        Language::wanted(header).unwrap_or_default()
    }

    /// The best language for an `Accept-Language` header; `None` when none fits.
    pub fn wanted(header: &str) -> Option<Language> {
        let mut best = (None, 0);
        for range in header.split(',') {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let quality = parameters
                .trim()
                .strip_prefix("q=")
                .map_or(1000, thousandths);
            if let Some(language) = Language::from_code(tag)
                && quality > best.1
            {
                best = (Some(language), quality);
            }
        }
        best.0
    }

    /// Which form a number takes.
    pub(super) fn is_one(self, n: i64) -> bool {
        match self {
            Language::En | Language::De => n == 1,
        }
    }

    /// What stands between groups of three digits.
    pub(super) fn group(self) -> char {
        match self {
            Language::En => ',',
            Language::De => '.',
        }
    }
}

/// `0.8` as 800; what can't be read counts for nothing.
fn thousandths(quality: &str) -> u32 {
    let quality: f32 = quality.trim().parse().unwrap_or(0.0);
    (quality.clamp(0.0, 1.0) * 1000.0) as u32
}
