//! Identity providers: who may vouch for the organisation's people, by SAML or OpenID Connect.

use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Problems};
use crate::{
    About, Action, Actor, Allowed, Event, Field, OrganisationId, ProviderId, Refusal, Timestamp,
    Version, Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of a provider's name.
pub const NAME_MAX: usize = 100;
/// The most characters of an entity id (SAML metadata 2.0 §2.2.1).
pub const ISSUER_MAX: usize = 1_024;
/// The most certificates of one provider: the present one, the next, and some room.
pub const CERTIFICATES_MAX: usize = 5;

/// The protocol that a provider speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    Saml,
    OpenId,
}

impl Protocol {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Saml, Self::OpenId];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Saml => 1,
            Self::OpenId => 2,
        }
    }

    /// The protocol of a stored number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }

    /// The word of this protocol in forms and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Saml => "saml",
            Self::OpenId => "openid",
        }
    }

    /// The protocol of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A provider as the store read it; the client secret is not part of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Provider {
    pub organisation: OrganisationId,
    pub id: ProviderId,
    pub version: Version,
    pub protocol: Protocol,
    pub enabled: bool,
    pub profile: Profile,
    /// Whether a client secret is kept.
    pub has_secret: bool,
}

/// What an Administrator enters of a provider.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// What people read on the sign-in page: "Continue with NAME".
    pub name: String,
    /// SAML's entity id, OpenID Connect's issuer.
    pub issuer: String,
    /// Where a SAML sign-in begins; empty for OpenID Connect.
    pub address: String,
    /// PEM, one after the other; read by the caller.
    pub certificates: Vec<String>,
    /// When the first of the certificates ends; of OpenID Connect, when the client secret does.
    #[serde(with = "crate::instant::optional")]
    pub expires_at: Option<Timestamp>,
    /// Whether our requests are signed, which some SAML providers want.
    pub sign_requests: bool,
    pub client_id: String,
}

/// A client secret on its way to be sealed; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub String);

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// A provider that did not exist before; it is switched off until somebody has tried it.
#[derive(Debug)]
pub struct ProviderCreated {
    pub id: ProviderId,
    pub protocol: Protocol,
    pub profile: Profile,
    pub secret: Option<ClientSecret>,
}

/// A provider that was entered anew.
#[derive(Debug)]
pub struct ProviderRevised {
    pub id: ProviderId,
    pub from: Version,
    pub before: Profile,
    pub profile: Profile,
    /// A new client secret; `None` leaves what there is.
    pub secret: Option<ClientSecret>,
}

/// A provider that is switched on or off.
#[derive(Debug)]
pub struct ProviderSwitched {
    pub id: ProviderId,
    pub from: Version,
    pub name: String,
    pub enabled: bool,
}

/// A provider that is no more.
#[derive(Debug)]
pub struct ProviderDeleted {
    pub id: ProviderId,
    pub from: Version,
    pub name: String,
}

/// A sign-in by a provider that was refused, with the reason, which nobody but the audit trail is
/// told.
#[derive(Debug)]
pub struct SignInRefused {
    pub provider: ProviderId,
    /// The code of the reason.
    pub reason: String,
    /// Whom the provider named, where what it said was right; cut to [`SUBJECT_SHOWN`].
    pub subject: String,
}

/// How many characters are noted of whom a provider named.
pub const SUBJECT_SHOWN: usize = 255;

impl ProviderCreated {
    /// Allows a new provider.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: ProviderId,
        protocol: Protocol,
        profile: Profile,
        secret: Option<ClientSecret>,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::ChangeSettings)?;
        let profile = checked(protocol, profile)?;
        let created = Self {
            id,
            protocol,
            profile,
            secret,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl Provider {
    fn may_change(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::ChangeSettings)
    }

    /// Allows that it is entered anew.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        profile: Profile,
        secret: Option<ClientSecret>,
        at: Timestamp,
    ) -> Result<Allowed<ProviderRevised>, Refusal> {
        self.may_change(actor)?;
        let revised = ProviderRevised {
            id: self.id,
            from: self.version,
            before: self.profile.clone(),
            profile: checked(self.protocol, profile)?,
            secret,
        };
        Ok(Allowed::new(revised, actor, at))
    }

    /// Allows to switch it on or off. `leaves_somebody` says whether an Administrator still gets
    /// in when it is off.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`] when it is so
    /// already, [`Refusal::LastWayIn`].
    pub fn switch(
        &self,
        actor: &Actor,
        enabled: bool,
        leaves_somebody: bool,
        at: Timestamp,
    ) -> Result<Allowed<ProviderSwitched>, Refusal> {
        self.may_change(actor)?;
        if enabled == self.enabled {
            return Err(Refusal::WrongState);
        }
        if !enabled && !leaves_somebody {
            return Err(Refusal::LastWayIn);
        }
        let switched = ProviderSwitched {
            id: self.id,
            from: self.version,
            name: self.profile.name.clone(),
            enabled,
        };
        Ok(Allowed::new(switched, actor, at))
    }

    /// Allows that it is deleted, when nobody signs in by it any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::InUse`] with how many do.
    pub fn delete(
        &self,
        actor: &Actor,
        users: i64,
        at: Timestamp,
    ) -> Result<Allowed<ProviderDeleted>, Refusal> {
        self.may_change(actor)?;
        if users > 0 {
            return Err(Refusal::InUse(users));
        }
        let deleted = ProviderDeleted {
            id: self.id,
            from: self.version,
            name: self.profile.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }

    /// Notes that a sign-in was refused, and why.
    pub fn refused(&self, reason: &str, subject: &str, at: Timestamp) -> Allowed<SignInRefused> {
        let refused = SignInRefused {
            provider: self.id,
            reason: reason.to_owned(),
            subject: subject.chars().take(SUBJECT_SHOWN).collect(),
        };
        Allowed::new(refused, &Actor::system(self.organisation), at)
    }
}

