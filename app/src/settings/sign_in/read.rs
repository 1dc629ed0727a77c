//! What the settings of providers show, and how what was typed is read, on the server.

use super::edit::{CertificateView, ProviderView, TestedView};
use super::{Listed, Ours, SignInSettings};
use crate::error::AppError;
use crate::request::{Read, asker, deployment};
use crate::sign_in::browser;
use crate::sso::{Tested, certificates, earliest_end, redirect_uri, service_provider};
use crate::ui::moment;
use domain::field::Problems;
use domain::provider::{Profile, Protocol};
use domain::{Action, Field, ProviderId, Refusal, Timestamp, Why};
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::ceremony::Purpose;

/// How long before its end a certificate is pointed out.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

fn ours(url: &str) -> Ours {
    let sp = service_provider(url);
    Ours {
        entity_id: sp.entity_id,
        acs_address: sp.acs_address,
        redirect_uri: redirect_uri(url),
    }
}

fn is_soon(at: Timestamp, now: Timestamp) -> bool {
    at.duration_since(now) < SOON
}

pub(super) async fn settings() -> Result<SignInSettings, AppError> {
    let mut request = Read::begin().await?;
    request.actor().may_everywhere(Action::ChangeSettings)?;
    let (zone, now) = (request.zone(), request.now);
    let mut providers = Vec::new();
    for provider in request.providers().await? {
        let expires_at = provider.profile.expires_at;
        providers.push(Listed {
            users: request.users_of(provider.id).await?,
            id: provider.id,
            name: provider.profile.name,
            protocol: provider.protocol,
            enabled: provider.enabled,
            expires: expires_at.map(|at| moment::exact(at, &zone)),
            expires_soon: expires_at.is_some_and(|at| is_soon(at, now)),
        });
    }
    let organisation = request.organisation().await?;
    Ok(SignInSettings {
        providers,
        ours: ours(&asker()?.url),
        version: organisation.version,
        policy: organisation.policy,
        exempt: request.exempt().await?,
    })
}

pub(super) async fn provider(id: ProviderId) -> Result<ProviderView, AppError> {
    let mut request = Read::begin().await?;
    request.actor().may_everywhere(Action::ChangeSettings)?;
    let (zone, now) = (request.zone(), request.now);
    let provider = crate::sso::provider(&mut request, id).await?;
    let shown = |certificate: &saml::Certificate| CertificateView {
        subject: certificate.subject(),
        fingerprint: certificate.fingerprint(),
        ends: moment::exact(certificate.not_after(), &zone),
        ends_soon: is_soon(certificate.not_after(), now),
    };
    Ok(ProviderView {
        certificates: certificates(&provider).iter().map(shown).collect(),
        users: request.users_of(id).await?,
        ours: ours(&asker()?.url),
        tested: tested(&mut request, id).await?,
        secret_ends: match (provider.protocol, provider.profile.expires_at) {
            (Protocol::OpenId, Some(at)) => at.to_zoned(TimeZone::UTC).date().to_string(),
            _ => String::new(),
        },
        provider,
    })
}

/// What arrived in the last test of this browser.
async fn tested(request: &mut Read, id: ProviderId) -> Result<Option<TestedView>, AppError> {
    let Some(browser) = browser::known()? else {
        return Ok(None);
    };
    let (now, me) = (request.now, request.session.employee);
    let tested: Option<Tested> = request.ceremony(&browser, Purpose::Tested, now).await?;
    let tested = tested.filter(|tested| tested.provider == id && tested.tester == me);
    let Some(tested) = tested else {
        return Ok(None);
    };
    let employee = match tested.employee {
        Some(id) => request.reading_employee(id).await?,
        None => None,
    };
    Ok(Some(TestedView {
        subject: tested.subject,
        attributes: tested.attributes,
        employee: employee.map(|employee| (employee.id, employee.display_name())),
        reason: tested.reason,
    }))
}

/// What the form of a provider holds.
#[derive(Default)]
pub(super) struct Typed {
    pub name: String,
    pub metadata: String,
    pub issuer: String,
    pub address: String,
    pub certificates: String,
    pub sign_requests: bool,
    pub client_id: String,
    /// A day, as browsers send it: `2027-01-31`.
    pub secret_ends: String,
}

impl Typed {
    /// The profile that was typed. Metadata wins over what stands beside it; an OpenID Connect
    /// provider is asked whether it is there.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub(super) async fn read(self, protocol: Protocol) -> Result<Profile, AppError> {
        let mut profile = Profile {
            name: self.name,
            issuer: self.issuer.trim().to_owned(),
            address: self.address.trim().to_owned(),
            sign_requests: self.sign_requests,
            client_id: self.client_id.trim().to_owned(),
            ..Profile::default()
        };
        let mut problems = Problems::default();
        if protocol == Protocol::OpenId && !self.secret_ends.trim().is_empty() {
            profile.expires_at = problems.take(Field::SecretEnds, day(&self.secret_ends).map(Some));
        }
        match protocol {
            Protocol::Saml => {
                let mut known = Vec::new();
                if !self.metadata.trim().is_empty() {
                    match saml::read_metadata(self.metadata.trim()) {
                        Ok(metadata) => {
                            profile.issuer = metadata.entity_id;
                            profile.address = metadata.sign_in_address;
                            profile.sign_requests |= metadata.wants_signed_requests;
                            known = metadata.certificates;
                        }
                        Err(_) => problems.add(Field::Metadata, Why::NotMetadata),
                    }
                } else if !self.certificates.trim().is_empty() {
                    match saml::read_certificates(&self.certificates) {
                        Ok(read) => known = read,
                        Err(_) => problems.add(Field::Certificates, Why::NotACertificate),
                    }
                }
                profile.expires_at = earliest_end(&known);
                let pems = known.iter().map(saml::Certificate::pem);
                profile.certificates = pems.collect();
            }
            Protocol::OpenId if !profile.issuer.is_empty() => {
                let openid = deployment().openid;
                if let Err(fault) = openid.discover(&profile.issuer).await {
                    tracing::info!(%fault, "a provider was not saved");
                    problems.add(Field::Issuer, Why::NoAnswer);
                }
            }
            Protocol::OpenId => {}
        }
        problems.none().map_err(AppError::from)?;
        Ok(profile)
    }
}

/// Makes our own key where requests are to be signed, so that our metadata has its certificate from
/// then on.
///
/// # Errors
/// [`AppError::Unavailable`].
pub(super) async fn make_key(signs: bool) -> Result<(), AppError> {
    if signs {
        crate::sso::signing_key(&deployment().store, &asker()?).await?;
    }
    Ok(())
}

/// The end of a day.
fn day(text: &str) -> Result<Timestamp, Why> {
    let day: Date = text.trim().parse().map_err(|_| Why::NotADate)?;
    let end = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC);
    end.map(|end| end.timestamp()).map_err(|_| Why::NotADate)
}

/// The protocol of a word.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(super) fn protocol(code: &str) -> Result<Protocol, AppError> {
    Ok(Protocol::from_code(code).ok_or(Refusal::NotFound)?)
}
