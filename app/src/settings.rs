//! The settings of the organisation: name, language, region, and how long invitations live.

pub mod booking;
#[cfg(feature = "ssr")]
pub mod known;
pub mod sign_in;

use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, leave_when_done, when_late};
use crate::messages::{Language, t};
use crate::outcome::refused;
use crate::ui::{Choice, ErrorSummary, Field, SaveBar, Select, Title};
use domain::Version;
use domain::organisation::Settings;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The settings as they are, and what they can be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sheet {
    pub version: Version,
    pub settings: Settings,
    pub countries: Vec<Choice>,
    pub zones: Vec<String>,
}

/// The settings, for those who may change them. Costs no statement: they come with the session.
#[server(endpoint = "get_settings", input = server_fn::codec::Json)]
pub async fn get_settings() -> Result<Sheet, AppError> {
    let session = crate::request::session()?;
    session
        .actor
        .may_everywhere(domain::Action::ChangeSettings)?;
    let organisation = session.organisation.clone();
    Ok(Sheet {
        version: organisation.version,
        countries: known::countries(),
        zones: known::zones(&organisation.settings.time_zone),
        settings: organisation.settings,
    })
}

/// Changes the settings; answers with the path of the page that shows them.
#[server(endpoint = "change_settings")]
pub async fn change_settings(
    version: Version,
    name: String,
    language: String,
    time_zone: String,
    country: String,
    invitation_hours: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::ChangeSettings)?;
    let organisation = request.organisation().await?;
    request.refuse_if_missed(&organisation, version).await?;
    // What is no number is out of range like 0.
    let invitation_hours = invitation_hours.trim().parse().unwrap_or(0);
    let settings = Settings {
        name,
        time_zone,
        country,
        language,
        invitation_hours,
    };
    if let Some(change) =
        organisation.change_settings(&request.actor, settings, known::known(), request.now)?
    {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/settings?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// The languages of the interface, to choose from.
pub fn languages() -> Vec<Choice> {
    let choice = |language: Language| (language.code().to_owned(), language.name().to_owned());
    Language::ALL.into_iter().map(choice).collect()
}

/// `/settings`
pub struct SettingsPage;

#[lazy_route]
impl LazyRoute for SettingsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let sheet = Resource::new(|| (), |()| get_settings());
        let change = ServerAction::<ChangeSettings>::new();
        let attempt = provide_form(change);
        leave_when_done(change);
        when_late(attempt, move || sheet.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match sheet.await {
                        Ok(sheet) => view! { <Edit sheet change attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(sheet: Sheet, change: ServerAction<ChangeSettings>, attempt: Attempt) -> impl IntoView {
    view! {
        <Title text=t::settings_title() />
        <div class="head">
            <h1>{t::settings_heading()}</h1>
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=change attr:class="form" attr:novalidate=true>
            <input type="hidden" name="version" value=sheet.version.to_string() />
            <Inputs sheet />
            <SaveBar pending=change.pending() saved=attempt.successes />
        </ActionForm>
    }
}

#[component]
fn Inputs(sheet: Sheet) -> impl IntoView {
    let Sheet {
        settings,
        countries,
        zones,
        ..
    } = sheet;
    let zones = zones
        .into_iter()
        .map(|zone| (zone.clone(), zone))
        .collect::<Vec<Choice>>();
    let hours = settings.invitation_hours.to_string();
    view! {
        <fieldset>
            <legend>{t::settings_organisation()}</legend>
            <Field label=t::label_name() name="name" value=settings.name required=true autocomplete="organization" />
        </fieldset>
        <fieldset>
            <legend>{t::settings_region()}</legend>
            <Select label=t::label_language() name="language" options=languages() value=settings.language hint=t::settings_language_hint() />
            <Select label=t::label_time_zone() name="time_zone" options=zones value=settings.time_zone hint=t::settings_time_zone_hint() />
            <Select label=t::label_country() name="country" options=countries value=settings.country hint=t::settings_country_hint() />
        </fieldset>
        <fieldset>
            <legend>{t::settings_invitations()}</legend>
            <Field label=t::settings_invitation_hours() name="invitation_hours" value=hours required=true inputmode="numeric"
                autocomplete="off" hint=t::settings_invitation_hours_hint() />
        </fieldset>
    }
}
