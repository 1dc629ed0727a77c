//! Which hints a PBX has read. A queue that meets a member before their hint keeps them as `Invalid`
//! for good, so whoever is new in a queue waits until the PBX has read the folder with theirs (C-17).

use pbx::Folder;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The hints of a folder.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Hints(BTreeSet<String>);

/// When tables are written, beside the folder.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment<'a> {
    /// Before it: its hints are `there`, and will be `next`.
    Before { there: &'a Hints, next: &'a Hints },
    /// After the PBX read it, with these hints.
    After(&'a Hints),
}

impl Hints {
    pub(crate) fn of(folder: &Folder) -> Self {
        Self(pbx::hints(folder))
    }

    /// What is remembered of them.
    pub(super) fn digest(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

/// What a PBX surely knows while its tables are written.
pub(super) struct Known<'a> {
    /// The hints that it has read; `None` is all that anybody could need.
    hints: Option<BTreeSet<&'a str>>,
    /// What is to be remembered as read; nothing while the folder may change under it.
    pub read: Option<String>,
}

impl<'a> Known<'a> {
    /// From the digest of the hints that it was last seen to read.
    pub(super) fn at(moment: Moment<'a>, remembered: Option<&String>) -> Self {
        match moment {
            Moment::After(hints) => Self {
                hints: None,
                read: Some(hints.digest()),
            },
            Moment::Before { there, next } => {
                let read = remembered.filter(|read| **read == there.digest());
                let hints = there.0.iter().filter(|_| read.is_some());
                Self {
                    hints: Some(hints.map(String::as_str).collect()),
                    read: read.filter(|_| there == next).cloned(),
                }
            }
        }
    }

    /// Whether it has read this hint.
    pub(super) fn has(&self, hint: &str) -> bool {
        let hints = self.hints.as_ref();
        hints.is_none_or(|hints| hints.contains(hint))
    }
}
