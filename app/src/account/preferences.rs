//! The language and the time zone in which one reads, and what one gets by mail.

use super::{Account, One, show};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::me::use_me;
use crate::messages::{Language, t};
use crate::settings::languages;
use crate::ui::{Choice, ErrorSummary, SaveBar, Select};
use leptos::prelude::*;

/// Changes one's language, time zone and mails; empty is what the organisation has. Answers with the
/// path of the page that is in the new language.
#[server(endpoint = "prefer")]
pub async fn prefer(
    #[server(default)] language: String,
    #[server(default)] time_zone: String,
    #[server(default)] mails_day: String,
    #[server(default)] mails_attention: String,
) -> Result<String, AppError> {
    use crate::settings::known::{knows_zone, languages};
    let chosen = |text: String| (!text.is_empty()).then_some(text);
    let switched = |text: String| match text.as_str() {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let choices = domain::employee::Choices {
        language: chosen(language),
        time_zone: chosen(time_zone),
        mails_day: switched(mails_day),
        mails_attention: switched(mails_attention),
    };
    let mut request = crate::request::Change::begin().await?;
    let me = request.me().await?;
    let wish = me.prefer(
        &request.actor,
        choices,
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
    // Only who has something to attend to gets mails about it.
    let sees = use_me().actor.sees_attention();
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
        {sees.then(|| view! {
            <div class="two">
                <Select label=t::digest_mails_day() name="mails_day" options=mails() value=chosen(account.record.mails_day) hint=t::digest_mails_day_hint() />
                <Select label=t::digest_mails_attention() name="mails_attention" options=mails() value=chosen(account.record.mails_attention) hint=t::digest_mails_attention_hint() />
            </div>
        })}
    }
}

/// Whether one wants a mail: as the organisation has it, or decided by oneself.
fn mails() -> Vec<Choice> {
    [
        ("", t::digest_as_organisation()),
        ("on", t::digest_on()),
        ("off", t::digest_off()),
    ]
    .map(|(code, word)| (code.to_owned(), word.to_owned()))
    .into()
}

fn chosen(mails: Option<bool>) -> String {
    match mails {
        None => "",
        Some(true) => "on",
        Some(false) => "off",
    }
    .to_owned()
}
