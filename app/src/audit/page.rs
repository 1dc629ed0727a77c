//! The audit page of the organisation: search, filters, and the entries.

use super::filter::{Filter, event_word};
use super::{Trail, search_audit};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Chip, Choice, Field, Icon, Popover, Search, Select, Submit, Title};
use domain::Event;
use leptos::prelude::*;
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
        let filter = Memo::new(move |_| query.with(Filter::read));
        let found = Resource::new(move || filter.get(), search_audit);
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(_) => heading(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
            <Bar filter />
            <Transition>
                {move || Suspend::new(async move {
                    found.await.ok().map(|page| {
                        let filter = filter.get_untracked();
                        view! { <Trail page path=filter.with(|_| {}) narrowed=filter.narrows() /> }
                    })
                })}
            </Transition>
        }
        .into_any()
    }
}

fn heading() -> AnyView {
    view! {
        <Title text=t::audit_title() />
        <div class="head">
            <h1>{t::audit_title()}</h1>
        </div>
    }
    .into_any()
}

/// Search, Filter, and the chips of what is filtered. One GET form, so it works without a script. It
/// stands outside of what is awaited, so that it stays while entries are on their way.
#[component]
fn Bar(filter: Memo<Filter>) -> impl IntoView {
    let navigate = use_navigate();
    let typed = Callback::new(move |text: String| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        let address = filter.with_untracked(|filter| filter.with(|filter| filter.person = text));
        navigate(&address, options);
    });
    let person = Signal::derive(move || filter.with(|filter| filter.person.clone()));
    // What is typed into the search changes nothing here.
    let beside = Memo::new(move |_| Filter {
        person: String::new(),
        before: None,
        ..filter.get()
    });
    let narrowing = move || {
        let beside = beside.get();
        let chips = filter.with_untracked(Filter::chips);
        let count = Signal::stored(chips.len());
        let chips = chips
            .into_iter()
            .map(|(label, remove_href)| view! { <Chip label remove_href /> });
        view! {
            <Popover id="filter" label=t::employees_filter() icon=Icon::Filter count=count>
                <Filters filter=beside.clone() />
            </Popover>
            {chips.collect_view()}
        }
    };
    view! {
        <form class="bar" method="get" action="/audit">
            <Search label=t::audit_search() placeholder=t::audit_search_hint() name="person" value=person on_input=typed />
            {narrowing}
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
