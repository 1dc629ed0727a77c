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
