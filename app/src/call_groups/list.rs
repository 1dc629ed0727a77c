//! Every group of a kind with how many are in it (C-13).

use super::words::{new_word, path, path_of, title};
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Title};
use domain::contact_centre::call_group::{CallGroup, Kind};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A group with what the list says of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub group: CallGroup,
    pub pbx_name: String,
    pub members: i64,
}

#[cfg(feature = "ssr")]
impl From<store::call_group::Listed> for Listed {
    fn from(listed: store::call_group::Listed) -> Self {
        Self {
            group: listed.group,
            pbx_name: listed.pbx_name,
            members: listed.members,
        }
    }
}

/// Every group of a kind, for those who set them up.
#[server(endpoint = "list_call_groups", input = server_fn::codec::Json)]
pub async fn list_call_groups(kind: Kind) -> Result<Vec<Listed>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let groups = request.call_groups(kind).await?;
    Ok(groups.into_iter().map(Listed::from).collect())
}

/// `/contact-centre/ring-groups`
pub struct RingGroupsPage;

#[lazy_route]
impl LazyRoute for RingGroupsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <Groups kind=Kind::Ring /> }.into_any()
    }
}

/// `/contact-centre/pickup-groups`
pub struct PickupGroupsPage;

#[lazy_route]
impl LazyRoute for PickupGroupsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <Groups kind=Kind::Pickup /> }.into_any()
    }
}

#[component]
fn Groups(kind: Kind) -> AnyView {
    let groups = Resource::new(|| (), move |()| list_call_groups(kind));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match groups.await {
                    Ok(groups) => view! { <List kind groups /> }.into_any(),
                    Err(error) => refused(error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn List(kind: Kind, groups: Vec<Listed>) -> AnyView {
    let count = groups.len();
    let new = move || {
        let href = format!("{}/new", path(kind));
        view! {
            <a class="button primary thumb" href=href data-key="n">
                {Icon::Plus}
                {new_word(kind)}
            </a>
        }
    };
    let (empty, text) = match kind {
        Kind::Ring => (
            t::call_groups_ring_empty_title(),
            t::call_groups_ring_empty_text(),
        ),
        Kind::Pickup => (
            t::call_groups_pickup_empty_title(),
            t::call_groups_pickup_empty_text(),
        ),
    };
    let body = match count {
        0 => view! {
            <Empty icon=Icon::Phone title=empty text=text>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Table kind groups /> }.into_any(),
    };
    let actions = (count > 0).then(|| view! { <div class="actions">{new()}</div> });
    view! {
        <Title text=title(kind) />
        <div class="head">
            <h1>{title(kind)}</h1>
            <span class="count">{count}</span>
            {actions}
        </div>
        <Done />
        {body}
    }
    .into_any()
}

#[component]
fn Table(kind: Kind, groups: Vec<Listed>) -> AnyView {
    let rings = kind == Kind::Ring;
    let row = |listed: Listed| {
        let group = listed.group;
        let seconds = rings.then(|| {
            let seconds = t::queues_seconds(group.ring_seconds);
            view! { <td class="what">{seconds}</td> }
        });
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=path_of(group.id)>
                        <b>{group.name}</b>
                    </a>
                </td>
                <td class="where">{t::agent_groups_members(listed.members)}</td>
                {seconds}
                <td class="where">{listed.pbx_name}</td>
            </tr>
        }
    };
    let seconds = rings.then(|| view! { <th scope="col">{t::label_ring_seconds()}</th> });
    view! {
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_members()}</th>
                        {seconds}
                        <th scope="col">{t::label_pbx()}</th>
                    </tr>
                </thead>
                <tbody>{groups.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
