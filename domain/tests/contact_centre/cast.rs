//! Who asks, and in which organisation.

use domain::{Actor, EmployeeId, OrganisationId, Timestamp};
use uuid::Uuid;

pub const OURS: OrganisationId = OrganisationId(Uuid::from_u128(1));
pub const AT: Timestamp = Timestamp::UNIX_EPOCH;

pub fn person(administrator: bool) -> Actor {
    let id = EmployeeId(Uuid::from_u128(100));
    Actor::known(OURS, id, administrator, Vec::new())
}

pub fn ada() -> Actor {
    person(true)
}
