//! The table of employees, which is a list of cards on a phone; empty, it says what to do.

use super::address::Address;
use super::list::Listed;
use crate::me::picture_href;
use crate::messages::t;
use crate::ui::{Empty, Icon, Moment, Pager, Person, RoleList, SortHead, Sorted, StatusPill, Time};
use domain::EmployeeId;
use domain::listing::{PAGE_SIZES, Place, Sort, Summary};
use leptos::prelude::*;

/// How many offices a row names before it only counts.
const NAMED: usize = 2;

/// The rows of a page, or why there are none.
#[component]
pub(super) fn Table(
    address: Address,
    listed: Listed,
    /// The rows that have just become what they are.
    changed: Vec<EmployeeId>,
) -> impl IntoView {
    if listed.page.rows.is_empty() {
        return empty(&address).into_any();
    }
    let rows = listed
        .page
        .rows
        .iter()
        .cloned()
        .zip(listed.seen.iter().cloned());
    let rows = rows
        .map(|(row, seen)| {
            let changed = changed.contains(&row.id);
            view! { <Row row seen changed /> }
        })
        .collect_view();
    let head = |sort: Sort, label: &'static str| {
        let sorted = match (address.query.sort == sort, address.query.descending) {
            (false, _) => Sorted::No,
            (true, false) => Sorted::Ascending,
            (true, true) => Sorted::Descending,
        };
        let (href, sorted) = (Signal::stored(address.sorted(sort)), Signal::stored(sorted));
        view! { <SortHead label href sorted /> }
    };
    view! {
        <div class="sheet">
            <table class="table employees">
                <caption class="visually-hidden">{t::employees_title()}</caption>
                <thead>
                    <tr>
                        {head(Sort::Name, t::label_name())}
                        <th scope="col">{t::label_roles()}</th>
                        <th scope="col">{t::label_offices()}</th>
                        {head(Sort::Status, t::label_status())}
                        {head(Sort::LastSeen, t::employees_last_seen())}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Pages address=address.clone() listed />
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: Summary, seen: Option<Moment>, changed: bool) -> impl IntoView {
    let offices = offices(&row);
    let nameless = row.name == row.email.as_str();
    let under = if nameless {
        t::person_no_name().to_owned()
    } else {
        row.email.to_string()
    };
    let picture = picture_href(row.id, row.picture);
    view! {
        <tr id=format!("row-{}", row.id) data-changed=changed>
            <td class="who">
                <Person name=row.name.clone() email=under id=row.id.to_string() picture=picture href=format!("/employees/{}", row.id) />
            </td>
            <td class="what">
                <RoleList roles=row.roles words=true />
            </td>
            <td class="where">{offices}</td>
            <td class="status">
                <StatusPill status=row.status />
            </td>
            <td class="when">
                {match seen {
                    Some(moment) => view! { <Time moment /> }.into_any(),
                    None => t::time_never().into_any(),
                }}
            </td>
        </tr>
    }
}

/// "Ghent, Antwerp +3", or that there is none yet (E-13).
fn offices(row: &Summary) -> String {
    if row.offices.is_empty() {
        return t::person_not_assigned().to_owned();
    }
    let named = row
        .offices
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match row.offices.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} +{more}"),
    }
}

#[component]
fn Pages(address: Address, listed: Listed) -> impl IntoView {
    let page = &listed.page;
    let size = u64::from(address.query.rows());
    let rows = page.rows.len() as u64;
    // Going back from a place that was never counted would pass 1.
    let first = if page.before { address.first.max(2) } else { 1 };
    let total = u64::try_from(page.count).unwrap_or_default();
    let cursor = |row: Option<&Summary>| row.map(|row| row.cursor.clone());
    let previous = page
        .before
        .then(|| cursor(page.rows.first()))
        .flatten()
        .map(|cursor| address.at(Place::Before(cursor), first.saturating_sub(size).max(1)));
    let next = page.after.then(|| cursor(page.rows.last())).flatten();
    let next = next.map(|cursor| address.at(Place::After(cursor), first + rows));
    let sizes = PAGE_SIZES
        .into_iter()
        .filter_map(|size| {
            let href = address.with(|query| query.size = Some(size));
            Some((
                u16::try_from(size).ok()?,
                href,
                size == address.query.rows(),
            ))
        })
        .collect();
    view! { <Pager first=first last=first + rows - 1 total=total more=page.bounded previous=previous next=next sizes=sizes /> }
}

fn empty(address: &Address) -> impl IntoView + use<> {
    if !address.query.is_narrowed() || address.path.starts_with("/team") && !searched(address) {
        let add = super::list::may_add().then(|| {
            view! {
                <div class="buttons">
                    <a class="button primary" href="/employees/new">{Icon::Plus}{t::employees_add()}</a>
                </div>
            }
        });
        return view! {
            <Empty icon=Icon::People title=t::employees_none() text=t::employees_none_text()>
                {add}
            </Empty>
        }
        .into_any();
    }
    let path = address.path.clone();
    let text = match address.query.search.trim() {
        "" => t::employees_no_match_filter().to_owned(),
        search => t::employees_no_match_search(search),
    };
    view! {
        <Empty icon=Icon::Search title=t::employees_no_match() text=text>
            <div class="buttons">
                <a class="button" href=path>{t::employees_clear()}</a>
            </div>
        </Empty>
    }
    .into_any()
}

fn searched(address: &Address) -> bool {
    let query = &address.query;
    !query.search.trim().is_empty() || !query.roles.is_empty() || !query.status.is_empty()
}
