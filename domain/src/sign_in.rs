//! Signing in: what proves who somebody is, and what their organisation asks for.

use crate::audit::{Entry, Recorded, Value};
use crate::employee::Employee;
use crate::field::Email;
use crate::provider::Provider;
use crate::{About, Actor, Allowed, EmployeeId, Event, Refusal, Roles, SignIn, Status, Timestamp};
use serde::{Deserialize, Serialize};

/// How a session began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Password,
    /// The password and a second factor.
    SecondFactor,
    Passkey,
    SingleSignOn,
}

impl Method {
    /// Every one, in the order of the stored numbers.
    pub const ALL: [Self; 4] = [
        Self::Password,
        Self::SecondFactor,
        Self::Passkey,
        Self::SingleSignOn,
    ];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Password => 1,
            Self::SecondFactor => 2,
            Self::Passkey => 3,
            Self::SingleSignOn => 4,
        }
    }

    /// The method of a stored number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|method| method.number() == number)
    }

    /// The word of this method in the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::Passkey => "passkey",
            Self::SingleSignOn => "single_sign_on",
        }
    }
}

/// What the caller has compared and found right.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// The password alone.
    Password,
    /// The password, and then a second factor of the account.
    SecondFactor,
    /// A passkey that made sure of its person (user verification): two factors in one.
    Passkey,
    /// What an identity provider said of `subject`, its NameID or `sub`.
    Provider {
        provider: &'a Provider,
        subject: &'a str,
        /// When the person proved it there, as the provider says.
        proved_at: Option<Timestamp>,
    },
}

/// What comes of a proof.
#[derive(Debug)]
pub enum Step {
    In(Allowed<SignedIn>),
    /// The account has a second factor, which is asked for next.
    SecondFactor,
}

/// A sign-in that succeeded.
#[derive(Debug)]
pub struct SignedIn {
    pub employee: EmployeeId,
    pub method: Method,
    /// When it was proved last who it is, which what asks for a sign-in of the last minutes goes by;
    /// `None` where a provider does not say.
    pub proved_at: Option<Timestamp>,
}

/// Who has to sign in by single sign-on.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    #[default]
    Nobody,
    /// Those whose address is of one of some mail domains.
    Domains,
    Everybody,
}

impl Required {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Domains, Self::Everybody];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Nobody => 0,
            Self::Domains => 1,
            Self::Everybody => 2,
        }
    }

    /// The word of this choice in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Domains => "domains",
            Self::Everybody => "everybody",
        }
    }

    /// The choice of a stored number; of one that is not known, the strictest.
    pub fn from_number(number: i32) -> Self {
        let found = Self::ALL.into_iter().find(|one| one.number() == number);
        found.unwrap_or(Self::Everybody)
    }

    /// The choice of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What the organisation asks of those who sign in.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// Whoever holds one of these needs a second factor.
    pub second_factor: Roles,
    pub single_sign_on: Required,
    /// Lower case, sorted; counts for [`Required::Domains`].
    pub domains: Vec<String>,
}

impl Policy {
    /// Whether an address is of those who have to use a provider, exceptions aside.
    pub fn asks_for_provider(&self, email: &str) -> bool {
        match self.single_sign_on {
            Required::Nobody => false,
            Required::Everybody => true,
            Required::Domains => {
                let domain = email.trim().rsplit_once('@').map(|(_, domain)| domain);
                domain.is_some_and(|domain| {
                    let domain = domain.to_lowercase();
                    self.domains.contains(&domain)
                })
            }
        }
    }

    /// Whether whoever holds `roles` needs a second factor.
    pub fn asks_for_second_factor(&self, roles: Roles) -> bool {
        self.second_factor.0 & roles.0 != 0
    }
}

impl Employee {
    /// Whether only a provider lets this person in.
    pub fn must_use_provider(&self, policy: &Policy) -> bool {
        !self.exempt && policy.asks_for_provider(self.email.as_str())
    }

    /// Decides on a sign-in whose proof the caller has compared.
    ///
    /// # Errors
    /// [`Refusal::WrongCredentials`] for everybody who may not, without saying why.
    pub fn sign_in(
        &self,
        proof: Proof<'_>,
        has_second_factor: bool,
        policy: &Policy,
        at: Timestamp,
    ) -> Result<Step, Refusal> {
        let by_password = self.sign_in == SignIn::Password && !self.must_use_provider(policy);
        let method = match proof {
            _ if self.status != Status::Active => None,
            Proof::Provider {
                provider, subject, ..
            } => self
                .is_known_to(provider, subject)
                .then_some(Method::SingleSignOn),
            _ if !by_password => None,
            Proof::Password if has_second_factor => return Ok(Step::SecondFactor),
            Proof::Password => Some(Method::Password),
            Proof::SecondFactor => Some(Method::SecondFactor),
            Proof::Passkey => Some(Method::Passkey),
        };
        let method = method.ok_or(Refusal::WrongCredentials)?;
        let holder = Actor::holder_of_link(self.organisation, self.id);
        let signed_in = SignedIn {
            employee: self.id,
            method,
            proved_at: match proof {
                Proof::Provider { proved_at, .. } => proved_at.map(|proved| proved.min(at)),
                Proof::Password | Proof::SecondFactor | Proof::Passkey => Some(at),
            },
        };
        Ok(Step::In(Allowed::new(signed_in, &holder, at)))
    }

    /// By provider and subject, exactly, and by nothing else: never by email.
    fn is_known_to(&self, provider: &Provider, subject: &str) -> bool {
        self.sign_in == SignIn::SingleSignOn
            && provider.enabled
            && provider.organisation == self.organisation
            && self.provider == Some(provider.id)
            && !subject.is_empty()
            && self.profile.external_id.as_deref() == Some(subject)
    }
}

impl Recorded for SignedIn {
    fn entry(&self) -> Entry {
        Entry {
            event: Event::SignedIn,
            subject: About::Employee(self.employee),
            values: Value::changed("method", "", self.method.code())
                .into_iter()
                .collect(),
        }
    }
}

/// How an active Administrator gets in: what decides whether anybody still does.
#[derive(Clone, Debug)]
pub struct AdministratorsWay {
    pub employee: EmployeeId,
    pub email: Email,
    pub sign_in: SignIn,
    pub provider: Option<crate::ProviderId>,
    pub exempt: bool,
}

/// Whether any of the active Administrators gets in by these `enabled` providers under this policy
/// asked before the last working way is switched off.
pub fn somebody_gets_in(
    administrators: &[AdministratorsWay],
    enabled: &[crate::ProviderId],
    policy: &Policy,
) -> bool {
    administrators.iter().any(|one| match one.sign_in {
        SignIn::Password => one.exempt || !policy.asks_for_provider(one.email.as_str()),
        SignIn::SingleSignOn => one.provider.is_some_and(|id| enabled.contains(&id)),
    })
}
