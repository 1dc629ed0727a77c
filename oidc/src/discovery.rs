//! What a provider says of itself: OpenID Connect Discovery 1.0 and its key set.

use std::sync::{Arc, PoisonError, RwLock};

use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::Deserialize;
use url::Url;

use crate::fault::detail;
use crate::{Client, Fault, Provider};

/// The signature algorithms of ID tokens that are accepted. Not `none`, and none with a shared
/// secret. ES512 would be welcome, but openidconnect 4.1 can't verify it.
pub(crate) const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider that was looked at and can be used. Worth keeping for an hour or so; clones share the
/// key set, which [`crate::finish`] renews when the provider has changed its keys.
#[derive(Clone, Debug)]
pub struct Discovered {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: Url,
    pub(crate) token_endpoint: Url,
    /// Whether the secret goes into the form (`client_secret_post`), not into a header.
    pub(crate) secret_in_form: bool,
    /// Whether each answer names its issuer (RFC 9207).
    pub(crate) names_issuer: bool,
    keys_address: Url,
    keys: Arc<RwLock<CoreJsonWebKeySet>>,
}

impl Discovered {
    /// The issuer, exactly as configured.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Refuses a provider for which this was not discovered: a mix-up in a cache must not let one
    /// provider speak for another.
    pub(crate) fn must_be_of(&self, provider: &Provider) -> Result<(), Fault> {
        if self.issuer == provider.issuer {
            Ok(())
        } else {
            Err(Fault::IssuerMismatch)
        }
    }

    pub(crate) fn keys(&self) -> CoreJsonWebKeySet {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.clone()
    }

    /// Fetches the key set again, for this and all clones.
    pub(crate) async fn renew_keys(&self, client: &Client) -> Result<CoreJsonWebKeySet, Fault> {
        let fresh = fetch_keys(client, &self.keys_address).await?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        keys.clone_from(&fresh);
        Ok(fresh)
    }
}

/// What we need of the document. Lists hold strings, not enumerations, so that a provider may offer
/// things that nobody here has heard of.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    response_types_supported: Vec<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Document {
    fn check(&self) -> Result<(), Fault> {
        let states = |list: &[String], name: &str| list.iter().any(|stated| stated == name);
        if !states(&self.response_types_supported, "code") {
            return Err(Fault::FlowUnsupported);
        }
        let methods = self.code_challenge_methods_supported.as_deref();
        if methods.is_some_and(|methods| !states(methods, "S256")) {
            return Err(Fault::PkceUnsupported);
        }
        let accepted = self
            .id_token_signing_alg_values_supported
            .iter()
            .filter_map(|name| serde_json::from_value(name.as_str().into()).ok())
            .any(|algorithm| ALGORITHMS.contains(&algorithm));
        if !accepted {
            return Err(Fault::AlgorithmUnsupported);
        }
        Ok(())
    }

    /// OpenID Connect Core §9: `client_secret_basic` is the default.
    fn wants_secret_in_form(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        let offers = |name: &str| methods.unwrap_or_default().iter().any(|it| it == name);
        offers("client_secret_post") && !offers("client_secret_basic")
    }
}

/// Reads and checks a provider's document and its keys. Also what the settings page does on saving.
///
/// # Errors
/// Those of an address ([`Fault::Address`], [`Fault::Insecure`], [`Fault::Inward`]), those of a call,
/// and those of what the provider says of itself, [`Fault::Document`] to [`Fault::Keys`].
pub async fn discover(client: &Client, issuer: &str) -> Result<Discovered, Fault> {
    // Core §2: the issuer has no query and no fragment, and `admit` refuses a fragment.
    if client.admit(issuer)?.query().is_some() {
        return Err(Fault::Address);
    }
    let base = issuer.strip_suffix('/').unwrap_or(issuer);
    let well_known = client.admit(&format!("{base}/.well-known/openid-configuration"))?;
    let body = client.get(&well_known).await?;
    let document: Document =
        serde_json::from_slice(&body).map_err(|error| Fault::Document(detail(&error)))?;
    // Discovery §4.3: exactly, character by character.
    if document.issuer != issuer {
        return Err(Fault::IssuerMismatch);
    }
    document.check()?;
    let keys_address = client.admit(&document.jwks_uri)?;
    Ok(Discovered {
        authorization_endpoint: client.admit(&document.authorization_endpoint)?,
        token_endpoint: client.admit(&document.token_endpoint)?,
        secret_in_form: document.wants_secret_in_form(),
        names_issuer: document.authorization_response_iss_parameter_supported,
        keys: Arc::new(RwLock::new(fetch_keys(client, &keys_address).await?)),
        keys_address,
        issuer: document.issuer,
    })
}

async fn fetch_keys(client: &Client, address: &Url) -> Result<CoreJsonWebKeySet, Fault> {
    let body = client.get(address).await?;
    let keys: CoreJsonWebKeySet =
        serde_json::from_slice(&body).map_err(|error| Fault::Keys(detail(&error)))?;
    if keys.keys().is_empty() {
        return Err(Fault::Keys(String::from("there is no key in it")));
    }
    Ok(keys)
}
