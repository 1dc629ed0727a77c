//! Who takes the calls of a queue, on the queue's own page (C-10).

use crate::error::AppError;
use crate::messages::t;
use crate::ui::{Empty, Icon, Pill, SaveBar, Search, StatusPill, Tone, Typed, browser::encoded};
use domain::contact_centre::membership::{PRIORITY_USUAL, Person};
#[cfg(feature = "ssr")]
use domain::listing::Cursor;
use domain::{EmployeeId, QueueId, Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How many users stand on a page.
#[cfg(feature = "ssr")]
pub(crate) const ROWS: i64 = 50;

/// A user in the list of a queue, as the inputs of their line have it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Line {
    pub user: EmployeeId,
    /// How they were in it when the form was read: `enabled:5`, `assigned:5` or nothing.
    #[serde(default)]
    pub was: String,
    #[serde(default)]
    pub assigned: bool,
    #[serde(default)]
    pub enabled: bool,
    #[serde(default)]
    pub priority: String,
}

/// Users in a list, and what of the list is shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Found<M> {
    /// Each with how they are a member.
    pub people: Vec<(Person, M)>,
    pub search: String,
    /// Whether also those are shown who are no members.
    pub everybody: bool,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is a later page.
    pub later: bool,
}

/// Somebody's place in a queue: enabled and priority, if they are assigned, and whether they can be.
pub type Place = (Option<(bool, i64)>, bool);

/// The users of a queue's PBX, or its members alone, whose name or email has `search` in it, after the
/// one of the cursor `after`.
#[server(endpoint = "get_queue_members", input = server_fn::codec::Json)]
pub async fn get_queue_members(
    id: QueueId,
    search: String,
    everybody: bool,
    after: String,
) -> Result<Found<Place>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.queue(id).await?;
    let queue = listed.ok_or(domain::Refusal::NotFound)?.queue;
    let after = Cursor::from_text(&after);
    let mut people = match everybody {
        true => {
            let on = Some(queue.pbx);
            request
                .contact_people(on, &search, after.as_ref(), ROWS + 1)
                .await?
        }
        false => {
            request
                .queue_people(id, &search, after.as_ref(), ROWS + 1)
                .await?
        }
    };
    let next = cut(&mut people, |person| &person.cursor);
    let ids: Vec<EmployeeId> = people.iter().map(|person| person.user.employee).collect();
    let members = request.members(&[id], &ids).await?;
    let suits = queue.suits_engage();
    let placed = |person: Person| {
        let member = members
            .iter()
            .find(|member| member.employee == person.user.employee);
        let place = member.map(|member| (member.enabled, member.priority));
        let fits = suits || !person.user.engage;
        (person, (place, fits))
    };
    Ok(Found {
        people: people.into_iter().map(placed).collect(),
        search,
        everybody,
        next,
        later: after.is_some(),
    })
}

/// Leaves one page of the people, and says where the next begins.
#[cfg(feature = "ssr")]
pub(crate) fn cut<P>(people: &mut Vec<P>, cursor: impl Fn(&P) -> &Cursor) -> Option<String> {
    let more = i64::try_from(people.len()).is_ok_and(|read| read > ROWS);
    people.truncate(usize::try_from(ROWS).unwrap_or_default());
    let last = people.last().filter(|_| more);
    last.map(|person| cursor(person).to_text())
}

/// Assigns, enables and orders the users of the lines that were changed; the rest stays, also what a
/// colleague changed meanwhile.
#[server(endpoint = "save_queue_members")]
pub async fn save_queue_members(
    id: QueueId,
    #[server(default)] lines: Vec<Line>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    request.queue(id).await?.ok_or(domain::Refusal::NotFound)?;
    let wanted = super::save::of_lines(id, &lines);
    super::save::apply(&mut request, &wanted).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/contact-centre/queues/{id}?done=saved"));
    Ok(())
}

/// The search of a list of members, which of two lists it is, the way to the next page; its children
/// are the list.
#[component]
pub(crate) fn People(
    /// The path of the page.
    href: String,
    search: String,
    everybody: bool,
    next: Option<String>,
    later: bool,
    empty: bool,
    children: Children,
) -> AnyView {
    let who = if everybody { "all" } else { "" };
    let link = |who: &str, label: &'static str, now: bool| {
        let href = format!("{href}?who={who}#members");
        view! { <a href=href aria-current=now.then_some("true")>{label}</a> }
    };
    let next = next.map(|after| {
        let (search, after) = (encoded(&search), encoded(&after));
        let href = format!("{href}?who={who}&q={search}&after={after}#members");
        view! { <a class="button" href=href rel="next">{t::queues_matrix_next_rows()}</a> }
    });
    let back = later.then(|| {
        let href = format!("{href}?who={who}&q={}#members", encoded(&search));
        view! { <a class="button" href=href>{t::queues_first_page()}</a> }
    });
    let none = match everybody || !search.is_empty() {
        true => t::queues_members_everybody_none(),
        false => t::queues_members_none(),
    };
    let list = match empty {
        true => view! { <Empty icon=Icon::People title=t::label_members() text=none /> }.into_any(),
        false => children(),
    };
    view! {
        <nav class="tabs" aria-label=t::label_members()>
            {link("", t::queues_members_only(), !everybody)}
            {link("all", t::queues_everybody(), everybody)}
        </nav>
        <form class="row" method="get" action=href.clone()>
            <input type="hidden" name="who" value=who />
            <Search label=t::queues_search_users() placeholder=t::employees_search_hint() value=search />
            <button class="button">{t::action_search()}</button>
        </form>
        {list}
        <nav class="buttons" aria-label=t::pager_label()>{back} {next}</nav>
    }
    .into_any()
}

