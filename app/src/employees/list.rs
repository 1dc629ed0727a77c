//! The Employees page, and the Team page of an office: one list behind two addresses (E-01, E-19).

use super::address::Address;
use super::assign::assignable_offices;
use super::table::Table;
use crate::error::AppError;
use crate::landing::Done;
use crate::live;
use crate::messages::{at_once, number, t};
use crate::ui::{
    Check, Chip, Icon, Moment, Popover, Search, Submit, Title, role_word, status_word,
};
use crate::{me::use_me, outcome::refused};
use domain::listing::{Page, Query, Sort, Summary};
use domain::{Action, EmployeeId, OfficeId, Role, Roles, Status};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_params_map, use_query_map};
use leptos_router::{LazyRoute, NavigateOptions, lazy_route};
use serde::{Deserialize, Serialize};

/// A page of a list as it is shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub page: Page,
    /// When each row's person was last seen, in the asker's words; `None` for never.
    pub seen: Vec<Option<Moment>>,
    /// The office of a Team page.
    pub office: Option<String>,
    pub may_add: bool,
}

/// A page of the employees whom the asker may see. `team` asks for the people of one office, which
/// must be one that the asker manages or may see all of.
#[server(endpoint = "list_employees", input = server_fn::codec::Json)]
pub async fn list_employees(query: Query, team: Option<OfficeId>) -> Result<Listed, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    let mut query = query;
    let office = match team {
        Some(office) => {
            actor.may_in(Action::EditOffice, office)?;
            query.office = Some(office);
            let name = |(place, name): &(domain::Place, String)| {
                (place.office == office).then(|| name.clone())
            };
            let known = request.session.places.iter().find_map(name);
            match known {
                Some(name) => Some(name),
                None => {
                    let office = request.office(office).await?;
                    Some(office.ok_or(domain::Refusal::NotFound)?.profile.name)
                }
            }
        }
        None => {
            actor.may_everywhere(Action::ViewEmployee)?;
            None
        }
    };
    let page = request
        .employees(actor.visibility(Action::ViewEmployee), &query)
        .await?;
    let (zone, now) = (request.zone(), request.now);
    let seen = |row: &domain::listing::Summary| {
        row.last_seen_at
            .map(|at| crate::ui::moment::ago(at, now, &zone))
    };
    Ok(Listed {
        seen: page.rows.iter().map(seen).collect(),
        office,
        may_add: actor.reaches_all(Action::AddEmployee),
        page,
    })
}

type Rows = Resource<Result<Listed, AppError>>;
/// The offices one may filter by: not read with the rows, which are read again at each key press.
type Offices = Resource<Result<Vec<(OfficeId, String)>, AppError>>;

/// What the address asks for, read again when it or what it shows changes.
fn rows(team: impl Fn() -> Option<Option<OfficeId>> + Copy + Send + Sync + 'static) -> Rows {
    let (path, params, changes) = (use_location().pathname, use_query_map(), live::changes());
    let address = move || {
        (
            Address::read(&path.get(), &params.get()),
            team(),
            changes.get(),
        )
    };
    Resource::new(address, |(address, team, _)| async move {
        let Some(team) = team else {
            return Err(domain::Refusal::NotFound.into());
        };
        list_employees(address.query, team).await
    })
}

/// What the address asks for now. Beside the rows it is what they were read for: another address has
/// them read again before they are shown.
fn here() -> impl Fn() -> Address + Copy + Send + Sync + 'static {
    let (path, params) = (use_location().pathname, use_query_map());
    move || Address::read(&path.get_untracked(), &params.get_untracked())
}

/// `/employees`: everyone in the organisation.
pub struct EmployeesPage;

#[lazy_route]
impl LazyRoute for EmployeesPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let changes = live::changes();
        let offices = Resource::new(move || changes.get(), |_| assignable_offices());
        view! { <List rows=rows(|| Some(None)) offices /> }.into_any()
    }
}

/// `/team/OFFICE`: the people of one office.
pub struct TeamPage;

#[lazy_route]
impl LazyRoute for TeamPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let office = move || params.with(|params| params.get("office")?.parse().ok());
        view! { <List rows=rows(move || office().map(Some)) /> }.into_any()
    }
}

/// The page. What is typed into stands outside of what is awaited, so that it is there while rows
/// are on their way.
#[component]
fn List(rows: Rows, #[prop(optional)] offices: Option<Offices>) -> impl IntoView {
    let (here, shown) = (here(), StoredValue::new(None));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match rows.await {
                    Ok(listed) => heading(&listed),
                    Err(error) => refused(error),
                }
            })}
        </Transition>
        <Done />
        <Bar rows offices />
        <Transition>
            {move || Suspend::new(async move {
                rows.await.ok().map(|listed| {
                    let address = here();
                    let changed = changed_since(shown, &address, &listed.page);
                    at_once(|| view! { <Table address listed changed /> })
                })
            })}
        </Transition>
    }
}

fn heading(listed: &Listed) -> AnyView {
    let title = match &listed.office {
        Some(office) => office.clone(),
        None => t::employees_title().to_owned(),
    };
    let count = match listed.page.bounded {
        true => t::pager_total_more(number(listed.page.count)),
        false => number(listed.page.count),
    };
    let add = listed.may_add.then(|| {
        let name = format!("+ {}", t::employees_add());
        view! {
            <div class="actions">
                <a class="button primary thumb" href="/employees/new" data-key="n" aria-label=name>
                    {Icon::Plus}
                    {t::employees_add()}
                </a>
            </div>
        }
    });
    view! {
        <Title text=title.clone() />
        <div class="head">
            <h1>{title}</h1>
            <span class="count" aria-live="polite">
                {count}
                <span class="visually-hidden">{t::employees_matches()}</span>
            </span>
            {add}
        </div>
    }
    .into_any()
}

