//! Which hints a PBX has read. A queue that meets a member before their hint keeps them as `Invalid`
//! for good, so whoever is new in a queue waits until the PBX has read the dialplan with theirs (C-17).

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The dialplan in the folder of a PBX, and the one that is written next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialplans<'a> {
    pub there: &'a str,
    pub next: &'a str,
}

/// What a PBX has surely read.
pub(super) enum Read {
    /// Of nothing it is sure.
    Nothing,
    /// These hints, and others soon.
    Hints(BTreeSet<String>),
    /// The dialplan that is written next.
    All,
}

impl Read {
    /// From the digest of the dialplan that it was last seen to read.
    pub(super) fn of(dialplans: Dialplans<'_>, remembered: Option<&String>) -> Self {
        let Dialplans { there, next } = dialplans;
        if remembered != Some(&digest(there)) {
            return Self::Nothing;
        }
        match there == next {
            true => Self::All,
            false => Self::Hints(pbx::hints(there)),
        }
    }

    /// Whether this hint is among it.
    pub(super) fn has(&self, hint: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Hints(hints) => hints.contains(hint),
            Self::All => true,
        }
    }
}

/// What is remembered of a dialplan.
pub(super) fn digest(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
