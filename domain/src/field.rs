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

/// An address that begins with `https://` and has a host; empty is no address.
///
/// # Errors
/// [`Why::NotAnHttpsAddress`], [`Why::TooLong`], [`Why::NotPlainText`].
pub fn https(text: &str) -> Result<String, Why> {
    let text = line(text, 2_000)?;
    let host = text.strip_prefix("https://").map(|rest| {
        rest.split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .rsplit('@')
            .next()
            .unwrap_or_default()
    });
    match host {
        None if text.is_empty() => Ok(text),
        Some(host) if !host.is_empty() && !text.contains([' ', '"', '<', '>', '\\']) => Ok(text),
        _ => Err(Why::NotAnHttpsAddress),
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
        if !PHONE_NUMBER_UTIL.is_possible_number(&number) {
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
