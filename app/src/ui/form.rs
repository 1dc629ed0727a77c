//! What the fields of a form share: what was wrong with them, and what had been typed.
//!
//! A page provides both once and the fields find theirs by name, whether the answer came from an action in the
//! browser or the server shows the page again after a plain post. Whatever depends on them is text or an
//! attribute, never another structure, so that the browser can hydrate a page of which only the server knew.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One field and the sentence about it; without a name it concerns the whole form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub name: String,
    pub sentence: String,
}

/// What was wrong with the last attempt; empty while nothing was.
#[derive(Clone, Copy)]
pub struct Problems(pub Signal<Vec<FieldProblem>>);

impl Problems {
    /// The sentence about one field, or nothing.
    pub fn of(self, name: &str) -> String {
        self.0.with(|all| {
            all.iter()
                .find(|problem| problem.name == name)
                .map(|problem| problem.sentence.clone())
                .unwrap_or_default()
        })
    }
}

/// Tells the fields below what was wrong.
pub fn provide_problems(problems: impl Into<Signal<Vec<FieldProblem>>>) -> Problems {
    let problems = Problems(problems.into());
    provide_context(problems);
    problems
}

/// What the person had typed into a form that was refused, by name; a name may repeat. No passwords.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .iter()
            .any(|(known, typed)| known == name && typed == value)
    }
}

/// Tells the fields below what had been typed; it wins over their own values.
pub fn provide_typed(typed: Typed) {
    provide_context(typed);
}

/// The sentence about a field: its own, else the page's.
pub(super) fn why(name: &'static str, own: MaybeProp<String>) -> Signal<String> {
    let problems = use_context::<Problems>();
    Signal::derive(move || {
        own.get().unwrap_or_else(|| {
            problems
                .map(|problems| problems.of(name))
                .unwrap_or_default()
        })
    })
}

/// The value of a field: what had been typed, else its own.
pub(super) fn typed_or(name: &str, own: Signal<String>) -> Signal<String> {
    match use_context::<Typed>().and_then(|typed| typed.get(name).map(str::to_owned)) {
        Some(typed) => Signal::stored(typed),
        None => own,
    }
}

/// `roles[]` is no good as an id.
pub(super) fn id_of(name: &str, id: Option<String>) -> String {
    id.unwrap_or_else(|| name.trim_end_matches("[]").to_owned())
}

/// Text for `inner_html`, where something begins with it: HTML leaves out a line end at the beginning.
#[cfg(feature = "ssr")]
pub(crate) fn escaped(text: &str) -> String {
    match text.starts_with('\n') {
        true => format!("\n{}", escape(text)),
        false => escape(text),
    }
}

/// Text for `inner_html`.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
