//! Contact centre → Users: the list, its search and its filters (C-01).

use super::address::{Address, PATH};
use super::words::{held_words, license_word};
use crate::error::AppError;
use crate::landing::Done;
use crate::live;
use crate::me::picture_href;
use crate::messages::{at_once, number, t};
use crate::outcome::refused;
use crate::ui::{
    Check, Chip, Empty, Icon, Pager, Person, Pill, Popover, Search, StatusPill, Submit, Title,
    Tone, status_word,
};
use domain::contact_centre::listing::{LicenseKind, Page, Query, Summary};
use domain::listing::{PAGE_SIZES, Place};
use domain::{AgentGroupId, QueueId, Status};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::{LazyRoute, NavigateOptions, lazy_route};
use serde::{Deserialize, Serialize};

/// How many queues a row names before it only counts.
const NAMED: usize = 2;

/// What one can filter by, and what the Work licenses in rows are called.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Filters {
    pub groups: Vec<(AgentGroupId, String)>,
    pub queues: Vec<(QueueId, String)>,
    /// The Work licenses: code and name.
    pub plans: Vec<(String, String)>,
}

/// A page of the contact-centre users: one statement.
#[server(endpoint = "list_contact_users", input = server_fn::codec::Json)]
pub async fn list_contact_users(query: Query) -> Result<Page, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    Ok(request.contact_users(&query).await?)
}

/// What the list can be filtered by; read once, and not with each key press.
#[server(endpoint = "contact_filters", input = server_fn::codec::Json)]
pub async fn contact_filters() -> Result<Filters, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let groups = request.group_choices().await?.into_iter();
    Ok(Filters {
        groups: groups.map(|group| (group.id, group.name)).collect(),
        queues: request.queue_choices().await?,
        plans: request.plan_names().await?,
    })
}

type Rows = Resource<Result<Page, AppError>>;

/// `/contact-centre/users`
pub struct ContactUsersPage;

#[lazy_route]
impl LazyRoute for ContactUsersPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, changes) = (use_query_map(), live::changes());
        let asked = move || (Address::read(&params.get()), changes.get());
        let rows: Rows = Resource::new(asked, |(address, _)| list_contact_users(address.query));
        let filters = Resource::new(|| (), |()| contact_filters());
        let here = move || Address::read(&params.get_untracked());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(page) => heading(&page),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
            <Done />
            <Bar filters />
            <Transition>
                {move || Suspend::new(async move {
                    let filters = filters.await.unwrap_or_default();
                    rows.await.ok().map(|page| at_once(|| view! { <Table address=here() page filters /> }))
                })}
            </Transition>
        }
        .into_any()
    }
}

