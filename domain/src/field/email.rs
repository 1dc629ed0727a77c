//! An email address, read once at the edge.

use crate::Why;
use serde::{Deserialize, Serialize};
use std::fmt;

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

    proptest! {
        // Section 9: what was read once is read the same again, so a form sent back changes nothing.
        #[test]
        fn what_was_read_is_read_the_same_again(typed in "(?s).{0,60}|[a-z.]{1,9}@[a-z.-]{1,20}") {
            if let Ok(email) = Email::read(&typed) {
                prop_assert_eq!(Email::read(email.as_str()), Ok(email));
            }
        }
    }
}
