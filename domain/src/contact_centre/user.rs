//! Contact-centre users: formal agents, Engage users and supervisors (C-01 to C-05, C-12).

#[cfg(feature = "server")]
mod create;
#[cfg(feature = "server")]
mod draft;
mod endpoint;
#[cfg(feature = "server")]
mod ground;
#[cfg(feature = "server")]
mod revise;
mod state;
#[cfg(feature = "server")]
mod supervise;

#[cfg(feature = "server")]
pub use create::{ContactUserCreated, ContactUserRemoved, judge};
#[cfg(feature = "server")]
pub use draft::Draft;
pub use endpoint::{ENDPOINT_NAME_MAX, Endpoint, EndpointAdded, EndpointKind, EndpointRemoved};
#[cfg(feature = "server")]
pub use ground::{Ground, Group, InQueue, Overseen};
#[cfg(feature = "server")]
pub use revise::ContactUserRevised;
pub use state::{State, StateSet};
#[cfg(feature = "server")]
pub use supervise::{SupervisionChanged, Wish};

use super::license::Held;
use super::voice::Line;
use crate::{
    Action, Actor, AgentGroupId, Employee, EmployeeId, OrganisationId, PbxId, QueueId, Refusal,
    TenantId, Timestamp, Version,
};
use serde::{Deserialize, Serialize};

/// The most characters of a department or a site.
pub const TEXT_MAX: usize = 100;

/// An employee's contact-centre profile as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContactUser {
    pub organisation: OrganisationId,
    pub employee: EmployeeId,
    pub version: Version,
    /// The tenant's.
    pub pbx: PbxId,
    pub settings: Settings,
    pub supervision: Supervision,
    pub state: State,
    #[serde(with = "crate::instant")]
    pub state_at: Timestamp,
}

/// What is edited of a user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    pub tenant: TenantId,
    pub department: String,
    pub site: String,
    pub license: Held,
    pub work: Line,
    pub centre: Line,
    pub call_waiting: bool,
    /// Display customer CLI when call offering, for this user (C-07).
    pub shows_cli: bool,
    pub agent_group: AgentGroupId,
}

/// What somebody may do as a supervisor, and over what (C-12, C-13).
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Supervision {
    pub on: bool,
    pub rights: Rights,
    /// The queues that are assigned, and whether each is enabled; by id.
    pub queues: Vec<(QueueId, bool)>,
    /// The agent groups that are assigned, and whether each is enabled; by id.
    pub groups: Vec<(AgentGroupId, bool)>,
}

/// What a supervisor may do to a call of somebody whom they monitor.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Rights {
    /// Listen.
    pub monitor: bool,
    /// Speak to the colleague alone.
    pub whisper: bool,
    /// Speak to both.
    pub barge: bool,
}

impl Settings {
    /// Whether it is the profile of an Engage user.
    pub fn is_engage(&self) -> bool {
        matches!(self.license, Held::Engage { .. })
    }

    /// Number and extension in an environment.
    pub fn line(&self, environment: super::number::Environment) -> &Line {
        match environment {
            super::number::Environment::Work => &self.work,
            super::number::Environment::ContactCenter => &self.centre,
        }
    }
}

/// The rule of who changes contact-centre users; `person` tells what may be known at all.
fn may_edit(actor: &Actor, person: &Employee) -> Result<(), Refusal> {
    actor.may(Action::EditContactCentre, person.target())
}

/// On or off, as the audit trail has it.
#[cfg(feature = "server")]
fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
