//! The page of one agent group: its name, whether it is the default, and its end (C-11).

use super::list::Crumb;
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::one::{Forms, one};
use crate::ui::{ErrorSummary, Field, Pill, SaveBar, Submit, Switch, Title, Tone};
use domain::contact_centre::agent_group::AgentGroup;
use domain::{AgentGroupId, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// A group and how many users are in it, for those who set them up.
#[server(endpoint = "get_agent_group", input = server_fn::codec::Json)]
pub async fn get_agent_group(id: AgentGroupId) -> Result<(AgentGroup, i64), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    Ok(request
        .agent_group(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?)
}

/// Gives a group another name, and makes it the default where `is_default` says so; answers with the
/// path of the list.
#[server(endpoint = "revise_agent_group")]
pub async fn revise_agent_group(
    id: AgentGroupId,
    version: Version,
    name: String,
    #[server(default)] is_default: bool,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let (group, _) = request
        .agent_group(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?;
    request.refuse_if_missed(&group, version).await?;
    if let Some(change) = group.revise(&request.actor, &name, is_default, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/agent-groups?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Deletes a group; whoever is in it moves to the default group. Answers with the path of the list.
#[server(endpoint = "delete_agent_group")]
pub async fn delete_agent_group(id: AgentGroupId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let (group, members) = request
        .agent_group(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?;
    request.refuse_if_missed(&group, version).await?;
    let deleted = group.delete(&request.actor, members, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/agent-groups?done=agent-group-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/agent-groups/ID`
pub struct AgentGroupPage;

#[lazy_route]
impl LazyRoute for AgentGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        one(get_agent_group, |(group, members), forms| {
            view! { <Edit group members forms /> }.into_any()
        })
    }
}

#[component]
fn Edit(
    group: AgentGroup,
    members: i64,
    forms: Forms<ReviseAgentGroup, DeleteAgentGroup>,
) -> AnyView {
    let Forms {
        revise,
        delete,
        revised,
    } = forms;
    let (id, version) = (group.id.to_string(), group.version.to_string());
    let (own, from) = (id.clone(), version.clone());
    let form = (!group.is_default).then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=own />
                <input type="hidden" name="version" value=from />
                <Submit label=t::agent_groups_confirm_delete() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    let teaser = match group.is_default {
        true => t::agent_groups_default_is().to_owned(),
        false => t::agent_groups_delete_text(members),
    };
    let default = match group.is_default {
        true => view! { <Pill tone=Tone::Accent text=t::agent_groups_default() /> }.into_any(),
        false => ().into_any(),
    };
    let switch = (!group.is_default).then(|| {
        view! { <Switch label=t::agent_groups_default() name="is_default" hint=t::agent_groups_default_hint() /> }
    });
    view! {
        <Title text=group.name.clone() />
        <Crumb />
        <div class="head">
            <h1>{group.name.clone()}</h1>
            {default}
            <span class="count">{t::agent_groups_members(members)}</span>
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=version />
            <Field label=t::label_name() name="name" value=group.name required=true autocomplete="off" />
            {switch}
            <SaveBar pending=revise.pending() saved=revised.successes />
        </ActionForm>
        <section class="danger-zone">
            <div>
                <h2>{t::agent_groups_confirm_delete()}</h2>
                <p class="quiet">{teaser}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
