//! Verifying an ID token (OpenID Connect Core §3.1.3.7) and reading who it is about.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenClaims, IssuerUrl, Nonce,
    SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Fault;
use crate::discovery::ALGORITHMS;
use crate::fault::{detail, tamed};

/// How far the provider's clock may be off, in seconds.
const SKEW: i64 = 60;
/// How long ago a fresh sign-in may be, in seconds: time for a second factor and a consent page.
const FRESH: i64 = 300;
/// OpenID Connect Core §2, there in ASCII characters.
const LONGEST_SUBJECT: usize = 255;

/// Whom the provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Exactly as given. Together with the issuer it says who this is, and nothing else does.
    pub subject: String,
    /// For showing. Nobody is found by it: the provider may let people write what they like.
    pub email: Option<String>,
    /// For showing.
    pub name: Option<String>,
    /// All claims for showing in a test run, as name and value: at most 50, cut short.
    pub claims: Vec<(String, String)>,
    /// When the person signed in at the provider, if it says so.
    pub auth_time: Option<Timestamp>,
}

/// What the ID token must agree with.
pub(crate) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    pub now: Timestamp,
    pub force: bool,
}

/// The claims of which the library knows nothing.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Others {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl AdditionalClaims for Others {}

pub(crate) type Token =
    IdToken<Others, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Others, CoreGenderClaim>;

/// Takes an ID token apart without believing any of it.
pub(crate) fn read(token: &str) -> Result<Token, Fault> {
    token
        .parse()
        .map_err(|error| Fault::IdToken(detail(&error)))
}

/// Verifies an ID token with these keys.
///
/// # Errors
/// [`Fault::IdToken`] to [`Fault::AuthTime`].
pub(crate) fn verify(
    token: &Token,
    keys: CoreJsonWebKeySet,
    expected: &Expected<'_>,
) -> Result<Identity, Fault> {
    let client_id = ClientId::new(expected.client_id.to_owned());
    let issuer = IssuerUrl::new(expected.issuer.to_owned()).map_err(|_| Fault::TokenIssuer)?;
    let earlier = SystemTime::from(expected.now) - Duration::from_secs(SKEW.unsigned_abs());
    // Public also when there is a secret: a confidential one would take the secret as a key.
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, issuer, keys)
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || earlier.into())
        // Further audiences are dealt with in `check_party`.
        .set_other_audience_verifier_fn(|_| true);
    let nonce = Nonce::new(expected.nonce.to_owned());
    let claims = token.claims(&verifier, &nonce).map_err(fault)?;
    check_party(claims, expected)?;
    check_times(claims, expected)?;
    identity(claims)
}

fn fault(error: ClaimsVerificationError) -> Fault {
    use SignatureVerificationError as Unverified;
    match error {
        ClaimsVerificationError::Expired(_) => Fault::Expired,
        ClaimsVerificationError::InvalidAudience(_) => Fault::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Fault::TokenIssuer,
        ClaimsVerificationError::InvalidNonce(_) => Fault::Nonce,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            Unverified::NoSignature => Fault::Unsigned,
            Unverified::DisallowedAlg(_) | Unverified::UnsupportedAlg(_) => Fault::Algorithm,
            Unverified::NoMatchingKey | Unverified::AmbiguousKeyId(_) => Fault::KeyNotFound,
            _ => Fault::Signature,
        },
        other => Fault::IdToken(detail(&other)),
    }
}

/// Steps 4 and 5, which the library leaves out: a token for several must say that we may use it.
fn check_party(claims: &Claims, expected: &Expected<'_>) -> Result<(), Fault> {
    match claims.authorized_party() {
        Some(party) if party.as_str() == expected.client_id => Ok(()),
        None if claims.audiences().len() == 1 => Ok(()),
        _ => Err(Fault::AuthorizedParty),
    }
}

/// What the library leaves out: a token of the future, and a sign-in of long ago.
fn check_times(claims: &Claims, expected: &Expected<'_>) -> Result<(), Fault> {
    let now = expected.now.as_second();
    if claims.issue_time().timestamp() > now + SKEW {
        return Err(Fault::NotYetValid);
    }
    // RFC 7519 §4.1.5. A date that can't be read is as good as one in the future.
    if let Some(not_before) = claims.additional_claims().all.get("nbf")
        && not_before
            .as_f64()
            .is_none_or(|nbf| nbf > (now + SKEW) as f64)
    {
        return Err(Fault::NotYetValid);
    }
    let recent = now - FRESH - SKEW..=now + SKEW;
    let signed_in = claims.auth_time().map(|at| at.timestamp());
    // Some providers ask for the password again and do not say when; who does must have done so now.
    if expected.force && signed_in.is_some_and(|at| !recent.contains(&at)) {
        return Err(Fault::AuthTime);
    }
    Ok(())
}

fn identity(claims: &Claims) -> Result<Identity, Fault> {
    let subject = claims.subject().as_str();
    let length = 1..=LONGEST_SUBJECT;
    if !length.contains(&subject.len()) || subject.chars().any(char::is_control) {
        return Err(Fault::Subject);
    }
    let name = claims.name().and_then(|name| name.get(None));
    Ok(Identity {
        subject: subject.to_owned(),
        email: claims.email().and_then(|email| shown(email, 254)),
        name: name.and_then(|name| shown(name, 200)),
        claims: all(claims),
        auth_time: claims
            .auth_time()
            .and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
    })
}

fn shown(text: &str, longest: usize) -> Option<String> {
    Some(tamed(text, longest)).filter(|text| !text.is_empty())
}

fn all(claims: &Claims) -> Vec<(String, String)> {
    let Ok(Value::Object(all)) = serde_json::to_value(claims) else {
        return Vec::new();
    };
    all.into_iter()
        // Of this one sign-in, and of no interest to a reader.
        .filter(|(name, _)| !matches!(name.as_str(), "nonce" | "at_hash" | "c_hash"))
        .take(50)
        .map(|(name, value)| {
            let value = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            (tamed(&name, 100), tamed(&value, 300))
        })
        .collect()
}
