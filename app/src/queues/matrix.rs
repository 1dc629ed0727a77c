//! Users × queues: who is assigned to what and enabled in it, many at once (C-10, "Bulk").

use super::boxes;
use super::members::Named;
use super::new::Crumb;
use super::row::{self, Boxes, Rows};
use crate::error::AppError;
use crate::expertise::grid;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done};
use crate::messages::{at_once, t};
use crate::outcome::refused;
use crate::ui::{
    Empty, ErrorSummary, GroupWhy, Icon, SaveBar, Search, Title, Typed, browser::encoded, escape,
};
#[cfg(feature = "ssr")]
use domain::contact_centre::{
    membership::{Person, suits},
    queue::Queue,
};
use domain::{EmployeeId, QueueId};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// How many queues stand on a page.
const COLUMNS: i64 = 12;

/// What of all users and queues is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Any part of the name or email of users.
    pub users: String,
    /// Where the page of users begins.
    pub after: String,
    /// Any part of the name of queues.
    pub queues: String,
    /// The page of queues, from 0.
    pub page: i64,
}

/// A part of the matrix. A cell is `ROW.COLUMN`, from 0.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The rows.
    pub users: Vec<Named>,
    /// The columns.
    pub queues: Vec<(QueueId, String)>,
    /// The cells of members, with `e` behind those enabled: `0.3 1.0e`.
    pub was: String,
    /// The cells of users who can't be in the queue.
    pub off: String,
    /// How many queues have what was searched for.
    pub columns: i64,
    pub next: Option<String>,
    pub asked: Asked,
}

impl Asked {
    /// The query of the address; `after` and `page` as given.
    fn query(&self, after: &str, page: i64) -> String {
        let (users, queues) = (encoded(&self.users), encoded(&self.queues));
        let after = encoded(after);
        format!("q={users}&after={after}&queue={queues}&page={page}")
    }
}

/// Users and queues by name, and who of them is in what: three statements with the session's, however
/// many there are.
#[server(endpoint = "get_queue_matrix", input = server_fn::codec::Json)]
pub async fn get_queue_matrix(asked: Asked) -> Result<Part, AppError> {
    use domain::listing::Cursor;
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let after = Cursor::from_text(&asked.after);
    let skip = asked.page.clamp(0, 10_000) * COLUMNS;
    let (queues, columns) = request.queues_named(&asked.queues, skip, COLUMNS).await?;
    let ids: Vec<QueueId> = queues.iter().map(|queue| queue.id).collect();
    let rows = super::members::ROWS + 1;
    let mut people = request
        .people_in_queues(&ids, &asked.users, after.as_ref(), rows)
        .await?;
    let next = super::members::cut(&mut people, |(person, _)| &person.cursor);
    let (was, off) = cells(&people, &queues);
    let users = people.into_iter().map(|(person, _)| Named::from(person));
    let queues = queues.into_iter();
    Ok(Part {
        users: users.collect(),
        queues: queues.map(|queue| (queue.id, queue.profile.name)).collect(),
        was,
        off,
        columns,
        next,
        asked,
    })
}

/// The cells of members, and those of users who can't be in the queue.
#[cfg(feature = "ssr")]
fn cells(people: &[(Person, Vec<(QueueId, bool)>)], queues: &[Queue]) -> (String, String) {
    let (mut was, mut off) = (String::new(), String::new());
    for (row, (person, places)) in people.iter().enumerate() {
        for (column, queue) in queues.iter().enumerate() {
            let place = places.iter().find(|(id, _)| *id == queue.id);
            match place {
                Some((_, enabled)) => row::put_place(&mut was, row, column, *enabled),
                None if !suits(queue, &person.user) => {
                    row::put_place(&mut off, row, column, false);
                }
                None => {}
            }
        }
    }
    (was, off)
}

/// Assigns and enables what was ticked since the matrix was read, all of it or nothing; what a colleague
/// ticked meanwhile stays. `users` are the rows, `queues` the columns, a cell is `ROW.COLUMN`; `was` has
/// the cells that were assigned, with `e` behind those enabled. `place` is the query of the page.
#[server(endpoint = "save_queue_matrix")]
pub async fn save_queue_matrix(
    #[server(default)] users: Vec<EmployeeId>,
    #[server(default)] queues: Vec<QueueId>,
    #[server(default)] was: String,
    #[server(default)] assigned: Vec<String>,
    #[server(default)] enabled: Vec<String>,
    #[server(default)] place: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let wanted = super::save::of_cells((&users, &queues), &was, (&assigned, &enabled))?;
    super::save::apply(&mut request, &wanted).await?;
    request.commit().await?;
    let place: String = place.chars().filter(char::is_ascii_graphic).collect();
    crate::landing::land_on(&format!("/contact-centre/queues/matrix?{place}&done=saved"));
    Ok(())
}

