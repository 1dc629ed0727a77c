//! What a field may hold (specification, section 9): read once at the edge, then carried as a type.

mod email;
mod phone;

pub use email::Email;
pub use phone::Phone;
#[cfg(feature = "server")]
pub use phone::knows_country;

use crate::{Field, Problem, Why};

/// Collects what is wrong with a form, so that everything is said at once.
#[derive(Default, Debug)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem of `field`.
    pub fn add(&mut self, field: Field, why: Why) {
        self.0.push(Problem { field, why });
    }

    /// The value, or a stand-in after the problem was noted; [`Problems::none`] decides later.
    pub fn take<T: Default>(&mut self, field: Field, read: Result<T, Why>) -> T {
        read.unwrap_or_else(|why| {
            self.add(field, why);
            T::default()
        })
    }

    /// # Errors
    /// [`crate::Refusal::Invalid`] when any problem was noted.
    pub fn none(self) -> Result<(), crate::Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(crate::Refusal::Invalid(self.0))
        }
    }
}

/// One line of text: trimmed, at most `max` characters, nothing invisible that could deceive.
///
/// # Errors
/// [`Why::TooLong`], [`Why::NotPlainText`].
pub fn line(text: &str, max: usize) -> Result<String, Why> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() || deceives(c)) {
        return Err(Why::NotPlainText);
    }
    within(text, max)
}

/// Several lines of plain text, with line ends as `\n`.
///
/// # Errors
/// [`Why::TooLong`], [`Why::NotPlainText`].
pub fn lines(text: &str, max: usize) -> Result<String, Why> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text
        .chars()
        .any(|c| (c.is_control() && c != '\n' && c != '\t') || deceives(c))
    {
        return Err(Why::NotPlainText);
    }
    within(text, max)
}

/// An address that begins with `https://` and a host; empty is no address.
///
/// # Errors
/// [`Why::NotAnHttpsAddress`], [`Why::TooLong`], [`Why::NotPlainText`].
pub fn https(text: &str) -> Result<String, Why> {
    let text = line(text, 2_000)?;
    let rest = match text.split_at_checked("https://".len()) {
        _ if text.is_empty() => return Ok(text),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https://") => rest,
        _ => return Err(Why::NotAnHttpsAddress),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name before an @ only serves to look like another host.
    let names_a_host =
        host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !host.contains('@');
    if names_a_host && !text.contains([' ', '"', '<', '>', '\\']) {
        Ok(text)
    } else {
        Err(Why::NotAnHttpsAddress)
    }
}

fn within(text: &str, max: usize) -> Result<String, Why> {
    if text.chars().count() > max {
        Err(Why::TooLong(max))
    } else {
        Ok(text.to_owned())
    }
}

/// Characters that change the direction or the place of others without being seen.
fn deceives(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(length: usize) -> String {
        "x".repeat(length)
    }

    // Section 9, case 22: a line is one line of plain text; markup is text.
    #[test]
    fn a_line_is_one_line_of_plain_text() {
        assert_eq!(
            line(" <script>alert(1)</script> ", 100),
            Ok("<script>alert(1)</script>".into())
        );
        assert_eq!(
            line("=cmd|' /C calc'!A0", 100),
            Ok("=cmd|' /C calc'!A0".into())
        );
        assert_eq!(line("👩‍🚀 Ἀδα", 100), Ok("👩‍🚀 Ἀδα".into()));
        for deceit in [
            "a\nb",
            "a\0b",
            "a\u{7f}b",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{200b}b",
            "a\u{2028}b",
        ] {
            assert_eq!(line(deceit, 100), Err(Why::NotPlainText), "{deceit:?}");
        }
        assert_eq!(
            line(&"é".repeat(100), 100),
            Ok("é".repeat(100)),
            "characters, not bytes"
        );
        assert_eq!(line(&text(101), 100), Err(Why::TooLong(100)));
    }

    // Section 9: an introduction is plain text of several lines, with the same line ends.
    #[test]
    fn lines_keep_their_breaks_and_nothing_else() {
        assert_eq!(
            lines("\r\none\r\ntwo\n\n\tthree ", 100),
            Ok("one\ntwo\n\n\tthree".into())
        );
        for deceit in ["a\rb", "a\u{8}b", "a\u{202d}b", "a\u{2029}b"] {
            assert_eq!(lines(deceit, 100), Err(Why::NotPlainText), "{deceit:?}");
        }
        assert_eq!(lines(&text(2_001), 2_000), Err(Why::TooLong(2_000)));
        assert_eq!(
            lines(&format!(" {}\r\n", text(2_000)), 2_000),
            Ok(text(2_000))
        );
    }

    // Section 9, case 22: a video link is an https address, and nothing that runs or leads astray.
    #[test]
    fn a_video_link_is_an_https_address() {
        for address in [
            "",
            " ",
            "https://x.example",
            "https://x.example:8443/room?a=b#c",
            "https://[::1]/",
        ] {
            assert_eq!(https(address), Ok(address.trim().to_owned()), "{address}");
        }
        assert_eq!(
            https("HTTPS://x.example/Room"),
            Ok("HTTPS://x.example/Room".into())
        );
        for address in [
            "http://x.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "//x.example",
            "x.example",
            "https:/x.example",
            "https://",
            "https:///room",
            "https://?room",
            "https://#room",
            "https://user@",
            "https://:443",
            "https://x.example/\"onclick=",
            "https://x.example/<a>",
            "https://x.example\\@y.example",
            "https://x.example/a b",
            " javascript:https://x.example",
        ] {
            assert_eq!(https(address), Err(Why::NotAnHttpsAddress), "{address}");
        }
        assert_eq!(https("java\nscript:alert(1)"), Err(Why::NotPlainText));
    }

    proptest! {
        // Section 9: what was read once is read the same again, so a form sent back changes nothing.
        #[test]
        fn what_was_read_is_read_the_same_again(typed in "(?s).{0,60}") {
            if let Ok(text) = line(&typed, 50) {
                prop_assert_eq!(line(&text, 50), Ok(text));
            }
            if let Ok(text) = lines(&typed, 50) {
                prop_assert_eq!(lines(&text, 50), Ok(text));
            }
        }
    }
}
