//! The first visit: what is set up, in the order in which things need each other, with a tick at what
//! is done (C-01 to C-19).

use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Icon, Pill, Title, Tone};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// How many there are of what is set up.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Counts {
    pub pbxs: i64,
    pub tenants: i64,
    pub numbers: i64,
    /// Seats of all licenses together.
    pub seats: i64,
    /// Agent groups besides the default one.
    pub groups: i64,
    pub queues: i64,
    pub scripts: i64,
    pub channels: i64,
    pub users: i64,
}

/// How far the contact centre is set up: one statement.
#[server(endpoint = "contact_centre_steps", input = server_fn::codec::Json)]
pub async fn contact_centre_steps() -> Result<Counts, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let steps = request.contact_centre_steps().await?;
    Ok(Counts {
        pbxs: steps.pbxs,
        tenants: steps.tenants,
        numbers: steps.numbers,
        seats: steps.seats,
        groups: steps.groups,
        queues: steps.queues,
        scripts: steps.scripts,
        channels: steps.channels,
        users: steps.users,
    })
}

/// `/contact-centre`
pub struct StepsPage;

#[lazy_route]
impl LazyRoute for StepsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let counts = Resource::new(|| (), |()| contact_centre_steps());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match counts.await {
                        Ok(counts) => view! { <Steps counts /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// One step: what it is, what it is for, and how far it is.
struct Step {
    title: &'static str,
    why: &'static str,
    /// Where it is done; `None` where there is no page for it yet.
    href: Option<&'static str>,
    done: bool,
    count: String,
}

fn steps(counts: Counts) -> [Step; 8] {
    let step = |title, why, href, done: i64, count| Step {
        title,
        why,
        href,
        done: done > 0,
        count,
    };
    let page = |href| Some(href);
    let Counts {
        pbxs,
        tenants,
        numbers,
        seats,
        ..
    } = counts;
    let calls = counts.scripts.min(counts.channels);
    [
        step(
            t::setup_pbxs(),
            t::setup_pbx_why(),
            page("/contact-centre/pbxs"),
            pbxs,
            t::setup_n_pbxs(pbxs),
        ),
        step(
            t::setup_tenants(),
            t::setup_tenant_why(),
            page("/contact-centre/tenants"),
            tenants,
            t::setup_n_tenants(tenants),
        ),
        step(
            t::setup_numbers(),
            t::setup_number_why(),
            page("/contact-centre/numbers"),
            numbers,
            t::setup_n_numbers(numbers),
        ),
        step(
            t::setup_licenses(),
            t::setup_license_why(),
            page("/contact-centre/licenses"),
            seats,
            t::setup_n_seats(seats),
        ),
        step(
            t::setup_groups(),
            t::setup_group_why(),
            page("/contact-centre/agent-groups"),
            counts.groups,
            t::setup_n_groups(counts.groups),
        ),
        step(
            t::setup_queues(),
            t::setup_queue_why(),
            page("/contact-centre/queues"),
            counts.queues,
            t::setup_n_queues(counts.queues),
        ),
        step(
            t::setup_channels(),
            t::setup_channel_why(),
            None,
            calls,
            t::setup_n_scripts(counts.scripts),
        ),
        step(
            t::setup_users(),
            t::setup_user_why(),
            page("/contact-centre/users"),
            counts.users,
            t::setup_n_users(counts.users),
        ),
    ]
}

#[component]
fn Steps(counts: Counts) -> AnyView {
    let steps = steps(counts);
    let next = steps
        .iter()
        .position(|step| !step.done && step.href.is_some());
    let done = steps.iter().filter(|step| step.done).count();
    let all = steps.len();
    let item = |(index, step): (usize, Step)| view! { <Item step next={next == Some(index)} /> };
    let items = steps.into_iter().enumerate().map(item).collect_view();
    view! {
        <Title text=t::setup_title() />
        <div class="head">
            <h1>{t::setup_title()}</h1>
            <span class="count">{t::setup_so_far(all, done)}</span>
        </div>
        <p class="intro">{t::setup_text()}</p>
        <ol class="sheet setup-steps">{items}</ol>
    }
    .into_any()
}

#[component]
fn Item(step: Step, next: bool) -> impl IntoView {
    let (tone, word) = match (step.done, next) {
        (true, _) => (Tone::Good, t::setup_done()),
        (false, true) => (Tone::Accent, t::setup_next()),
        (false, false) => (Tone::Quiet, t::setup_later()),
    };
    let title = match step.href {
        Some(href) => view! { <a class="row-link" href=href><b>{step.title}</b></a> }.into_any(),
        None => view! { <b>{step.title}</b> }.into_any(),
    };
    let tick = step.done.then(|| view! { {Icon::Check} });
    view! {
        <li aria-current=next.then_some("step") data-done=step.done.then_some("true")>
            <span class="tick" aria-hidden="true">{tick}</span>
            <div class="what">
                {title}
                <span class="quiet">{step.why}</span>
            </div>
            <span class="quiet">{step.count}</span>
            <Pill tone text=word />
        </li>
    }
}
