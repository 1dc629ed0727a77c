//! Every agent group with how many are in it, and a new one (C-11).

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{Done, leave_when_done};
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, Empty, ErrorSummary, Field, Icon, Pill, Title, Tone};
use domain::contact_centre::agent_group::AgentGroup;
use domain::{Action, Refusal};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every group and how many users are in it, for those who set them up.
#[server(endpoint = "list_agent_groups", input = server_fn::codec::Json)]
pub async fn list_agent_groups() -> Result<Vec<(AgentGroup, i64)>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_everywhere(Action::EditContactCentre)?;
    Ok(request.agent_groups().await?)
}

/// Creates a group; answers with the path of the list.
#[server(endpoint = "create_agent_group")]
pub async fn create_agent_group(name: String) -> Result<String, AppError> {
    use domain::contact_centre::agent_group::AgentGroupCreated;
    let mut request = crate::request::Change::begin().await?;
    let id = domain::AgentGroupId(store::new_id());
    let created = AgentGroupCreated::allow(&request.actor, id, &name, request.now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/contact-centre/agent-groups?done=agent-group";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/agent-groups`
pub struct AgentGroupsPage;

#[lazy_route]
impl LazyRoute for AgentGroupsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let groups = Resource::new(|| (), |()| list_agent_groups());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match groups.await {
                        Ok(groups) => view! { <List groups /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(groups: Vec<(AgentGroup, i64)>) -> AnyView {
    let count = groups.len();
    let new = view! {
        <a class="button primary thumb" href="/contact-centre/agent-groups/new" data-key="n">
            {Icon::Plus}
            {t::agent_groups_new()}
        </a>
    };
    let row = |(group, members): (AgentGroup, i64)| {
        let default = group
            .is_default
            .then(|| view! { <Pill tone=Tone::Accent text=t::agent_groups_default() /> });
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/agent-groups/{}", group.id)>
                        <b>{group.name}</b>
                    </a>
                </td>
                <td class="status">{default}</td>
                <td class="where">{t::agent_groups_members(members)}</td>
            </tr>
        }
    };
    let body = match count {
        0 => view! {
            <Empty icon=Icon::People title=t::agent_groups_empty_title() text=t::agent_groups_empty_text() />
        }
        .into_any(),
        _ => view! {
            <div class="sheet">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t::label_name()}</th>
                            <th scope="col">{t::label_is_default()}</th>
                            <th scope="col">{t::label_members()}</th>
                        </tr>
                    </thead>
                    <tbody>{groups.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <Title text=t::agent_groups_title() />
        <div class="head">
            <h1>{t::agent_groups_title()}</h1>
            <span class="count">{count}</span>
            <div class="actions">{new}</div>
        </div>
        <Done />
        {body}
    }
    .into_any()
}

/// `/contact-centre/agent-groups/new`
pub struct NewAgentGroupPage;

#[lazy_route]
impl LazyRoute for NewAgentGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::EditContactCentre) {
            return refused(Refusal::Forbidden.into());
        }
        view! { <New /> }.into_any()
    }
}

/// The way back to the list.
#[component]
pub(super) fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/agent-groups">
            {Icon::Back}
            {t::agent_groups_title()}
        </a>
    }
}

#[component]
fn New() -> AnyView {
    let create = ServerAction::<CreateAgentGroup>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    view! {
        <Title text=t::agent_groups_new() />
        <Crumb />
        <div class="head">
            <h1>{t::agent_groups_new()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Field label=t::label_name() name="name" required=true autocomplete="off" autofocus=true />
            <CreateBar sent=attempt.sent cancel_href="/contact-centre/agent-groups" />
        </ActionForm>
    }
    .into_any()
}
