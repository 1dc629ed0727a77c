//! Text as sections, by the same steps as Asterisk's `main/config.c`.

use super::{Entry, Fault, File, LINE_BYTES_MAX, Section};

/// What a file says. Never fails: what is not understood is told in [`File::faults`].
pub fn read(text: &str) -> File {
    let mut file = File::default();
    let mut comments = Comments::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.split('\n').enumerate() {
        let result = if line.len() > LINE_BYTES_MAX {
            Err(Fault::TooLong)
        } else {
            file.take(stripped(&comments.without(line, index)))
        };
        if let Err(fault) = result {
            file.faults.push((index + 1, fault));
        }
    }
    if let Some(&opened) = comments.open.last() {
        file.faults.push((opened + 1, Fault::OpenComment));
    }
    file
}

/// The comments over several lines that are open, by the lines at which they began.
#[derive(Default)]
struct Comments {
    open: Vec<usize>,
}

impl Comments {
    /// The line without what is a comment, and with `\;` as `;`.
    fn without(&mut self, line: &str, index: usize) -> String {
        let mut kept = String::new();
        // What was passed since the last marker; decides about an escape and the end of a comment.
        let mut rest = line;
        while let Some(at) = rest.find(';') {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let outside = self.open.is_empty();
            if let Some(before) = before.strip_suffix('\\') {
                if outside {
                    kept.push_str(before);
                    kept.push(';');
                }
            } else if after.starts_with("--") && !after.starts_with("---") {
                if outside {
                    kept.push_str(before);
                }
                self.open.push(index);
                rest = &after[2..];
                continue;
            } else if before.ends_with("--") && !outside {
                self.open.pop();
            } else if outside {
                kept.push_str(before);
                return kept;
            }
            rest = after;
        }
        if self.open.is_empty() {
            kept.push_str(rest);
        }
        kept
    }
}

/// Without the characters up to a space at both ends, as `ast_strip` does.
fn stripped(text: &str) -> &str {
    text.trim_matches(|c: char| c <= ' ')
}

impl File {
    fn take(&mut self, line: &str) -> Result<(), Fault> {
        match line.chars().next() {
            None => Ok(()),
            Some('[') => self.open_section(&line[1..]),
            Some('#') => {
                self.directives.push(line[1..].to_owned());
                Ok(())
            }
            Some(_) => self.add(line),
        }
    }

    fn open_section(&mut self, line: &str) -> Result<(), Fault> {
        let (name, rest) = line.split_once(']').ok_or(Fault::Unclosed)?;
        let options = match rest.strip_prefix('(') {
            Some(rest) => Some(rest.split_once(')').ok_or(Fault::Unclosed)?.0.to_owned()),
            None => None,
        };
        self.sections.push(Section {
            name: name.to_owned(),
            options,
            entries: Vec::new(),
        });
        Ok(())
    }

    fn add(&mut self, line: &str) -> Result<(), Fault> {
        let section = self.sections.last_mut().ok_or(Fault::NoSection)?;
        // A backslash before the first character keeps it from being a bracket or a hash.
        let escaped = line.strip_prefix('\\');
        let line = escaped.unwrap_or(line);
        let first = line.chars().next().ok_or(Fault::NoKey)?.len_utf8();
        let from = if escaped.is_some() { first } else { 0 };
        let at = from + line[from..].find('=').ok_or(Fault::NoValue)?;
        let (key, value) = (&line[..at], &line[at + 1..]);
        if let Some(key) = key.strip_suffix('+') {
            return section.append(stripped(key), value);
        }
        let (arrow, value) = match value.strip_prefix('>') {
            Some(value) => (true, value),
            None => (false, value),
        };
        let (key, value) = (stripped(key).to_owned(), stripped(value).to_owned());
        if key.is_empty() {
            return Err(Fault::NoKey);
        }
        section.entries.push(Entry { key, value, arrow });
        Ok(())
    }
}

impl Section {
    /// `key += value`: the value goes to the end of the last one of that key.
    fn append(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        if key.is_empty() {
            return Err(Fault::NoKey);
        }
        let last = self.entries.iter_mut().rev().find(|entry| entry.key == key);
        match last {
            Some(entry) => entry.value = stripped(&format!("{}{value}", entry.value)).to_owned(),
            None => self.entries.push(Entry {
                key: key.to_owned(),
                value: stripped(value).to_owned(),
                arrow: false,
            }),
        }
        Ok(())
    }
}
