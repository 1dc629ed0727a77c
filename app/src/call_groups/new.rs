//! A new ring group or call pickup group (C-13).

use super::words::{new_word, path, title};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::queues::{NoPbx, PbxSelect, get_pbx_names};
use crate::ui::{CreateBar, ErrorSummary, Field, Icon, Title};
use domain::PbxId;
use domain::contact_centre::call_group::Kind;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Creates a group; answers with the path of its page. Only a ring group has `ring_seconds`.
#[server(endpoint = "create_call_group")]
pub async fn create_call_group(
    kind: Kind,
    name: String,
    #[server(default)] pbx: String,
    #[server(default)] ring_seconds: String,
) -> Result<String, AppError> {
    use domain::contact_centre::call_group::CallGroupCreated;
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let pbxs = request.pbx_names().await?;
    let pbxs: Vec<PbxId> = pbxs.into_iter().map(|(id, _)| id).collect();
    let id = kind.id(store::new_id());
    let (on, typed) = ((pbx.parse().ok(), &*pbxs), (&*name, &*ring_seconds));
    let created = CallGroupCreated::allow(&request.actor, id, on, typed, request.now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = format!("{}?done=call-group", super::words::path_of(id));
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/contact-centre/ring-groups/new`
pub struct NewRingGroupPage;

#[lazy_route]
impl LazyRoute for NewRingGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <NewPage kind=Kind::Ring /> }.into_any()
    }
}

/// `/contact-centre/pickup-groups/new`
pub struct NewPickupGroupPage;

#[lazy_route]
impl LazyRoute for NewPickupGroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <NewPage kind=Kind::Pickup /> }.into_any()
    }
}

#[component]
fn NewPage(kind: Kind) -> AnyView {
    let pbxs = Resource::new(|| (), |()| get_pbx_names());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match pbxs.await {
                    Ok(pbxs) => view! { <New kind pbxs /> }.into_any(),
                    Err(error) => refused(error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The way back to the list.
#[component]
pub(super) fn Crumb(kind: Kind) -> impl IntoView {
    view! {
        <a class="crumb" href=path(kind)>
            {Icon::Back}
            {title(kind)}
        </a>
    }
}

/// The inputs of a group, the same for a new one and one that exists.
#[component]
pub(super) fn Inputs(kind: Kind, name: String, ring_seconds: i32) -> AnyView {
    let seconds = (kind == Kind::Ring).then(|| {
        view! {
            <Field label=t::label_ring_seconds() name="ring_seconds" value=ring_seconds.to_string() required=true
                inputmode="numeric" autocomplete="off" hint=t::queues_ring_hint() />
        }
    });
    view! {
        <Field label=t::label_name() name="name" value=name required=true autocomplete="off" />
        {seconds}
    }
    .into_any()
}

#[component]
fn New(kind: Kind, pbxs: Vec<(PbxId, String)>) -> AnyView {
    let create = ServerAction::<CreateCallGroup>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let code = match kind {
        Kind::Ring => "ring",
        Kind::Pickup => "pickup",
    };
    let body = match pbxs.is_empty() {
        true => view! { <NoPbx /> }.into_any(),
        false => view! {
            <ActionForm action=create attr:class="form" attr:novalidate=true>
                <input type="hidden" name="kind" value=code />
                <Inputs kind name=String::new() ring_seconds=20 />
                <PbxSelect pbxs />
                <CreateBar sent=attempt.sent cancel_href=path(kind) />
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <Title text=new_word(kind) />
        <Crumb kind />
        <div class="head">
            <h1>{new_word(kind)}</h1>
        </div>
        <ErrorSummary />
        {body}
    }
    .into_any()
}
