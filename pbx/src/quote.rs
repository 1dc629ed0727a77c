//! What strangers typed, made fit for one place in a file each.
//!
//! Between a line of a file and what a caller sees lie six readers, each with escapes of its own:
//! the file, the dialplan, variables, expressions, arguments, a SIP header. So nothing is escaped.
//! What any of them could read as more than itself becomes a space.

use unicode_normalization::char::is_combining_mark;

/// Letters with their marks and digits of any script, and signs that names have and no reader knows.
fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character) || ".-_'&+/!?".contains(character)
}

/// At most `longest` characters, one space at most between two of them, none at the ends; `None`
/// where nothing is left.
fn plain(text: &str, longest: usize) -> Option<String> {
    let words: String = text
        .chars()
        .map(|c| if is_plain(c) { c } else { ' ' })
        .collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(longest).collect();
    let short = short.trim_end();
    (!short.is_empty()).then(|| short.to_owned())
}

/// The display name in `callerid="…" <extension>`: as much of it as the column of `ps_endpoints` has
/// room for beside the rest (40 characters).
pub fn caller_name(text: &str, otherwise: &str) -> String {
    plain(text, 28).unwrap_or_else(|| otherwise.to_owned())
}

/// The name of a member, one of the arguments that commas separate in a `member` line.
pub fn member_name(text: &str, otherwise: &str) -> String {
    plain(text, 80).unwrap_or_else(|| otherwise.to_owned())
}

/// A name as the value of a variable in the dialplan, from where it becomes a caller's name.
pub fn variable(text: &str, otherwise: &str) -> String {
    plain(text, 60).unwrap_or_else(|| otherwise.to_owned())
}

/// One line of a text that no machine reads, nor a terminal as a command: without control characters
/// and what turns the direction of writing around.
pub fn line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words: String = text
        .chars()
        .map(|c| if c.is_control() || turns(c) { ' ' } else { c })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
