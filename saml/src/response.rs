//! A response, from the form that a browser posts to the assertion that it proves.

use crate::name::{ASSERTION, RESPONSE, STATUS, STATUS_CODE};
use crate::tree::{NotATree, Oddity, Several, Tree};
use crate::{Assertion, Certificate, Fault, ServiceProvider, assertion, frame, signature};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::xml::NodeId;
use jiff::Timestamp;
use std::collections::HashSet;

/// The largest response, in bytes of its base64; genuine ones have about ten thousand.
pub const RESPONSE_BYTES_MAX: usize = 256 * 1024;
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// What a response must fit.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Us: the audience and the destination.
    pub sp: &'a ServiceProvider,
    /// The entity id of the provider that was asked.
    pub provider_entity_id: &'a str,
    /// Its certificates: any of those that are valid now may have signed.
    pub certificates: &'a [Certificate],
    /// The id of the request that this browser was sent with.
    pub request_id: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// Verifies a response (`SAMLResponse` of the HTTP POST binding) and reads its assertion.
///
/// Whoever calls this must refuse an assertion whose id was used before, and remember the id until
/// [`Assertion::valid_until`].
///
/// # Errors
/// The first fault that is found.
pub fn verify(response_base64: &str, expected: &Expected<'_>) -> Result<Assertion, Fault> {
    let certificates = current(expected)?;
    let text = decode(response_base64)?;
    let tree = Tree::read(&text)?;
    refuse_oddities(&tree)?;
    refuse_ambiguous_ids(&tree)?;
    let response = tree.root();
    refuse_failure(&tree, response)?;
    let assertion = only_assertion(&tree, response)?;
    let signed = signature::signed(&tree, &[response, assertion], &certificates)?;
    // What is read below stands in these very nodes. Without a signature of its own, the response
    // around the assertion is not proven: it is checked only to refuse more.
    if !signed.contains(&response) && !signed.contains(&assertion) {
        return Err(Fault::Unsigned);
    }
    refuse_stray_response(&tree, response, expected)?;
    assertion::read(&tree, assertion, expected)
}

/// The certificates that are valid now; none is a fault, so that a provider without is closed.
fn current<'a>(expected: &Expected<'a>) -> Result<Vec<&'a Certificate>, Fault> {
    if expected.certificates.is_empty() {
        return Err(Fault::NoCertificate);
    }
    let all = expected.certificates.iter();
    let current: Vec<_> = all.filter(|c| c.is_current(expected.now)).collect();
    if current.is_empty() {
        return Err(Fault::NoCurrentCertificate);
    }
    Ok(current)
}

pub fn decode(base64: &str) -> Result<String, Fault> {
    if base64.len() > RESPONSE_BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let bare: String = base64.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(bare).map_err(|_| Fault::NotBase64)?;
    String::from_utf8(bytes).map_err(|_| Fault::NotXml)
}

pub fn refuse_oddities(tree: &Tree<'_>) -> Result<(), Fault> {
    match tree.oddity() {
        None => Ok(()),
        Some(Oddity::Comment) => Err(Fault::Comment),
        Some(Oddity::ProcessingInstruction) => Err(Fault::ProcessingInstruction),
        Some(Oddity::CharacterData) => Err(Fault::CharacterData),
    }
}

/// Refuses whatever could make a reference mean another element than its parent.
fn refuse_ambiguous_ids(tree: &Tree<'_>) -> Result<(), Fault> {
    let mut ids = HashSet::new();
    for element in tree.elements() {
        let attributes = tree.attributes(element);
        let mut own = attributes.filter(|(_, name, _)| is_id_name(name));
        if let Some((namespaced, _, id)) = own.next() {
            if namespaced {
                return Err(Fault::NamespacedId);
            }
            if !ids.insert(id) {
                return Err(Fault::DuplicateId);
            }
        }
        match own.next() {
            Some((true, ..)) => return Err(Fault::NamespacedId),
            Some((false, ..)) => return Err(Fault::DuplicateId),
            None => {}
        }
    }
    Ok(())
}

fn is_id_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("AssertionID")
}

/// Refuses what is no response, and one by which the provider says that it has no answer.
fn refuse_failure(tree: &Tree<'_>, response: NodeId) -> Result<(), Fault> {
    if !tree.is(response, RESPONSE) {
        return Err(Fault::NotAResponse);
    }
    let status = tree.only(response, STATUS)?.ok_or(Fault::NotSuccess)?;
    let code = tree.only(status, STATUS_CODE)?.ok_or(Fault::NotSuccess)?;
    if tree.attribute(code, "Value") != Some(SUCCESS) {
        return Err(Fault::NotSuccess);
    }
    Ok(())
}

/// The one assertion of the document, which is a child of the response. Names count without their
/// namespaces, which refuses more.
fn only_assertion(tree: &Tree<'_>, response: NodeId) -> Result<NodeId, Fault> {
    let is_named = |name: &'static str| move |&e: &NodeId| tree.local_name(e) == name;
    if tree
        .elements()
        .any(|e| tree.local_name(e).starts_with("Encrypted"))
    {
        return Err(Fault::Encrypted);
    }
    if tree.elements().filter(is_named("Response")).count() != 1 {
        return Err(Fault::NotAResponse);
    }
    let assertions: Vec<_> = tree.elements().filter(is_named("Assertion")).collect();
    match assertions[..] {
        [] => Err(Fault::NoAssertion),
        [one] if tree.is(one, ASSERTION) && tree.parent(one) == Some(response) => Ok(one),
        [_] => Err(Fault::MisplacedAssertion),
        _ => Err(Fault::SeveralAssertions),
    }
}

/// Refuses a response that is addressed to somebody else, or answers something else.
fn refuse_stray_response(
    tree: &Tree<'_>,
    response: NodeId,
    expected: &Expected<'_>,
) -> Result<(), Fault> {
    frame::refuse_version(tree, response)?;
    if tree.attribute(response, "Destination") != Some(&expected.sp.acs_address) {
        return Err(Fault::WrongDestination);
    }
    if tree.attribute(response, "InResponseTo") != Some(expected.request_id) {
        return Err(Fault::WrongInResponseTo);
    }
    if !frame::is_issued_by(tree, response, expected.provider_entity_id)? {
        return Err(Fault::WrongIssuer);
    }
    frame::issued(tree, response, expected.now).map(|_| ())
}

impl From<NotATree> for Fault {
    fn from(why: NotATree) -> Self {
        match why {
            NotATree::NotXml => Self::NotXml,
            NotATree::TooDeep => Self::TooDeep,
            NotATree::DocumentType => Self::DocumentType,
        }
    }
}

impl From<Several> for Fault {
    fn from(_: Several) -> Self {
        Self::Malformed
    }
}
