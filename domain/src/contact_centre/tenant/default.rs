//! Making a tenant the default in one step, so that there is always exactly one (C-06, case 20).

use super::Tenant;
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::elsewhere::Elsewhere;
use crate::{About, Actor, Allowed, Event, PartId, Refusal, TenantId, Timestamp, Version};

/// Another tenant that is the default.
#[derive(Debug)]
pub struct DefaultChanged {
    pub id: TenantId,
    pub from: Version,
    /// The name of the tenant that was it.
    pub before: String,
    pub name: String,
}

impl Tenant {
    /// Allows that this tenant becomes the default in place of `before`; `None` when it is already.
    /// `elsewhere` are the Engage users who would then be of another tenant than the default.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::EngageElsewhere`].
    pub fn make_default(
        &self,
        actor: &Actor,
        before: &str,
        pbxs: usize,
        elsewhere: &Elsewhere,
        at: Timestamp,
    ) -> Result<Option<Allowed<DefaultChanged>>, Refusal> {
        self.may(actor)?;
        if self.is_default {
            return Ok(None);
        }
        elsewhere.allows(pbxs)?;
        let changed = DefaultChanged {
            id: self.id,
            from: self.version,
            before: before.to_owned(),
            name: self.name.clone(),
        };
        Ok(Some(Allowed::new(changed, actor, at)))
    }
}

impl Recorded for DefaultChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::TenantRevised,
            subject: About::Part(PartId(self.id.0)),
            values: Value::changed("default_tenant", &self.before, &self.name)
                .into_iter()
                .collect(),
        }
    }
}
