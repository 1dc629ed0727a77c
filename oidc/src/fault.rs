//! Why a provider can't be used, or why a sign-in through it is refused.

use std::fmt;

/// One reason for a refusal. The details some carry come from the provider or the network; they are
/// cut short and free of control characters, and never hold a token, a code or a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The HTTP client can't be built, for example because the system has no root certificates.
    Client(String),
    /// An address is not absolute, or has credentials or a fragment in it, or the issuer a query.
    Address,
    /// An address is not https.
    Insecure,
    /// An address points into our own network.
    Inward,
    /// The provider can't be reached: name look-up, connection, TLS, or a broken answer.
    Unreachable(String),
    /// The provider did not answer in time.
    TimedOut,
    /// An answer is larger than 1 MiB.
    TooLarge,
    /// An answer has a status that it must not have; redirects are among them.
    Status(u16),
    /// The discovery document can't be read.
    Document(String),
    /// The discovery document is that of another issuer than the configured one.
    IssuerMismatch,
    /// The provider does not offer the authorization code flow.
    FlowUnsupported,
    /// The provider states its PKCE methods, and S256 is not among them.
    PkceUnsupported,
    /// The provider signs ID tokens with no algorithm that we accept.
    AlgorithmUnsupported,
    /// The provider's key set can't be read, or has no key in it that we understand.
    Keys(String),
    /// Our own redirect address is not an address.
    RedirectAddress,
    /// The provider answered with an error, `access_denied` for one. Never returned by this crate,
    /// for the caller sees that answer.
    Denied,
    /// The answer's `state` is not the one of this browser.
    State,
    /// The answer names another issuer (RFC 9207): somebody mixes providers up.
    AnswerIssuer,
    /// The answer names no issuer although the provider says that it always does (RFC 9207).
    AnswerIssuerMissing,
    /// The token endpoint does not accept our client id or secret; a secret may have expired.
    ClientRefused(String),
    /// The token endpoint does not accept the code, which may be used up or too old.
    CodeRefused(String),
    /// The token endpoint's answer can't be read, or has no ID token in it.
    TokenAnswer,
    /// The ID token can't be read, or lacks a claim that it must have.
    IdToken(String),
    /// The ID token is not signed (`alg` is `none`).
    Unsigned,
    /// The ID token is signed with an algorithm that we don't accept.
    Algorithm,
    /// The provider's key set, freshly fetched, has no key for the ID token's signature.
    KeyNotFound,
    /// The ID token's signature is wrong.
    Signature,
    /// The ID token is of another issuer.
    TokenIssuer,
    /// The ID token is for somebody else.
    Audience,
    /// The ID token was given to another party (`azp`), or is for several and doesn't say to whom.
    AuthorizedParty,
    /// The ID token has expired.
    Expired,
    /// The ID token was issued, or becomes valid, in the future.
    NotYetValid,
    /// The ID token's nonce is not the one of this sign-in.
    Nonce,
    /// The ID token's subject is empty, longer than 255 bytes, or has control characters in it.
    Subject,
    /// A fresh sign-in was asked for, and the provider does not say that there was one.
    AuthTime,
}

impl Fault {
    /// A stable name of the reason, without details. It goes to the audit trail.
    pub const fn code(&self) -> &'static str {
        self.told().0
    }

    /// Whether the provider was not there, so that trying again later may help.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::TimedOut | Self::Status(500..)
        )
    }

    /// The code and the sentence, side by side.
    const fn told(&self) -> (&'static str, &'static str) {
        match self {
            Self::Client(_) => ("client", "The HTTP client can't be built"),
            Self::Address => (
                "address",
                "An address of the provider is not a plain absolute address",
            ),
            Self::Insecure => ("insecure", "An address of the provider is not https"),
            Self::Inward => (
                "inward",
                "An address of the provider points into our own network",
            ),
            Self::Unreachable(_) => ("unreachable", "The provider can't be reached"),
            Self::TimedOut => ("timed_out", "The provider did not answer in time"),
            Self::TooLarge => ("too_large", "The provider's answer is too large"),
            Self::Status(_) => ("status", "The provider answered with the wrong status"),
            Self::Document(_) => ("document", "The discovery document can't be read"),
            Self::IssuerMismatch => (
                "issuer_mismatch",
                "The discovery document is that of another issuer",
            ),
            Self::FlowUnsupported => (
                "flow_unsupported",
                "The provider does not offer the authorization code flow",
            ),
            Self::PkceUnsupported => (
                "pkce_unsupported",
                "The provider does not offer PKCE with S256",
            ),
            Self::AlgorithmUnsupported => (
                "algorithm_unsupported",
                "The provider offers no signature algorithm that is accepted",
            ),
            Self::Keys(_) => ("keys", "The provider's key set can't be used"),
            Self::RedirectAddress => (
                "redirect_address",
                "The redirect address is not an absolute address",
            ),
            Self::Denied => ("denied", "The provider did not let the person in"),
            Self::State => ("state", "The answer belongs to another sign-in"),
            Self::AnswerIssuer => ("answer_issuer", "The answer names another issuer"),
            Self::AnswerIssuerMissing => ("answer_issuer_missing", "The answer names no issuer"),
            Self::ClientRefused(_) => (
                "client_refused",
                "The provider does not accept the client id or its secret",
            ),
            Self::CodeRefused(_) => ("code_refused", "The provider does not accept its code"),
            Self::TokenAnswer => (
                "token_answer",
                "The token endpoint's answer holds no ID token that can be read",
            ),
            Self::IdToken(_) => ("id_token", "The ID token can't be read"),
            Self::Unsigned => ("unsigned", "The ID token is not signed"),
            Self::Algorithm => (
                "algorithm",
                "The ID token's signature algorithm is not accepted",
            ),
            Self::KeyNotFound => (
                "key_not_found",
                "The provider has no key for the ID token's signature",
            ),
            Self::Signature => ("signature", "The ID token's signature is wrong"),
            Self::TokenIssuer => ("token_issuer", "The ID token is of another issuer"),
            Self::Audience => ("audience", "The ID token is for somebody else"),
            Self::AuthorizedParty => (
                "authorized_party",
                "The ID token was given to another party",
            ),
            Self::Expired => ("expired", "The ID token has expired"),
            Self::NotYetValid => ("not_yet_valid", "The ID token is of the future"),
            Self::Nonce => ("nonce", "The ID token belongs to another sign-in"),
            Self::Subject => ("subject", "The ID token's subject is not usable"),
            Self::AuthTime => (
                "auth_time",
                "The provider does not say that the person signed in just now",
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.told().1)?;
        match self {
            Self::Status(status) => write!(formatter, ": {status}"),
            Self::Client(detail)
            | Self::Unreachable(detail)
            | Self::Document(detail)
            | Self::Keys(detail)
            | Self::ClientRefused(detail)
            | Self::CodeRefused(detail)
            | Self::IdToken(detail) => write!(formatter, ": {detail}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

/// A text of somebody else's, short and without control characters, fit for a log or a page.
pub(crate) fn tamed(text: &str, longest: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(longest)
        .collect()
}

/// As much of an error's own words as goes into a [`Fault`].
pub(crate) fn detail(error: &dyn std::error::Error) -> String {
    tamed(&error.to_string(), 200)
}
