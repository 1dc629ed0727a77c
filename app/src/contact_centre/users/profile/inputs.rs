//! The inputs of a user's profile, the same for a new one and one that exists.

use super::super::read::Choices;
use super::super::suggest::Suggest;
use crate::messages::t;
use crate::ui::{Choice, Field, Select};
use domain::contact_centre::license::{CONTACT_CENTER, ENGAGE, Held};
use domain::contact_centre::user::Settings;
use domain::contact_centre::voice::Line;
use domain::employee::Profile;
use leptos::prelude::*;

/// Basic information: names, title, tenant, department, site (C-02).
#[component]
pub(in super::super) fn Basic(
    names: Profile,
    settings: Option<Settings>,
    choices: Choices,
) -> AnyView {
    let of = |read: fn(&Settings) -> String| settings.as_ref().map(read).unwrap_or_default();
    let usual = choices.tenants.first().map(|(id, _)| id.to_string());
    let tenant = settings
        .as_ref()
        .map(|one| one.tenant.to_string())
        .or(usual);
    let tenants = choices.tenants.into_iter();
    let tenants: Vec<Choice> = tenants.map(|(id, name)| (id.to_string(), name)).collect();
    view! {
        <fieldset>
            <legend>{t::contact_users_basic()}</legend>
            <div class="two">
                <Field label=t::label_first_name() name="first_name" value=names.first_name required=true customers=true autocomplete="off" />
                <Field label=t::label_last_name() name="last_name" value=names.last_name required=true customers=true autocomplete="off" />
            </div>
            <Field label=t::label_function() name="function" value=names.function customers=true hint=t::contact_users_function_hint() />
            <Select label=t::label_tenant() name="tenant" options=tenants value=tenant.unwrap_or_default() required=true />
            <div class="two">
                <Field label=t::label_department() name="department" value=of(|one| one.department.clone()) autocomplete="off" />
                <Field label=t::label_site() name="site" value=of(|one| one.site.clone()) autocomplete="off" />
            </div>
        </fieldset>
    }
    .into_any()
}

/// Services and permissions: the license, or the pair (C-03).
#[component]
pub(in super::super) fn Services(settings: Option<Settings>, choices: Choices) -> AnyView {
    let held = settings.map(|one| one.license).unwrap_or_default();
    let (license, plan) = match held {
        Held::None => (String::new(), String::new()),
        Held::ContactCenter => (CONTACT_CENTER.to_owned(), String::new()),
        Held::Engage { plan } => (ENGAGE.to_owned(), plan),
    };
    let licenses: Vec<Choice> = vec![
        (String::new(), t::contact_users_no_license().to_owned()),
        (
            CONTACT_CENTER.to_owned(),
            t::contact_users_formal().to_owned(),
        ),
        (ENGAGE.to_owned(), t::contact_users_engage().to_owned()),
    ];
    let none = (String::new(), t::contact_users_no_plan().to_owned());
    let plans: Vec<Choice> = std::iter::once(none).chain(choices.plans).collect();
    let seats = choices.seats.into_iter().map(|(name, left, seats)| {
        view! { <li>{t::contact_users_seats(left, name, seats)}</li> }
    });
    view! {
        <fieldset>
            <legend>{t::contact_users_services()}</legend>
            <div class="two">
                <Select label=t::label_license() name="license" options=licenses value=license hint=t::contact_users_license_hint() />
                <Select label=t::label_plan() name="plan" options=plans value=plan hint=t::contact_users_plan_hint() />
            </div>
            <ul class="quiet">{seats.collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// Voice basic settings: number and extension for Work and for Contact Center (C-04).
#[component]
pub(in super::super) fn Voice(settings: Option<Settings>, choices: Choices) -> AnyView {
    let (work, centre) = settings
        .map(|one| (one.work, one.centre))
        .unwrap_or_default();
    let texts = |line: Line| {
        let number = line.number.map(|one| one.as_str().to_owned());
        let extension = line.extension.map(|one| one.to_string());
        (number.unwrap_or_default(), extension.unwrap_or_default())
    };
    let ((work_number, work_extension), (centre_number, centre_extension)) =
        (texts(work), texts(centre));
    let free = choices.numbers.into_iter();
    let free = free.map(|number| view! { <option value=number></option> });
    let hint = |at: usize| {
        let free = choices.extensions.get(at).cloned().unwrap_or_default();
        t::contact_users_extension_hint(free)
    };
    view! {
        <fieldset>
            <legend>{t::contact_users_voice()}</legend>
            <datalist id="free-numbers">{free.collect_view()}</datalist>
            <div class="two">
                <Field label=t::label_work_number() name="work_number" kind="tel" list="free-numbers" value=work_number autocomplete="off" hint=t::contact_users_number_hint() />
                <div>
                    <Field label=t::label_work_extension() name="work_extension" inputmode="numeric" value=work_extension autocomplete="off" hint=hint(0) />
                    <Suggest label=t::contact_users_suggest_work() into="work_extension" beside="centre_extension" />
                </div>
            </div>
            <div class="two">
                <Field label=t::label_centre_number() name="centre_number" kind="tel" list="free-numbers" value=centre_number autocomplete="off" hint=t::contact_users_number_hint() />
                <div>
                    <Field label=t::label_centre_extension() name="centre_extension" inputmode="numeric" value=centre_extension autocomplete="off" hint=hint(1) />
                    <Suggest label=t::contact_users_suggest_centre() into="centre_extension" beside="work_extension" />
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}
