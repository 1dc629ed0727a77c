//! What a response and an assertion have in common: version, issuer and instant.

use crate::name::ISSUER;
use crate::tree::Tree;
use crate::{Fault, instant};
use bergshamra::xml::NodeId;
use jiff::Timestamp;

const ENTITY_FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

/// Refuses another version than 2.0.
pub fn refuse_version(tree: &Tree<'_>, node: NodeId) -> Result<(), Fault> {
    match tree.attribute(node, "Version") {
        Some("2.0") => Ok(()),
        _ => Err(Fault::WrongVersion),
    }
}

/// Whether an element has this issuer, exactly and as an entity.
pub fn is_issued_by(tree: &Tree<'_>, node: NodeId, provider: &str) -> Result<bool, Fault> {
    let Some(issuer) = tree.only(node, ISSUER)? else {
        return Ok(false);
    };
    let format = tree.attribute(issuer, "Format").unwrap_or(ENTITY_FORMAT);
    Ok(format == ENTITY_FORMAT && tree.text(issuer) == Some(provider))
}

/// When an element was issued, which must be about now.
pub fn issued(tree: &Tree<'_>, node: NodeId, now: Timestamp) -> Result<Timestamp, Fault> {
    let issued = instant_of(tree, node, "IssueInstant")?.ok_or(Fault::Malformed)?;
    if !instant::begun(issued, now) {
        return Err(Fault::IssuedInFuture);
    }
    if now.duration_since(issued) >= instant::ISSUED_AT_MOST_AGO + instant::SKEW {
        return Err(Fault::IssuedTooLongAgo);
    }
    Ok(issued)
}

/// The instant in an attribute, if it has one; an error if it is none.
pub fn instant_of(
    tree: &Tree<'_>,
    node: NodeId,
    attribute: &str,
) -> Result<Option<Timestamp>, Fault> {
    let text = tree.attribute(node, attribute);
    text.map(|text| instant::read(text).ok_or(Fault::Malformed))
        .transpose()
}
