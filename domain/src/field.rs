//! What a field may hold (specification, section 9): read once at the edge, then carried as a type.

use crate::{Field, Problem, Why};
use serde::{Deserialize, Serialize};
use std::fmt;

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

/// An email address as it was typed, trimmed. Never an id.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Email(String);

impl Email {
    /// The longest address that SMTP can carry (RFC 5321 §4.5.3.1.3).
    pub const MAX: usize = 254;

    /// Reads one address; displays such as `Ada <ada@x.org>` are refused.
    ///
    /// # Errors
    /// [`Why::Required`], [`Why::TooLong`], [`Why::NotAnEmail`].
    pub fn read(text: &str) -> Result<Self, Why> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Why::Required);
        }
        if text.len() > Self::MAX {
            return Err(Why::TooLong(Self::MAX));
        }
        let (local, host) = text.rsplit_once('@').ok_or(Why::NotAnEmail)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| {
                c.is_alphanumeric() || (c.is_ascii_graphic() && !r#"()<>[]:;@\,""#.contains(c))
            });
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let host_fits = host.contains('.') && host.split('.').all(label_fits);
        if local_fits && host_fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Why::NotAnEmail)
        }
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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

/// A telephone number in E.164, such as `+3292104418`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Phone(String);

impl Phone {
    /// A number that is E.164 already: `+`, a first digit that is not 0, at most 15 digits.
    ///
    /// # Errors
    /// [`Why::NotAPhoneNumber`].
    pub fn e164(text: &str) -> Result<Self, Why> {
        let digits = text.strip_prefix('+').ok_or(Why::NotAPhoneNumber)?;
        let fits = (2..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Why::NotAPhoneNumber)
        }
    }

    /// A number as people write it, with the country (ISO 3166, `BE`) of those who leave it out;
    /// empty is no number (specification, section 10, case 16).
    ///
    /// # Errors
    /// [`Why::NotAPhoneNumber`].
    #[cfg(feature = "server")]
    pub fn read(text: &str, country: &str) -> Result<Option<Self>, Why> {
        use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
        let text = line(text, 100).map_err(|_| Why::NotAPhoneNumber)?;
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().any(char::is_alphabetic) {
            return Err(Why::NotAPhoneNumber);
        }
        let text = match text.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => text,
        };
        if text.starts_with("+0") {
            return Err(Why::NotAPhoneNumber);
        }
        let number =
            PhoneNumber::parse(&text, country.parse().ok()).map_err(|_| Why::NotAPhoneNumber)?;
        // An extension has no place in E.164, and is not silently dropped.
        if number.extension.is_some() || !PHONE_NUMBER_UTIL.is_possible_number(&number) {
            return Err(Why::NotAPhoneNumber);
        }
        Self::e164(&number.format_as(PhoneNumberFormat::E164)).map(Some)
    }

    /// The number as people of `country` read it: national there, international elsewhere.
    #[cfg(feature = "server")]
    pub fn shown(&self, country: &str) -> String {
        use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
        let Ok(number) = PhoneNumber::parse(&self.0, None) else {
            return self.0.clone();
        };
        let code = country
            .parse()
            .ok()
            .and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
        let format = match code == Some(number.country_code) {
            true => PhoneNumberFormat::National,
            false => PhoneNumberFormat::International,
        };
        number.format_as(format).into_owned()
    }

    /// The number in E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether numbers of this country (ISO 3166, `BE`) can be read.
