//! Values that mean nothing but themselves in every file of a PBX.

use std::fmt;

macro_rules! value {
    ($(#[$doc:meta])* $name:ident, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The value, when the text is one.
            pub fn new(text: &str) -> Option<Self> {
                let accepts: fn(&str) -> bool = $accepts;
                accepts(text).then(|| Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

macro_rules! shown {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }
    )*};
}

value! {
    /// What something is called in the PBX: 1 to 32 lower-case letters, digits and underscores, the
    /// first no underscore. (A leading underscore would begin a pattern, and of two extensions that
    /// differ by a hyphen Asterisk sees one.)
    Key, |text| {
        (1..=32).contains(&text.len())
            && !text.starts_with('_')
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    }
}

value! {
    /// What a colleague dials: 3 to 6 digits (C-04). In a PBX it stands for one person.
    Extension, |text| (3..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

value! {
    /// A phone number in E.164: `+` and 2 to 15 digits, the first no zero (C-04).
    Number, |text| text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

value! {
    /// The password of a device: 16 to 80 letters, digits, `-` and `_`, as the caller draws them.
    /// `Debug` does not show it.
    Secret, |text| {
        (16..=80).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }
}

value! {
    /// The name of a time zone, such as `Europe/Brussels`. Whether it exists is the caller's to know.
    Zone, |text| {
        (1..=64).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
    }
}

shown! { Key Extension Number Zone }

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Number {
    /// The digits without the plus.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}
