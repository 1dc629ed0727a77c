//! The language and the time zone in which one reads.

use super::{Account, One, show};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::{Language, t};
use crate::settings::languages;
use crate::ui::{Choice, ErrorSummary, SaveBar, Select};
use leptos::prelude::*;

/// Changes one's language and time zone; empty is what the organisation has. Answers with the path
/// of the page that is in the new language.
#[server(endpoint = "prefer")]
pub async fn prefer(
    #[server(default)] language: String,
    #[server(default)] time_zone: String,
) -> Result<String, AppError> {
    use crate::settings::known::{knows_zone, languages};
    let chosen = |text: String| (!text.is_empty()).then_some(text);
    let (language, time_zone) = (chosen(language), chosen(time_zone));
    let mut request = crate::request::Change::begin().await?;
    let me = request.me().await?;
    let wish = me.prefer(
        &request.actor,
        language,
        time_zone,
        languages(),
        knows_zone,
        request.now,
    )?;
    request.apply(wish).await?;
    request.commit().await?;
    let page = "/account?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[component]
pub(super) fn PreferencesSection(one: One) -> impl IntoView {
    let prefer = ServerAction::<Prefer>::new();
    let attempt = provide_form(prefer);
    leave_when_done(prefer);
    view! {
        <section class="card">
            <h2>{t::account_preferences()}</h2>
            <ErrorSummary />
            <ActionForm action=prefer attr:class="form" attr:novalidate=true>
                {show(one, |account| view! { <Inputs account /> })}
                <SaveBar pending=prefer.pending() saved=attempt.successes />
            </ActionForm>
        </section>
    }
}

#[component]
fn Inputs(account: Account) -> impl IntoView {
    let (language, zone) = account.usual;
    let language = Language::from_code(&language).unwrap_or_default().name();
    let usual = |value: &str| (String::new(), t::account_as_organisation(value));
    let spoken: Vec<Choice> = std::iter::once(usual(language))
        .chain(languages())
        .collect();
    let zones = account.zones.into_iter().map(|zone| (zone.clone(), zone));
    let zones: Vec<Choice> = std::iter::once(usual(&zone)).chain(zones).collect();
    view! {
        <div class="two">
            <Select label=t::label_language() name="language" options=spoken value=account.record.language.unwrap_or_default() />
            <Select label=t::label_time_zone() name="time_zone" options=zones value=account.record.time_zone.unwrap_or_default() />
        </div>
    }
}
