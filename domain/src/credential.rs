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
