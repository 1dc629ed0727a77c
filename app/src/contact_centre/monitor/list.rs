//! The list: who is in which state, live.

use super::address::{Address, PATH, of_code, of_from_code};
use super::call::{Call, CallPill, call_word};
use super::words::{StatePill, queue_words, shown_word};
use crate::error::AppError;
use crate::live;
use crate::messages::{at_once, number, t};
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Moment, Pager, Person, Search, Submit, Time, Title};
use domain::contact_centre::monitor::{Of, Page, Phone, Query, Shown, Watchable, Watched};
use domain::listing::{PAGE_SIZES, Place};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::{LazyRoute, NavigateOptions, lazy_route};
use serde::{Deserialize, Serialize};

/// Somebody, with since when they are in their state.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    pub watched: Watched,
    pub since: Moment,
    pub call: Option<Call>,
}

/// A page of those whom one watches.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub rows: Vec<Standing>,
    /// The rest of the page; its rows are above.
    pub page: Page,
    pub watchable: Watchable,
}

/// Those whom one watches, with their state: everybody for Administrators, members of what is assigned
/// and enabled for supervisors. Three statements, four where a PBX is heard.
#[server(endpoint = "list_watched", input = server_fn::codec::Json)]
pub async fn list_watched(query: Query) -> Result<Listed, AppError> {
    use domain::contact_centre::monitor::Watching;
    let mut request = crate::request::Read::begin().await?;
    let watching = Watching::of(request.actor())?;
    let presence = expect_context::<crate::request::Deployment>().presence;
    let on_call = presence.on_call(request.actor().organisation());
    let mut page = request.watched(watching, &query, on_call.as_ref()).await?;
    let watchable = request.watchable(watching).await?;
    let (zone, now) = (request.zone(), request.now);
    let standing = |watched: Watched| Standing {
        since: crate::ui::moment::since(watched.since, now, &zone),
        call: super::call::heard(&presence, &watched, now, &zone),
        watched,
    };
    let rows = std::mem::take(&mut page.rows);
    Ok(Listed {
        rows: rows.into_iter().map(standing).collect(),
        page,
        watchable,
    })
}

type Rows = Resource<Result<Listed, AppError>>;

/// `/contact-centre/monitor`
pub struct MonitorPage;

#[lazy_route]
impl LazyRoute for MonitorPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, changes) = (use_query_map(), live::changes_and_calls());
        let asked = move || (Address::read(&params.get()), changes.get());
        let rows: Rows = Resource::new(asked, |(address, _)| list_watched(address.query));
        let here = move || Address::read(&params.get_untracked());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(listed) => heading(&listed.page),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    rows.await.ok().map(|listed| states(&here(), &listed.page))
                })}
            </Transition>
            <Bar rows />
            <Transition>
                {move || Suspend::new(async move {
                    rows.await.ok().map(|listed| at_once(|| view! { <Table address=here() listed /> }))
                })}
            </Transition>
        }
        .into_any()
    }
}

fn heading(page: &Page) -> AnyView {
    view! {
        <Title text=t::monitor_title() />
        <div class="head">
            <h1>{t::monitor_title()}</h1>
            <span class="count" aria-live="polite">
                {number(page.count(None))}
                <span class="visually-hidden">{t::monitor_people()}</span>
            </span>
        </div>
    }
    .into_any()
}

/// How many are in each state, as links to them.
fn states(address: &Address, page: &Page) -> impl IntoView + use<> {
    let asked = address.query.state;
    let on_call = address.query.on_call;
    let link = |href: String, current: bool, count: i64, word: &'static str| {
        view! {
            <a href=href aria-current=current.then_some("true")>
                <b>{number(count)}</b>
                <span>{word}</span>
            </a>
        }
    };
    let in_state = |state: Option<Shown>, word: &'static str| {
        let href = address.with(|query| (query.state, query.on_call) = (state, false));
        link(href, asked == state && !on_call, page.count(state), word)
    };
    let each = Shown::ALL.map(|shown| in_state(Some(shown), shown_word(shown)));
    let calling = page.on_call.map(|count| {
        let href = address.with(|query| (query.state, query.on_call) = (None, true));
        link(href, on_call, count, call_word(Phone::OnCall))
    });
    view! {
        <nav class="states" aria-label=t::monitor_states()>
            {in_state(None, t::monitor_all())}
            {each}
            {calling}
        </nav>
    }
}

/// Search, and the queue or group that is looked at. One GET form, so it works without a script.
#[component]
fn Bar(rows: Rows) -> AnyView {
    let params = use_query_map();
    let navigate = use_navigate();
    let go = move |address: String| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address, options);
    };
    let here = move || Address::read(&params.get_untracked());
    let go_on = go.clone();
    let typed = Callback::new(move |text: String| go_on(here().with(|query| query.search = text)));
    let choose = Callback::new(move |code: String| {
        go(here().with(|query| query.of = of_from_code(&code)));
    });
    let search = Signal::derive(move || params.with(|params| params.get("q")).unwrap_or_default());
    let kept = move |name| move || params.with(|params| params.get(name)).unwrap_or_default();
    let (state, phone) = (kept("state"), kept("phone"));
    view! {
        <form class="bar" method="get" action=PATH>
            <Search label=t::monitor_search() placeholder=t::monitor_search_hint() value=search on_input=typed />
            <input type="hidden" name="state" value=state />
            <input type="hidden" name="phone" value=phone />
            <Transition>
                {move || Suspend::new(async move {
                    rows.await.ok().map(|listed| chosen(here().query.of, listed.watchable, choose))
                })}
            </Transition>
            <noscript>
                <Submit label=t::monitor_show() secondary=true />
            </noscript>
        </form>
    }
    .into_any()
}

