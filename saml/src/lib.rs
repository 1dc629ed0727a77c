//! Signing in through a SAML 2.0 identity provider, seen from the service provider.
//!
//! Pure functions: bytes in, a value or a reason out. Time is a parameter. The rules of [`verify`]
//! are those of SAML 2.0 core, of its web browser profile (profiles §4.1), and of what has been
//! used against service providers: one tree, closed shapes, allow-lists.

mod address;
mod assertion;
mod certificate;
mod conditions;
mod fault;
mod frame;
mod instant;
mod key;
mod markup;
mod metadata;
mod name;
mod peek;
mod provider;
mod request;
mod response;
mod signature;
mod subject;
mod tree;

pub use address::is_provider_address;
pub use assertion::Assertion;
pub use certificate::{Certificate, NotACertificate, read_certificates};
pub use fault::Fault;
pub use instant::{ISSUED_AT_MOST_AGO, SKEW};
pub use key::{KeyProblem, SigningKey};
pub use metadata::{ServiceProvider, metadata};
pub use peek::{Peeked, peek};
pub use provider::{MetadataProblem, ProviderMetadata, read_metadata};
pub use request::{RequestProblem, SignInRequest, sign_in_address};
pub use response::{Expected, RESPONSE_BYTES_MAX, verify};
