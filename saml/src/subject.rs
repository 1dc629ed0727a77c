//! Whom an assertion is about, and that its bearer may use it here.

use crate::frame::instant_of;
use crate::name::{CONFIRMATION, CONFIRMATION_DATA, NAME_ID, SUBJECT};
use crate::tree::Tree;
use crate::{Expected, Fault, instant};
use bergshamra::xml::NodeId;
use jiff::Timestamp;

/// SAML core §8.3.7 bounds a persistent identifier so; the others are bounded alike.
const NAME_ID_MAX: usize = 255;
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// The subject of an assertion.
pub struct Subject {
    pub name_id: String,
    pub name_id_format: Option<String>,
    /// The end of its last confirmation, without the allowance for clocks.
    pub confirmed_until: Timestamp,
}

/// Reads the subject and checks that one of its bearer confirmations is for us, now and for this
/// request (profiles §4.1.4.3).
///
/// # Errors
/// The first rule that it breaks; of several confirmations, the fault of the first.
pub fn read(tree: &Tree<'_>, assertion: NodeId, expected: &Expected<'_>) -> Result<Subject, Fault> {
    let subject = tree.only(assertion, SUBJECT)?.ok_or(Fault::NoNameId)?;
    let named = tree.only(subject, NAME_ID)?.ok_or(Fault::NoNameId)?;
    let name_id = tree.text(named).ok_or(Fault::BadNameId)?;
    if name_id.chars().count() > NAME_ID_MAX {
        return Err(Fault::BadNameId);
    }
    let format = tree.attribute(named, "Format");
    let bearers = tree.named(subject, CONFIRMATION).into_iter();
    let bearers = bearers.filter(|&c| tree.attribute(c, "Method") == Some(BEARER));
    let confirmations: Vec<_> = bearers.map(|c| confirmed(tree, c, expected)).collect();
    let good = confirmations.iter().flatten().max();
    let fault = confirmations.iter().find_map(|c| c.err());
    let Some(&confirmed_until) = good else {
        return Err(fault.unwrap_or(Fault::NoBearer));
    };
    Ok(Subject {
        name_id: name_id.to_owned(),
        name_id_format: format.map(str::to_owned),
        confirmed_until,
    })
}

/// Until when a confirmation holds, if it holds.
fn confirmed(
    tree: &Tree<'_>,
    confirmation: NodeId,
    expected: &Expected<'_>,
) -> Result<Timestamp, Fault> {
    let data = tree.only(confirmation, CONFIRMATION_DATA)?;
    let data = data.ok_or(Fault::NoBearer)?;
    if tree.attribute(data, "Recipient") != Some(&expected.sp.acs_address) {
        return Err(Fault::WrongRecipient);
    }
    if tree.attribute(data, "InResponseTo") != Some(expected.request_id) {
        return Err(Fault::ConfirmedForOtherRequest);
    }
    let start = instant_of(tree, data, "NotBefore")?;
    if start.is_some_and(|start| !instant::begun(start, expected.now)) {
        return Err(Fault::ConfirmationNotYet);
    }
    let end = instant_of(tree, data, "NotOnOrAfter")?.ok_or(Fault::Malformed)?;
    if instant::over(end, expected.now) {
        return Err(Fault::ConfirmationOver);
    }
    Ok(end)
}