fn heading(page: &Page) -> AnyView {
    let count = match page.bounded {
        true => t::pager_total_more(number(page.count)),
        false => number(page.count),
    };
    let name = format!("+ {}", t::contact_users_add());
    view! {
        <Title text=t::contact_users_page() />
        <div class="head">
            <h1>{t::contact_users_page()}</h1>
            <span class="count" aria-live="polite">
                {count}
                <span class="visually-hidden">{t::contact_users_matches()}</span>
            </span>
            <div class="actions">
                <a class="button primary thumb" href=format!("{PATH}/new") data-key="n" aria-label=name>
                    {Icon::Plus}
                    {t::contact_users_add()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Search, Filter and the chips of what is filtered. One GET form, so it works without a script.
#[component]
fn Bar(filters: Resource<Result<Filters, AppError>>) -> AnyView {
    let params = use_query_map();
    let navigate = use_navigate();
    let here = move || Address::read(&params.get_untracked());
    let typed = Callback::new(move |text: String| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&here().with(|query| query.search = text), options);
    });
    let search = Signal::derive(move || params.with(|params| params.get("q")).unwrap_or_default());
    view! {
        <form class="bar" method="get" action=PATH>
            <Search label=t::contact_users_search() placeholder=t::contact_users_search_hint() value=search on_input=typed />
            <Transition>
                {move || {
                    let address = Address::read(&params.get());
                    Suspend::new(async move {
                        filters.await.ok().map(|filters| narrowing(&address, filters))
                    })
                }}
            </Transition>
            <noscript>
                <button class="button">{t::action_search()}</button>
            </noscript>
        </form>
    }
    .into_any()
}

fn narrowing(address: &Address, by: Filters) -> AnyView {
    let query = address.query.clone();
    let filters = query.licenses.len()
        + query.status.len()
        + usize::from(query.group.is_some())
        + usize::from(query.queue.is_some())
        + usize::from(query.supervisors);
    let chips = chips(address, &by);
    view! {
        <Popover id="filter" label=t::employees_filter() icon=Icon::Filter count=Signal::stored(filters)>
            <FilterForm query=query by />
        </Popover>
        {chips}
    }
    .into_any()
}

#[component]
fn FilterForm(query: Query, by: Filters) -> AnyView {
    let licenses = LicenseKind::ALL.map(|kind| {
        let checked = query.licenses.contains(&kind);
        view! { <Check label=license_word(kind) name="license" value=kind.code() checked /> }
    });
    let status = Status::ALL.map(|status| {
        let checked = query.status.contains(&status);
        view! { <Check label=status_word(status) name="status" value=status.code() checked /> }
    });
    let (group, queue) = (query.group, query.queue);
    let groups = by.groups.into_iter().map(|(id, name)| {
        view! { <option value=id.to_string() selected=group == Some(id)>{name}</option> }
    });
    let queues = by.queues.into_iter().map(|(id, name)| {
        view! { <option value=id.to_string() selected=queue == Some(id)>{name}</option> }
    });
    view! {
        <fieldset>
            <legend>{t::label_license()}</legend>
            {licenses}
        </fieldset>
        <fieldset>
            <legend>{t::label_status()}</legend>
            {status}
        </fieldset>
        <fieldset>
            <legend>{t::contact_users_supervisor()}</legend>
            <Check label=t::contact_users_only_supervisors() name="supervisor" value="true" checked=query.supervisors />
        </fieldset>
        <fieldset>
            <legend>{t::label_agent_group()}</legend>
            <select class="input" name="group" aria-label=t::label_agent_group()>
                <option value="">{t::contact_users_any_group()}</option>
                {groups.collect_view()}
            </select>
        </fieldset>
        <fieldset>
            <legend>{t::label_queue()}</legend>
            <select class="input" name="queue" aria-label=t::label_queue()>
                <option value="">{t::contact_users_any_queue()}</option>
                {queues.collect_view()}
            </select>
        </fieldset>
        <div class="buttons">
            <Submit label=t::action_apply() />
        </div>
    }
    .into_any()
}

/// A chip for each filter that is on; its link leads to the list without it.
fn chips(address: &Address, by: &Filters) -> impl IntoView + use<> {
    let query = &address.query;
    let mut chips = Vec::new();
    let licenses = query.licenses.iter().copied().map(license_word);
    let licenses: Vec<&str> = licenses.collect();
    if !licenses.is_empty() {
        let label = t::employees_chip(t::label_license(), licenses.join(", "));
        chips.push((label, address.with(|query| query.licenses.clear())));
    }
    let status: Vec<&str> = query.status.iter().copied().map(status_word).collect();
    if !status.is_empty() {
        let label = t::employees_chip(t::label_status(), status.join(", "));
        chips.push((label, address.with(|query| query.status.clear())));
    }
    if query.supervisors {
        let label = t::contact_users_only_supervisors().to_owned();
        chips.push((label, address.with(|query| query.supervisors = false)));
    }
    let group = by.groups.iter().find(|(id, _)| query.group == Some(*id));
    if let Some((_, name)) = group {
        let label = t::employees_chip(t::label_agent_group(), name);
        chips.push((label, address.with(|query| query.group = None)));
    }
    let queue = by.queues.iter().find(|(id, _)| query.queue == Some(*id));
    if let Some((_, name)) = queue {
        let label = t::employees_chip(t::label_queue(), name);
        chips.push((label, address.with(|query| query.queue = None)));
    }
    chips
        .into_iter()
        .map(|(label, remove_href)| view! { <Chip label remove_href /> })
        .collect_view()
}

#[component]
fn Table(address: Address, page: Page, filters: Filters) -> AnyView {
    if page.rows.is_empty() {
        return empty(&address);
    }
    let rows = page.rows.iter().cloned();
    let rows = rows.map(|row| view! { <Row row plans=filters.plans.clone() /> });
    let rows = rows.collect_view();
    view! {
        <div class="sheet">
            <table class="table contact-users">
                <caption class="visually-hidden">{t::contact_users_page()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_license()}</th>
                        <th scope="col">{t::contact_users_number()}</th>
                        <th scope="col">{t::contact_users_queues()}</th>
                        <th scope="col">{t::label_agent_group()}</th>
                        <th scope="col">{t::label_status()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Pages address page />
        </div>
    }
    .into_any()
}

/// "+3292104400 · 2001", as far as there is any.
fn line(number: Option<&str>, extension: Option<&String>) -> Option<String> {
    let parts: Vec<&str> = number
        .into_iter()
        .chain(extension.map(String::as_str))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[component]
fn Row(row: Summary, plans: Vec<(String, String)>) -> AnyView {
    let work = line(
        row.work_number.as_ref().map(|one| one.as_str()),
        row.work_extension.as_ref(),
    );
    let centre = line(
        row.centre_number.as_ref().map(|one| one.as_str()),
        row.centre_extension.as_ref(),
    );
    let lines = work.into_iter().chain(centre);
    let lines = lines.map(|line| view! { <div>{line}</div> }).collect_view();
    let named: Vec<String> = row.queues.iter().take(NAMED).cloned().collect();
    let queues = match row.queues.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} +{more}", named.join(", ")),
    };
    let supervisor = row.supervisor.then(|| {
        view! { <Pill tone=Tone::Accent text=t::contact_users_supervisor() /> }
    });
    let picture = picture_href(row.id, row.picture);
    view! {
        <tr>
            <td class="who">
                <Person name=row.name.clone() email=row.email.to_string() id=row.id.to_string() picture=picture
                    href=format!("/employees/{}/contact-centre", row.id) />
            </td>
            <td class="what">{held_words(&row.license, &plans)} " " {supervisor}</td>
            <td class="where">{lines}</td>
            <td class="where">{queues}</td>
            <td class="where">{row.group}</td>
            <td class="status">
                <StatusPill status=row.status />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Pages(address: Address, page: Page) -> AnyView {
    let size = u64::from(address.query.rows());
    let rows = page.rows.len() as u64;
    let first = if page.before { address.first.max(2) } else { 1 };
    let total = u64::try_from(page.count).unwrap_or_default();
    let cursor = |row: Option<&Summary>| row.map(|row| row.cursor.clone());
    let previous = page.before.then(|| cursor(page.rows.first())).flatten();
    let previous = previous.map(|cursor| {
        let first = first.saturating_sub(size).max(1);
        address.at(Place::Before(cursor), first)
    });
    let next = page.after.then(|| cursor(page.rows.last())).flatten();
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
    view! { <Pager first=first last=first + rows - 1 total=total more=page.bounded previous=previous next=next sizes=sizes /> }
        .into_any()
}

fn empty(address: &Address) -> AnyView {
    if address.query.is_narrowed() {
        return view! {
            <Empty icon=Icon::Search title=t::contact_users_no_match() text=t::contact_users_no_match_text()>
                <div class="buttons">
                    <a class="button" href=PATH>{t::employees_clear()}</a>
                </div>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty icon=Icon::Headset title=t::contact_users_none() text=t::contact_users_none_text()>
            <div class="buttons">
                <a class="button primary" href=format!("{PATH}/new")>{Icon::Plus}{t::contact_users_add()}</a>
            </div>
        </Empty>
    }
    .into_any()
}
