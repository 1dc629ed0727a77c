//! Endpoints: what a device signs in with, and what it may dial.

use crate::format::Section;
use crate::{Configuration, Device, Endpoint, Extension, Person, dialplan, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The three objects of a device in PJSIP, all by its user name.
pub struct Phone {
    pub endpoint: Section,
    pub auth: Section,
    pub aor: Section,
}

/// The phones of all people, by user name; of two with the same name the first stays.
pub fn phones(configuration: &Configuration) -> BTreeMap<&str, Phone> {
    let mut groups: BTreeMap<&Extension, BTreeSet<&str>> = BTreeMap::new();
    for group in &configuration.pickup_groups {
        for member in &group.members {
            groups.entry(member).or_default().insert(group.key.as_str());
        }
    }
    let supervisors: BTreeSet<&Extension> = configuration
        .supervisors
        .iter()
        .map(|supervisor| &supervisor.person)
        .collect();
    let mut phones = BTreeMap::new();
    for person in configuration.reached().into_values() {
        let context = if supervisors.contains(&person.extension) {
            dialplan::supervisor_context(&person.extension)
        } else {
            dialplan::INSIDE.to_owned()
        };
        let groups = groups.get(&person.extension);
        let groups = groups.map(|groups| groups.iter().copied().collect::<Vec<_>>().join(","));
        for endpoint in person
            .endpoints
            .iter()
            .filter(|e| e.device != Device::Teams)
        {
            phones
                .entry(endpoint.user_name.as_str())
                .or_insert_with(|| phone(person, endpoint, &context, groups.as_deref()));
        }
    }
    phones
}

fn phone(person: &Person, endpoint: &Endpoint, context: &str, groups: Option<&str>) -> Phone {
    let name = endpoint.user_name.as_str();
    let extension = person.extension.as_str();
    let shown = quote::caller_name(&person.name, extension);
    let mut section = Section::new(name)
        .with("type", "endpoint")
        .with("context", context)
        .with("subscribe_context", dialplan::HINTS)
        .with("auth", name)
        .with("aors", name)
        .with("callerid", format!("\"{shown}\" <{extension}>"))
        .with("accountcode", person.tenant.as_str())
        .with("set_var", format!("{}={extension}", dialplan::PERSON))
        .with("allow", codecs(endpoint.device))
        .with("direct_media", "no")
        .with("rtp_symmetric", "yes")
        .with("force_rport", "yes")
        .with("rewrite_contact", "yes")
        // A number that a caller withholds, or that C-07 does not show, is told to no device.
        .with("trust_id_outbound", "no");
    if endpoint.device == Device::Web {
        section = section
            .with("webrtc", "yes")
            .with("dtls_auto_generate_cert", "yes");
    }
    if let Some(groups) = groups {
        section = section
            .with("named_call_group", groups)
            .with("named_pickup_group", groups);
    }
    Phone {
        endpoint: section,
        auth: Section::new(name)
            .with("type", "auth")
            .with("auth_type", "userpass")
            .with("username", name)
            .with("password", endpoint.secret.as_str()),
        aor: Section::new(name)
            .with("type", "aor")
            .with("max_contacts", "1")
            .with("remove_existing", "yes")
            .with("qualify_frequency", "60"),
    }
}

const fn codecs(device: Device) -> &'static str {
    match device {
        Device::Web | Device::Mobile => "!all,opus,alaw,ulaw",
        Device::Desktop | Device::DeskPhone | Device::Teams => "!all,alaw,ulaw",
    }
}
