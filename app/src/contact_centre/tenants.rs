//! Tenants: the list, a new one, and the profile of one (C-06, C-07).

mod edit;
mod list;
mod new;
mod remove;

pub use edit::{GetTenant, MakeTenantDefault, ReviseTenant, TenantPage};
pub use list::{ListTenants, TenantsPage};
pub use new::{CreateTenant, NewTenantPage};
pub use remove::DeleteTenant;

use crate::messages::t;
use crate::ui::{Choice, Field, Icon, Select, Switch};
use domain::PbxId;
use domain::contact_centre::pbx::Pbx;
use leptos::prelude::*;

/// The way back to the list.
#[component]
fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/tenants">
            {Icon::Back}
            {t::setup_tenants()}
        </a>
    }
}

/// What a form says of a tenant, as the rule reads it: what is no id is a choice that does not exist.
#[cfg(feature = "ssr")]
fn draft(name: String, pbx: &str, shows_cli: bool) -> domain::contact_centre::tenant::Draft {
    domain::contact_centre::tenant::Draft {
        name,
        pbx: match pbx.trim() {
            "" => None,
            id => Some(id.parse().unwrap_or(PbxId(uuid::Uuid::nil()))),
        },
        shows_cli,
    }
}

/// Everything that is said of a tenant; without a PBX, one is to be chosen.
#[component]
fn Inputs(
    #[prop(optional, into)] name: String,
    pbx: Option<PbxId>,
    pbxs: Vec<Pbx>,
    #[prop(optional)] shows_cli: bool,
) -> impl IntoView {
    let none = pbx
        .is_none()
        .then(|| (String::new(), t::setup_choose_pbx().to_owned()));
    let named = pbxs.into_iter().map(|pbx| (pbx.id.to_string(), pbx.name));
    let choices: Vec<Choice> = none.into_iter().chain(named).collect();
    let chosen = pbx.map(|pbx| pbx.to_string()).unwrap_or_default();
    view! {
        <fieldset>
            <Field label=t::label_name() name="name" value=name required=true autocomplete="off" />
            <Select label=t::label_pbx() name="pbx" options=choices value=chosen required=true hint=t::setup_tenant_pbx_hint() />
        </fieldset>
        <fieldset>
            <legend>{t::setup_workplace_phone()}</legend>
            <Switch label=t::label_shows_cli() name="shows_cli" checked=shows_cli hint=t::setup_shows_cli_hint() />
        </fieldset>
    }
}
