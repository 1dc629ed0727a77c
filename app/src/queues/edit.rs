//! The page of one queue: what it is, who takes its calls, and its end (C-09, C-10).

use super::inputs::Inputs;
use super::list::Listed;
use super::members::{Found, Members, Place, SaveQueueMembers, get_queue_members};
use super::new::Crumb;
use super::words::direction_word;
use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::{Done, leave_when_done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, GroupWhy, Notice, Pill, SaveBar, Submit, Title, Tone};
use domain::{QueueId, Refusal, Version};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

/// A queue, with how many are in it and the names of the scripts that lead to it.
#[server(endpoint = "get_queue", input = server_fn::codec::Json)]
pub async fn get_queue(id: QueueId) -> Result<(Listed, Vec<String>), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.queue(id).await?.ok_or(Refusal::NotFound)?;
    let scripts = request.scripts_to_queue(id).await?;
    Ok((listed.into(), scripts))
}

/// Says something else of a queue; the timeout as in [`super::CreateQueue`].
#[server(endpoint = "revise_queue")]
pub async fn revise_queue(
    id: QueueId,
    version: Version,
    name: String,
    #[server(default)] direction: String,
    #[server(default)] ending: String,
    #[server(default)] post_processing: String,
    #[server(default)] strategy: String,
    #[server(default)] ring_seconds: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.queue(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&listed.queue, version).await?;
    let draft = domain::contact_centre::queue::Draft {
        name,
        direction,
        post_processing: super::inputs::timeout(&ending, post_processing),
        strategy,
        ring_seconds,
    };
    let (actor, now) = (request.actor.clone(), request.now);
    let change = listed.queue.revise(&actor, &draft, listed.engage, now)?;
    if let Some(change) = change {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/contact-centre/queues/{id}?done=saved"));
    Ok(())
}

/// Deletes a queue to which no script leads; answers with the path of the list.
#[server(endpoint = "delete_queue")]
pub async fn delete_queue(id: QueueId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.queue(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&listed.queue, version).await?;
    let scripts = request.scripts_to_queue(id).await?;
    let deleted = listed.queue.delete(&request.actor, scripts, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/queues?done=queue-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/queues/ID`
pub struct QueuePage;

#[derive(Clone, Copy)]
struct Forms {
    revise: ServerAction<ReviseQueue>,
    revised: Attempt,
    put: ServerAction<SaveQueueMembers>,
    was_put: Attempt,
    delete: ServerAction<DeleteQueue>,
}

#[lazy_route]
impl LazyRoute for QueuePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = move || {
            let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            let id = params.with(|params| params.get("id")?.parse::<QueueId>().ok());
            (id, of("q"), of("who") == "all", of("after"))
        };
        let one = Resource::new(asked, |(id, search, everybody, after)| async move {
            let id = id.ok_or(Refusal::NotFound)?;
            let (queue, scripts) = get_queue(id).await?;
            let found = get_queue_members(id, search, everybody, after).await?;
            Ok::<_, AppError>((queue, scripts, found))
        });
        let (revise, put, delete) = (
            ServerAction::<ReviseQueue>::new(),
            ServerAction::<SaveQueueMembers>::new(),
            ServerAction::<DeleteQueue>::new(),
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
                            view! { <Edit listed scripts found forms /> }.into_any()
                        }
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(listed: Listed, scripts: Vec<String>, found: Found<Place>, forms: Forms) -> AnyView {
    let queue = listed.queue;
    let (id, version) = (queue.id, queue.version.to_string());
    let from = version.clone();
    let name = queue.name.clone();
    let engage = (listed.engage > 0).then(|| {
        view! {
            <Notice title=t::queues_engage_here(listed.engage)>
                <p>{t::queues_engage_here_text()}</p>
            </Notice>
        }
    });
    view! {
        <Title text=name.clone() />
        <Crumb />
        <div class="head">
            <h1>{name}</h1>
            <Pill tone=Tone::Quiet text=direction_word(queue.direction) />
            <Pill tone=Tone::Quiet text=listed.pbx_name />
        </div>
        <p>
            <a href=format!("/contact-centre/offers?queue={id}")>{t::offers_title()}</a>
        </p>
        <Done />
        <ErrorSummary />
        <ActionForm action=forms.revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=from />
            {engage}
            <Inputs profile=queue.profile />
            <SaveBar pending=forms.revise.pending() saved=forms.revised.successes />
        </ActionForm>
        <GroupWhy name="members" />
        <Members id found save=forms.put saved=forms.was_put.successes />
        <Delete id version assigned=listed.assigned scripts delete=forms.delete />
    }
    .into_any()
}

#[component]
fn Delete(
    id: QueueId,
    version: String,
    assigned: i64,
    scripts: Vec<String>,
    delete: ServerAction<DeleteQueue>,
) -> AnyView {
    let text = match scripts.is_empty() {
        true => t::queues_delete_text(assigned),
        false => t::queues_led_to(scripts.join(", ")),
    };
    let form = scripts.is_empty().then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version />
                <Submit label=t::queues_confirm_delete() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    view! {
        <section class="danger-zone">
            <div>
                <h2>{t::queues_confirm_delete()}</h2>
                <p class="quiet">{text}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
