//! Deleting a tenant: not with users, and not the default while there are others (C-06).

use super::Tenant;
use crate::audit::{Entry, Recorded, Value};
use crate::{About, Actor, Allowed, Event, PartId, Refusal, TenantId, Timestamp, Version};

/// What hangs on a tenant, counted in the transaction that would delete it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Standing {
    /// Its users.
    pub users: i64,
    /// How many other tenants there are.
    pub others: i64,
}

/// A tenant that is no more; nobody was in it.
#[derive(Debug)]
pub struct TenantDeleted {
    pub id: TenantId,
    pub from: Version,
    pub name: String,
}

impl Tenant {
    /// Allows the deletion of a tenant without users.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::TenantInUse`],
    /// [`Refusal::DefaultTenant`].
    pub fn delete(
        &self,
        actor: &Actor,
        standing: Standing,
        at: Timestamp,
    ) -> Result<Allowed<TenantDeleted>, Refusal> {
        self.may(actor)?;
        if self.is_default && standing.others > 0 {
            return Err(Refusal::DefaultTenant);
        }
        if standing.users > 0 {
            return Err(Refusal::TenantInUse(standing.users));
        }
        let deleted = TenantDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

impl Recorded for TenantDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::TenantDeleted,
            subject: About::Part(PartId(self.id.0)),
            values: Value::changed("name", &self.name, "").into_iter().collect(),
        }
    }
}
