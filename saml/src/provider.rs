//! What a provider's metadata says about it.

use crate::name::{
    BINDING_REDIRECT, ENTITIES, ENTITY, KEY_DESCRIPTOR, KEY_INFO, PROTOCOL, PROVIDER,
    SIGN_IN_SERVICE, X509_CERTIFICATE, X509_DATA,
};
use crate::tree::{NotATree, Tree};
use crate::{Certificate, NotACertificate, is_provider_address};
use bergshamra::xml::NodeId;
use std::fmt;

/// The largest metadata, in bytes.
const BYTES_MAX: usize = 1024 * 1024;
/// How long an entity id may be, in characters (SAML core §8.3.6).
const ENTITY_ID_MAX: usize = 1024;

/// What an identity provider's metadata says (SAML metadata §2.4.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProviderMetadata {
    /// Who issues its responses.
    pub entity_id: String,
    /// The address to which we send a browser: `SingleSignOnService` with the HTTP Redirect
    /// binding.
    pub sign_in_address: String,
    /// The certificates with which it signs; at least one, each once.
    pub certificates: Vec<Certificate>,
    /// Whether it wants our requests signed.
    pub wants_signed_requests: bool,
}

/// Why metadata can't be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MetadataProblem {
    /// Larger than 1 MiB.
    TooLarge,
    /// Not well-formed XML, or no metadata.
    NotXml,
    /// With a document type, or nested absurdly.
    Unsafe,
    /// No identity provider that speaks SAML 2.0 in it.
    NoProvider,
    /// More than one identity provider in it.
    SeveralProviders,
    /// No entity id, or one of more than 1024 characters.
    NoEntityId,
    /// No address for the HTTP Redirect binding.
    NoRedirectBinding,
    /// The address is not https (http on this machine only), or odd.
    AddressNotHttp,
    /// No certificate for signing.
    NoCertificate,
    /// A certificate for signing that can't be used.
    BadCertificate(NotACertificate),
}

/// Reads a provider's metadata: an `EntityDescriptor`, or an `EntitiesDescriptor` with exactly one
/// identity provider in it. A signature of the metadata is not looked at: an Administrator chose
/// the text, and comments in it are of no consequence.
///
/// # Errors
/// Why it can't be used.
pub fn read_metadata(xml: &str) -> Result<ProviderMetadata, MetadataProblem> {
    if xml.len() > BYTES_MAX {
        return Err(MetadataProblem::TooLarge);
    }
    let tree = Tree::read(xml.trim_ascii()).map_err(|why| match why {
        NotATree::NotXml => MetadataProblem::NotXml,
        NotATree::TooDeep | NotATree::DocumentType => MetadataProblem::Unsafe,
    })?;
    let (entity, provider) = only_provider(&tree)?;
    let entity_id = tree.attribute(entity, "entityID").unwrap_or_default();
    if entity_id.is_empty() || entity_id.chars().count() > ENTITY_ID_MAX {
        return Err(MetadataProblem::NoEntityId);
    }
    let wants = tree.attribute(provider, "WantAuthnRequestsSigned");
    Ok(ProviderMetadata {
        entity_id: entity_id.to_owned(),
        sign_in_address: sign_in_address(&tree, provider)?,
        certificates: certificates(&tree, provider)?,
        wants_signed_requests: matches!(wants, Some("true" | "1")),
    })
}

/// The only identity provider for SAML 2.0, with the entity that it is a role of.
fn only_provider(tree: &Tree<'_>) -> Result<(NodeId, NodeId), MetadataProblem> {
    if !tree.is(tree.root(), ENTITY) && !tree.is(tree.root(), ENTITIES) {
        return Err(MetadataProblem::NoProvider);
    }
    let speaks_saml = |&role: &NodeId| {
        let protocols = tree.attribute(role, "protocolSupportEnumeration");
        protocols.is_some_and(|all| all.split_ascii_whitespace().any(|one| one == PROTOCOL))
    };
    let entities = tree.elements().filter(|&e| tree.is(e, ENTITY));
    let roles = entities.flat_map(|entity| {
        let roles = tree.named(entity, PROVIDER).into_iter();
        roles.filter(speaks_saml).map(move |role| (entity, role))
    });
    match roles.collect::<Vec<_>>()[..] {
        [] => Err(MetadataProblem::NoProvider),
        [one] => Ok(one),
        _ => Err(MetadataProblem::SeveralProviders),
    }
}

fn sign_in_address(tree: &Tree<'_>, provider: NodeId) -> Result<String, MetadataProblem> {
    let mut services = tree.named(provider, SIGN_IN_SERVICE).into_iter();
    let service = services.find(|&s| tree.attribute(s, "Binding") == Some(BINDING_REDIRECT));
    let address = service.and_then(|service| tree.attribute(service, "Location"));
    let address = address.ok_or(MetadataProblem::NoRedirectBinding)?;
    if is_provider_address(address) {
        Ok(address.to_owned())
    } else {
        Err(MetadataProblem::AddressNotHttp)
    }
}

/// The certificates of the keys that are for signing, or for no use in particular.
fn certificates(tree: &Tree<'_>, provider: NodeId) -> Result<Vec<Certificate>, MetadataProblem> {
    let keys = tree.named(provider, KEY_DESCRIPTOR).into_iter();
    let signing = keys.filter(|&key| matches!(tree.attribute(key, "use"), None | Some("signing")));
    let infos = signing.flat_map(|key| tree.named(key, KEY_INFO));
    let sets = infos.flat_map(|info| tree.named(info, X509_DATA));
    let mut certificates = Vec::new();
    for node in sets.flat_map(|set| tree.named(set, X509_CERTIFICATE)) {
        let text = tree.text(node).ok_or(NotACertificate::Unreadable);
        let certificate = text.and_then(Certificate::read);
        let certificate = certificate.map_err(MetadataProblem::BadCertificate)?;
        if !certificates.contains(&certificate) {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(MetadataProblem::NoCertificate);
    }
    Ok(certificates)
}

impl fmt::Display for MetadataProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the metadata is larger than 1 MiB",
            Self::NotXml => "this is not XML",
            Self::Unsafe => "the metadata declares a document type or is nested too deeply",
            Self::NoProvider => "no identity provider for SAML 2.0 is in the metadata",
            Self::SeveralProviders => "more than one identity provider is in the metadata",
            Self::NoEntityId => "the provider has no entity id",
            Self::NoRedirectBinding => "the provider has no address for the HTTP Redirect binding",
            Self::AddressNotHttp => "the provider's address is not https",
            Self::NoCertificate => "the provider has no signing certificate",
            Self::BadCertificate(why) => return why.fmt(f),
        })
    }
}

impl std::error::Error for MetadataProblem {}
