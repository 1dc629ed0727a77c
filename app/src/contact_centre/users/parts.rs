//! The parts of the Contact centre tab, each at an address of its own.

use crate::messages::t;
use crate::ui::{Tab, Tabs};
use domain::EmployeeId;
use leptos::prelude::*;

/// A part of the tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Profile,
    Phone,
    Queues,
    Groups,
    Supervisor,
    Endpoints,
}

impl Part {
    const ALL: [Self; 6] = [
        Self::Profile,
        Self::Phone,
        Self::Queues,
        Self::Groups,
        Self::Supervisor,
        Self::Endpoints,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Profile => "",
            Self::Phone => "phone",
            Self::Queues => "queues",
            Self::Groups => "groups",
            Self::Supervisor => "supervisor",
            Self::Endpoints => "endpoints",
        }
    }

    /// The part of an address; the profile where there is none.
    pub(super) fn from_code(code: Option<&str>) -> Option<Self> {
        let code = code.unwrap_or_default();
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Profile => t::contact_users_profile(),
            Self::Phone => t::contact_users_phone(),
            Self::Queues => t::contact_users_queues(),
            Self::Groups => t::contact_users_groups(),
            Self::Supervisor => t::contact_users_supervisor(),
            Self::Endpoints => t::contact_users_endpoints(),
        }
    }

    /// Its page.
    pub(super) fn href(self, id: EmployeeId) -> String {
        match self {
            Self::Profile => format!("/employees/{id}/contact-centre"),
            _ => format!("/employees/{id}/contact-centre/{}", self.code()),
        }
    }
}

/// The row of parts.
#[component]
pub(super) fn Parts(id: EmployeeId) -> AnyView {
    let tabs = Part::ALL.map(|part| view! { <Tab href=part.href(id) label=part.word() /> });
    view! { <Tabs label=t::contact_users_parts()>{tabs}</Tabs> }.into_any()
}
