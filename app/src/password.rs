//! Passwords: hashed and compared away from the async threads, and their strength estimated.

mod aside;

use argon2::password_hash::phc::PasswordHash as Parsed;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use aside::aside;
use domain::credential::{self, Demand, PasswordHash};
use domain::{Employee, Field, Problem, Refusal, Why};
use std::fmt;

/// The memory of one hash, in KiB.
const MEMORY: u32 = 19_456;
/// How often a hash passes over its memory.
const PASSES: u32 = 2;
/// How many threads one hash uses.
const LANES: u32 = 1;

/// What an account is compared with that does not exist or has no password, so that it takes as
/// long as any other. Nobody knows a password of it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3RhZmZyb29tLW5vYm9keQ\
                      $3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The most characters of which the strength is estimated; the time it takes grows with the cube.
const ESTIMATED: usize = 100;

/// A password could not be hashed: the machine has no memory or randomness left, or stops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotHashed;

impl fmt::Display for NotHashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the password could not be hashed")
    }
}

impl std::error::Error for NotHashed {}

/// How a password compares with a stored hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Verified {
    /// It is the password.
    pub matches: bool,
    /// It is, and its hash was made with other parameters than today's: hash it again.
    pub outdated: bool,
}

/// The Argon2id hash of a password, under today's parameters and with a salt of its own.
///
/// # Errors
/// [`NotHashed`].
pub async fn hash(password: String) -> Result<PasswordHash, NotHashed> {
    let hash = aside(move || argon2()?.hash_password(password.as_bytes()).ok()).await;
    hash.map(|hash| PasswordHash(hash.to_string()))
        .ok_or(NotHashed)
}

/// Compares a password with the stored hash of an account; `None` is an account without one, which
/// nothing matches and which takes the same time.
pub async fn verify(password: String, hash: Option<&str>) -> Verified {
    let stored = hash.map(str::to_owned);
    let verified = aside(move || {
        let hash = Parsed::new(stored.as_deref().unwrap_or(NOBODY)).ok()?;
        let equal = argon2()?
            .verify_password(password.as_bytes(), &hash)
            .is_ok();
        let matches = equal && stored.is_some();
        Some(Verified {
            matches,
            outdated: matches && !is_of_today(&hash),
        })
    });
    verified.await.unwrap_or_default()
}

/// Whose a password is to be, by the words that others know of them.
pub struct Owner(Vec<String>);

impl Owner {
    /// The owner of an account in an organisation.
    pub fn of(employee: &Employee, organisation: &str) -> Self {
        let profile = &employee.profile;
        Self::named(
            &profile.first_name,
            &profile.last_name,
            employee.email.as_str(),
            organisation,
        )
    }

    /// The same of somebody who just chose their name.
    pub fn named(first_name: &str, last_name: &str, email: &str, organisation: &str) -> Self {
        let name = format!("{first_name} {last_name}");
        let words = [&name, first_name, last_name, email, organisation];
        Self(words.map(str::to_owned).into())
    }
}

/// Whether a new password is taken; answers whether it is too short without a second factor.
/// The estimate and the look into the list take a while, so they are made on a blocking thread.
///
/// # Errors
/// [`Refusal::Invalid`] with the problem, on `field`.
pub async fn check(
    field: Field,
    text: &str,
    owner: &Owner,
    has_second_factor: bool,
) -> Result<bool, Refusal> {
    let (text, own) = (text.to_owned(), owner.0.clone());
    let checked = tokio::task::spawn_blocking(move || {
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let demand = Demand::of(has_second_factor);
        let guesses = |text: &str| guesses_log10(text, &own);
        credential::password(field, &text, demand, breached::is_known, guesses)?;
        Ok(text.chars().count() < Demand::ALONE.least
            || guesses(&text) < Demand::ALONE.guesses_log10)
    });
    let problem = |problem: Problem| Refusal::Invalid(vec![problem]);
    // An estimate that fails takes no password.
    let failed = Problem {
        field,
        why: Why::EasyToGuess,
    };
    checked.await.unwrap_or(Err(failed)).map_err(problem)
}

/// How many guesses a password is worth, as a power of ten; `own` are words that others know of
/// its owner: the name, the email, the organisation.
pub fn guesses_log10(password: &str, own: &[&str]) -> f64 {
    let begin: String = password.chars().take(ESTIMATED).collect();
    zxcvbn::zxcvbn(&begin, own).guesses_log10()
}

fn argon2() -> Option<Argon2<'static>> {
    Some(Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        params().ok()?,
    ))
}

fn params() -> argon2::Result<Params> {
    Params::new(MEMORY, PASSES, LANES, None)
}

fn is_of_today(hash: &Parsed) -> bool {
    let same_params = || {
        let stored = Params::try_from(hash).ok()?;
        let today = params().ok()?;
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        Some(costs(&stored) == costs(&today))
    };
    hash.algorithm.as_str() == "argon2id"
        && hash.version == Some(Version::V0x13.into())
        && same_params() == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Argon2id with the parameters that OWASP asks for, and a salt for each.
    #[tokio::test]
    async fn a_hash_is_argon2id_and_matches_only_its_password() {
        let password = "a long walk by the river";
        let one = hash(password.into()).await.unwrap();
        let other = hash(password.into()).await.unwrap();
        assert!(
            one.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            one.0
        );
        assert_ne!(one, other);
        let right = verify(password.into(), Some(&one.0)).await;
        assert_eq!((right.matches, right.outdated), (true, false));
        let wrong = verify("a long walk by the rivers".into(), Some(&one.0)).await;
        assert_eq!(wrong, Verified::default());
    }

    // rehashed at sign-in when the parameters rise.
    #[tokio::test]
    async fn a_hash_with_other_parameters_matches_and_is_outdated() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(64, 1, 1, None).unwrap(),
        );
        let old = weak.hash_password(b"staffroom").unwrap().to_string();
        let verified = verify("staffroom".into(), Some(&old)).await;
        assert_eq!((verified.matches, verified.outdated), (true, true));
    }

    // sign-in does not tell whether an account exists, so nobody is hashed like anybody.
    #[tokio::test]
    async fn nobody_matches_nothing_but_is_hashed_like_anybody() {
        let hash = Parsed::new(NOBODY).unwrap();
        assert!(is_of_today(&hash) && hash.hash.is_some() && hash.salt.is_some());
        assert_eq!(verify("".into(), None).await, Verified::default());
        assert_eq!(
            verify("x".into(), Some("damaged")).await,
            Verified::default()
        );
    }

    // an estimate that knows the person's own name and email.
    #[test]
    fn ones_own_words_make_a_password_easy() {
        let least = Demand::ALONE.guesses_log10;
        let own = ["Wilhelmina", "Vandersteen", "wilhelmina@demo.example"];
        assert!(guesses_log10("wilhelmina vandersteen", &own) < least);
        assert!(guesses_log10("aaaaaaaaaaaaaaaaaaaa", &own) < least);
        assert!(guesses_log10("a long walk by the river", &own) >= least);
        assert!(guesses_log10(&"x7!q".repeat(10_000), &own).is_finite());
    }
}
