//! Passwords: what is taken, and the hash that is kept.

use crate::{Field, Problem, Why};
use std::fmt;

/// The fewest characters of a password without a second factor.
pub const PASSWORD_MIN: usize = 15;
/// The most characters of a password.
pub const PASSWORD_MAX: usize = 256;

/// What a password must be worth.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Demand {
    /// The fewest characters.
    pub least: usize,
    /// The least guesses, as a power of ten (zxcvbn's `guesses_log10`).
    pub guesses_log10: f64,
}

impl Demand {
    /// Of a password that is all there is.
    pub const ALONE: Self = Self {
        least: PASSWORD_MIN,
        guesses_log10: 10.0,
    };
    /// Of one beside a second factor: eight characters by chance are worth 10⁸ guesses.
    pub const WITH_FACTOR: Self = Self {
        least: 8,
        guesses_log10: 7.0,
    };

    /// What is asked of an account that has a second factor, or has none.
    pub const fn of(has_second_factor: bool) -> Self {
        if has_second_factor {
            Self::WITH_FACTOR
        } else {
            Self::ALONE
        }
    }
}

/// An Argon2id hash in PHC form; never shown, also not by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Whether a new password is taken: it is what is demanded, by an estimate of `guesses_log10` that knows
/// the person's own name and email, and is not `known` from a list.
///
/// # Errors
/// The problem, on `field`.
pub fn password(
    field: Field,
    text: &str,
    demand: Demand,
    known: impl FnOnce(&str) -> bool,
    guesses_log10: impl FnOnce(&str) -> f64,
) -> Result<(), Problem> {
    let characters = text.chars().count();
    let why = match characters {
        0 => Why::Required,
        n if n < demand.least => Why::TooShort(demand.least),
        n if n > PASSWORD_MAX => Why::TooLong(PASSWORD_MAX),
        _ if known(text) => Why::Breached,
        _ if guesses_log10(text) < demand.guesses_log10 => Why::EasyToGuess,
        _ => return Ok(()),
    };
    Err(Problem { field, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, guesses_log10: f64) -> Option<Why> {
        let known = |text: &str| text == "known from a list";
        let problem = password(Field::Password, text, Demand::ALONE, known, |_| {
            guesses_log10
        })
        .err()?;
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
        let known = |_: &str| false;
        let seen = password(
            Field::Password,
            "Four words of mine",
            Demand::ALONE,
            known,
            |text| {
                if text == "Four words of mine" {
                    20.0
                } else {
                    0.0
                }
            },
        );
        assert_eq!(seen, Ok(()));
    }

    // refused when it is on a list of stolen ones; eight characters do beside a second factor.
    #[test]
    fn a_password_from_a_list_is_refused_and_a_second_factor_allows_shorter_ones() {
        assert_eq!(refused("known from a list", 20.0), Some(Why::Breached));
        let short = |text| {
            let demand = Demand::of(true);
            password(Field::Password, text, demand, |_| false, |_| 8.0)
        };
        assert!(short("8 chars.").is_ok());
        assert!(short("7 char.").is_err());
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
