//! When and for whom an assertion holds.

use crate::frame::instant_of;
use crate::name::{AUDIENCE, AUDIENCE_RESTRICTION, CONDITIONS, ONE_TIME_USE, PROXY_RESTRICTION};
use crate::tree::Tree;
use crate::{Expected, Fault, instant};
use bergshamra::xml::NodeId;
use jiff::Timestamp;

/// Checks the conditions of an assertion (core §2.5) and says when they end, without the allowance
/// for clocks. `OneTimeUse` holds for every assertion here, and `ProxyRestriction` is about
/// assertions that we would issue; any other condition is one that we might not meet.
///
/// # Errors
/// The first rule that they break.
pub fn read(
    tree: &Tree<'_>,
    assertion: NodeId,
    expected: &Expected<'_>,
) -> Result<Timestamp, Fault> {
    let conditions = tree.only(assertion, CONDITIONS)?;
    let conditions = conditions.ok_or(Fault::NoConditions)?;
    let start = instant_of(tree, conditions, "NotBefore")?;
    if start.is_some_and(|start| !instant::begun(start, expected.now)) {
        return Err(Fault::NotYetValid);
    }
    let end = instant_of(tree, conditions, "NotOnOrAfter")?.ok_or(Fault::Malformed)?;
    if instant::over(end, expected.now) {
        return Err(Fault::NoLongerValid);
    }
    let mut restricted = false;
    for condition in tree.children(conditions) {
        if tree.is(condition, AUDIENCE_RESTRICTION) {
            restricted = true;
            let mut audiences = tree.named(condition, AUDIENCE).into_iter();
            if !audiences.any(|audience| tree.text(audience) == Some(&expected.sp.entity_id)) {
                return Err(Fault::WrongAudience);
            }
        } else if !tree.is(condition, ONE_TIME_USE) && !tree.is(condition, PROXY_RESTRICTION) {
            return Err(Fault::UnknownCondition);
        }
    }
    if restricted {
        Ok(end)
    } else {
        Err(Fault::NoAudience)
    }
}