fn checked(protocol: Protocol, profile: Profile) -> Result<Profile, Refusal> {
    let mut problems = Problems::default();
    let mut text = |field, text: &str, max| {
        let read = field::line(text, max).and_then(|text| match text.is_empty() {
            true => Err(Why::Required),
            false => Ok(text),
        });
        problems.take(field, read)
    };
    let name = text(Field::Name, &profile.name, NAME_MAX);
    let issuer = text(Field::Issuer, &profile.issuer, ISSUER_MAX);
    let (mut address, mut client_id) = (String::new(), String::new());
    match protocol {
        Protocol::Saml => address = text(Field::Address, &profile.address, ISSUER_MAX),
        Protocol::OpenId => client_id = text(Field::ClientId, &profile.client_id, ISSUER_MAX),
    }
    let saml = protocol == Protocol::Saml;
    for (field, text) in [(Field::Address, &address), (Field::Issuer, &issuer)] {
        let is_address = (field == Field::Address) == saml;
        if is_address && !text.is_empty() && !is_safe(text) {
            problems.add(field, Why::NotAnHttpsAddress);
        }
    }
    if saml && profile.certificates.is_empty() {
        problems.add(Field::Certificates, Why::Required);
    }
    if profile.certificates.len() > CERTIFICATES_MAX {
        let most = i64::try_from(CERTIFICATES_MAX).unwrap_or(i64::MAX);
        problems.add(Field::Certificates, Why::OutOfRange(1, most));
    }
    problems.none()?;
    let certificates = if saml {
        profile.certificates
    } else {
        Vec::new()
    };
    Ok(Profile {
        name,
        issuer,
        address,
        expires_at: profile.expires_at,
        certificates,
        sign_requests: saml && profile.sign_requests,
        client_id,
    })
}

/// https; or, on this very machine, also http.
fn is_safe(address: &str) -> bool {
    let on_this_machine = || {
        let rest = address.strip_prefix("http://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "0"),
        };
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let is_here = is_port && ["localhost", "127.0.0.1", "[::1]"].contains(&name);
        Some(is_here && !address.contains([' ', '"', '<', '>', '\\']))
    };
    on_this_machine() == Some(true)
        || field::https(address).is_ok_and(|address| !address.is_empty())
}

/// How many certificates there are, and how each ends, which is enough to tell them apart.
fn short(certificates: &[String]) -> String {
    let tail = |pem: &String| {
        let body = pem.split("-----").nth(2).unwrap_or(pem);
        let body: Vec<char> = body.chars().filter(|c| !c.is_whitespace()).collect();
        let last = body.len().saturating_sub(12);
        format!("…{}", body[last..].iter().collect::<String>())
    };
    certificates.iter().map(tail).collect::<Vec<_>>().join(", ")
}

impl Profile {
    fn changes(&self, new: &Self) -> Vec<Value> {
        let word = |on: bool| if on { "on" } else { "off" };
        [
            Value::changed("name", &self.name, &new.name),
            Value::changed("issuer", &self.issuer, &new.issuer),
            Value::changed("address", &self.address, &new.address),
            Value::changed(
                "certificates",
                &short(&self.certificates),
                &short(&new.certificates),
            ),
            Value::changed(
                "sign_requests",
                word(self.sign_requests),
                word(new.sign_requests),
            ),
            Value::changed("client_id", &self.client_id, &new.client_id),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn entry(event: Event, id: ProviderId, values: Vec<Value>) -> Entry {
    Entry {
        event,
        subject: About::Provider(id),
        values,
    }
}

impl Recorded for ProviderCreated {
    fn entry(&self) -> Entry {
        let values = Profile::default().changes(&self.profile);
        entry(Event::ProviderCreated, self.id, values)
    }
}

impl Recorded for ProviderRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let mut values = self.before.changes(&self.profile);
        if self.secret.is_some() {
            values.extend(Value::changed("client_secret", "", "on"));
        }
        entry(Event::ProviderRevised, self.id, values)
    }
}

impl Recorded for ProviderSwitched {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let event = match self.enabled {
            true => Event::ProviderEnabled,
            false => Event::ProviderDisabled,
        };
        entry(event, self.id, Vec::new())
    }
}

impl Recorded for ProviderDeleted {
    fn entry(&self) -> Entry {
        let name = Value::changed("name", &self.name, "");
        entry(Event::ProviderDeleted, self.id, name.into_iter().collect())
    }
}

impl Recorded for SignInRefused {
    fn entry(&self) -> Entry {
        let values = [
            Value::changed("reason", "", &self.reason),
            Value::changed("subject", "", &self.subject),
        ];
        entry(
            Event::SignInRefused,
            self.provider,
            values.into_iter().flatten().collect(),
        )
    }
}
