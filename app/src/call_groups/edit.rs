//! The page of one ring group or call pickup group (C-13).

use super::list::Listed;
use super::members::{Members, SaveCallMembers, get_call_members};
use super::new::{Crumb, Inputs};
use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::{Done, leave_when_done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::queues::Found;
use crate::ui::{ErrorSummary, GroupWhy, Pill, SaveBar, Submit, Title, Tone};
use domain::contact_centre::call_group::{CallGroupId, Kind};
use domain::{Refusal, Version};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use uuid::Uuid;

/// A group, with how many are in it and the names of the scripts that lead to it.
#[server(endpoint = "get_call_group", input = server_fn::codec::Json)]
pub async fn get_call_group(id: CallGroupId) -> Result<(Listed, Vec<String>), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.call_group(id).await?.ok_or(Refusal::NotFound)?;
    let scripts = request.scripts_to_call_group(id).await?;
    Ok((listed.into(), scripts))
}

/// Says something else of a group.
#[server(endpoint = "revise_call_group")]
pub async fn revise_call_group(
    kind: Kind,
    id: Uuid,
    version: Version,
    name: String,
    #[server(default)] ring_seconds: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let id = kind.id(id);
    let group = request
        .call_group(id)
        .await?
        .ok_or(Refusal::NotFound)?
        .group;
    request.refuse_if_missed(&group, version).await?;
    let change = group.revise(&request.actor, (&name, &ring_seconds), request.now)?;
    if let Some(change) = change {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", super::words::path_of(id)));
    Ok(())
}

/// Deletes a group to which no script leads; answers with the path of the list.
#[server(endpoint = "delete_call_group")]
pub async fn delete_call_group(kind: Kind, id: Uuid, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let id = kind.id(id);
    let group = request
        .call_group(id)
        .await?
        .ok_or(Refusal::NotFound)?
        .group;
    request.refuse_if_missed(&group, version).await?;
    let scripts = request.scripts_to_call_group(id).await?;
    let deleted = group.delete(&request.actor, scripts, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = format!("{}?done=call-group-deleted", super::words::path(kind));
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/contact-centre/ring-groups/ID`
pub struct RingGroupPage;

#[lazy_route]
impl LazyRoute for RingGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <GroupPage kind=Kind::Ring code="ring" /> }.into_any()
    }
}

/// `/contact-centre/pickup-groups/ID`
pub struct PickupGroupPage;

#[lazy_route]
impl LazyRoute for PickupGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <GroupPage kind=Kind::Pickup code="pickup" /> }.into_any()
    }
}

#[derive(Clone, Copy)]
struct Forms {
    revise: ServerAction<ReviseCallGroup>,
    revised: Attempt,
    put: ServerAction<SaveCallMembers>,
    was_put: Attempt,
    delete: ServerAction<DeleteCallGroup>,
}

#[component]
fn GroupPage(kind: Kind, code: &'static str) -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        let id = params.with(|params| params.get("id")?.parse::<Uuid>().ok());
        (id, of("q"), of("who") == "all", of("after"))
    };
    let one = Resource::new(asked, move |(id, search, everybody, after)| async move {
        let id = kind.id(id.ok_or(Refusal::NotFound)?);
        let (group, scripts) = get_call_group(id).await?;
        let found = get_call_members(id, search, everybody, after).await?;
        Ok::<_, AppError>((group, scripts, found))
    });
    let (revise, put, delete) = (
        ServerAction::<ReviseCallGroup>::new(),
        ServerAction::<SaveCallMembers>::new(),
        ServerAction::<DeleteCallGroup>::new(),
    );
    let (revised, was_put, deleted) = (
        provide_form(revise),
        provide_form(put),
        provide_form(delete),
    );
    provide_problems_of([revised, was_put, deleted]);
    say_when_done(revised, t::landing_saved, move || one.refetch());
    say_when_done(was_put, t::landing_saved, move || one.refetch());
    leave_when_done(delete);
    when_late(revised, move || one.refetch());
    when_late(deleted, move || one.refetch());
    let forms = Forms {
        revise,
        revised,
        put,
        was_put,
        delete,
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match one.await {
                    Ok((listed, scripts, found)) => {
                        view! { <Edit code listed scripts found forms /> }.into_any()
                    }
                    Err(error) => refused(error),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Edit(
    code: &'static str,
    listed: Listed,
    scripts: Vec<String>,
    found: Found<bool>,
    forms: Forms,
) -> AnyView {
    let group = listed.group;
    let (id, kind) = (group.id, group.id.kind());
    let hidden = move || {
        view! {
            <input type="hidden" name="kind" value=code />
            <input type="hidden" name="id" value=id.uuid().to_string() />
            <input type="hidden" name="version" value=group.version.to_string() />
        }
    };
    let text = match scripts.is_empty() {
        true => t::call_groups_delete_text().to_owned(),
        false => t::queues_led_to(scripts.join(", ")),
    };
    let delete = scripts.is_empty().then(|| {
        view! {
            <ActionForm action=forms.delete>
                {hidden()}
                <Submit label=t::call_groups_confirm_delete() danger=true pending=forms.delete.pending() />
            </ActionForm>
        }
    });
    view! {
        <Title text=group.name.clone() />
        <Crumb kind />
        <div class="head">
            <h1>{group.name.clone()}</h1>
            <Pill tone=Tone::Quiet text=listed.pbx_name />
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=forms.revise attr:class="form" attr:novalidate=true>
            {hidden()}
            <Inputs kind name=group.name ring_seconds=group.ring_seconds />
            <SaveBar pending=forms.revise.pending() saved=forms.revised.successes />
        </ActionForm>
        <GroupWhy name="members" />
        <Members id code found save=forms.put saved=forms.was_put.successes />
        <section class="danger-zone">
            <div>
                <h2>{t::call_groups_confirm_delete()}</h2>
                <p class="quiet">{text}</p>
            </div>
            {delete}
        </section>
    }
    .into_any()
}
