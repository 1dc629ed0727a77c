//! The inputs of an office, the same for a new one and one that exists.

use super::new::Choices;
use crate::messages::t;
use crate::ui::{Choice, Field, Select, Switch, TextArea};
use domain::office::Profile;
use leptos::prelude::*;

/// Everything that is said of an office; `phone` as people of the country write it.
#[component]
pub(super) fn Inputs(profile: Profile, phone: String, choices: Choices) -> AnyView {
    view! {
        <fieldset>
            <Field label=t::label_name() name="name" value=profile.name.clone() required=true customers=true autocomplete="off" />
            <Switch label=t::offices_active() name="active" checked=profile.active hint=t::offices_active_hint() />
            <Switch label=t::label_virtual() name="virtual_only" id="virtual" checked=profile.virtual_only hint=t::office_virtual_hint() />
            <TextArea label=t::label_description() name="description" value=profile.description.clone() rows=3 customers=true />
            <Field label=t::label_external_id() name="external_id" value=profile.external_id.clone().unwrap_or_default()
                autocomplete="off" hint=t::office_external_id_hint() />
        </fieldset>
        <Contact profile=profile.clone() phone />
        <Way profile=profile.clone() />
        <Zone present=profile.time_zone.unwrap_or_default() choices />
    }
    .into_any()
}

#[component]
fn Contact(profile: Profile, phone: String) -> AnyView {
    let email = profile.email.map(|email| email.to_string());
    view! {
        <fieldset>
            <legend>{t::office_contact()}</legend>
            <div class="two">
                <Field label=t::label_email() name="email" kind="email" value=email.unwrap_or_default() customers=true autocomplete="off" />
                <Field label=t::label_phone() name="phone" kind="tel" value=phone customers=true autocomplete="off" />
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Way(profile: Profile) -> AnyView {
    view! {
        <fieldset>
            <legend>{t::office_way()}</legend>
            <TextArea label=t::label_address() name="address" value=profile.address rows=3 customers=true />
            <TextArea label=t::label_directions() name="directions" value=profile.directions rows=3 customers=true hint=t::office_directions_hint() />
            <TextArea label=t::label_parking() name="parking" value=profile.parking rows=2 customers=true />
        </fieldset>
    }
    .into_any()
}

#[component]
fn Zone(present: String, choices: Choices) -> AnyView {
    let ours = (String::new(), t::office_zone_ours(&choices.zone));
    let zones = choices.zones.into_iter().map(|zone| (zone.clone(), zone));
    let options: Vec<Choice> = std::iter::once(ours).chain(zones).collect();
    view! {
        <fieldset>
            <legend>{t::label_time_zone()}</legend>
            <Select label=t::label_time_zone() name="time_zone" options=options value=present hint=t::office_zone_hint() />
        </fieldset>
    }
    .into_any()
}
