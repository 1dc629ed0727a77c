//! The address of a list is its state: search, filters, sort and place, read and written (E-04).

use domain::listing::{Cursor, PAGE_SIZES, Place, Query, Sort};
use domain::{Role, Status};
use leptos_router::params::ParamsMap;
use std::fmt::Write;

/// A list as its address says, with the ordinal of its first row, from 1.
#[derive(Clone, PartialEq, Debug)]
pub struct Address {
    /// The path, such as `/employees`.
    pub path: String,
    pub query: Query,
    pub first: u64,
}

impl Address {
    /// The list of an address; what can't be read is left out.
    pub fn read(path: &str, params: &ParamsMap) -> Self {
        let all = |name| params.get_all(name).unwrap_or_default();
        let cursor = |name| params.get(name).as_deref().and_then(Cursor::from_text);
        let place = match (cursor("after"), cursor("before")) {
            (Some(after), _) => Place::After(after),
            (None, Some(before)) => Place::Before(before),
            (None, None) => Place::Start,
        };
        let query = Query {
            search: params.get("q").unwrap_or_default(),
            roles: all("role")
                .iter()
                .filter_map(|code| Role::from_code(code))
                .collect(),
            status: Status::ALL
                .into_iter()
                .filter(|status| all("status").iter().any(|code| code == status.code()))
                .collect(),
            office: params.get("office").and_then(|id| id.parse().ok()),
            sort: params
                .get("sort")
                .as_deref()
                .and_then(Sort::from_code)
                .unwrap_or_default(),
            descending: params.get("order").as_deref() == Some("desc"),
            size: params.get("size").and_then(|size| size.parse().ok()),
            place,
        };
        let first = params
            .get("from")
            .and_then(|from| from.parse().ok())
            .unwrap_or(1);
        Self {
            path: path.to_owned(),
            query,
            first,
        }
    }

    /// The address of another query, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Query)) -> String {
        let mut query = self.query.clone();
        query.place = Place::Start;
        change(&mut query);
        Self {
            path: self.path.clone(),
            query,
            first: 1,
        }
        .to_text()
    }

    /// The address of another page of the same query.
    pub fn at(&self, place: Place, first: u64) -> String {
        let query = Query {
            place,
            ..self.query.clone()
        };
        Self {
            path: self.path.clone(),
            query,
            first,
        }
        .to_text()
    }

    /// The address of the list sorted by `sort`, or the other way round when it is already.
    pub fn sorted(&self, sort: Sort) -> String {
        self.with(|query| {
            query.descending = query.sort == sort && !query.descending;
            query.sort = sort;
        })
    }

    /// Path and query, with nothing in it that is as usual.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut put = |name: &str, value: &str| {
            let separator = if text.is_empty() { '?' } else { '&' };
            let _ = write!(text, "{separator}{name}={}", encode(value));
        };
        let query = &self.query;
        if !query.search.trim().is_empty() {
            put("q", query.search.trim());
        }
        for role in query.roles.iter() {
            put("role", role.code());
        }
        for status in Status::ALL
            .into_iter()
            .filter(|status| query.status.contains(status))
        {
            put("status", status.code());
        }
        if let Some(office) = query.office {
            put("office", &office.to_string());
        }
        if query.sort != Sort::default() {
            put("sort", query.sort.code());
        }
        if query.descending {
            put("order", "desc");
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
        format!("{}{text}", self.path)
    }
}

/// Percent-encoding of a value in a query (RFC 3986 §2.1).
fn encode(text: &str) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    encoded.push(char::from(byte));
                }
                _ => {
                    let _ = write!(encoded, "%{byte:02X}");
                }
            }
            encoded
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    // E-04: every filter, the sort and the place in the list are in the address.
    #[test]
    fn what_is_written_into_an_address_is_read_from_it() {
        let id = "019a0000-0000-7000-8000-000000000001";
        let mut params = ParamsMap::new();
        for (name, value) in [
            ("q", "Amélie & co"),
            ("role", "agent"),
            ("role", "office_manager"),
            ("status", "pending"),
            ("status", "suspended"),
            ("office", id),
            ("sort", "last_seen"),
            ("order", "desc"),
            ("size", "50"),
            ("from", "51"),
        ] {
            params.insert(name.to_owned(), value.to_owned());
        }
        params.insert("after".to_owned(), format!("2026-01-01T00:00:00Z~{id}"));
        let address = Address::read("/employees", &params);
        assert_eq!(
            address.to_text(),
            "/employees?q=Am%C3%A9lie%20%26%20co&role=agent&role=office_manager&status=pending\
             &status=suspended&office=019a0000-0000-7000-8000-000000000001&sort=last_seen\
             &order=desc&size=50&after=2026-01-01T00%3A00%3A00Z~019a0000-0000-7000-8000-000000000001\
             &from=51"
        );
    }

    // E-04: what a stranger writes into an address is left out, and nothing panics.
    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let mut params = ParamsMap::new();
        for (name, value) in [
            ("role", "king"),
            ("status", ""),
            ("office", "x"),
            ("sort", "'"),
            ("after", "~"),
            ("size", "-1"),
        ] {
            params.insert(name.to_owned(), value.to_owned());
        }
        assert_eq!(Address::read("/employees", &params).to_text(), "/employees");
    }
}
