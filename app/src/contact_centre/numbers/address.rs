//! What the address of the inventory asks for.

use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// What of the inventory is shown; empty is not asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Address {
    /// Digits of the number.
    pub q: String,
    /// `free`, `used`, or all.
    pub show: String,
    /// The page after this number.
    pub after: String,
    /// The page before this number.
    pub before: String,
    /// The number that is to be released, if asked for.
    pub release: String,
}

impl Address {
    /// What the query of an address says.
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name| query.get(name).unwrap_or_default();
        Self {
            q: text("q"),
            show: text("show"),
            after: text("after"),
            before: text("before"),
            release: text("release"),
        }
    }

    /// The address with the same search, and one thing more.
    pub fn href(&self, name: &str, value: &str) -> String {
        let pairs = [("q", self.q.as_str()), ("show", &self.show), (name, value)];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", crate::ui::encoded(value)))
            .collect();
        match pairs.is_empty() {
            true => PATH.to_owned(),
            false => format!("{PATH}?{}", pairs.join("&")),
        }
    }
}

/// Where the inventory is.
pub const PATH: &str = "/contact-centre/numbers";

#[cfg(test)]
mod tests {
    use super::Address;

    // C-04: a page keeps the search, and a plus of a number survives its address.
    #[test]
    fn an_address_keeps_the_search() {
        let address = Address {
            q: "92 10".into(),
            show: "free".into(),
            ..Address::default()
        };
        let href = address.href("after", "+3292104449");
        assert!(href.starts_with("/contact-centre/numbers?q=92"), "{href}");
        assert!(href.ends_with("&show=free&after=%2B3292104449"), "{href}");
        assert_eq!(Address::default().href("after", ""), super::PATH);
    }
}
