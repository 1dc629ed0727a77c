//! Sections as text.

use super::{Entry, Section};

/// The text of these sections, under a comment that tells whose file it is.
///
/// Whatever a name, key or value holds, it stays in its place: line breaks become spaces, semicolons
/// are escaped, and brackets of a section's name, `=` of a key are left out.
pub fn write(comment: &str, sections: &[Section]) -> String {
    let mut text = String::new();
    for line in comment.lines() {
        text.push_str(&format!(
            "; {}\n",
            crate::quote::line(line)
                .replace(';', ",")
                .replace("--", "-")
        ));
    }
    for section in sections {
        let name = flat(&section.name).replace(['[', ']', ';'], "");
        text.push_str(&format!("\n[{}]\n", name.trim_matches(' ')));
        for entry in &section.entries {
            text.push_str(&written(entry));
        }
    }
    text
}

fn written(entry: &Entry) -> String {
    let key = flat(&entry.key).replace(['=', '[', ']', ';', '#', '+', '\\'], "");
    let value = flat(&entry.value).replace(';', "\\;");
    let sign = if entry.arrow { " => " } else { " = " };
    format!(
        "{}{sign}{}\n",
        key.trim_matches(' '),
        value.trim_matches(' ')
    )
}

/// On one line: Asterisk's lines end at a line feed, and it strips every character up to a space.
fn flat(text: &str) -> String {
    text.replace(|c: char| c < ' ', " ")
}
