//! Offices: locations that offer appointments, and in which roles are held (O-01).

mod delete;
#[cfg(feature = "server")]
mod revise;
mod times;

pub(crate) use times::block;

pub use delete::{OfficeDeleted, Standing, TAKEN_OUT_MAX};
#[cfg(feature = "server")]
pub use revise::{Draft, OfficeCreated, OfficeRevised};
pub use times::{
    CLOSINGS_MAX, Closing, Opening, REASON_MAX, Times, TimesDraft, TimesRevised, clock,
};

use crate::field::{Email, Phone};
use crate::{Action, Actor, OfficeId, OrganisationId, Refusal, Version};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// The most characters of an office's name.
pub const NAME_MAX: usize = 100;
/// The most characters of a description, of directions and of what is said about parking.
pub const TEXT_MAX: usize = 2_000;
/// The most characters of an address.
pub const ADDRESS_MAX: usize = 500;
/// The most characters of an External ID.
pub const EXTERNAL_ID_MAX: usize = 255;

/// An office as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Office {
    pub organisation: OrganisationId,
    pub id: OfficeId,
    pub version: Version,
    pub profile: Profile,
}

/// The part of an office that is edited as one form.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub active: bool,
    /// Has no place to which customers come.
    pub virtual_only: bool,
    pub description: String,
    pub external_id: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// Several lines, as on an envelope.
    pub address: String,
    pub directions: String,
    pub parking: String,
    /// IANA, such as `Europe/Brussels`; `None` is the organisation's.
    pub time_zone: Option<String>,
}

impl Office {
    /// Whether the actor may do `action` in this office.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor, action: Action) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_in(action, self.id)
    }

    /// The name of the time zone in which the office opens; `organisation` is the organisation's.
    pub fn zone<'a>(&'a self, organisation: &'a str) -> &'a str {
        self.profile.time_zone.as_deref().unwrap_or(organisation)
    }
}

impl Deref for Office {
    type Target = Profile;
    fn deref(&self) -> &Profile {
        &self.profile
    }
}
