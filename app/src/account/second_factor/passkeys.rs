//! Passkeys: registered in this browser, named, and taken away.

use super::{One, PasskeyView, show};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, Submit, Time};
use domain::PasskeyId;
use leptos::prelude::*;

/// What the browser is asked to make, as JSON of `PublicKeyCredentialCreationOptions`.
#[server(endpoint = "passkey_registration", input = server_fn::codec::Json)]
pub async fn passkey_registration() -> Result<String, AppError> {
    server::begin().await
}

/// Adds the passkey that the browser made (JSON of a `PublicKeyCredential`).
#[server(endpoint = "add_passkey", input = server_fn::codec::Json)]
pub async fn add_passkey(answer: String, name: String) -> Result<String, AppError> {
    server::add(&answer, name).await?;
    Ok("/account/second-factor?done=factor-added".to_owned())
}

/// Gives one of one's passkeys another name.
#[server(endpoint = "rename_passkey")]
pub async fn rename_passkey(id: PasskeyId, name: String) -> Result<String, AppError> {
    server::rename(id, &name).await?;
    super::authenticator::server::page("/account/second-factor?done=saved")
}

/// Takes one of one's passkeys away.
#[server(endpoint = "remove_passkey")]
pub async fn remove_passkey(id: PasskeyId) -> Result<String, AppError> {
    super::authenticator::server::remove(domain::factor::Removal::Passkey(id)).await?;
    super::authenticator::server::page("/account/second-factor?done=factor-removed")
}

#[cfg(feature = "ssr")]
mod server {
    //! The registration of a passkey, whose state stays on the server.

    use super::super::authenticator::server::finish;
    use crate::error::AppError;
    use crate::request::{Change, asker};
    use crate::sign_in::{browser, passkey::server::site};
    use domain::factor::PasskeyAdded;
    use domain::sign_in::Proof;
    use domain::{PasskeyId, Refusal};
    use serde::{Deserialize, Serialize};
    use serde_json::json;
    use store::ceremony::Purpose;
    use webauthn_rs::prelude::{Passkey, RegisterPublicKeyCredential};

    #[derive(Serialize, Deserialize)]
    struct Begun {
        employee: domain::EmployeeId,
        state: webauthn_rs::prelude::PasskeyRegistration,
    }

    pub(super) async fn begin() -> Result<String, AppError> {
        let mut request = Change::begin_enrolling().await?;
        request.signed_in_lately()?;
        let (browser, now) = (browser::remembered()?, request.now);
        let site = site(&asker()?.url).ok_or(Refusal::WrongState)?;
        let me = request.me().await?;
        let known = request.passkeys(me.id).await?;
        let known = known
            .iter()
            .filter_map(|key| serde_json::from_str::<Passkey>(&key.content).ok())
            .map(|passkey| passkey.cred_id().clone());
        let name = me.display_name();
        let (challenge, state) = site
            .start_passkey_registration(me.id.0, me.email.as_str(), &name, Some(known.collect()))
            .map_err(|_| AppError::Unavailable)?;
        let begun = Begun {
            employee: me.id,
            state,
        };
        request
            .begin_ceremony(&browser, Purpose::PasskeyRegistration, None, &begun, now)
            .await?;
        request.commit().await?;
        let mut options =
            serde_json::to_value(&challenge.public_key).map_err(|_| AppError::Unavailable)?;
        // Kept by the authenticator with its person, so that it signs in without an address.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        Ok(options.to_string())
    }

    pub(super) async fn add(answer: &str, name: String) -> Result<(), AppError> {
        let mut request = Change::begin_enrolling().await?;
        request.signed_in_lately()?;
        let now = request.now;
        let site = site(&asker()?.url).ok_or(Refusal::WrongState)?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Refusal::WrongState)?;
        let me = request.me().await?;
        let browser = browser::known()?.ok_or(Refusal::DeadLink)?;
        let begun: Option<Begun> = request
            .take_ceremony(&browser, Purpose::PasskeyRegistration, None, now)
            .await?;
        let begun = begun
            .filter(|begun| begun.employee == me.id)
            .ok_or(Refusal::DeadLink)?;
        let passkey = site
            .finish_passkey_registration(&answer, &begun.state)
            .map_err(|_| Refusal::WrongState)?;
        let factors = request.factors(me.id).await?;
        let added = PasskeyAdded {
            employee: me.id,
            id: PasskeyId(store::new_id()),
            name,
            credential: passkey.cred_id().to_vec(),
            content: serde_json::to_string(&passkey).map_err(|_| AppError::Unavailable)?,
        };
        let added = me.add_passkey(&request.actor, &factors, added, now)?;
        request.apply(added).await?;
        finish(request, Proof::Passkey).await
    }

    pub(super) async fn rename(id: PasskeyId, name: &str) -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        let me = request.me().await?;
        let factors = request.factors(me.id).await?;
        let renamed = me.rename_passkey(&request.actor, &factors, id, name, request.now)?;
        if let Some(renamed) = renamed {
            request.apply(renamed).await?;
        }
        request.commit().await
    }
}

