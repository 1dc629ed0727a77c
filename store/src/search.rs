//! Search: the one place where the two databases may part.

use domain::fold::fold;

/// The `LIKE` pattern that finds any part of `search`, with `\` as escape; empty finds everything.
pub(crate) fn pattern(typed: &str) -> String {
    let folded = fold(typed);
    if folded.is_empty() {
        return folded;
    }
    let mut pattern = String::with_capacity(folded.len() + 2);
    pattern.push('%');
    for c in folded.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
