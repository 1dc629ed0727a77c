//! Asterisk's format of configuration files: sections, keys, values, comments.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// A file. What stands before the first section is no part of any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct File {
    pub sections: Vec<Section>,
    /// `#include` and the like, as they stand after the `#`.
    pub directives: Vec<String>,
    /// What was not understood, by its number of line from 1. Asterisk leaves such lines out, or
    /// refuses the file.
    pub faults: Vec<(usize, Fault)>,
}

/// A section; several may have the same name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    pub name: String,
    /// What stands in round brackets after the name: `!` makes a template, `+` adds to an earlier
    /// section, names inherit. `None` without brackets; ours have none.
    pub options: Option<String>,
    pub entries: Vec<Entry>,
}

/// A line of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub key: String,
    pub value: String,
    /// Written `=>`; it means the same.
    pub arrow: bool,
}

/// What is wrong with a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A section's bracket is not closed.
    Unclosed,
    /// A key before the first section.
    NoSection,
    /// Neither section nor `key = value`.
    NoValue,
    /// An empty key.
    NoKey,
    /// Longer than Asterisk reads.
    TooLong,
    /// `;--` without `--;`.
    OpenComment,
}

/// Asterisk skips longer lines (`main/config.c` reads them into 8,192 bytes).
pub const LINE_BYTES_MAX: usize = 8_190;

impl Section {
    /// An empty section.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// With one more `key=value`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.entries.push(Entry {
            key: key.to_owned(),
            value: value.into(),
            arrow: false,
        });
        self
    }

    /// Adds `key => value`.
    pub fn push(&mut self, key: &str, value: impl Into<String>) {
        self.entries.push(Entry {
            key: key.to_owned(),
            value: value.into(),
            arrow: true,
        });
    }

    /// The first value of a key.
    pub fn value(&self, key: &str) -> Option<&str> {
        let mut entries = self.entries.iter();
        entries
            .find(|entry| entry.key == key)
            .map(|entry| entry.value.as_str())
    }
}
