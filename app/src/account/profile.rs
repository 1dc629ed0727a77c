//! Editing one's own name and details.

use super::{Account, One, show};
use crate::error::AppError;
use crate::form::{Given, provide_form};
use crate::landing::{leave_when_done, when_late};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, SaveBar, TextArea};
use domain::{Role, Version};
use leptos::prelude::*;

/// Changes one's own name and details; what was not in the form stays. Answers with the path of
/// the page that shows them.
#[server(endpoint = "revise_account")]
pub async fn revise_account(
    version: Version,
    first_name: String,
    last_name: String,
    phone: String,
    function: String,
    #[server(default)] introduction: Given,
    #[server(default)] video_link: Given,
) -> Result<String, AppError> {
    use domain::employee::Draft;
    let mut request = crate::request::Change::begin().await?;
    let me = request.me().await?;
    request.refuse_if_missed(&me, version).await?;
    let draft = Draft {
        first_name: Some(first_name),
        last_name: Some(last_name),
        phone: Some(phone),
        function: Some(function),
        introduction: introduction.0,
        video_link: video_link.0,
        ..Draft::default()
    };
    let country = request.session.organisation.settings.country.clone();
    if let Some(change) = me.revise(&request.actor, &draft, &country, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/account?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[component]
pub(super) fn ProfileSection(one: One) -> impl IntoView {
    let revise = ServerAction::<ReviseAccount>::new();
    let attempt = provide_form(revise);
    leave_when_done(revise);
    when_late(attempt, move || one.refetch());
    view! {
        <section class="card">
            <h2>{t::account_profile()}</h2>
            <p class="quiet">{t::account_profile_hint()}</p>
            <ErrorSummary />
            <ActionForm action=revise attr:class="form" attr:novalidate=true>
                {show(one, |account| view! { <Inputs account /> })}
                <SaveBar pending=revise.pending() saved=attempt.successes />
            </ActionForm>
        </section>
    }
}

#[component]
fn Inputs(account: Account) -> impl IntoView {
    let record = account.record;
    let agent = record.roles().has(Role::Agent);
    let profile = record.profile;
    view! {
        <input type="hidden" name="version" value=record.version.to_string() />
        <div class="two">
            <Field label=t::label_first_name() name="first_name" value=profile.first_name customers=true autocomplete="given-name" />
            <Field label=t::label_last_name() name="last_name" value=profile.last_name customers=true autocomplete="family-name" />
        </div>
        <div class="two">
            <Field label=t::label_phone() name="phone" kind="tel" value=account.phone customers=true autocomplete="tel" />
            <Field label=t::label_function() name="function" value=profile.function customers=true autocomplete="organization-title" />
        </div>
        {agent.then(|| view! {
            <TextArea label=t::label_introduction() name="introduction" value=profile.introduction customers=true />
            <Field label=t::label_video_link() name="video_link" kind="url" value=profile.video_link customers=true
                hint=t::account_video_link_hint() autocomplete="off" />
        })}
    }
}
