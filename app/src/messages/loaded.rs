//! The catalogue in the browser: one language, loaded before hydration.

use super::Language;
use std::sync::OnceLock;

static LOADED: OnceLock<(Language, Vec<&'static str>)> = OnceLock::new();

/// Takes the JSON that the server serves at [`href`](crate::messages): the language's code, then every text.
/// Answers false when it is not such a list; only the first catalogue counts.
pub fn load(json: &str) -> bool {
    let Ok(texts) = serde_json::from_str::<Vec<String>>(json) else {
        return false;
    };
    let mut texts = texts.into_iter().map(|text| &*text.leak());
    let Some(language) = texts.next().and_then(Language::from_code) else {
        return false;
    };
    LOADED.set((language, texts.collect())).is_ok()
}

pub fn current() -> Language {
    LOADED
        .get()
        .map(|(language, _)| *language)
        .unwrap_or_default()
}

/// Runs `write`; the server looks the language up once for it.
pub fn at_once<R>(write: impl FnOnce() -> R) -> R {
    write()
}

pub(super) fn text(index: usize) -> &'static str {
    LOADED
        .get()
        .and_then(|(_, texts)| texts.get(index))
        .copied()
        .unwrap_or_default()
}
