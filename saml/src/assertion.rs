//! What a proven assertion says.

use crate::name::{ATTRIBUTE, ATTRIBUTE_STATEMENT, ATTRIBUTE_VALUE, AUTHN_STATEMENT};
use crate::tree::Tree;
use crate::{Expected, Fault, conditions, frame, instant, subject};
use bergshamra::xml::NodeId;
use jiff::Timestamp;

/// How many attributes are shown, and how many values of each.
const ATTRIBUTES_MAX: usize = 50;
const VALUES_MAX: usize = 20;
/// How many characters of a name or a value are shown.
const CHARACTERS_MAX: usize = 256;

/// An assertion that was verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assertion {
    /// Its id, by which a second use is noticed.
    pub id: String,
    /// Whom the provider means, exactly as it stands there: 1 to 255 characters, not trimmed.
    pub name_id: String,
    /// How the provider says that it names people, as a URI.
    pub name_id_format: Option<String>,
    /// Until when its id must be remembered; after that, [`verify`](crate::verify) refuses it.
    pub valid_until: Timestamp,
    /// When the person signed in at the provider, as it says; the earliest where it says it twice.
    pub signed_in_at: Timestamp,
    /// What else the provider says, by name, for showing in a test run and nothing else: at most
    /// 50 attributes of 20 values, each cut at 256 characters. Values that are not plain text are
    /// left out.
    pub attributes: Vec<(String, Vec<String>)>,
}

/// Reads an assertion from the nodes whose signature was verified.
///
/// # Errors
/// The first rule that it breaks.
pub fn read(tree: &Tree<'_>, node: NodeId, expected: &Expected<'_>) -> Result<Assertion, Fault> {
    let Expected { now, .. } = *expected;
    frame::refuse_version(tree, node)?;
    if !frame::is_issued_by(tree, node, expected.provider_entity_id)? {
        return Err(Fault::WrongAssertionIssuer);
    }
    let issued = frame::issued(tree, node, now)?;
    let subject = subject::read(tree, node, expected)?;
    let conditions_end = conditions::read(tree, node, expected)?;
    let signed_in_at = signed_in(tree, node, now)?;
    let id = tree.attribute(node, "ID").ok_or(Fault::Malformed)?;
    // It is refused from the first of these ends on; later than the last is never needed, and an
    // end in the year 9999 must not be remembered until then.
    let end = conditions_end.max(subject.confirmed_until);
    let too_old = later(issued, instant::ISSUED_AT_MOST_AGO);
    Ok(Assertion {
        id: id.to_owned(),
        name_id: subject.name_id,
        name_id_format: subject.name_id_format,
        valid_until: later(end.min(too_old), instant::SKEW),
        signed_in_at,
        attributes: attributes(tree, node),
    })
}

fn later(instant: Timestamp, by: jiff::SignedDuration) -> Timestamp {
    instant.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// When somebody signed in at the provider. Refuses an assertion that does not say so (SAML core
/// §2.7.2), or whose session is over.
fn signed_in(tree: &Tree<'_>, node: NodeId, now: Timestamp) -> Result<Timestamp, Fault> {
    let statements = tree.named(node, AUTHN_STATEMENT);
    if statements.is_empty() {
        return Err(Fault::NoAuthentication);
    }
    let mut earliest = now;
    for statement in statements {
        let at = frame::instant_of(tree, statement, "AuthnInstant")?;
        earliest = earliest.min(at.ok_or(Fault::NoAuthentication)?);
        let end = frame::instant_of(tree, statement, "SessionNotOnOrAfter")?;
        if end.is_some_and(|end| instant::over(end, now)) {
            return Err(Fault::SessionOver);
        }
    }
    Ok(earliest)
}

fn attributes(tree: &Tree<'_>, node: NodeId) -> Vec<(String, Vec<String>)> {
    let statements = tree.named(node, ATTRIBUTE_STATEMENT);
    let all = statements.iter().flat_map(|&s| tree.named(s, ATTRIBUTE));
    let named = all.filter_map(|attribute| {
        let name = tree.attribute(attribute, "Name")?;
        let values = tree.named(attribute, ATTRIBUTE_VALUE).into_iter();
        let values = values.filter_map(|value| tree.text(value)).map(cut);
        Some((cut(name), values.take(VALUES_MAX).collect()))
    });
    named.take(ATTRIBUTES_MAX).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(CHARACTERS_MAX).collect()
}
