//! Single sign-on, on the server: what every part of it needs to know of this organisation.

use crate::error::AppError;
use crate::request::Asker;
use domain::provider::Provider;
use domain::{EmployeeId, ProviderId, Refusal, Timestamp};
use oidc::{Client, Discovered, Fault, Inward};
use saml::{Certificate, ServiceProvider, SigningKey};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use store::Store;

/// How long what a provider says of itself is believed.
const BELIEVED: Duration = Duration::from_secs(3_600);
/// How long a provider that does not answer is left alone.
const SILENT: Duration = Duration::from_secs(15);
/// How long our own certificate lives, in days.
const OWN_CERTIFICATE: i64 = 3_650;

/// OpenID Connect providers, and what they said of themselves lately. Cheap to clone.
#[derive(Clone, Debug)]
pub struct OpenId {
    client: Client,
    known: Arc<RwLock<HashMap<String, (Instant, Discovered)>>>,
    /// Those that did not answer, so that not everybody who comes by waits for them.
    silent: Arc<RwLock<HashMap<String, (Instant, Fault)>>>,
}

impl OpenId {
    /// Calls providers; those at addresses of private networks only where the operator allows it.
    ///
    /// # Errors
    /// When the machine has no trusted certificates.
    pub fn new(inward: bool) -> Result<Self, Fault> {
        let inward = match inward {
            true => Inward::Allowed,
            false => Inward::Refused,
        };
        Ok(Self {
            client: Client::new(inward)?,
            known: Arc::default(),
            silent: Arc::default(),
        })
    }

    /// The client that calls them.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What a provider says of itself, now or within the last hour.
    ///
    /// # Errors
    /// When it does not answer, or not as it should.
    pub async fn discovered(&self, issuer: &str) -> Result<Discovered, Fault> {
        let known = self
            .known
            .read()
            .ok()
            .and_then(|known| known.get(issuer).cloned());
        if let Some((_, discovered)) = known.filter(|(since, _)| since.elapsed() < BELIEVED) {
            return Ok(discovered);
        }
        let silent = self.silent.read().ok();
        let silent = silent.and_then(|silent| silent.get(issuer).cloned());
        if let Some((_, fault)) = silent.filter(|(since, _)| since.elapsed() < SILENT) {
            return Err(fault);
        }
        let discovered = self.discover(issuer).await;
        if let (Err(fault), Ok(mut silent)) = (&discovered, self.silent.write()) {
            silent.insert(issuer.to_owned(), (Instant::now(), fault.clone()));
        }
        discovered
    }

    /// What a provider says of itself now.
    ///
    /// # Errors
    /// As [`OpenId::discovered`].
    pub async fn discover(&self, issuer: &str) -> Result<Discovered, Fault> {
        let discovered = oidc::discover(&self.client, issuer).await?;
        if let Ok(mut known) = self.known.write() {
            known.insert(issuer.to_owned(), (Instant::now(), discovered.clone()));
        }
        Ok(discovered)
    }
}

/// Us, as a SAML service provider.
pub fn service_provider(url: &str) -> ServiceProvider {
    ServiceProvider {
        entity_id: format!("{url}/sso/saml"),
        acs_address: format!("{url}/sso/saml/acs"),
    }
}

/// Where an OpenID Connect provider sends people back to.
pub fn redirect_uri(url: &str) -> String {
    format!("{url}/sso/oidc/callback")
}

/// A sign-in that went to a provider, as it waits for the answer.
#[derive(Serialize, Deserialize)]
pub struct Begun {
    pub provider: ProviderId,
    /// The path to go on to.
    pub to: String,
    /// Who tests, for whom nothing happens but that they see what arrived.
    pub tester: Option<EmployeeId>,
    /// The id of a SAML request.
    pub request: String,
    /// What an OpenID Connect answer has to fit.
    pub pending: Option<oidc::Pending>,
    /// Whether the provider was told to ask for the password again.
    pub force: bool,
}

/// What came of a test: for the Administrator who ran it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tested {
    pub provider: ProviderId,
    pub tester: EmployeeId,
    /// NameID or `sub`, exactly as it arrived.
    pub subject: Option<String>,
    pub attributes: Vec<(String, Vec<String>)>,
    /// Who it would be.
    pub employee: Option<EmployeeId>,
    /// Why it would be nobody: the code that the audit trail has for a refused sign-in.
    pub reason: Option<String>,
}

/// The certificates of a provider that can be read.
pub fn certificates(provider: &Provider) -> Vec<Certificate> {
    let pems = provider.profile.certificates.iter();
    pems.filter_map(|pem| Certificate::read(pem).ok()).collect()
}

/// Our own key for signed requests, made when there is none yet.
///
/// # Errors
/// [`AppError::Unavailable`].
pub async fn signing_key(store: &Store, asker: &Asker) -> Result<SigningKey, AppError> {
    if let Some(key) = kept(store, asker).await? {
        return Ok(key);
    }
    let (name, now) = (asker.url.to_string(), asker.now);
    let making = move || SigningKey::generate(&name, now, OWN_CERTIFICATE).ok();
    let made = tokio::task::spawn_blocking(making).await.ok().flatten();
    let made = made.ok_or(AppError::Unavailable)?;
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    let pem = made.certificate().pem();
    transaction
        .keep_signing_key(made.pkcs8(), &pem, now)
        .await?;
    transaction.commit().await?;
    // Another request may have been first; its key is the one that stays.
    kept(store, asker).await?.ok_or(AppError::Unavailable)
}

async fn kept(store: &Store, asker: &Asker) -> Result<Option<SigningKey>, AppError> {
    let mut reading = store.read(asker.organisation).await?;
    let kept = reading.signing_key().await?;
    Ok(kept.and_then(|(key, certificate)| SigningKey::read(&key, &certificate).ok()))
}

/// Our metadata for SAML providers, with our certificate if there is one.
///
/// # Errors
/// [`AppError::Unavailable`].
pub async fn metadata(store: &Store, asker: &Asker) -> Result<String, AppError> {
    let mut reading = store.read(asker.organisation).await?;
    let name = reading.organisation().await?.settings.name;
    let certificate = reading.signing_key().await?;
    let certificate = certificate.and_then(|(_, pem)| Certificate::read(&pem).ok());
    let certificates: Vec<&Certificate> = certificate.iter().collect();
    Ok(saml::metadata(
        &service_provider(&asker.url),
        &name,
        &certificates,
    ))
}

/// A new id of a SAML request: an underscore and 128 random bits (SAML core §1.3.4).
///
/// # Errors
/// [`AppError::Unavailable`] when the machine has no randomness to give.
pub fn request_id() -> Result<String, AppError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| AppError::Unavailable)?;
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    Ok(format!("_{}", digits.collect::<String>()))
}

/// When the first of some certificates ends.
pub fn earliest_end(certificates: &[Certificate]) -> Option<Timestamp> {
    certificates.iter().map(Certificate::not_after).min()
}

/// The provider of an id, for those who may change settings.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn provider(reading: &mut store::Reading, id: ProviderId) -> Result<Provider, AppError> {
    Ok(reading.provider(id).await?.ok_or(Refusal::NotFound)?)
}
