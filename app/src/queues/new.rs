//! A new queue (C-09).

use super::inputs::Inputs;
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Choice, CreateBar, Empty, ErrorSummary, Icon, Select, Title};
use domain::PbxId;
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{Direction, Profile, Strategy};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every PBX by name, for those who set up what runs on one.
#[server(endpoint = "get_pbx_names", input = server_fn::codec::Json)]
pub async fn get_pbx_names() -> Result<Vec<(PbxId, String)>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    Ok(request.pbx_names().await?)
}

/// Creates a queue; answers with the path of its page. `ending` is `manual` or `seconds`, and
/// `post_processing` the seconds; without `ending` it is either.
#[server(endpoint = "create_queue")]
pub async fn create_queue(
    name: String,
    #[server(default)] pbx: String,
    #[server(default)] direction: String,
    #[server(default)] ending: String,
    #[server(default)] post_processing: String,
    #[server(default)] strategy: String,
    #[server(default)] ring_seconds: String,
) -> Result<String, AppError> {
    use domain::contact_centre::queue::{Draft, QueueCreated};
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let draft = Draft {
        name,
        direction,
        post_processing: super::inputs::timeout(&ending, post_processing),
        strategy,
        ring_seconds,
    };
    let pbxs = request.pbx_names().await?;
    let pbxs: Vec<PbxId> = pbxs.into_iter().map(|(id, _)| id).collect();
    let id = domain::QueueId(store::new_id());
    let on = (pbx.parse().ok(), &*pbxs);
    let created = QueueCreated::allow(&request.actor, id, on, &draft, request.now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = format!("/contact-centre/queues/{id}?done=queue");
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/contact-centre/queues/new`
pub struct NewQueuePage;

#[lazy_route]
impl LazyRoute for NewQueuePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let pbxs = Resource::new(|| (), |()| get_pbx_names());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match pbxs.await {
                        Ok(pbxs) => view! { <New pbxs /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// The way back to the list.
#[component]
pub(super) fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/queues">
            {Icon::Back}
            {t::queues_title()}
        </a>
    }
}

/// Where something new runs; where there is no PBX, the way to one.
#[component]
pub(crate) fn PbxSelect(pbxs: Vec<(PbxId, String)>) -> AnyView {
    let first = pbxs.first().map(|(id, _)| id.to_string());
    let options = pbxs.into_iter();
    let options: Vec<Choice> = options.map(|(id, name)| (id.to_string(), name)).collect();
    view! {
        <Select label=t::label_pbx() name="pbx" options=options value=first.unwrap_or_default() required=true
            hint=t::queues_pbx_hint() />
    }
    .into_any()
}

/// That nothing can be made before there is a PBX.
#[component]
pub(crate) fn NoPbx() -> AnyView {
    view! {
        <Empty icon=Icon::Phone title=t::queues_no_pbx() text=t::queues_no_pbx_text()>
            <div class="buttons">
                <a class="button" href="/contact-centre/pbxs">{t::label_pbx()}</a>
            </div>
        </Empty>
    }
    .into_any()
}

#[component]
fn New(pbxs: Vec<(PbxId, String)>) -> AnyView {
    let create = ServerAction::<CreateQueue>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let profile = Profile {
        name: String::new(),
        direction: Direction::Inbound,
        post_processing: PostProcessing::Seconds(30),
        strategy: Strategy::InTurn,
        ring_seconds: 20,
    };
    let body = match pbxs.is_empty() {
        true => view! { <NoPbx /> }.into_any(),
        false => view! {
            <ActionForm action=create attr:class="form" attr:novalidate=true>
                <Inputs profile />
                <PbxSelect pbxs />
                <CreateBar sent=attempt.sent cancel_href="/contact-centre/queues" />
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <Title text=t::queues_new() />
        <Crumb />
        <div class="head">
            <h1>{t::queues_new()}</h1>
        </div>
        <ErrorSummary />
        {body}
    }
    .into_any()
}
