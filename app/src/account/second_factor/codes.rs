//! Codes: of an authenticator app (RFC 6238), and those that stand in for it once.

use super::Begun as Shown;
use crate::error::AppError;
use domain::factor::{Factors, RECOVERY_CODES};
use domain::field::Email;
use domain::{Actor, Employee, EmployeeId, Timestamp};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Transaction;
use store::ceremony::Purpose;
use store::secret::Token;
use totp_rs::{Builder, Secret, Totp};

/// The length of a secret in bytes (RFC 4226 §4: 160 bits).
const SECRET: usize = 20;
/// What recovery codes are written in: no letter that looks like a digit.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789_";

/// An authenticator app that waits for its first code.
#[derive(Serialize, Deserialize)]
pub struct Begun {
    pub employee: EmployeeId,
    pub secret: Vec<u8>,
}

/// Recovery codes that are shown once.
#[derive(Serialize, Deserialize)]
pub struct Made {
    pub employee: EmployeeId,
    pub codes: Vec<String>,
}

/// A secret that nobody else has.
///
/// # Errors
/// [`AppError::Unavailable`] when the machine has no randomness to give.
pub fn new_secret() -> Result<Vec<u8>, AppError> {
    let mut secret = [0; SECRET];
    getrandom::fill(&mut secret).map_err(|_| AppError::Unavailable)?;
    Ok(secret.to_vec())
}

/// The secret as an app takes it; `None` when it is none.
pub(super) fn shown(secret: &[u8], organisation: &str, email: &Email) -> Option<Shown> {
    let issuer = format!("Staffroom {organisation}").replace(':', " ");
    let totp = Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(Some(issuer))
        .with_account_name(email.as_str())
        .build()
        .ok()?;
    let code = QrCode::encode_text(&totp.to_url().ok()?, QrCodeEcc::Medium).ok()?;
    let secret = totp.secret().to_base32();
    let groups: Vec<&str> = (0..secret.len())
        .step_by(4)
        .filter_map(|at| secret.get(at..secret.len().min(at + 4)))
        .collect();
    Some(Shown {
        secret: groups.join(" "),
        path: path(&code),
        size: code.size() + 8,
    })
}

/// The dark modules with the four light ones around that scanners want (ISO 18004 §6.3.8).
fn path(code: &QrCode) -> String {
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    all.filter(|(x, y)| code.get_module(*x, *y))
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + 4, y + 4))
        .collect()
}

fn totp(secret: &[u8]) -> Option<Totp> {
    let builder = Builder::new().with_secret(Secret::from(secret.to_vec()));
    builder.with_account_name("").build().ok()
}

/// The step of a code that is right at this moment, or was or will be half a minute from it.
pub fn step(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp(secret)?.check(&code, seconds)?;
    i64::try_from(step).ok()
}

/// New recovery codes, each of 50 random bits: `abcde-fghjk`.
///
/// # Errors
/// [`AppError::Unavailable`] when the machine has no randomness to give.
pub fn new_recovery_codes() -> Result<Vec<String>, AppError> {
    let code = || {
        let mut bytes = [0; 10];
        getrandom::fill(&mut bytes).map_err(|_| AppError::Unavailable)?;
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 31)]);
        let (one, other) = bytes.split_at(5);
        let half = |bytes: &[u8]| bytes.iter().map(letter).collect::<String>();
        Ok(format!("{}-{}", half(one), half(other)))
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// What is kept of a recovery code, however it is typed.
pub fn hash(employee: EmployeeId, code: &str) -> Vec<u8> {
    let letters = code.to_lowercase();
    let letters: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
    Sha256::digest(format!("{employee} {letters}")).to_vec()
}

/// Whether a code proves `employee`, and uses it up: a code of their app that was not used before,
/// or a recovery code.
///
/// # Errors
/// [`AppError::Unavailable`].
pub async fn is_right(
    transaction: &mut Transaction,
    employee: &Employee,
    code: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    if let Some((secret, _)) = transaction.authenticator(employee.id).await?
        && let Some(step) = step(&secret, code, now)
    {
        return Ok(transaction.use_step(employee.id, step).await?);
    }
    let used = employee.use_recovery_code(hash(employee.id, code), now);
    match transaction.apply(used).await {
        Ok(()) => Ok(true),
        Err(store::Error::Refused(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Makes new recovery codes where a first factor was just added, or where they were asked for, and
/// keeps them for the page that shows them.
///
/// # Errors
/// As [`Employee::make_recovery_codes`].
pub(super) async fn make(
    transaction: &mut Transaction,
    employee: &Employee,
    actor: &Actor,
    factors: &Factors,
    browser: &Token,
    now: Timestamp,
) -> Result<(), AppError> {
    let codes = new_recovery_codes()?;
    let hashes = codes.iter().map(|code| hash(employee.id, code)).collect();
    let made = employee.make_recovery_codes(actor, factors, hashes, now)?;
    transaction.apply(made).await?;
    let made = Made {
        employee: employee.id,
        codes,
    };
    transaction
        .begin_ceremony(browser, Purpose::RecoveryCodes, None, &made, now)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // the values of RFC 6238, appendix B (SHA-1), as far as six digits show them.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(step(secret, "287082", at(59)), Some(1));
        assert_eq!(step(secret, "081804", at(1_111_111_109)), Some(37_037_036));
        assert_eq!(step(secret, "005 924", at(1_234_567_890)), Some(41_152_263));
        assert_eq!(
            step(secret, "287082", at(59 + 30)),
            Some(1),
            "half a minute late"
        );
        assert_eq!(step(secret, "287082", at(59 + 61)), None, "too late");
        for wrong in ["", "28708", "2870820", "287083", "abcdef", "２８７０８２"] {
            assert_eq!(step(secret, wrong, at(59)), None, "{wrong}");
        }
    }

    // a recovery code is found however it is typed, and only for its person.
    #[test]
    fn a_recovery_code_is_found_however_it_is_typed() {
        let codes = new_recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let (one, other) = (EmployeeId(store::new_id()), EmployeeId(store::new_id()));
        let code = &codes[0];
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(hash(one, code), hash(one, &typed));
        assert_ne!(hash(one, code), hash(other, code));
        assert_ne!(hash(one, code), hash(one, &codes[1]));
    }
}