#[component]
pub(super) fn Members(
    id: QueueId,
    found: Found<Place>,
    save: ServerAction<SaveQueueMembers>,
    #[prop(into)] saved: Signal<usize>,
) -> AnyView {
    let Found {
        people,
        search,
        everybody,
        next,
        later,
    } = found;
    let empty = people.is_empty();
    let lines = people.into_iter().enumerate();
    let lines = lines.map(|(number, (person, place))| view! { <Row number person place /> });
    let lines = lines.collect_view();
    view! {
        <section class="stack" id="members">
            <h2>{t::label_members()}</h2>
            <People href=format!("/contact-centre/queues/{id}") search everybody next later empty>
                <ActionForm action=save attr:class="stack" attr:novalidate=true>
                    <input type="hidden" name="id" value=id.to_string() />
                    <p class="hint">{t::queues_members_hint()}</p>
                    <div class="matrix expertise" tabindex="0" role="group" aria-label=t::label_members()>
                        <table on:change=super::boxes::ticked on:keydown=crate::expertise::grid::stepped>
                            <thead>
                                <tr>
                                    <th scope="col">{t::label_name()}</th>
                                    <th scope="col">{t::queues_assigned()}</th>
                                    <th scope="col">{t::queues_enabled()}</th>
                                    <th scope="col">{t::label_priority()}</th>
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                    <SaveBar pending=save.pending() saved />
                </ActionForm>
            </People>
        </section>
    }
    .into_any()
}

/// A user in a list: their name, and what is worth knowing of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Named {
    pub id: EmployeeId,
    pub name: String,
    /// Holds the pair of Engage licenses.
    pub engage: bool,
    pub status: Status,
}

impl From<Person> for Named {
    fn from(person: Person) -> Self {
        Self {
            id: person.user.employee,
            name: person.user.name,
            engage: person.user.engage,
            status: person.status,
        }
    }
}

#[component]
pub(crate) fn Name(user: Named) -> AnyView {
    let engage = user
        .engage
        .then(|| view! { <Pill tone=Tone::Accent text=t::queues_engage_mark() /> });
    let active = user.status == Status::Active;
    let status = (!active).then(|| view! { <StatusPill status=user.status /> });
    view! {
        <div class="agent">
            <span>
                <a href=format!("/employees/{}", user.id)>{user.name}</a>
            </span>
            {engage}
            {status}
        </div>
    }
    .into_any()
}

#[component]
fn Row(number: usize, person: Person, place: Place) -> AnyView {
    let typed = use_context::<Typed>();
    let (held, fits) = place;
    let input = |name: &str| format!("lines[{number}][{name}]");
    let typed = typed.filter(|typed| typed.get(&input("user")).is_some());
    let ticked = |name: &str, own: bool| match &typed {
        Some(typed) => typed.has(&input(name), "true"),
        None => own,
    };
    let assigned = ticked("assigned", held.is_some());
    let enabled = ticked("enabled", held.is_some_and(|(enabled, _)| enabled));
    let priority = held.map_or(PRIORITY_USUAL, |(_, priority)| priority);
    let typed_priority = typed
        .as_ref()
        .and_then(|typed| typed.get(&input("priority")));
    let shown = typed_priority.map_or_else(|| priority.to_string(), str::to_owned);
    let was = match held {
        Some((true, priority)) => format!("enabled:{priority}"),
        Some((false, priority)) => format!("assigned:{priority}"),
        None => String::new(),
    };
    let user = person.user.employee.to_string();
    let name = person.user.name.clone();
    let row = number.to_string();
    let box_of = |column: &'static str, field: &str, on: bool, label: &str| {
        view! {
            <td>
                <label>
                    <input type="checkbox" name=input(field) value="true" checked=on disabled=!fits && held.is_none()
                        data-r=row.clone() data-c=column aria-label=format!("{label}: {name}") />
                </label>
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">
                <input type="hidden" name=input("user") value=user />
                <input type="hidden" name=input("was") value=was />
                <Name user=person.clone().into() />
            </th>
            {box_of("0", "assigned", assigned, t::queues_assigned())}
            {box_of("1", "enabled", enabled, t::queues_enabled())}
            <td>
                <input class="input tiny" type="text" inputmode="numeric" name=input("priority") value=shown
                    aria-label=t::queues_priority_of(&name) autocomplete="off" />
            </td>
        </tr>
    }
    .into_any()
}
