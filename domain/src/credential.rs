//! Passwords: what is taken, and the hash that is kept.

use crate::{Field, Problem, Why};
use std::fmt;

/// The fewest characters of a password without a second factor.
pub const PASSWORD_MIN: usize = 15;
/// The most characters of a password.
pub const PASSWORD_MAX: usize = 256;
/// The least guesses, as a power of ten, that a password must be worth (zxcvbn's `guesses_log10`).
pub const GUESSES_LOG10_MIN: f64 = 10.0;

/// An Argon2id hash in PHC form; never shown, also not by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Whether a new password is taken; `guesses_log10` is an estimate that knows the person's own
/// name and email.
///
/// # Errors
/// The problem, on `field`.
pub fn password(
    field: Field,
    text: &str,
    guesses_log10: impl FnOnce(&str) -> f64,
) -> Result<(), Problem> {
    let characters = text.chars().count();
    let why = match characters {
        0 => Why::Required,
        n if n < PASSWORD_MIN => Why::TooShort(PASSWORD_MIN),
        n if n > PASSWORD_MAX => Why::TooLong(PASSWORD_MAX),
        _ if guesses_log10(text) < GUESSES_LOG10_MIN => Why::EasyToGuess,
        _ => return Ok(()),
    };
    Err(Problem { field, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, guesses_log10: f64) -> Option<Why> {
        let problem = password(Field::Password, text, |_| guesses_log10).err()?;
        assert_eq!(problem.field, Field::Password);
        Some(problem.why)
    }

    // at least 15 characters, at least 128 allowed, and no rule about which.
    #[test]
    fn a_password_has_15_characters_or_more() {
        assert_eq!(refused("", 20.0), Some(Why::Required));
        assert_eq!(refused(&"é".repeat(14), 20.0), Some(Why::TooShort(15)));
        for length in [15, 64, 128, 256] {
            assert_eq!(
                refused(&"é".repeat(length), 20.0),
                None,
                "characters, not bytes"
            );
        }
        assert_eq!(refused(&"x".repeat(257), 20.0), Some(Why::TooLong(256)));
        assert_eq!(refused("     spaces     ", 20.0), None);
    }

    // refused when easy to guess; the estimate decides, and it sees the whole text.
    #[test]
    fn a_password_that_is_easy_to_guess_is_refused() {
        assert_eq!(refused("passwordpassword", 9.99), Some(Why::EasyToGuess));
        assert_eq!(refused("passwordpassword", 10.0), None);
        let seen = password(Field::Password, "Four words of mine", |text| {
            if text == "Four words of mine" {
                20.0
            } else {
                0.0
            }
        });
        assert_eq!(seen, Ok(()));
    }

    // a hash is never printed.
    #[test]
    fn a_hash_is_not_printed() {
        assert_eq!(
            format!("{:?}", PasswordHash("$argon2id$".into())),
            "PasswordHash(…)"
        );
    }
}