/// The rows that are not as they were when the same address was read before, but for when they were
/// last seen; they are shown with a highlight. Remembers what is shown now.
fn changed_since(
    shown: StoredValue<Option<(Address, Page)>>,
    address: &Address,
    page: &Page,
) -> Vec<EmployeeId> {
    let before = shown.try_update_value(|shown| shown.replace((address.clone(), page.clone())));
    let Some((_, before)) = before.flatten().filter(|(known, _)| known == address) else {
        return Vec::new();
    };
    let same = |old: &Summary, new: &Summary| {
        let seen = Summary {
            last_seen_at: new.last_seen_at,
            cursor: new.cursor.clone(),
            ..old.clone()
        };
        seen == *new
    };
    let is_new = |row: &&Summary| !before.rows.iter().any(|old| same(old, row));
    page.rows.iter().filter(is_new).map(|row| row.id).collect()
}

/// Search, Filter and the chips of what is filtered. One GET form, so it works without a script.
#[component]
fn Bar(rows: Rows, offices: Option<Offices>) -> AnyView {
    let (here, params) = (here(), use_query_map());
    let navigate = use_navigate();
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
        <form class="bar" method="get" action=here().path>
            <Search label=t::employees_search() placeholder=t::employees_search_hint() value=search on_input=typed />
            <Transition>
                {move || Suspend::new(async move {
                    let offices = match offices {
                        Some(offices) => offices.await.unwrap_or_default(),
                        None => Vec::new(),
                    };
                    rows.await.ok().map(|_| narrowing(&here(), offices))
                })}
            </Transition>
            <noscript>
                <button class="button">{t::action_search()}</button>
            </noscript>
        </form>
    }
    .into_any()
}

/// The Filter button, what the form keeps of the sort, and the chips.
fn narrowing(address: &Address, offices: Vec<(OfficeId, String)>) -> AnyView {
    let query = address.query.clone();
    let filters =
        query.roles.iter().count() + query.status.len() + usize::from(query.office.is_some());
    let kept = (query.sort != Sort::default() || query.descending).then(|| {
        view! {
            <input type="hidden" name="sort" value=query.sort.code() />
            <input type="hidden" name="order" value=if query.descending { "desc" } else { "asc" } />
        }
    });
    let chips = chips(address, &offices);
    view! {
        <Popover id="filter" label=t::employees_filter() icon=Icon::Filter count=Signal::stored(filters)>
            <Filters query=query.clone() offices />
        </Popover>
        {kept}
        {chips}
    }
    .into_any()
}

#[component]
fn Filters(query: Query, offices: Vec<(OfficeId, String)>) -> AnyView {
    let roles = Role::ALL.map(|role| {
        view! { <Check label=role_word(role) name="role" value=role.code() checked=query.roles.has(role) /> }
    });
    let status = Status::ALL.map(|status| {
        let checked = query.status.contains(&status);
        view! { <Check label=status_word(status) name="status" value=status.code() checked /> }
    });
    let chosen = query.office;
    let offices = (!offices.is_empty()).then(|| {
        let options = offices.into_iter().map(|(id, name)| {
            view! { <option value=id.to_string() selected=chosen == Some(id)>{name}</option> }
        });
        view! {
            <fieldset>
                <legend>{t::employees_office()}</legend>
                <select class="input" name="office" aria-label=t::employees_office()>
                    <option value="">{t::employees_any_office()}</option>
                    {options.collect_view()}
                </select>
            </fieldset>
        }
    });
    view! {
        <fieldset>
            <legend>{t::label_roles()}</legend>
            {roles}
        </fieldset>
        <fieldset>
            <legend>{t::label_status()}</legend>
            {status}
        </fieldset>
        {offices}
        <div class="buttons">
            <Submit label=t::action_apply() />
        </div>
    }
    .into_any()
}

/// A chip for each filter that is on; its link leads to the list without it.
fn chips(address: &Address, offices: &[(OfficeId, String)]) -> impl IntoView + use<> {
    let query = &address.query;
    let roles: Vec<&str> = query.roles.iter().map(role_word).collect();
    let status: Vec<&str> = query.status.iter().copied().map(status_word).collect();
    let office = query
        .office
        .and_then(|id| offices.iter().find(|(known, _)| *known == id));
    let mut chips = Vec::new();
    if !roles.is_empty() {
        let label = t::employees_chip(t::label_roles(), roles.join(", "));
        chips.push((label, address.with(|query| query.roles = Roles::NONE)));
    }
    if !status.is_empty() {
        let label = t::employees_chip(t::label_status(), status.join(", "));
        chips.push((label, address.with(|query| query.status.clear())));
    }
    if let Some((_, name)) = office {
        let label = t::employees_chip(t::employees_office(), name);
        chips.push((label, address.with(|query| query.office = None)));
    }
    chips
        .into_iter()
        .map(|(label, remove_href)| view! { <Chip label remove_href /> })
        .collect_view()
}

/// Whether the page is for somebody who may add employees; the empty list says what it is for.
pub(super) fn may_add() -> bool {
    use_me().actor.reaches_all(Action::AddEmployee)
}
