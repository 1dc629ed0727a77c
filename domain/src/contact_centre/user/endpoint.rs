//! Endpoints: the devices and programs on which somebody takes calls (C-16).

use super::{ContactUser, may_edit};
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::license::Held;
use crate::field::{self, Problems};
use crate::{
    About, Actor, Allowed, Employee, EmployeeId, EndpointId, Event, Field, Refusal, Timestamp, Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of what an endpoint is called.
pub const ENDPOINT_NAME_MAX: usize = 60;

/// The sorts of endpoints.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    Desktop,
    Web,
    Mobile,
    DeskPhone,
    MicrosoftTeams,
    /// Of formal agents alone; the others are Work endpoints.
    AgentWorkspace,
}

impl EndpointKind {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Desktop,
        Self::Web,
        Self::Mobile,
        Self::DeskPhone,
        Self::MicrosoftTeams,
        Self::AgentWorkspace,
    ];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Desktop => 1,
            Self::Web => 2,
            Self::Mobile => 3,
            Self::DeskPhone => 4,
            Self::MicrosoftTeams => 5,
            Self::AgentWorkspace => 6,
        }
    }

    /// The kind of a stored number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Web => "web",
            Self::Mobile => "mobile",
            Self::DeskPhone => "desk_phone",
            Self::MicrosoftTeams => "microsoft_teams",
            Self::AgentWorkspace => "agent_workspace",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether somebody who holds this can have one.
    pub fn suits(self, license: &Held) -> bool {
        self != Self::AgentWorkspace || *license == Held::ContactCenter
    }
}

/// An endpoint as the store read it; its secret stays there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Endpoint {
    pub id: EndpointId,
    pub employee: EmployeeId,
    pub kind: EndpointKind,
    pub name: String,
    /// As which it registers with the PBX; unique in the organisation.
    pub username: String,
}

/// An endpoint that did not exist before; the store makes its secret.
#[derive(Debug)]
pub struct EndpointAdded(pub Endpoint);

/// An endpoint that is none any more.
#[derive(Debug)]
pub struct EndpointRemoved(pub Endpoint);

impl ContactUser {
    /// Allows another endpoint.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn add_endpoint(
        &self,
        actor: &Actor,
        person: &Employee,
        id: EndpointId,
        kind: &str,
        name: &str,
        at: Timestamp,
    ) -> Result<Allowed<EndpointAdded>, Refusal> {
        may_edit(actor, person)?;
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, field::line(name, ENDPOINT_NAME_MAX));
        let kind = match EndpointKind::from_code(kind) {
            Some(kind) if !kind.suits(&self.settings.license) => {
                problems.add(Field::Kind, Why::OnlyFormalAgents);
                kind
            }
            Some(kind) => kind,
            None => {
                problems.add(Field::Kind, Why::UnknownChoice);
                EndpointKind::Desktop
            }
        };
        problems.none()?;
        let digits = id.0.simple().to_string();
        let tail = digits
            .get(digits.len().saturating_sub(12)..)
            .unwrap_or_default();
        let endpoint = Endpoint {
            id,
            employee: self.employee,
            kind,
            name,
            username: format!("{}_{tail}", kind.code()),
        };
        Ok(Allowed::new(EndpointAdded(endpoint), actor, at))
    }

    /// Allows the end of one of this user's endpoints.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn remove_endpoint(
        &self,
        actor: &Actor,
        person: &Employee,
        endpoint: &Endpoint,
        at: Timestamp,
    ) -> Result<Allowed<EndpointRemoved>, Refusal> {
        may_edit(actor, person)?;
        match endpoint.employee == self.employee {
            true => Ok(Allowed::new(EndpointRemoved(endpoint.clone()), actor, at)),
            false => Err(Refusal::NotFound),
        }
    }
}

fn entry(event: Event, endpoint: &Endpoint, added: bool) -> Entry {
    let value = |field: Field, text: &str| match added {
        true => Value::changed(field.name(), "", text),
        false => Value::changed(field.name(), text, ""),
    };
    let values = [
        value(Field::Kind, endpoint.kind.code()),
        value(Field::Name, &endpoint.name),
    ];
    Entry {
        event,
        subject: About::Employee(endpoint.employee),
        values: values.into_iter().flatten().collect(),
    }
}

impl Recorded for EndpointAdded {
    fn entry(&self) -> Entry {
        entry(Event::EndpointAdded, &self.0, true)
    }
}

impl Recorded for EndpointRemoved {
    fn entry(&self) -> Entry {
        entry(Event::EndpointRemoved, &self.0, false)
    }
}
