//! The audit page of the organisation: search, filters, and the entries.

use super::filter::{Filter, event_word};
use super::{AuditPage, Trail, search_audit};
use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Chip, Choice, Field, Icon, Popover, Search, Select, Submit};
use domain::Event;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::{LazyRoute, NavigateOptions, lazy_route};

/// `/audit?person=&event=&from=&until=&before=`
pub struct AuditTrailPage;

#[lazy_route]
impl LazyRoute for AuditTrailPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let filter = move || query.with(Filter::read);
        let found = Resource::new(filter, |filter| async move {
            let page = search_audit(filter.clone()).await?;
            Ok::<_, AppError>((filter, page))
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok((filter, page)) => view! { <Audit filter page /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Audit(filter: Filter, page: AuditPage) -> impl IntoView {
    let path = filter.with(|_| {});
    let narrowed = filter.narrows();
    view! {
        <Title text=t::audit_title() />
        <div class="head">
            <h1>{t::audit_title()}</h1>
        </div>
        <Bar filter />
        <Trail page path narrowed />
    }
}

/// Search, Filter, and the chips of what is filtered. One GET form, so it works without a script.
#[component]
fn Bar(filter: Filter) -> impl IntoView {
    let navigate = use_navigate();
    let typing = filter.clone();
    let typed = Callback::new(move |text: String| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&typing.with(|filter| filter.person = text), options);
    });
    let chips = filter.chips();
    let count = Signal::stored(chips.len());
    let person = filter.person.clone();
    view! {
        <form class="bar" method="get" action="/audit">
            <Search label=t::audit_search() placeholder=t::audit_search_hint() name="person" value=person on_input=typed />
            <Popover id="filter" label=t::employees_filter() icon=Icon::Filter count=count>
                <Filters filter />
            </Popover>
            {chips.into_iter().map(|(label, remove_href)| view! { <Chip label remove_href /> }).collect_view()}
            <noscript>
                <button class="button">{t::action_search()}</button>
            </noscript>
        </form>
    }
}

#[component]
fn Filters(filter: Filter) -> impl IntoView {
    let any: Choice = (String::new(), t::audit_any_event().to_owned());
    let events = Event::ALL
        .iter()
        .map(|event| (event.code().to_owned(), event_word(*event).to_owned()));
    let options: Vec<Choice> = std::iter::once(any).chain(events).collect();
    let event = filter.event.map(Event::code).unwrap_or_default().to_owned();
    view! {
        <Select label=t::audit_event() name="event" options value=event />
        <Field label=t::audit_from() name="from" kind="date" value=filter.from />
        <Field label=t::audit_until() name="until" kind="date" value=filter.until />
        <div class="buttons">
            <Submit label=t::action_apply() />
        </div>
    }
}
