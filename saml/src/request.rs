//! The request with which a browser is sent to a provider.

use crate::markup::escape;
use crate::name::{BINDING_POST, PROTOCOL, SAML};
use crate::{KeyProblem, ServiceProvider, SigningKey, instant, is_provider_address};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::core::algorithm::RSA_SHA256;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use std::fmt::{self, Write as _};
use std::io::Write as _;

/// How long a relay state may be, in bytes (SAML bindings §3.4.3).
const RELAY_STATE_MAX: usize = 80;

/// A request to sign somebody in.
#[derive(Clone, Copy, Debug)]
pub struct SignInRequest<'a> {
    /// Its id: an underscore and 32 random hexadecimal digits, to be kept for this browser.
    pub id: &'a str,
    /// Us.
    pub sp: &'a ServiceProvider,
    /// Where the provider takes requests.
    pub provider_address: &'a str,
    /// A key to something that we keep, at most 80 bytes; empty for none. Never an address, and best
    /// of letters and digits: some providers write it anew before they check the signature.
    pub relay_state: &'a str,
    /// The time.
    pub now: Timestamp,
    /// Whether the provider must ask for the password again.
    pub force: bool,
    /// The key to sign with, if requests are signed.
    pub key: Option<&'a SigningKey>,
}

/// Why there is no request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestProblem {
    /// The id is not an underscore and 32 hexadecimal digits.
    Id,
    /// The provider's address is none that a browser may be sent to.
    Address,
    /// The relay state has more than 80 bytes.
    RelayState,
    /// The request can't be signed.
    Key(KeyProblem),
}

/// The address to which a browser is sent to sign in (HTTP Redirect binding, bindings §3.4). A
/// query that the provider's address has is kept in front.
///
/// # Errors
/// What of the request can't be used.
pub fn sign_in_address(request: &SignInRequest<'_>) -> Result<String, RequestProblem> {
    let digits = request.id.strip_prefix('_').unwrap_or_default();
    if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(RequestProblem::Id);
    }
    if !is_provider_address(request.provider_address) {
        return Err(RequestProblem::Address);
    }
    if request.relay_state.len() > RELAY_STATE_MAX {
        return Err(RequestProblem::RelayState);
    }
    let mut query = format!("SAMLRequest={}", percent(&deflated(&xml(request))));
    if !request.relay_state.is_empty() {
        query += &format!("&RelayState={}", percent(request.relay_state));
    }
    if let Some(key) = request.key {
        query += &format!("&SigAlg={}", percent(RSA_SHA256));
        let signature = key.sign(query.as_bytes()).map_err(RequestProblem::Key)?;
        query += &format!("&Signature={}", percent(&STANDARD.encode(signature)));
    }
    let address = request.provider_address;
    let joint = match address.split_once('?') {
        None => "?",
        Some((_, own)) if own.is_empty() || own.ends_with('&') => "",
        Some(_) => "&",
    };
    Ok(format!("{address}{joint}{query}"))
}

/// The request (SAML core §3.4.1). It asks for no format of the NameID: what the provider's own
/// configuration says counts.
fn xml(request: &SignInRequest<'_>) -> String {
    let id = escape(request.id);
    let instant = instant::write(request.now);
    let destination = escape(request.provider_address);
    let acs_address = escape(&request.sp.acs_address);
    let entity_id = escape(&request.sp.entity_id);
    let force = if request.force {
        r#" ForceAuthn="true""#
    } else {
        ""
    };
    format!(
        r#"<samlp:AuthnRequest xmlns:samlp="{PROTOCOL}" xmlns:saml="{SAML}" ID="{id}" Version="2.0" IssueInstant="{instant}" Destination="{destination}"{force} ProtocolBinding="{BINDING_POST}" AssertionConsumerServiceURL="{acs_address}"><saml:Issuer>{entity_id}</saml:Issuer></samlp:AuthnRequest>"#
    )
}

/// The base64 of the raw DEFLATE of a text.
fn deflated(text: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(text.as_bytes());
    let bytes = written.and_then(|()| encoder.finish());
    STANDARD.encode(bytes.expect("writing to a vector can't fail"))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 §2.3.
fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string can't fail");
        }
    }
    encoded
}

impl fmt::Display for RequestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id => f.write_str("the request's id is not an underscore and 32 digits"),
            Self::Address => f.write_str("the provider's address can't be used"),
            Self::RelayState => f.write_str("the relay state is longer than 80 bytes"),
            Self::Key(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for RequestProblem {}
