//! Those whom calls reach, with their devices.

use super::{key, standing};
use domain::EmployeeId;
use domain::contact_centre::offer::{Membership, is_reachable, shows_cli};
use domain::contact_centre::user::EndpointKind;
use pbx::{Device, Endpoint, Extension, Key, Number, Secret};
use std::collections::{BTreeMap, HashMap};
use store::contact_centre::export::{self, Export};

/// Those whom calls reach: Active, with an extension and a device.
pub(super) struct People<'a>(BTreeMap<EmployeeId, Reached<'a>>);

/// Somebody whom calls reach.
pub(super) struct Reached<'a> {
    pub person: &'a export::Person,
    pub extension: Extension,
    pub standing: Membership,
    further: Vec<Extension>,
    numbers: Vec<Number>,
    endpoints: Vec<Endpoint>,
}

impl<'a> People<'a> {
    pub fn of(export: &'a Export) -> Self {
        let mut extensions: HashMap<EmployeeId, Vec<(i32, Extension)>> = HashMap::new();
        for one in &export.extensions {
            let known = Extension::new(&one.extension).map(|dialled| (one.environment, dialled));
            extensions.entry(one.employee).or_default().extend(known);
        }
        let mut numbers: HashMap<EmployeeId, Vec<Number>> = HashMap::new();
        for one in &export.numbers {
            let known = Number::new(&one.number);
            numbers.entry(one.employee).or_default().extend(known);
        }
        let mut devices: HashMap<EmployeeId, Vec<Endpoint>> = HashMap::new();
        for one in &export.devices {
            let known = endpoint(one);
            devices.entry(one.employee).or_default().extend(known);
        }
        let reached = export.people.iter().filter_map(|person| {
            let mut own = extensions.remove(&person.id).unwrap_or_default();
            own.sort();
            let mut own = own.into_iter().map(|(_, extension)| extension);
            let extension = own.next()?;
            let endpoints = devices.remove(&person.id).unwrap_or_default();
            let standing = standing(person, !endpoints.is_empty())?;
            let mut numbers = numbers.remove(&person.id).unwrap_or_default();
            numbers.sort();
            is_reachable(&standing).then(|| {
                let reached = Reached {
                    person,
                    extension,
                    standing,
                    further: own.collect(),
                    numbers,
                    endpoints,
                };
                (person.id, reached)
            })
        });
        Self(reached.collect())
    }

    /// Somebody, when calls reach them.
    pub fn reached(&self, id: EmployeeId) -> Option<&Reached<'a>> {
        self.0.get(&id)
    }

    /// Everybody, with those of an agent group.
    pub fn all(&self) -> impl Iterator<Item = (&EmployeeId, &Reached<'a>)> {
        self.0.iter()
    }

    pub fn described(self) -> Vec<pbx::Person> {
        self.0
            .into_values()
            .filter_map(Reached::described)
            .collect()
    }
}

impl Reached<'_> {
    fn described(self) -> Option<pbx::Person> {
        let person = self.person;
        let name = format!("{} {}", person.first_name, person.last_name);
        Some(pbx::Person {
            extension: self.extension,
            further: self.further,
            numbers: self.numbers,
            name: match name.trim() {
                "" => person.email.clone(),
                name => name.to_owned(),
            },
            tenant: key(person.tenant)?,
            call_waiting: person.call_waiting,
            shows_cli: shows_cli(person.tenant_shows_cli, person.shows_cli),
            has_workspace: person.contact_center,
            endpoints: self.endpoints,
        })
    }
}

/// The device as the PBX knows it. The agent workspace rings in the browser.
fn endpoint(device: &export::Device) -> Option<Endpoint> {
    Some(Endpoint {
        user_name: Key::new(&device.username)?,
        secret: Secret::new(&device.secret)?,
        device: match EndpointKind::from_number(device.kind)? {
            EndpointKind::Desktop => Device::Desktop,
            EndpointKind::Web | EndpointKind::AgentWorkspace => Device::Web,
            EndpointKind::Mobile => Device::Mobile,
            EndpointKind::DeskPhone => Device::DeskPhone,
            EndpointKind::MicrosoftTeams => Device::Teams,
        },
    })
}
