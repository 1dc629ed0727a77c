//! The hints that stand in a folder.

use crate::format::read;
use crate::{Folder, dialplan};
use std::collections::BTreeSet;

/// The hints of people in the dialplan of a folder, as members name them in their
/// [`crate::STATE_INTERFACE`].
pub fn hints(folder: &Folder) -> BTreeSet<String> {
    let text = folder.get("extensions_staffroom.conf").map(String::as_str);
    let sections = read(text.unwrap_or_default()).sections.into_iter();
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
