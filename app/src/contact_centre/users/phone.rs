//! User → Phone: the workplace phone, call waiting, and whether a call shows who calls (C-05, C-07, C-08).

use super::one::Actions;
use super::read::ContactUserView;
use super::words::switch_word;
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{SaveBar, Switch};
use domain::contact_centre::user::ContactUser;
use domain::{EmployeeId, Version};
use leptos::prelude::*;

/// Switches call waiting, and whether calls show the customer's number to this user.
#[server(endpoint = "save_contact_phone")]
pub async fn save_contact_phone(
    id: EmployeeId,
    version: Version,
    #[server(default)] call_waiting: bool,
    #[server(default)] shows_cli: bool,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let draft = domain::contact_centre::user::Draft {
        call_waiting: Some(call_waiting),
        shows_cli: Some(shows_cli),
        ..Default::default()
    };
    super::save::revise(&mut request, id, version, &draft).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/contact-centre/phone?done=saved"));
    Ok(())
}

/// What results of the tenant's switch and the user's (case 19).
fn result(one: &ContactUserView, user: &ContactUser) -> String {
    match (one.tenant_shows_cli, user.settings.shows_cli) {
        (true, _) => t::contact_users_cli_shown_tenant(&one.tenant),
        (false, true) => t::contact_users_cli_shown_user(&one.tenant),
        (false, false) => t::contact_users_cli_hidden(&one.tenant),
    }
}

#[component]
pub(super) fn Phone(one: ContactUserView, user: ContactUser, actions: Actions) -> AnyView {
    let number = user.settings.work.number.as_ref();
    let number = number.map_or(t::contact_users_no_number().to_owned(), |number| {
        number.as_str().to_owned()
    });
    let result = result(&one, &user);
    let workplace = view! {
        <section class="card">
            <header>
                <h2>{t::contact_users_workplace()}</h2>
            </header>
            <p>
                <b>{number}</b>
            </p>
            <p class="quiet">{t::contact_users_workplace_text()}</p>
        </section>
    };
    let settings = user.settings;
    if !one.may_edit {
        return view! {
            {workplace}
            <dl class="facts">
                <div>
                    <dt>{t::label_call_waiting()}</dt>
                    <dd>{switch_word(settings.call_waiting)}</dd>
                </div>
                <div>
                    <dt>{t::label_shows_cli()}</dt>
                    <dd>{switch_word(settings.shows_cli)} " – " {result}</dd>
                </div>
            </dl>
        }
        .into_any();
    }
    view! {
        {workplace}
        <ActionForm action=actions.phone attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=user.employee.to_string() />
            <input type="hidden" name="version" value=user.version.to_string() />
            <fieldset>
                <legend>{t::contact_users_workplace()}</legend>
                <Switch label=t::label_call_waiting() name="call_waiting" checked=settings.call_waiting hint=t::contact_users_call_waiting_hint() />
                <Switch label=t::label_shows_cli() name="shows_cli" checked=settings.shows_cli hint=t::contact_users_cli_hint() />
                <p>{result}</p>
            </fieldset>
            <SaveBar pending=actions.phone.pending() saved=actions.saved />
        </ActionForm>
    }
    .into_any()
}
