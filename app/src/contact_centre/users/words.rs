//! The words of licenses, endpoints and states.

use crate::messages::t;
use domain::contact_centre::license::Held;
use domain::contact_centre::listing::LicenseKind;
use domain::contact_centre::user::{EndpointKind, State};

/// What a license is called.
pub(super) fn license_word(kind: LicenseKind) -> &'static str {
    match kind {
        LicenseKind::ContactCenter => t::contact_users_formal(),
        LicenseKind::Engage => t::contact_users_engage(),
        LicenseKind::None => t::contact_users_no_license(),
    }
}

/// What somebody holds, in words; `plans` are the codes and names of the Work licenses.
pub(super) fn held_words(held: &Held, plans: &[(String, String)]) -> String {
    let word = license_word(LicenseKind::of(held));
    match held {
        Held::Engage { plan } => {
            let known = plans.iter().find(|(code, _)| code == plan);
            format!("{word} + {}", known.map_or(plan, |(_, name)| name))
        }
        Held::None | Held::ContactCenter => word.to_owned(),
    }
}

pub(super) fn kind_word(kind: EndpointKind) -> &'static str {
    match kind {
        EndpointKind::Desktop => t::contact_users_kind_desktop(),
        EndpointKind::Web => t::contact_users_kind_web(),
        EndpointKind::Mobile => t::contact_users_kind_mobile(),
        EndpointKind::DeskPhone => t::contact_users_kind_desk_phone(),
        EndpointKind::MicrosoftTeams => t::contact_users_kind_microsoft_teams(),
        EndpointKind::AgentWorkspace => t::contact_users_kind_agent_workspace(),
    }
}

pub(in crate::contact_centre) fn state_word(state: State) -> &'static str {
    match state {
        State::Available => t::contact_users_state_available(),
        State::OnBreak => t::contact_users_state_on_break(),
        State::WorkingOffline => t::contact_users_state_working_offline(),
    }
}

/// On or off.
pub(super) fn switch_word(on: bool) -> &'static str {
    match on {
        true => t::contact_users_on(),
        false => t::contact_users_off(),
    }
}
