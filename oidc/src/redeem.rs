//! Redeeming a code for an ID token at the token endpoint (OpenID Connect Core §3.1.3).
//!
//! Written out rather than left to the library, which would also read the access and refresh tokens;
//! here they are skipped unread.

use reqwest::StatusCode;
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::fault::tamed;
use crate::{Client, Discovered, Fault, Provider};

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Trades the code in and gives the ID token, as yet unverified.
///
/// # Errors
/// Those of a call, [`Fault::ClientRefused`], [`Fault::CodeRefused`] and [`Fault::TokenAnswer`].
pub(crate) async fn redeem(
    client: &Client,
    discovered: &Discovered,
    provider: &Provider,
    redirect_uri: &str,
    verifier: &str,
    code: &str,
) -> Result<String, Fault> {
    let (form, credentials) = form(discovered, provider, redirect_uri, verifier, code);
    let address = &discovered.token_endpoint;
    let (status, body) = client.post(address, form, credentials).await?;
    if status == StatusCode::OK {
        let tokens: Tokens = serde_json::from_slice(&body).map_err(|_| Fault::TokenAnswer)?;
        return Ok(tokens.id_token);
    }
    Err(refusal(status, &body))
}

/// What is posted, and the client's credentials where they stand in a header (RFC 6749 §4.1.3).
fn form(
    discovered: &Discovered,
    provider: &Provider,
    redirect_uri: &str,
    verifier: &str,
    code: &str,
) -> (String, Option<(String, String)>) {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("code_verifier", verifier);
    let credentials = match &provider.client_secret {
        Some(secret) if !discovered.secret_in_form => {
            Some((encoded(&provider.client_id), encoded(secret)))
        }
        secret => {
            form.append_pair("client_id", &provider.client_id);
            if let Some(secret) = secret {
                form.append_pair("client_secret", secret);
            }
            None
        }
    };
    (form.finish(), credentials)
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they become HTTP Basic credentials.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// RFC 6749 §5.2. Only the short name is taken over: descriptions are free text.
fn refusal(status: StatusCode, body: &[u8]) -> Fault {
    match serde_json::from_slice::<Refusal>(body) {
        Ok(refusal) if status.is_client_error() => {
            let name = tamed(&refusal.error, 50);
            match name.as_str() {
                "invalid_client" | "unauthorized_client" => Fault::ClientRefused(name),
                _ => Fault::CodeRefused(name),
            }
        }
        _ => Fault::Status(status.as_u16()),
    }
}