#[component]
pub(super) fn PasskeysSection(one: One) -> AnyView {
    let rename = ServerAction::<RenamePasskey>::new();
    let remove = ServerAction::<RemovePasskey>::new();
    provide_problems_of([provide_form(rename), provide_form(remove)]);
    leave_when_done(rename);
    leave_when_done(remove);
    let list = show(one, move |view| {
        let possible = view.passkeys_possible;
        let rows = view
            .passkeys
            .into_iter()
            .map(|passkey| view! { <Row passkey rename remove /> })
            .collect_view();
        let add = match possible {
            true => view! { <Add /> }.into_any(),
            false => view! { <p class="quiet">{t::passkey_impossible()}</p> }.into_any(),
        };
        view! {
            <ul class="lines">{rows}</ul>
            {add}
        }
    });
    view! {
        <section class="card" id="passkeys">
            <h2>{t::passkey_title()}</h2>
            <p>{t::passkey_text()}</p>
            <ErrorSummary />
            {list}
        </section>
    }
    .into_any()
}

#[component]
fn Row(
    passkey: PasskeyView,
    rename: ServerAction<RenamePasskey>,
    remove: ServerAction<RemovePasskey>,
) -> AnyView {
    let PasskeyView {
        id,
        name,
        added,
        used,
    } = passkey;
    let used = match used {
        Some(used) => view! { {t::passkey_used()} " " <Time moment=used /> }.into_any(),
        None => t::passkey_unused().into_any(),
    };
    let field = format!("passkey-{id}");
    let away = t::passkey_remove_name(&name);
    view! {
        <li>
            <div>
                <p>
                    <b>{name.clone()}</b>
                </p>
                <p>
                    <small>{t::passkey_added(added.text)}</small>
                </p>
                <p>
                    <small>{used}</small>
                </p>
                <details>
                    <summary>{t::passkey_rename()}</summary>
                    <ActionForm action=rename attr:novalidate=true>
                        <input type="hidden" name="id" value=id.to_string() />
                        <Field label=t::label_name() name="name" id=field value=name autocomplete="off" />
                        <Submit label=t::action_save() secondary=true pending=rename.pending() />
                    </ActionForm>
                </details>
            </div>
            <ActionForm action=remove>
                <input type="hidden" name="id" value=id.to_string() />
                <button class="button small" aria-label=away>{t::passkey_remove()}</button>
            </ActionForm>
        </li>
    }
    .into_any()
}

/// Only a script can ask the browser, so there is no form.
#[component]
fn Add() -> AnyView {
    let (failed, set_failed) = signal(None::<String>);
    let (name, set_name) = signal(String::new());
    let again = use_context::<crate::again::Again>();
    let add = move |_| {
        leptos::task::spawn_local(async move {
            match make(name.get_untracked()).await {
                Ok(Some(path)) => drop(window().location().set_href(&path)),
                Ok(None) => drop(set_failed.try_set(Some(t::passkey_not_made().to_owned()))),
                Err(error) => {
                    if let (true, Some(again)) = (error.asks_to_sign_in(), again) {
                        again.ask();
                    }
                    drop(set_failed.try_set(Some(error.to_string())));
                }
            }
        });
    };
    view! {
        <div class="with-script form">
            <Field label=t::passkey_name() name="passkey_name" autocomplete="off" hint=t::passkey_name_hint()
                on_input=Callback::new(move |text| set_name.set(text)) />
            <p class="why" role="alert" hidden=move || failed.with(Option::is_none)>
                {Icon::Alert}
                <span>{move || failed.get()}</span>
            </p>
            <div class="buttons">
                <button type="button" class="button" on:click=add>
                    {Icon::Key}
                    {t::passkey_add()}
                </button>
            </div>
        </div>
        <noscript>
            <p class="quiet">{t::passkey_needs_script()}</p>
        </noscript>
    }
    .into_any()
}

/// Nothing when the person thought better of it, or the browser has the passkey already.
async fn make(name: String) -> Result<Option<String>, AppError> {
    let options = passkey_registration().await?;
    let Some(answer) = crate::ui::browser::new_passkey(&options).await else {
        return Ok(None);
    };
    let name = match name.trim() {
        "" => t::passkey_usual_name().to_owned(),
        name => name.to_owned(),
    };
    add_passkey(answer, name).await.map(Some)
}
