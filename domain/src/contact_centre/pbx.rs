//! PBXs: switches on which endpoints register and queues run (C-06).

use super::elsewhere::Elsewhere;
use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Problems};
use crate::{
    About, Action, Actor, Allowed, Event, Field, OrganisationId, PartId, PbxId, Refusal, Timestamp,
    Version, Why,
};
use serde::{Deserialize, Serialize};

/// The most characters of a name, here and elsewhere in the contact centre.
pub const NAME_MAX: usize = 100;
/// The most characters of a host.
pub const HOST_MAX: usize = 253;

/// A PBX as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pbx {
    pub organisation: OrganisationId,
    pub id: PbxId,
    pub version: Version,
    pub name: String,
    /// The name or address under which endpoints reach it, perhaps with a port.
    pub host: String,
}

/// What a form says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    pub name: String,
    pub host: String,
}

/// What hangs on a PBX, counted in the transaction that would delete it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Standing {
    pub tenants: i64,
    pub queues: i64,
    pub ring_groups: i64,
    pub pickup_groups: i64,
    pub scripts: i64,
}

/// A PBX that did not exist before.
#[derive(Debug)]
pub struct PbxCreated {
    pub id: PbxId,
    pub name: String,
    pub host: String,
}

/// A PBX of which something else is said.
#[derive(Debug)]
pub struct PbxRevised {
    pub before: Pbx,
    pub name: String,
    pub host: String,
}

/// A PBX that is no more; nothing hung on it.
#[derive(Debug)]
pub struct PbxDeleted {
    pub id: PbxId,
    pub from: Version,
    pub name: String,
}

/// A PBX whose configuration is to be written again, whatever is thought to stand there (C-17).
#[derive(Debug)]
pub struct PbxRewritten {
    pub id: PbxId,
}

impl Standing {
    /// Whether nothing hangs on it.
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}

impl Draft {
    fn read(&self) -> Result<(String, String), Refusal> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, read_name(&self.name));
        let host = problems.take(Field::Host, read_host(&self.host));
        problems.none().map(|()| (name, host))
    }
}

/// The name of something in the contact centre.
pub(crate) fn read_name(text: &str) -> Result<String, Why> {
    match field::line(text, NAME_MAX) {
        Ok(name) if name.is_empty() => Err(Why::Required),
        read => read,
    }
}

/// `pbx.example.org`, `192.0.2.10` or `[2001:db8::1]`, perhaps with `:5060`.
fn read_host(text: &str) -> Result<String, Why> {
    let host = field::line(text, HOST_MAX)?;
    if host.is_empty() {
        return Err(Why::Required);
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host.as_str(), None),
    };
    let bracketed = |name: &str| {
        let inside = name
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        inside.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok())
    };
    let label = |label: &str| {
        let fits = (1..=63).contains(&label.len());
        let plain = label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fits && plain && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_name = bracketed(name) || name.split('.').all(label);
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    match is_name && is_port {
        true => Ok(host),
        false => Err(Why::NotAHost),
    }
}

impl PbxCreated {
    /// Allows a new PBX besides the `pbxs` that there are. `elsewhere` are the Engage users of other
    /// tenants than the default, of whom there may be none once there are several (case 20).
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`], [`Refusal::EngageElsewhere`].
    pub fn allow(
        actor: &Actor,
        id: PbxId,
        draft: &Draft,
        pbxs: usize,
        elsewhere: &Elsewhere,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let (name, host) = draft.read()?;
        elsewhere.allows(pbxs + 1)?;
        Ok(Allowed::new(Self { id, name, host }, actor, at))
    }
}

impl Pbx {
    fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::EditContactCentre)
    }

    /// Allows another name or host; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        at: Timestamp,
    ) -> Result<Option<Allowed<PbxRevised>>, Refusal> {
        self.may(actor)?;
        let (name, host) = draft.read()?;
        if name == self.name && host == self.host {
            return Ok(None);
        }
        let before = self.clone();
        let revised = PbxRevised { before, name, host };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Allows that its configuration is written again.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn rewrite(&self, actor: &Actor, at: Timestamp) -> Result<Allowed<PbxRewritten>, Refusal> {
        self.may(actor)?;
        Ok(Allowed::new(PbxRewritten { id: self.id }, actor, at))
    }

    /// Allows the deletion of a PBX on which nothing hangs.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::PbxInUse`].
    pub fn delete(
        &self,
        actor: &Actor,
        standing: Standing,
        at: Timestamp,
    ) -> Result<Allowed<PbxDeleted>, Refusal> {
        self.may(actor)?;
        if !standing.is_free() {
            return Err(Refusal::PbxInUse(standing));
        }
        let deleted = PbxDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

fn entry(event: Event, id: PbxId, values: [Option<Value>; 2]) -> Entry {
    Entry {
        event,
        subject: About::Part(PartId(id.0)),
        values: values.into_iter().flatten().collect(),
    }
}

impl Recorded for PbxCreated {
    fn entry(&self) -> Entry {
        let values = [
            Value::changed("name", "", &self.name),
            Value::changed("host", "", &self.host),
        ];
        entry(Event::PbxCreated, self.id, values)
    }
}

impl Recorded for PbxRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let values = [
            Value::changed("name", &self.before.name, &self.name),
            Value::changed("host", &self.before.host, &self.host),
        ];
        entry(Event::PbxRevised, self.before.id, values)
    }
}

impl Recorded for PbxDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let values = [Value::changed("name", &self.name, ""), None];
        entry(Event::PbxDeleted, self.id, values)
    }
}

impl Recorded for PbxRewritten {
    fn entry(&self) -> Entry {
        entry(Event::PbxRewritten, self.id, [None, None])
    }
}