fn chosen(of: Option<Of>, watchable: Watchable, choose: Callback<String>) -> AnyView {
    let option = |one: Of, name: String| {
        view! { <option value=of_code(one) selected=of == Some(one)>{name}</option> }
    };
    let queues = watchable.queues.into_iter();
    let queues: Vec<_> = queues
        .map(|(id, name)| option(Of::Queue(id), name))
        .collect();
    let groups = watchable.groups.into_iter();
    let groups: Vec<_> = groups
        .map(|(id, name)| option(Of::Group(id), name))
        .collect();
    let queues = (!queues.is_empty())
        .then(|| view! { <optgroup label=t::contact_users_queues()>{queues}</optgroup> });
    let groups = (!groups.is_empty())
        .then(|| view! { <optgroup label=t::agent_groups_title()>{groups}</optgroup> });
    view! {
        <select class="input watched" name="of" aria-label=t::monitor_of()
            on:change=move |event| choose.run(event_target_value(&event))>
            <option value="">{t::monitor_of_all()}</option>
            {queues}
            {groups}
        </select>
    }
    .into_any()
}

#[component]
fn Table(address: Address, listed: Listed) -> AnyView {
    if listed.rows.is_empty() {
        return empty(&address, &listed.watchable);
    }
    let rows = listed.rows.iter().cloned();
    let grouped = !listed.watchable.groups.is_empty();
    let heard = listed.page.on_call.is_some();
    let rows = rows.map(|row| view! { <Row row heard grouped /> });
    let rows = rows.collect_view();
    let group = grouped.then(|| view! { <th scope="col">{t::label_agent_group()}</th> });
    view! {
        <div class="sheet">
            <table class="table monitor">
                <caption class="visually-hidden">{t::monitor_title()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::monitor_state()}</th>
                        <th scope="col">{t::monitor_since()}</th>
                        {heard.then(|| view! { <th scope="col">{t::monitor_phone()}</th> })}
                        <th scope="col">{t::contact_users_queues()}</th>
                        {group}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Pages address listed />
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: Standing, heard: bool, grouped: bool) -> AnyView {
    let watched = row.watched;
    let extension = watched.extension.clone().unwrap_or_default();
    let href = format!("{PATH}/{}", watched.id);
    view! {
        <tr>
            <td class="who">
                <Person name=watched.name.clone() email=extension id=watched.id.to_string() href=href />
            </td>
            <td class="status">
                <StatePill watched=watched.clone() />
            </td>
            <td class="when">
                <Time moment=row.since />
            </td>
            {heard.then(|| view! { <td class="call">{row.call.map(|call| view! { <CallPill call /> })}</td> })}
            <td class="where">{queue_words(&watched.queues)}</td>
            {grouped.then(|| view! { <td class="where">{watched.group}</td> })}
        </tr>
    }
    .into_any()
}

#[component]
fn Pages(address: Address, listed: Listed) -> AnyView {
    let page = &listed.page;
    let size = u64::from(address.query.rows());
    let rows = listed.rows.len() as u64;
    let first = if page.before { address.first.max(2) } else { 1 };
    let total = u64::try_from(page.total(&address.query)).unwrap_or_default();
    let cursor = |row: Option<&Standing>| row.map(|row| row.watched.cursor.clone());
    let previous = page.before.then(|| cursor(listed.rows.first())).flatten();
    let previous = previous.map(|cursor| {
        let first = first.saturating_sub(size).max(1);
        address.at(Place::Before(cursor), first)
    });
    let next = page.after.then(|| cursor(listed.rows.last())).flatten();
    let next = next.map(|cursor| address.at(Place::After(cursor), first + rows));
    let sizes = PAGE_SIZES.into_iter().filter_map(|size| {
        let href = address.with(|query| query.size = Some(size));
        Some((
            u16::try_from(size).ok()?,
            href,
            size == address.query.rows(),
        ))
    });
    let sizes = sizes.collect();
    view! { <Pager first=first last=first + rows - 1 total=total more=false previous=previous next=next sizes=sizes /> }
        .into_any()
}

fn empty(address: &Address, watchable: &Watchable) -> AnyView {
    let query = &address.query;
    if query.of.is_some()
        || query.state.is_some()
        || query.on_call
        || !query.search.trim().is_empty()
    {
        return view! {
            <Empty icon=Icon::Search title=t::monitor_no_match() text=t::monitor_no_match_text()>
                <div class="buttons">
                    <a class="button" href=PATH>{t::monitor_all_again()}</a>
                </div>
            </Empty>
        }
        .into_any();
    }
    let nothing = watchable.queues.is_empty() && watchable.groups.is_empty();
    let text = match nothing {
        true => t::monitor_nothing_text(),
        false => t::monitor_nobody_text(),
    };
    view! { <Empty icon=Icon::Headset title=t::monitor_nobody() text=text /> }.into_any()
}
