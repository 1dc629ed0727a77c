//! Identifiers: UUIDs of version 7 made by the server, and the version of a row.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// The customer of a deployment.
    OrganisationId
    /// Anybody with an account.
    EmployeeId
    /// A location, or a virtual one, that offers appointments.
    OfficeId
    /// What an appointment can be about.
    SubjectId
    /// A group of subjects.
    CategoryId
    /// An appointment of a customer with an agent.
    AppointmentId
    /// A time in which an agent is away.
    AbsenceId
    /// A calendar server or address that an agent linked.
    CalendarLinkId
    /// One calendar of a link.
    CalendarId
    /// A switch on which endpoints register and queues run.
    PbxId
    /// A tenant of the contact centre.
    TenantId
    /// A group of contact-centre users.
    AgentGroupId
    /// A queue of calls.
    QueueId
    /// Endpoints that ring together.
    RingGroupId
    /// People who may take each other's calls.
    PickupGroupId
    /// What happens to a call, step by step.
    ScriptId
    /// A number that leads to a script.
    ChannelId
    /// A device or program on which somebody takes calls.
    EndpointId
    /// Anything of the contact centre that has a name, for the audit trail.
    PartId
    /// One stored picture; a new picture is a new id, so that it can be cached for ever.
    PictureId
    /// An identity provider of the organisation.
    ProviderId
    /// A passkey as its owner sees it; not the id by which the authenticator knows it.
    PasskeyId
    /// A session as its owner sees it in a list; not the secret in the cookie.
    SessionId
}

/// How often a row was changed; a write names the version it was decided on (E-20).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Version(pub i64);

impl Version {
    /// The version of a row that was just made.
    pub const FIRST: Self = Self(1);

    /// The version after one more change.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Version {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
