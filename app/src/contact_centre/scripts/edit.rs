//! The page of one script: its steps, and its end (C-19).

use super::Crumb;
use super::inputs::{Inputs, rearrange};
use super::new::Choices;
use super::rows::{Arranged, StepRow};
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::one::{Forms, one};
use crate::ui::{ErrorSummary, Field, Pill, Submit, Title, Tone};
use domain::{ScriptId, Version};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A script with what its page needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Shown {
    pub id: ScriptId,
    pub version: Version,
    pub name: String,
    pub pbx_name: String,
    pub steps: Vec<StepRow>,
    /// The channels that run it, by name.
    pub channels: Vec<String>,
    pub choices: Choices,
}

/// A script, and what can be chosen for it.
#[server(endpoint = "get_script", input = server_fn::codec::Json)]
pub async fn get_script(id: ScriptId) -> Result<Shown, AppError> {
    use domain::contact_centre::script::Draft;
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let listed = request.script(id).await?.ok_or(domain::Refusal::NotFound)?;
    let channels = request.channels_of_script(id).await?;
    let choices = super::new::choices(&mut request, Some(listed.script.pbx)).await?;
    let steps = Draft::from(&listed.script.profile).steps.into_iter();
    Ok(Shown {
        id,
        version: listed.script.version,
        name: listed.script.name.clone(),
        pbx_name: listed.pbx_name,
        steps: steps.map(StepRow::from).collect(),
        channels,
        choices,
    })
}

/// Says something else of a script; answers with the path of its page.
#[server(endpoint = "revise_script")]
pub async fn revise_script(
    id: ScriptId,
    version: Version,
    name: String,
    #[server(default)] steps: Vec<StepRow>,
) -> Result<String, AppError> {
    use crate::settings::known::knows_zone;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let script = request
        .script(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?
        .script;
    request.refuse_if_missed(&script, version).await?;
    let places = request.script_places().await?;
    let targets = store::script::targets_on(&places, script.pbx);
    let (actor, now) = (request.actor.clone(), request.now);
    let draft = super::rows::draft(name, steps);
    if let Some(change) = script.revise(&actor, &draft, (&targets, &knows_zone), now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = format!("/contact-centre/scripts/{id}?done=saved");
    crate::landing::land_on(&page);
    Ok(page)
}

/// Deletes a script that no channel runs; answers with the path of the list.
#[server(endpoint = "delete_script")]
pub async fn delete_script(id: ScriptId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let script = request
        .script(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?
        .script;
    request.refuse_if_missed(&script, version).await?;
    let channels = request.channels_of_script(id).await?;
    let deleted = script.delete(&request.actor, channels, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/scripts?done=script-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/scripts/ID`
pub struct ScriptPage;

#[lazy_route]
impl LazyRoute for ScriptPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        one(get_script, move |shown: Shown, forms| {
            let form = move || {
                let arranged = query.with(Arranged::read);
                view! { <Edit shown=shown.clone() arranged forms /> }
            };
            form.into_any()
        })
    }
}

#[component]
fn Edit(
    shown: Shown,
    arranged: Option<Arranged>,
    forms: Forms<ReviseScript, DeleteScript>,
) -> AnyView {
    let (id, version) = (shown.id, shown.version);
    let page = format!("/contact-centre/scripts/{id}");
    let (arrange, discard) = (rearrange(page.clone()), page.clone());
    let own = Arranged {
        name: shown.name.clone(),
        rows: shown.steps,
        ..Arranged::default()
    };
    let Arranged {
        name, rows, focus, ..
    } = arranged.unwrap_or(own);
    view! {
        <Title text=shown.name.clone() />
        <Crumb />
        <div class="head">
            <h1>{shown.name}</h1>
            <Pill tone=Tone::Quiet text=shown.pbx_name />
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=forms.revise attr:class="form steps" attr:novalidate=true on:submit:capture=arrange>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <fieldset>
                <Field label=t::label_name() name="name" value=name required=true autocomplete="off" />
            </fieldset>
            <Inputs rows focus choices=shown.choices page />
            <div class="buttons">
                <Submit label=t::action_save() pending=forms.revise.pending() />
                <a class="button plain" href=discard>{t::action_discard()}</a>
            </div>
        </ActionForm>
        <Delete id version channels=shown.channels delete=forms.delete />
    }
    .into_any()
}

#[component]
fn Delete(
    id: ScriptId,
    version: Version,
    channels: Vec<String>,
    delete: ServerAction<DeleteScript>,
) -> AnyView {
    let free = channels.is_empty();
    let text = match free {
        true => t::scripts_delete_text().to_owned(),
        false => t::scripts_used(channels.join(", ")),
    };
    let form = free.then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <Submit label=t::scripts_delete() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    view! {
        <section class="danger-zone">
            <div>
                <h2>{t::scripts_delete()}</h2>
                <p class="quiet">{text}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
