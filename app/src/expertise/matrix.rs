//! The expertise of an office as a matrix: agents × subjects (O-03).

use super::grid;
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done};
use crate::messages::t;
use crate::offices::{OfficeHead, office_of_address};
use crate::outcome::refused;
use crate::ui::{
    Empty, ErrorSummary, Icon, Notice, SaveBar, Search, Title, Tone, Typed, browser::encoded,
};
use domain::expertise::Agent;
use domain::{OfficeId, Refusal, SubjectId};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// How many agents stand on a page.
#[cfg(feature = "ssr")]
const ROWS: i64 = 50;

/// A column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Column {
    pub id: SubjectId,
    pub title: String,
    /// Whether the office offers it.
    pub offered: bool,
    /// How many agents handle it who can be booked.
    pub agents: i64,
}

/// A row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub agent: Agent,
    pub handled: Vec<SubjectId>,
    /// Whether the asker may change it.
    pub may_edit: bool,
}

/// Who handles what in an office.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Expertise {
    pub id: OfficeId,
    pub name: String,
    pub active: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub search: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is a later page.
    pub later: bool,
}

/// Who handles what in an office, of those whose name or email has `search` in it, after the agent of
/// the cursor `after`.
#[server(endpoint = "get_expertise", input = server_fn::codec::Json)]
pub async fn get_expertise(
    id: OfficeId,
    search: String,
    after: String,
) -> Result<Expertise, AppError> {
    use domain::Action;
    use domain::listing::Cursor;
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    actor.may_in(Action::EditExpertise, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let after = Cursor::from_text(&after);
    let mut agents = request
        .agents_in(id, &search, after.as_ref(), ROWS + 1)
        .await?;
    let more = i64::try_from(agents.len()).is_ok_and(|read| read > ROWS);
    agents.truncate(usize::try_from(ROWS).unwrap_or_default());
    let next = agents.last().filter(|_| more);
    let next = next.map(|agent| agent.cursor.to_text());
    let shown: Vec<domain::EmployeeId> = agents.iter().map(|agent| agent.id).collect();
    let pairs = request.expertise_of_agents(id, &shown).await?;
    let offers = request.offers(id).await?;
    let bookable = request.bookable(Some(id)).await?;
    let everybody = actor.reaches_all(Action::EditExpertise);
    let row = |agent: Agent| {
        let of_them = pairs.iter().filter(|(employee, _)| *employee == agent.id);
        Row {
            handled: of_them.map(|(_, subject)| *subject).collect(),
            may_edit: everybody || !agent.administrator || actor.id() == Some(agent.id),
            agent,
        }
    };
    let rows = agents.into_iter().map(row).collect();
    let column = |offer: domain::subject::Offer| Column {
        id: offer.subject,
        offered: offer.offered,
        agents: bookable.get(&(id, offer.subject)).copied().unwrap_or(0),
        title: offer.title,
    };
    Ok(Expertise {
        id,
        name: office.name.clone(),
        active: office.active,
        columns: offers.into_iter().map(column).collect(),
        rows,
        search,
        next,
        later: after.is_some(),
    })
}

/// Lets agents of an office handle what is ticked: each box is `EMPLOYEE:SUBJECT`, `had` are those that
/// were ticked when the form was read. What a colleague ticked meanwhile stays.
#[server(endpoint = "save_expertise")]
pub async fn save_expertise(
    id: OfficeId,
    #[server(default)] had: Vec<String>,
    #[server(default)] handles: Vec<String>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditExpertise, id)?;
    let ticks = super::save::ticks(&had, &handles)?.into_iter();
    let all = ticks.map(|(employee, ticks)| (employee, id, ticks));
    super::save::apply(&mut request, all.collect()).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/offices/{id}/expertise?done=saved"));
    Ok(())
}

/// `/offices/ID/expertise`
pub struct ExpertisePage;

#[lazy_route]
impl LazyRoute for ExpertisePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = office_of_address();
        let query = use_query_map();
        let asked = move || {
            let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            (id(), of("q"), of("after"))
        };
        let one = Resource::new(asked, |(id, search, after)| async move {
            match id {
                Some(id) => get_expertise(id, search, after).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let save = ServerAction::<SaveExpertise>::new();
        let attempt = provide_form(save);
        say_when_done(attempt, t::landing_saved, move || one.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(expertise) => view! { <Matrix expertise save attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Matrix(expertise: Expertise, save: ServerAction<SaveExpertise>, attempt: Attempt) -> AnyView {
    let (id, name) = (expertise.id, expertise.name.clone());
    let search = expertise.search.clone();
    let whole = search.is_empty() && !expertise.later;
    let body = match (expertise.rows.is_empty(), expertise.columns.is_empty()) {
        (_, true) => view! {
            <Empty icon=Icon::Tag title=t::subject_empty_title() text=t::subject_empty_text() />
        }
        .into_any(),
        (true, _) if whole => view! {
            <Empty icon=Icon::People title=t::expertise_nobody() text=t::expertise_nobody_text()>
                <div class="buttons">
                    <a class="button" href=format!("/team/{id}")>{t::offices_team()}</a>
                </div>
            </Empty>
        }
        .into_any(),
        (true, _) => view! {
            <Empty icon=Icon::Search title=t::employees_no_match() text=t::expertise_no_match()>
                <div class="buttons">
                    <a class="button" href=format!("/offices/{id}/expertise")>{t::employees_clear()}</a>
                </div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Boxes expertise=expertise.clone() save attempt /> }.into_any(),
    };
    view! {
        <Title text=t::expertise_of_office(&name) />
        <OfficeHead id name active=expertise.active />
        <Done />
        <ErrorSummary />
        <NotOffered columns=expertise.columns />
        <form class="row" method="get" action=format!("/offices/{id}/expertise")>
            <Search label=t::expertise_search() placeholder=t::employees_search_hint() value=search />
            <button class="button">{t::action_search()}</button>
        </form>
        {body}
    }
    .into_any()
}

/// Which subjects nobody can be booked for.
#[component]
fn NotOffered(columns: Vec<Column>) -> AnyView {
    let missing = columns.into_iter();
    let missing = missing.filter(|column| column.offered && column.agents == 0);
    let missing: Vec<String> = missing.map(|column| column.title).collect();
    (!missing.is_empty())
        .then(|| {
            view! {
                <Notice tone=Tone::Wait title=t::expertise_not_offered(missing.join(", "))>
                    <p>{t::expertise_not_offered_text()}</p>
                </Notice>
            }
        })
        .into_any()
}

#[component]
fn Boxes(expertise: Expertise, save: ServerAction<SaveExpertise>, attempt: Attempt) -> AnyView {
    let Expertise {
        id,
        columns,
        rows,
        search,
        next,
        ..
    } = expertise;
    let table = NodeRef::<html::Table>::new();
    Effect::new(move |_| {
        if let Some(table) = table.get() {
            grid::follow(&table);
        }
    });
    let head = |(number, column): (usize, &Column)| {
        let note = match (column.offered, column.agents) {
            (false, _) => t::subject_off().to_owned(),
            (true, 0) => t::subject_nobody().to_owned(),
            (true, agents) => t::expertise_agents(agents),
        };
        view! {
            <th scope="col">
                <span>{column.title.clone()}</span>
                <small>{note}</small>
                <label class="all with-script">
                    <input type="checkbox" data-all=format!("[data-c='{number}']") aria-label=t::expertise_all_agents(&column.title) />
                </label>
            </th>
        }
    };
    let heads = columns.iter().enumerate().map(head).collect_view();
    let lines = rows.into_iter().enumerate();
    let lines = lines.map(|(number, row)| view! { <Line number row columns=columns.clone() /> });
    let lines = lines.collect_view();
    let next = next.map(|after| {
        let href = format!(
            "/offices/{id}/expertise?q={}&after={}",
            encoded(&search),
            encoded(&after)
        );
        view! { <a class="button" href=href rel="next">{t::expertise_next()}</a> }
    });
    view! {
        <ActionForm action=save attr:class="stack">
            <input type="hidden" name="id" value=id.to_string() />
            <div class="matrix expertise" tabindex="0" role="group" aria-label=t::expertise_title()>
                <table node_ref=table on:change=grid::ticked on:keydown=grid::stepped>
                    <thead>
                        <tr>
                            <th scope="col">{t::role_agent()}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <SaveBar pending=save.pending() saved=attempt.successes />
        </ActionForm>
        <nav class="buttons" aria-label=t::pager_label()>{next}</nav>
    }
    .into_any()
}

#[component]
fn Line(number: usize, row: Row, columns: Vec<Column>) -> AnyView {
    let typed = use_context::<Typed>();
    let Row {
        agent,
        handled,
        may_edit,
    } = row;
    let note =
        (!agent.is_bookable()).then(|| view! { <small>{t::expertise_not_bookable()}</small> });
    let cell = |(place, column): (usize, &Column)| {
        let value = format!("{}:{}", agent.id, column.id);
        let has = handled.contains(&column.id);
        let ticked = match &typed {
            Some(typed) if may_edit => typed.has("handles[]", &value),
            _ => has,
        };
        let had = (has && may_edit)
            .then(|| view! { <input type="hidden" name="had[]" value=value.clone() /> });
        let label = t::expertise_tick(&agent.name, &column.title);
        view! {
            <td>
                {had}
                <label>
                    <input type="checkbox" name="handles[]" value=value checked=ticked disabled=!may_edit
                        data-r=number.to_string() data-c=place.to_string() aria-label=label />
                </label>
            </td>
        }
    };
    let cells = columns.iter().enumerate().map(cell).collect_view();
    let all = may_edit.then(|| {
        view! {
            <label class="all with-script">
                <input type="checkbox" data-all=format!("[data-r='{number}']") aria-label=t::expertise_all_subjects(&agent.name) />
            </label>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <div class="agent">
                    {all}
                    <span>
                        <a href=format!("/employees/{}/expertise", agent.id)>{agent.name.clone()}</a>
                        {note}
                    </span>
                </div>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}
