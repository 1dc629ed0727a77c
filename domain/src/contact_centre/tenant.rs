//! Tenants: parts of the contact centre, each on exactly one PBX, one of them the default (C-06,
//! C-07).

mod default;
mod delete;
mod revise;

pub use default::DefaultChanged;
pub use delete::{Standing, TenantDeleted};
pub use revise::{Draft, FirstGroup, Moving, TenantCreated, TenantRevised};

use crate::{Action, Actor, OrganisationId, PbxId, Refusal, TenantId, Version};
use serde::{Deserialize, Serialize};

/// A tenant as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tenant {
    pub organisation: OrganisationId,
    pub id: TenantId,
    pub version: Version,
    pub pbx: PbxId,
    pub name: String,
    pub is_default: bool,
    /// Display customer CLI when call offering, for every user of the tenant (C-07).
    pub shows_cli: bool,
}

impl Tenant {
    fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::EditContactCentre)
    }

    /// Whether its users can be Engage users where there are so many PBXs (case 18).
    pub fn suits_engage(&self, pbxs: usize) -> bool {
        self.is_default || pbxs <= 1
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
