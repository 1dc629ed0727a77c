//! The page: a section for each kind, a line for each thing.

use super::{Kind, Line};
use crate::appointments::ConfirmAppointment;
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, ErrorSummary, Icon, Time, Title};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// What needs the asker's attention: a statement for each kind.
#[server(endpoint = "needs_attention", input = server_fn::codec::Json)]
pub async fn needs_attention() -> Result<Vec<Line>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    if !actor.sees_attention() {
        return Err(domain::Refusal::Forbidden.into());
    }
    let (now, zone) = (request.now, request.zone());
    let attention = request.attention(&actor, now).await?;
    let language = crate::request::language(&request.session);
    // A person reads their own language, also where the request came without a page around it.
    Ok(crate::messages::with(language, || {
        super::lines(attention, Some(&actor), now, &zone)
    }))
}

/// `/attention`
pub struct AttentionPage;

#[lazy_route]
impl LazyRoute for AttentionPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let lines = Resource::new(|| (), |()| needs_attention());
        let confirm = ServerAction::<ConfirmAppointment>::new();
        let attempt = provide_form(confirm);
        say_when_done(attempt, t::appointments_was_confirmed, move || {
            lines.refetch()
        });
        when_late(attempt, move || lines.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match lines.await {
                        Ok(lines) => view! { <List lines confirm /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn List(lines: Vec<Line>, confirm: ServerAction<ConfirmAppointment>) -> impl IntoView {
    let count = lines.len();
    let sections = Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let of_kind: Vec<Line> = lines
                .iter()
                .filter(|line| line.kind == kind)
                .cloned()
                .collect();
            (!of_kind.is_empty()).then(|| view! { <OfKind kind lines=of_kind confirm /> })
        })
        .collect_view();
    let empty = (count == 0).then(|| {
        view! { <Empty icon=Icon::Check title=t::attention_empty_title() text=t::attention_empty_text() /> }
    });
    view! {
        <Title text=t::attention_title() />
        <div class="head">
            <h1>{t::attention_title()}</h1>
            {(count > 0).then(|| view! { <span class="count">{count}</span> })}
        </div>
        <Done />
        <ErrorSummary />
        {empty}
        <div class="attention">{sections}</div>
    }
}

#[component]
fn OfKind(
    kind: Kind,
    lines: Vec<Line>,
    confirm: ServerAction<ConfirmAppointment>,
) -> impl IntoView {
    let count = lines.len();
    let lines = lines
        .into_iter()
        .map(|line| view! { <Row line confirm /> })
        .collect_view();
    view! {
        <section aria-label=kind.title()>
            <h2>{kind.title()} " " <span class="count">{count}</span></h2>
            <ul class="sheet waits">{lines}</ul>
        </section>
    }
}

#[component]
fn Row(line: Line, confirm: ServerAction<ConfirmAppointment>) -> impl IntoView {
    let Line {
        what,
        detail,
        when,
        href,
        leaving,
        confirm: waits,
        ..
    } = line;
    // One of many buttons of the same word, told apart by what it is about.
    let named = format!("{}: {what}, {}", t::appointments_confirm(), when.text);
    let form = waits.map(|(id, version)| {
        view! {
            <ActionForm action=confirm>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <button class="button small" aria-label=named>{t::appointments_confirm()}</button>
            </ActionForm>
        }
    });
    let what = match href {
        Some(href) => view! { <a class="row-link" href=href><b>{what}</b></a> }.into_any(),
        None => view! { <b>{what}</b> }.into_any(),
    };
    let leaving = leaving.map(|href| {
        view! { <a class="button small above" href=href>{t::attention_leaving()}</a> }
    });
    view! {
        <li>
            <div class="what">
                {what}
                <span class="quiet">{detail}</span>
            </div>
            <Time moment=when />
            {leaving}
            {form}
        </li>
    }
}
