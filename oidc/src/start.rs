//! Sending the browser to the provider.

use std::fmt;
use std::time::Duration;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreJsonWebKeySet};
use openidconnect::{
    AuthUrl, ClientId, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, RedirectUrl, Scope,
};
use serde::{Deserialize, Serialize};

use crate::{Discovered, Fault, Provider};

/// In bytes, for each of state, nonce and verifier.
const RANDOM: u32 = 32;

/// What is kept on the server, bound to this browser and used once, until the answer comes.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    /// Comes back with the answer: this browser asked.
    pub state: String,
    /// Comes back in the ID token: this token was made for this sign-in.
    pub nonce: String,
    /// Proves to the token endpoint that whoever redeems the code also asked for it (PKCE).
    pub verifier: String,
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pending").finish_non_exhaustive()
    }
}

/// A sign-in that begins.
#[derive(Clone, Debug)]
pub struct Start {
    /// Where to send the browser.
    pub address: String,
    /// What to keep meanwhile.
    pub pending: Pending,
}

/// Makes the request to the provider (OpenID Connect Core §3.1.2.1), with PKCE (RFC 7636). `force`
/// asks for a fresh sign-in, even of somebody whom the provider knows already.
///
/// # Errors
/// [`Fault::RedirectAddress`] when `redirect_uri` is no address, and [`Fault::IssuerMismatch`] when
/// `discovered` is not of `provider`.
pub fn start(
    discovered: &Discovered,
    provider: &Provider,
    redirect_uri: &str,
    force: bool,
) -> Result<Start, Fault> {
    discovered.must_be_of(provider)?;
    let issuer = IssuerUrl::new(discovered.issuer.clone()).map_err(|_| Fault::Address)?;
    let redirect = RedirectUrl::new(redirect_uri.to_owned()).map_err(|_| Fault::RedirectAddress)?;
    let client_id = ClientId::new(provider.client_id.clone());
    let client = CoreClient::new(client_id, issuer, CoreJsonWebKeySet::default())
        .set_auth_uri(AuthUrl::from_url(discovered.authorization_endpoint.clone()))
        .set_redirect_uri(redirect);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256_len(RANDOM);
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new_random_len(RANDOM),
            || Nonce::new_random_len(RANDOM),
        )
        // The library adds the scope `openid` by itself.
        .add_scope(Scope::new(String::from("email")))
        .add_scope(Scope::new(String::from("profile")))
        .set_pkce_challenge(challenge);
    if force {
        request = request
            .add_prompt(CoreAuthPrompt::Login)
            .set_max_age(Duration::ZERO);
    }
    let (address, state, nonce) = request.url();
    let pending = Pending {
        state: state.into_secret(),
        nonce: nonce.secret().clone(),
        verifier: verifier.into_secret(),
    };
    Ok(Start {
        address: address.into(),
        pending,
    })
}