/// `/contact-centre/queues/matrix`
pub struct QueueMatrixPage;

#[lazy_route]
impl LazyRoute for QueueMatrixPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let asked = move || {
            let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            Asked {
                users: of("q"),
                after: of("after"),
                queues: of("queue"),
                page: of("page").parse().unwrap_or(0),
            }
        };
        let part = Resource::new(asked, get_queue_matrix);
        let save = ServerAction::<SaveQueueMatrix>::new();
        let attempt = provide_form(save);
        say_when_done(attempt, t::landing_saved, move || part.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match part.await {
                        Ok(part) => at_once(|| view! { <Matrix part save attempt /> }).into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Matrix(part: Part, save: ServerAction<SaveQueueMatrix>, attempt: Attempt) -> AnyView {
    let asked = part.asked.clone();
    let narrowed = !asked.users.is_empty()
        || !asked.queues.is_empty()
        || !asked.after.is_empty()
        || asked.page > 0;
    let body = match (part.users.is_empty(), part.queues.is_empty()) {
        (false, false) => view! { <Cells part save attempt /> }.into_any(),
        _ if narrowed => view! {
            <Empty icon=Icon::Search title=t::employees_no_match() text=t::queues_matrix_no_match()>
                <div class="buttons">
                    <a class="button" href="/contact-centre/queues/matrix">{t::employees_clear()}</a>
                </div>
            </Empty>
        }
        .into_any(),
        (_, true) => view! {
            <Empty icon=Icon::Phone title=t::queues_empty_title() text=t::queues_matrix_no_queue_text()>
                <div class="buttons">
                    <a class="button" href="/contact-centre/queues/new">{t::queues_new()}</a>
                </div>
            </Empty>
        }
        .into_any(),
        (true, false) => view! {
            <Empty icon=Icon::People title=t::queues_matrix_no_user() text=t::queues_matrix_no_user_text()>
                <div class="buttons">
                    <a class="button" href="/contact-centre/users">{t::queues_users()}</a>
                </div>
            </Empty>
        }
        .into_any(),
    };
    view! {
        <Title text=t::queues_matrix() />
        <Crumb />
        <div class="head">
            <h1>{t::queues_matrix()}</h1>
        </div>
        <Done />
        <ErrorSummary />
        <p class="quiet intro">{t::queues_matrix_hint()}</p>
        <form class="row" method="get" action="/contact-centre/queues/matrix">
            <Search label=t::queues_search_users() placeholder=t::employees_search_hint() value=asked.users />
            <input class="input" type="search" name="queue" value=asked.queues aria-label=t::queues_matrix_search_queues()
                placeholder=t::queues_matrix_search_queues() autocomplete="off" />
            <button class="button">{t::action_search()}</button>
        </form>
        <GroupWhy name="members" />
        {body}
    }
    .into_any()
}

#[component]
fn Cells(part: Part, save: ServerAction<SaveQueueMatrix>, attempt: Attempt) -> AnyView {
    let table = NodeRef::<html::Table>::new();
    Effect::new(move |_| {
        if let Some(table) = table.get() {
            grid::follow(&table);
        }
    });
    let heads = part.queues.iter().enumerate();
    let heads =
        heads.map(|(number, (id, name))| view! { <Head number id=*id name=name.clone() /> });
    let heads = heads.collect_view();
    let users = part.users.iter().map(|user| {
        view! { <input type="hidden" name="users[]" value=user.id.to_string() /> }
    });
    let queues = part.queues.iter().map(|(id, _)| {
        view! { <input type="hidden" name="queues[]" value=id.to_string() /> }
    });
    let (users, queues) = (users.collect_view(), queues.collect_view());
    let place = part.asked.query(&part.asked.after, part.asked.page);
    let typed = use_context::<Typed>();
    let marks = Marks::read(&part);
    let names = part.queues.iter().map(|(_, name)| escape(name));
    let row = Rows::new(names.collect());
    let lines = part.users.iter().enumerate().map(|(number, user)| {
        let boxes = |column| marks.boxes(number, column, typed.as_ref());
        view! { <tr inner_html=row.html(number, user, boxes)></tr> }
    });
    let lines = lines.collect_view();
    let was = part.was.clone();
    view! {
        <ActionForm action=save attr:class="stack">
            {users}
            {queues}
            <input type="hidden" name="was" value=was />
            <input type="hidden" name="place" value=place />
            <div class="matrix expertise pairs" tabindex="0" role="group" aria-label=t::queues_matrix()>
                <table node_ref=table on:change=boxes::ticked on:keydown=grid::stepped>
                    <thead>
                        <tr>
                            <th scope="col">{t::label_name()}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <SaveBar pending=save.pending() saved=attempt.successes />
        </ActionForm>
        <Steps part />
    }
    .into_any()
}

/// What a part says of each of its cells, row by row.
struct Marks {
    columns: usize,
    cells: Vec<Mark>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Free,
    Assigned,
    Enabled,
    Off,
}

impl Marks {
    fn read(part: &Part) -> Self {
        let columns = part.queues.len();
        let mut cells = vec![Mark::Free; columns * part.users.len()];
        let mut put = |cell: &str, mark: Mark| {
            let place = row::read_place(cell).filter(|(_, column)| *column < columns);
            let found = place.and_then(|(row, column)| cells.get_mut(row * columns + column));
            if let Some(found) = found {
                *found = mark;
            }
        };
        for cell in part.was.split(' ') {
            match cell.strip_suffix('e') {
                Some(cell) => put(cell, Mark::Enabled),
                None => put(cell, Mark::Assigned),
            }
        }
        part.off.split(' ').for_each(|cell| put(cell, Mark::Off));
        Self { columns, cells }
    }

    /// How the boxes of a cell are; as they were typed where a form came back.
    fn boxes(&self, row: usize, column: usize, typed: Option<&Typed>) -> Boxes {
        let mark = self.cells.get(row * self.columns + column);
        let mark = mark.copied().unwrap_or(Mark::Free);
        let ticked = |name: &str, own: bool| match typed {
            Some(typed) => typed.has(name, &format!("{row}.{column}")),
            None => own,
        };
        Boxes {
            assigned: ticked(
                "assigned[]",
                mark == Mark::Assigned || mark == Mark::Enabled,
            ),
            enabled: ticked("enabled[]", mark == Mark::Enabled),
            off: mark == Mark::Off,
        }
    }
}

/// The ways to the other users and queues.
#[component]
fn Steps(part: Part) -> AnyView {
    let Part {
        asked,
        columns,
        next,
        ..
    } = part;
    let link = |query: String, label: &'static str| {
        let href = format!("/contact-centre/queues/matrix?{query}");
        view! { <a class="button" href=href>{label}</a> }
    };
    let page = asked.page;
    let first = page * COLUMNS;
    let last = (first + COLUMNS).min(columns);
    let back =
        (!asked.after.is_empty()).then(|| link(asked.query("", page), t::queues_first_page()));
    let next = next.map(|after| link(asked.query(&after, page), t::queues_matrix_next_rows()));
    let left = (page > 0).then(|| {
        link(
            asked.query(&asked.after, page - 1),
            t::queues_matrix_previous_columns(),
        )
    });
    let right = (last < columns).then(|| {
        link(
            asked.query(&asked.after, page + 1),
            t::queues_matrix_next_columns(),
        )
    });
    let shown = (columns > COLUMNS)
        .then(|| view! { <span class="quiet">{t::queues_matrix_columns(first + 1, last, columns)}</span> });
    view! {
        <nav class="buttons" aria-label=t::pager_label()>{back} {next} {left} {shown} {right}</nav>
    }
    .into_any()
}

/// A queue over its column: two boxes that tick the whole column.
#[component]
fn Head(number: usize, id: QueueId, name: String) -> AnyView {
    let of_column = |column: usize| format!("[data-c='{column}']");
    let (assign, enable) = (of_column(2 * number), of_column(2 * number + 1));
    let name = &name;
    view! {
        <th scope="col">
            <a href=format!("/contact-centre/queues/{id}")>{name.clone()}</a>
            <span class="pair with-script">
                <label class="all">
                    <input type="checkbox" data-all=assign data-kind="assign" aria-label=t::queues_all_assigned(name) />
                </label>
                <label class="all">
                    <input type="checkbox" data-all=enable data-kind="enable" aria-label=t::queues_all_enabled(name) />
                </label>
            </span>
            <small>{t::queues_assigned()}" · "{t::queues_enabled()}</small>
        </th>
    }
    .into_any()
}
