//! The contact centre: its tab, and a page for each of its nouns (specification, section 6).

pub mod channels;
pub mod licenses;
pub mod monitor;
pub mod numbers;
pub mod offers;
pub mod pbxs;
pub mod scripts;
pub mod steps;
pub mod tenants;
pub mod users;
pub mod words;

use crate::me::Me;
use crate::messages::t;
use crate::ui::{FrameTab, Icon, Section, Text};
use domain::Action;

/// The tab of the contact centre, with the pages that somebody may use; `None` where there is none.
pub fn tab(me: &Me) -> Option<FrameTab> {
    let mut links = Vec::new();
    if me.actor.reaches_all(Action::EditContactCentre) {
        links.extend(set_up());
    }
    if me.actor.reaches_beyond_own(Action::Monitor) {
        let monitor = "/contact-centre/monitor".to_owned();
        links.push((monitor, t::monitor_title().into()));
    }
    if let Some(id) = me.actor.id().filter(|_| me.contact_centre) {
        let own = format!("/employees/{id}/contact-centre");
        links.push((own, t::contact_users_own().into()));
    }
    if me.actor.reaches_all(Action::AskOffer) || me.contact_centre {
        links.push((
            "/contact-centre/offers".to_owned(),
            t::offers_title().into(),
        ));
    }
    let (href, _) = links.first().cloned()?;
    Some(FrameTab {
        href,
        label: t::nav_contact_centre().into(),
        short: t::nav_contact_centre().into(),
        icon: Icon::Phone,
        sections: vec![Section { title: None, links }],
    })
}

/// The pages of whoever sets it up, in the order in which things need each other.
fn set_up() -> Vec<(String, Text)> {
    let link = |href: &str, label: &'static str| (href.to_owned(), Text::from(label));
    vec![
        link("/contact-centre", t::setup_title()),
        link("/contact-centre/pbxs", t::setup_pbxs()),
        link("/contact-centre/tenants", t::setup_tenants()),
        link("/contact-centre/numbers", t::setup_numbers()),
        link("/contact-centre/licenses", t::setup_licenses()),
        link("/contact-centre/agent-groups", t::agent_groups_title()),
        link("/contact-centre/queues", t::queues_title()),
        link("/contact-centre/ring-groups", t::call_groups_ring_title()),
        link(
            "/contact-centre/pickup-groups",
            t::call_groups_pickup_title(),
        ),
        link("/contact-centre/scripts", t::scripts_title()),
        link("/contact-centre/channels", t::scripts_channels()),
        link("/contact-centre/users", t::contact_users_title()),
    ]
}
