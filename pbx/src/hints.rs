//! The hints that stand in a dialplan.

use crate::dialplan;
use crate::format::read;
use std::collections::BTreeSet;

/// The hints of people in the text of [`crate::DIALPLAN`], as members name them in their
/// [`crate::STATE_INTERFACE`].
pub fn hints(text: &str) -> BTreeSet<String> {
    let sections = read(text).sections.into_iter();
    let entries = sections
        .filter(|section| section.name == dialplan::HINTS)
        .flat_map(|section| section.entries);
    let hints = entries.filter_map(|entry| {
        let (extension, rest) = entry.value.split_once(',')?;
        let is_hint = entry.key == "exten" && rest.starts_with("hint,");
        is_hint.then(|| hint(extension))
    });
    hints.collect()
}

/// The hint of an extension, as a member names it.
pub(crate) fn hint(extension: &str) -> String {
    format!("hint:{extension}@{}", dialplan::HINTS)
}
