//! User → Endpoints: the devices and programs on which somebody takes calls (C-16).

use super::one::Actions;
use super::read::ContactUserView;
use super::words::kind_word;
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{Choice, CopyField, Field, Notice, Select, Submit, Tone};
use domain::contact_centre::license::Held;
use domain::contact_centre::user::{ContactUser, Endpoint, EndpointKind};
use domain::{EmployeeId, EndpointId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an endpoint registers with, shown once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AddedEndpoint {
    pub username: String,
    pub secret: String,
}

/// Adds an endpoint, and answers with its secret, which nobody sees again.
#[server(endpoint = "add_endpoint")]
pub async fn add_endpoint(
    id: EmployeeId,
    kind: String,
    #[server(default)] name: String,
) -> Result<AddedEndpoint, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let (person, user) = super::save::known(&mut request, id, None).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    let endpoint = EndpointId(store::new_id());
    let added = user.add_endpoint(&actor, &person, endpoint, &kind, &name, now)?;
    let username = added.0.username.clone();
    let secret = request.apply(added).await?;
    let added = AddedEndpoint { username, secret };
    if crate::landing::is_plain() {
        // The page that follows shows it, to this browser alone.
        let browser = crate::sign_in::browser::remembered()?;
        let purpose = store::ceremony::Purpose::Endpoint;
        request
            .begin_ceremony(&browser, purpose, None, &(id, &added), now)
            .await?;
    }
    request.commit().await?;
    let to = format!("/employees/{id}/contact-centre/endpoints?done=endpoint");
    crate::landing::land_on(&to);
    Ok(added)
}

/// What this browser just added to a user by a plain form.
#[cfg(feature = "ssr")]
pub(super) async fn just_added(
    request: &mut crate::request::Read,
    id: EmployeeId,
) -> Result<Option<AddedEndpoint>, AppError> {
    let Some(browser) = crate::sign_in::browser::known()? else {
        return Ok(None);
    };
    let (purpose, now) = (store::ceremony::Purpose::Endpoint, request.now);
    let shown: Option<(EmployeeId, AddedEndpoint)> =
        request.ceremony(&browser, purpose, now).await?;
    Ok(shown.filter(|(of, _)| *of == id).map(|(_, added)| added))
}

/// Removes an endpoint; whoever registers with its secret is refused from then on.
#[server(endpoint = "remove_endpoint")]
pub async fn remove_endpoint(id: EmployeeId, endpoint: EndpointId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let (person, user) = super::save::known(&mut request, id, None).await?;
    let all = request.endpoints(id).await?;
    let known = all.iter().find(|one| one.id == endpoint);
    let known = known.ok_or(domain::Refusal::NotFound)?;
    let (actor, now) = (request.actor.clone(), request.now);
    let removed = user.remove_endpoint(&actor, &person, known, now)?;
    request.apply(removed).await?;
    request.commit().await?;
    let to = format!("/employees/{id}/contact-centre/endpoints?done=endpoint-removed");
    crate::landing::land_on(&to);
    Ok(())
}

#[component]
pub(super) fn Endpoints(one: ContactUserView, user: ContactUser, actions: Actions) -> AnyView {
    let none = one.endpoints.is_empty().then(|| {
        view! { <p class="quiet">{t::contact_users_endpoint_none()}</p> }
    });
    let may_edit = one.may_edit;
    let id = user.employee;
    let lines = one.endpoints.into_iter();
    let lines = lines.map(|endpoint| view! { <Line id endpoint may_edit actions /> });
    let (host, before) = (one.host, one.added);
    let add = may_edit.then(|| view! { <Add user host before actions /> });
    view! {
        {none}
        <ul class="lines">{lines.collect_view()}</ul>
        {add}
    }
    .into_any()
}

#[component]
fn Line(id: EmployeeId, endpoint: Endpoint, may_edit: bool, actions: Actions) -> AnyView {
    let kind = kind_word(endpoint.kind);
    let name = match endpoint.name.is_empty() {
        true => kind.to_owned(),
        false => endpoint.name.clone(),
    };
    let remove = may_edit.then(|| {
        let label = t::contact_users_endpoint_remove_of(&name);
        view! {
            <ActionForm action=actions.remove_endpoint>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="endpoint" value=endpoint.id.to_string() />
                <button type="submit" class="button small" aria-label=label>{t::contact_users_endpoint_remove()}</button>
            </ActionForm>
        }
    });
    view! {
        <li>
            <b>{name}</b>
            <small>{kind} " · " {endpoint.username}</small>
            {remove}
        </li>
    }
    .into_any()
}

#[component]
fn Add(
    user: ContactUser,
    host: String,
    /// What a plain form just added.
    before: Option<AddedEndpoint>,
    actions: Actions,
) -> AnyView {
    let license = user.settings.license;
    let suited = EndpointKind::ALL.into_iter();
    let suited = suited.filter(|kind| kind.suits(&license));
    let kinds = suited.map(|kind| (kind.code().to_owned(), kind_word(kind).to_owned()));
    let kinds: Vec<Choice> = kinds.collect();
    let only = (license != Held::ContactCenter).then(t::contact_users_endpoint_work_only);
    let answer = actions.add.value();
    let added = move || {
        let host = host.clone();
        let added = match answer.get() {
            Some(Ok(added)) => added,
            Some(Err(_)) => return ().into_any(),
            None => match before.clone() {
                Some(added) => added,
                None => return ().into_any(),
            },
        };
        view! {
            <Notice tone=Tone::Good title=t::contact_users_secret_once() live=true>
                <CopyField label=t::contact_users_endpoint_host() text=host />
                <CopyField label=t::contact_users_endpoint_user() text=added.username />
                <CopyField label=t::contact_users_endpoint_secret() text=added.secret />
            </Notice>
        }
        .into_any()
    };
    view! {
        {added}
        <ActionForm action=actions.add attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=user.employee.to_string() />
            <fieldset>
                <legend>{t::contact_users_endpoint_add()}</legend>
                {only.map(|only| view! { <p class="quiet">{only}</p> })}
                <Select label=t::contact_users_endpoint_kind() name="kind" options=kinds />
                <Field label=t::contact_users_endpoint_name() name="name" autocomplete="off" />
                <div class="buttons">
                    <Submit label=t::contact_users_endpoint_add() pending=actions.add.pending() />
                </div>
            </fieldset>
        </ActionForm>
    }
    .into_any()
}
