//! The address of the monitor is its state: what it shows, read and written.

use domain::contact_centre::monitor::{Of, Query, Shown};
use domain::listing::{Cursor, PAGE_SIZES, Place};
use leptos_router::params::ParamsMap;
use std::fmt::Write;

/// Where the monitor is.
pub(super) const PATH: &str = "/contact-centre/monitor";

/// A list as its address says, with the ordinal of its first row, from 1.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Address {
    pub(super) query: Query,
    pub(super) first: u64,
}

/// "queue:ID", "group:ID"
pub(super) fn of_code(of: Of) -> String {
    match of {
        Of::Queue(id) => format!("queue:{id}"),
        Of::Group(id) => format!("group:{id}"),
    }
}

/// What such a code stands for.
pub(super) fn of_from_code(code: &str) -> Option<Of> {
    match code.split_once(':')? {
        ("queue", id) => id.parse().ok().map(Of::Queue),
        ("group", id) => id.parse().ok().map(Of::Group),
        _ => None,
    }
}

impl Address {
    /// The list of an address; what can't be read is left out.
    pub(super) fn read(params: &ParamsMap) -> Self {
        let word = |name| params.get(name);
        let cursor = |name| params.get(name).as_deref().and_then(Cursor::from_text);
        let state = word("state").as_deref().and_then(Shown::from_code);
        let query = Query {
            of: word("of").as_deref().and_then(of_from_code),
            state,
            on_call: state.is_none() && word("phone").as_deref() == Some("on_call"),
            search: word("q").unwrap_or_default(),
            size: word("size").and_then(|size| size.parse().ok()),
            place: match (cursor("after"), cursor("before")) {
                (Some(after), _) => Place::After(after),
                (None, Some(before)) => Place::Before(before),
                (None, None) => Place::Start,
            },
        };
        Self {
            query,
            first: word("from").and_then(|from| from.parse().ok()).unwrap_or(1),
        }
    }

    /// The address of another query, from its first page.
    pub(super) fn with(&self, change: impl FnOnce(&mut Query)) -> String {
        let mut query = self.query.clone();
        query.place = Place::Start;
        change(&mut query);
        Self { query, first: 1 }.to_text()
    }

    /// The address of another page of the same query.
    pub(super) fn at(&self, place: Place, first: u64) -> String {
        let query = Query {
            place,
            ..self.query.clone()
        };
        Self { query, first }.to_text()
    }

    /// Path and query, with nothing in it that is as usual.
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut put = |name: &str, value: &str| {
            let separator = if text.is_empty() { '?' } else { '&' };
            let _ = write!(text, "{separator}{name}={}", crate::ui::encoded(value));
        };
        let query = &self.query;
        if !query.search.trim().is_empty() {
            put("q", query.search.trim());
        }
        if let Some(of) = query.of {
            put("of", &of_code(of));
        }
        if let Some(state) = query.state {
            put("state", state.code());
        }
        if query.on_call {
            put("phone", "on_call");
        }
        if let Some(size) = query.size.filter(|size| PAGE_SIZES[1..].contains(size)) {
            put("size", &size.to_string());
        }
        match &query.place {
            Place::Start => {}
            Place::After(cursor) => put("after", &cursor.to_text()),
            Place::Before(cursor) => put("before", &cursor.to_text()),
        }
        if self.first > 1 {
            put("from", &self.first.to_string());
        }
        format!("{PATH}{text}")
    }
}
