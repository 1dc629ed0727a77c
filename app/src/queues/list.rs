//! The Queues page: every queue with how many take its calls (C-09).

use super::words::{direction_word, timeout_word};
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Pill, Title, Tone};
use domain::contact_centre::queue::Queue;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A queue with what the list says of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub queue: Queue,
    pub pbx_name: String,
    pub assigned: i64,
    pub enabled: i64,
    /// How many Engage users are assigned, enabled or not.
    pub engage: i64,
}

#[cfg(feature = "ssr")]
impl From<store::queue::Listed> for Listed {
    fn from(listed: store::queue::Listed) -> Self {
        Self {
            queue: listed.queue,
            pbx_name: listed.pbx_name,
            assigned: listed.assigned,
            enabled: listed.enabled,
            engage: listed.engage,
        }
    }
}

/// Every queue, for those who set them up.
#[server(endpoint = "list_queues", input = server_fn::codec::Json)]
pub async fn list_queues() -> Result<Vec<Listed>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let queues = request.queues().await?;
    Ok(queues.into_iter().map(Listed::from).collect())
}

/// `/contact-centre/queues`
pub struct QueuesPage;

#[lazy_route]
impl LazyRoute for QueuesPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let queues = Resource::new(|| (), |()| list_queues());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match queues.await {
                        Ok(queues) => view! { <List queues /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(queues: Vec<Listed>) -> AnyView {
    let count = queues.len();
    let new = || {
        view! {
            <a class="button primary thumb" href="/contact-centre/queues/new" data-key="n">
                {Icon::Plus}
                {t::queues_new()}
            </a>
        }
    };
    let body = match count {
        0 => view! {
            <Empty icon=Icon::Phone title=t::queues_empty_title() text=t::queues_empty_text()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Table queues /> }.into_any(),
    };
    let actions = (count > 0).then(|| {
        view! {
            <div class="actions">
                <a class="button" href="/contact-centre/queues/matrix">{t::queues_matrix()}</a>
                {new()}
            </div>
        }
    });
    view! {
        <Title text=t::queues_title() />
        <div class="head">
            <h1>{t::queues_title()}</h1>
            <span class="count">{count}</span>
            {actions}
        </div>
        <Done />
        {body}
    }
    .into_any()
}

#[component]
fn Table(queues: Vec<Listed>) -> AnyView {
    let row = |listed: Listed| {
        let queue = listed.queue;
        let engage = (listed.engage > 0)
            .then(|| view! { <Pill tone=Tone::Accent text=t::queues_engage_mark() /> });
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/queues/{}", queue.id)>
                        <b>{queue.name.clone()}</b>
                    </a>
                </td>
                <td class="what">{direction_word(queue.direction)}</td>
                <td class="what">{timeout_word(queue.post_processing)}" "{engage}</td>
                <td class="where">{t::queues_enabled_of(listed.assigned, listed.enabled)}</td>
                <td class="where">{listed.pbx_name}</td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_direction()}</th>
                        <th scope="col">{t::label_post_processing()}</th>
                        <th scope="col">{t::queues_enabled_of_assigned()}</th>
                        <th scope="col">{t::label_pbx()}</th>
                    </tr>
                </thead>
                <tbody>{queues.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
