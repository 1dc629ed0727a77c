//! What a customer has chosen so far: words of the address, and nothing else (P-05).

use leptos::prelude::*;
use std::fmt::Write;

/// Every word that an address may hold, in its order.
const NAMES: [&str; 7] = [
    "subject", "office", "agent", "meeting", "week", "at", "language",
];
/// The most bytes of a word; what is longer was not made by a page of ours.
const MOST: usize = 300;

/// The words of an address of the booking page, by name; a word that is not there is empty.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Words([String; NAMES.len()]);

impl Words {
    /// The words of a query or form; of two with one name the last counts.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut words = Self::default();
        for (name, value) in pairs {
            if let Some(place) = Self::place(name)
                && value.len() <= MOST
            {
                words.0[place] = value.trim().to_owned();
            }
        }
        words
    }

    fn place(name: &str) -> Option<usize> {
        NAMES.iter().position(|known| *known == name)
    }

    /// One word.
    pub fn get(&self, name: &str) -> &str {
        Self::place(name).map_or("", |place| &self.0[place])
    }

    /// The same with another word.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut words = self.clone();
        if let Some(place) = Self::place(name) {
            value.clone_into(&mut words.0[place]);
        }
        words
    }

    /// The same without some words.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let mut words = self.clone();
        for name in names {
            words = words.with(name, "");
        }
        words
    }

    /// The address of a page with these words.
    pub fn href(&self, path: &str) -> String {
        let mut href = path.to_owned();
        for (name, value) in self.present() {
            href.push(if href.contains('?') { '&' } else { '?' });
            href.push_str(name);
            href.push('=');
            for byte in value.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                        href.push(char::from(byte));
                    }
                    _ => {
                        let _ = write!(href, "%{byte:02X}");
                    }
                }
            }
        }
        href
    }

    fn present(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let words = NAMES.into_iter().zip(self.0.iter().map(String::as_str));
        words.filter(|(_, value)| !value.is_empty())
    }

    /// The same for a form, as inputs that nobody sees.
    pub fn inputs(&self) -> AnyView {
        let input = |(name, value): (&'static str, &str)| {
            view! { <input type="hidden" name=name value=value.to_owned() /> }
        };
        self.present().map(input).collect_view().into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_was_chosen_and_nothing_else() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let words = Words::read(&[
            pair("subject", "S 1&<b>"),
            pair("evil", "x"),
            pair("at", ""),
            pair("office", "GENT"),
            pair("office", "ANT"),
            pair("agent", &"x".repeat(301)),
        ]);
        assert_eq!(
            words.href("/book"),
            "/book?subject=S%201%26%3Cb%3E&office=ANT"
        );
        assert_eq!(
            words.without(&["subject"]).href("/book"),
            "/book?office=ANT"
        );
        assert_eq!(Words::default().href("/book"), "/book");
    }
}
