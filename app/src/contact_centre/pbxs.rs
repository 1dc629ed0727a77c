//! PBXs: the list, a new one, and the page of one (C-06).

mod edit;
mod list;
mod new;
mod provisioning;

pub use edit::{DeletePbx, GetPbx, PbxPage, RevisePbx};
pub use list::{ListPbxs, Listed, PbxsPage, list_pbxs};
pub use new::{CreatePbx, NewPbxPage};
pub use provisioning::{
    Different, GetProvisioning, Provisioning, ProvisioningPage, RewritePbx, Told, Why,
};

use crate::messages::t;
use crate::ui::{Field, Icon};
use leptos::prelude::*;

/// The way back to the list.
#[component]
fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/pbxs">
            {Icon::Back}
            {t::setup_pbxs()}
        </a>
    }
}

/// Everything that is said of a PBX.
#[component]
fn Inputs(
    #[prop(optional, into)] name: String,
    #[prop(optional, into)] host: String,
) -> impl IntoView {
    view! {
        <fieldset>
            <Field label=t::label_name() name="name" value=name required=true autocomplete="off" />
            <Field label=t::label_host() name="host" value=host required=true autocomplete="off" placeholder="pbx.example.org" hint=t::setup_host_hint() />
        </fieldset>
    }
}
