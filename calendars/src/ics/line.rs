//! One line of an iCalendar text: whatever stands in a value, no line begins that we did not write.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The most octets of a line before it is folded (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// Lines that end with CRLF and are folded.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds `NAME:VALUE`, where the value is of ours.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// Adds a text, escaped.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.add(name, &escaped(value));
    }

    /// Adds a text, unless it is empty.
    pub(super) fn text_if_any(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.text(name, value.trim());
        }
    }

    /// Adds an instant in UTC, in whole seconds.
    pub(super) fn instant(&mut self, name: &str, at: Timestamp) {
        let at = at.to_zoned(TimeZone::UTC);
        self.add(name, &at.strftime("%Y%m%dT%H%M%SZ").to_string());
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Breaks before the octet that is too many, never inside a character. The blank that begins
    /// what follows counts.
    fn fold(&mut self, line: &str) {
        let mut width = 0;
        for character in line.chars().filter(|c| !c.is_control()) {
            if width + character.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(character);
            width += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A value of type TEXT: what has a meaning there is escaped, line breaks are told, any other
/// control character is dropped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

/// The value of a parameter, in quotes: none of them inside, and nothing that ends the line.
pub(super) fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if c == '"' { '\'' } else { c })
        .collect();
    format!("\"{text}\"")
}

/// An address as URI: what can't stand in one is written in percent.
pub(super) fn uri(text: &str) -> String {
    let mut uri = String::with_capacity(text.len());
    for byte in text.trim().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => uri.push(byte as char),
            _ if b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