#[cfg(feature = "server")]
pub fn knows_country(code: &str) -> bool {
    code.parse()
        .ok()
        .and_then(|region| rlibphonenumber::PHONE_NUMBER_UTIL.get_country_code_for_region(region))
        .is_some()
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

    // Section 9: an email is trimmed, has at most 254 characters, and is one address.
    #[test]
    fn an_email_is_one_address() {
        let longest = format!(
            "{}@{}.example",
            text(64),
            [text(60), text(60), text(59)].join(".")
        );
        for address in [
            "ada@x.org",
            " Ada.Lovelace+tag@sub.x-y.example\t",
            "o'brien@x.example",
            "josé@münchen.example",
            "用户@例子.example",
            &longest[..],
        ] {
            let read = Email::read(address).unwrap_or_else(|why| panic!("{address}: {why:?}"));
            assert_eq!(read.as_str(), address.trim());
        }
        for address in [
            "ada",
            "@x.org",
            "ada@",
            "ada@x",
            "ada@.org",
            "ada@x.",
            "ada@x..org",
            "a b@x.org",
            "ada@x y.org",
            ".ada@x.org",
            "ada.@x.org",
            "a..b@x.org",
            "ada@-x.org",
            "ada@x-.org",
            "a@b@x.org",
            "Ada <ada@x.org>",
            "ada@x.org,eve@x.org",
            "ada@x.org\nBcc: eve@x.org",
            "\"a\"@x.org",
            "ada@[127.0.0.1]",
            "ada\0@x.org",
            "a\u{202e}da@x.org",
            "mailto:ada@x.org",
        ] {
            assert_eq!(Email::read(address), Err(Why::NotAnEmail), "{address:?}");
        }
        assert_eq!(longest.len(), 254);
        assert_eq!(Email::read(&format!("{longest}x")), Err(Why::TooLong(254)));
        assert_eq!(Email::read(" \n"), Err(Why::Required));
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

    // Case 16: E.164 as it is, and nothing else where only E.164 is accepted.
    #[test]
    fn e164_is_taken_as_it_is() {
        for number in ["+14155550100", "+3292104418", "+123456789012345"] {
            assert_eq!(
                Phone::e164(number).map(|phone| phone.0),
                Ok(number.to_owned())
            );
        }
        for number in [
            "",
            "+",
            "14155550100",
            "0014155550100",
            "+0155550100",
            "+1234567890123456",
            "+1415a55",
            "+1 415",
            "+1",
            " +14155550100",
            "+٣٢٩٢١٠٤٤١٨",
            "＋14155550100",
        ] {
            assert_eq!(Phone::e164(number), Err(Why::NotAPhoneNumber), "{number}");
        }
    }

    // Case 16: numbers as people write them become E.164, by the organisation's country.
    #[cfg(feature = "server")]
    #[test]
    fn a_number_as_people_write_it_becomes_e164() {
        for (typed, country, number) in [
            ("+14155550100", "BE", "+14155550100"),
            ("0014155550100", "BE", "+14155550100"),
            ("(0)9 210 44 18", "BE", "+3292104418"),
            ("09 210 44 18", "BE", "+3292104418"),
            ("09/210.44.18", "BE", "+3292104418"),
            ("+32 (0)9 210 44 18", "BE", "+3292104418"),
            ("٠٩٢١٠٤٤١٨", "BE", "+3292104418"),
            ("+٣٢٩٢١٠٤٤١٨", "BE", "+3292104418"),
            ("０９ ２１０ ４４ １８", "BE", "+3292104418"),
            ("＋３２ ９ ２１０ ４４ １８", "BE", "+3292104418"),
            ("(415) 555-0100", "US", "+14155550100"),
            ("001 32 9 210 44 18", "US", "+13292104418"),
            ("06 12345678", "IT", "+390612345678"),
            ("020 7946 0958", "GB", "+442079460958"),
        ] {
            let read = Phone::read(typed, country).map(|phone| phone.map(|phone| phone.0));
            assert_eq!(read, Ok(Some(number.to_owned())), "{typed} in {country}");
        }
        assert_eq!(Phone::read("  ", "BE"), Ok(None));
    }

    // Case 16: +0…, 16 digits, letters, and what would lose something on the way, are refused.
    #[cfg(feature = "server")]
    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "+0123456789",
            "+00123456789",
            "+1234567890123456",
            "000014155550100",
            "1-800-FLOWERS",
            "phone",
            "12",
            "+",
            "+32",
            "+999 123 456 789",
            "09 210 44 18 ext. 5",
            "09 210 44 18 #5",
            "+3292104418;ext=5",
            "+3292104418;12",
            "09 210\n44 18",
            "+32 9 210 44 18 / 19",
        ] {
            assert_eq!(
                Phone::read(typed, "BE"),
                Err(Why::NotAPhoneNumber),
                "{typed}"
            );
        }
        assert_eq!(
            Phone::read("09 210 44 18", ""),
            Err(Why::NotAPhoneNumber),
            "no country"
        );
    }

    // Section 9: stored as E.164, shown nationally where it is at home.
    #[cfg(feature = "server")]
    #[test]
    fn a_number_is_shown_as_people_of_the_country_read_it() {
        let phone = Phone::e164("+3292104418").expect("a number");
        assert_eq!(phone.shown("BE"), "09 210 44 18");
        assert_eq!(phone.shown("NL"), "+32 9 210 44 18");
        assert_eq!(phone.shown(""), "+32 9 210 44 18");
    }

    #[cfg(feature = "server")]
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        // Case 16: whatever is typed, what is stored is E.164, and typing that again changes nothing.
        #[test]
        fn whatever_is_typed_what_is_stored_is_e164(typed in "[+0-9 ()./-]{0,20}|\\PC{0,20}") {
            if let Ok(Some(phone)) = Phone::read(&typed, "BE") {
                prop_assert_eq!(Phone::e164(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::read(phone.as_str(), "US"), Ok(Some(phone.clone())));
                prop_assert_eq!(Phone::read(&phone.shown("BE"), "BE"), Ok(Some(phone)));
            }
        }
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
            if let Ok(email) = Email::read(&typed) {
                prop_assert_eq!(Email::read(email.as_str()), Ok(email));
            }
        }
    }
}
