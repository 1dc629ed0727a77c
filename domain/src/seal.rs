//! The seal: a change that a rule allowed, which nobody can forge or alter on its way to the store.

use crate::{Actor, By, OrganisationId, Timestamp};
use std::ops::Deref;

/// A change that a rule of this crate allowed, with who made it and when.
///
/// Only rules make one, and it can be neither cloned nor altered, so the store, which writes
/// nothing else, runs no statement for a change that no rule allowed.
#[derive(Debug)]
pub struct Allowed<C> {
    change: C,
    organisation: OrganisationId,
    by: By,
    at: Timestamp,
}

impl<C> Allowed<C> {
    pub(crate) fn new(change: C, actor: &Actor, at: Timestamp) -> Self {
        Self {
            change,
            organisation: actor.organisation(),
            by: actor.by(),
            at,
        }
    }

    /// The organisation whose rows may change.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who made the change, for the audit trail.
    pub fn by(&self) -> By {
        self.by
    }

    /// When the change was allowed.
    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl<C> Deref for Allowed<C> {
    type Target = C;
    fn deref(&self) -> &C {
        &self.change
    }
}

#[cfg(test)]
mod tests {
    use super::Allowed;
    use std::marker::PhantomData;

    struct Asked<T>(PhantomData<T>);

    /// The answer for every type; one that has the trait answers for itself.
    trait Otherwise {
        const CLONES: bool = false;
        const DESERIALIZES: bool = false;
        const ALTERS: bool = false;
        const DEFAULTS: bool = false;
    }

    impl<T> Otherwise for Asked<T> {}

    impl<T: Clone> Asked<T> {
        const CLONES: bool = true;
    }

    impl<T: serde::de::DeserializeOwned> Asked<T> {
        const DESERIALIZES: bool = true;
    }

    impl<T: std::ops::DerefMut> Asked<T> {
        const ALTERS: bool = true;
    }

    impl<T: Default> Asked<T> {
        const DEFAULTS: bool = true;
    }

    // Architecture, "A write is a value that a rule made": what is sealed can't be made from a
    // request, used twice or altered.
    #[test]
    fn what_is_sealed_is_neither_cloned_nor_read_nor_altered() {
        type Sealed = Asked<Allowed<()>>;
        let can = [
            Sealed::CLONES,
            Sealed::DESERIALIZES,
            Sealed::ALTERS,
            Sealed::DEFAULTS,
        ];
        assert_eq!(can, [false; 4]);
        type Open = Asked<Box<()>>;
        let can = [
            Open::CLONES,
            Open::DESERIALIZES,
            Open::ALTERS,
            Open::DEFAULTS,
        ];
        assert_eq!(can, [true; 4], "the question is answered for other types");
    }
}
