//! Taking the provider's answer.

use jiff::Timestamp;
use openidconnect::CsrfToken;

use crate::id_token::{Expected, read, verify};
use crate::redeem::redeem;
use crate::{Client, Discovered, Fault, Identity, Pending, Provider};

/// What the browser brings back from the provider, in the query of our redirect address.
pub struct Answer<'a> {
    /// To be redeemed for an ID token.
    pub code: &'a str,
    /// To be compared with [`Pending`].
    pub state: &'a str,
    /// The issuer, from providers that name it (RFC 9207).
    pub iss: Option<&'a str>,
}

/// Checks the answer, redeems its code and verifies the ID token. `redirect_uri` is the one given to
/// [`crate::start`], `force` likewise: then the provider must say that the person signed in within
/// the last five minutes.
///
/// Taking the [`Pending`] out of its store, once, before calling this is the caller's part.
///
/// # Errors
/// [`Fault::State`] to [`Fault::AuthTime`], each for one rule broken; those of a call; and
/// [`Fault::IssuerMismatch`] when `discovered` is not of `provider`.
pub async fn finish(
    client: &Client,
    discovered: &Discovered,
    provider: &Provider,
    redirect_uri: &str,
    pending: &Pending,
    answer: &Answer<'_>,
    now: Timestamp,
    force: bool,
) -> Result<Identity, Fault> {
    discovered.must_be_of(provider)?;
    check_answer(discovered, pending, answer)?;
    let verifier = &pending.verifier;
    let token = redeem(
        client,
        discovered,
        provider,
        redirect_uri,
        verifier,
        answer.code,
    )
    .await?;
    let token = read(&token)?;
    let expected = Expected {
        issuer: &discovered.issuer,
        client_id: &provider.client_id,
        nonce: &pending.nonce,
        now,
        force,
    };
    match verify(&token, discovered.keys(), &expected) {
        // The provider may have changed its keys, also without giving them new names. The token came
        // from the provider itself, so nobody else can make us fetch the keys again and again.
        Err(Fault::KeyNotFound | Fault::Signature) => {
            verify(&token, discovered.renew_keys(client).await?, &expected)
        }
        verified => verified,
    }
}

/// What can be refused before a code is sent anywhere.
fn check_answer(
    discovered: &Discovered,
    pending: &Pending,
    answer: &Answer<'_>,
) -> Result<(), Fault> {
    // The library compares hashes, so the time taken tells nothing about the state itself.
    if CsrfToken::new(pending.state.clone()) != CsrfToken::new(answer.state.to_owned()) {
        return Err(Fault::State);
    }
    match answer.iss {
        Some(issuer) if issuer != discovered.issuer => Err(Fault::AnswerIssuer),
        None if discovered.names_issuer => Err(Fault::AnswerIssuerMissing),
        _ => Ok(()),
    }
}
