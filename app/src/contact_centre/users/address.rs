//! The address of the list of users is its state: search, filters and place, read and written.

use domain::Status;
use domain::contact_centre::listing::{LicenseKind, Query};
use domain::listing::{Cursor, PAGE_SIZES, Place};
use leptos_router::params::ParamsMap;
use std::fmt::Write;

/// Where the list is.
pub(super) const PATH: &str = "/contact-centre/users";

/// A list as its address says, with the ordinal of its first row, from 1.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Address {
    pub(super) query: Query,
    pub(super) first: u64,
}

impl Address {
    /// The list of an address; what can't be read is left out.
    pub(super) fn read(params: &ParamsMap) -> Self {
        let all = |name| params.get_all(name).unwrap_or_default();
        let cursor = |name| params.get(name).as_deref().and_then(Cursor::from_text);
        let (licenses, status) = (all("license"), all("status"));
        let query = Query {
            search: params.get("q").unwrap_or_default(),
            licenses: LicenseKind::ALL
                .into_iter()
                .filter(|kind| licenses.iter().any(|code| code == kind.code()))
                .collect(),
            status: Status::ALL
                .into_iter()
                .filter(|one| status.iter().any(|code| code == one.code()))
                .collect(),
            group: params.get("group").and_then(|id| id.parse().ok()),
            queue: params.get("queue").and_then(|id| id.parse().ok()),
            supervisors: params.get("supervisor").as_deref() == Some("true"),
            size: params.get("size").and_then(|size| size.parse().ok()),
            place: match (cursor("after"), cursor("before")) {
                (Some(after), _) => Place::After(after),
                (None, Some(before)) => Place::Before(before),
                (None, None) => Place::Start,
            },
        };
        let first = params.get("from").and_then(|from| from.parse().ok());
        Self {
            query,
            first: first.unwrap_or(1),
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
        for kind in &query.licenses {
            put("license", kind.code());
        }
        for status in &query.status {
            put("status", status.code());
        }
        if let Some(group) = query.group {
            put("group", &group.to_string());
        }
        if let Some(queue) = query.queue {
            put("queue", &queue.to_string());
        }
        if query.supervisors {
            put("supervisor", "true");
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
