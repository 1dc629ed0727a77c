//! The Appointments page: a calendar of a day, a week or a month, or a list, with filters (P-01).

use super::address::{Address, View, Whose};
use super::calendar::{Days, Month};
use super::row::{Row, state_word, tone};
use crate::error::AppError;
use crate::landing::Done;
use crate::live;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Chip, Empty, Icon, Notice, Pill, Popover, Select, Submit, Title, Tone};
use domain::appointment::State;
use domain::{EmployeeId, OfficeId, SubjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The plan of an address.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The address with the day that is meant by none.
    pub address: Address,
    pub today: String,
    /// What the days of the view are called: "23–29 November 2026".
    pub title: String,
    /// Every day of the view, with its short name; none for a list.
    pub days: Vec<(String, String)>,
    /// A day of the view before and of the one after.
    pub earlier: String,
    pub later: String,
    pub rows: Vec<Row>,
    /// The address of the next rows, where there are more.
    pub more: Option<String>,
    pub offices: Vec<(OfficeId, String)>,
    pub agents: Vec<(EmployeeId, String)>,
    pub subjects: Vec<(SubjectId, String)>,
}

/// The appointments that the asker may handle, as the address says.
#[server(endpoint = "list_appointments", input = server_fn::codec::Json)]
pub async fn list_appointments(address: Address) -> Result<Plan, AppError> {
    server::plan(address).await
}

#[cfg(feature = "ssr")]
mod server {
    use super::*;
    use crate::request::Read;
    use crate::ui::moment::{date, day_short, month};
    use domain::{Action, AppointmentId, Role, Timestamp};
    use jiff::civil::{Date, Weekday};
    use jiff::{ToSpan, tz::TimeZone};
    use store::appointment::Query;

    /// The most rows of a list, and of a calendar.
    const LIST: i64 = 50;
    const CALENDAR: i64 = 1_000;

    pub(super) async fn plan(mut address: Address) -> Result<Plan, AppError> {
        let mut request = Read::begin().await?;
        let actor = request.actor().clone();
        let action = Action::HandleAppointments;
        if !actor.reaches_beyond_own(action) {
            return Err(domain::Refusal::Forbidden.into());
        }
        let (zone, now) = (request.zone(), request.now);
        let today = now.to_zoned(zone.clone()).date();
        let date = address.date.parse().unwrap_or(today);
        address.date = date.to_string();
        let (first, last) = range(address.view, date);
        let only_own = !actor.reaches_all(action) && actor.managed().next().is_none();
        let agent = match address.whose {
            Whose::Usual if only_own => actor.id(),
            Whose::Usual | Whose::Everybody => None,
            Whose::One(id) => Some(id),
        };
        let most = if address.view == View::List {
            LIST
        } else {
            CALENDAR
        };
        let query = Query {
            from: instant(first, &zone),
            until: match address.view {
                View::List => instant(date.saturating_add(10.years()), &zone),
                _ => instant(last.saturating_add(1.day()), &zone),
            },
            office: address.office,
            agent,
            subject: address.subject,
            states: match (address.state, address.view) {
                (Some(state), _) => state.bit(),
                (None, View::List) => State::ALL.iter().map(|state| state.bit()).sum(),
                (None, _) => State::Requested.bit() | State::Confirmed.bit(),
            },
            after: after(&address.after),
            most: most + 1,
        };
        let mut listed = request.appointments(&actor, &query).await?;
        let is_more = i64::try_from(listed.len()).is_ok_and(|read| read > most);
        listed.truncate(usize::try_from(most).unwrap_or_default());
        let more = listed.last().filter(|_| is_more).map(|last| {
            let appointment = &last.appointment;
            let micros = appointment.begins_at.as_microsecond();
            let after = format!("{micros}~{}", appointment.id);
            address.with(|address| {
                address.view = View::List;
                address.after = after;
            })
        });
        let subjects = request.subjects().await?;
        let subjects = subjects.into_iter().map(|s| (s.id, s.profile.title));
        Ok(Plan {
            title: title(address.view, first, last, date),
            days: days(address.view, first, last),
            earlier: step(address.view, date, -1).to_string(),
            later: step(address.view, date, 1).to_string(),
            today: today.to_string(),
            rows: listed
                .into_iter()
                .map(|one| Row::of(one, &zone, now))
                .collect(),
            more,
            offices: offices(&mut request).await?,
            agents: request.agents_handled(&actor, address.office).await?,
            subjects: subjects.collect(),
            address,
        })
    }

    /// The offices whose appointments the asker handles, by name.
    pub(in crate::appointments) async fn offices(
        request: &mut Read,
    ) -> Result<Vec<(OfficeId, String)>, AppError> {
        let actor = request.actor().clone();
        if actor.reaches_all(Action::HandleAppointments) {
            let all = request.offices(&actor, Action::EditOffice).await?;
            return Ok(all.into_iter().map(|o| (o.id, o.name.clone())).collect());
        }
        let roles = Action::HandleAppointments.office_roles();
        let held = |role: Role, of: domain::Roles| of.has(role) && roles.has(role);
        let places = request.session.places.iter();
        let places =
            places.filter(|(place, _)| Role::IN_OFFICE.iter().any(|role| held(*role, place.roles)));
        Ok(places
            .map(|(place, name)| (place.office, name.clone()))
            .collect())
    }

    fn instant(date: Date, zone: &TimeZone) -> Timestamp {
        date.to_zoned(zone.clone())
            .map_or(Timestamp::UNIX_EPOCH, |there| there.timestamp())
    }

    /// The first and the last day of a view.
    fn range(view: View, date: Date) -> (Date, Date) {
        let monday = |day: Date| {
            let back = day.weekday().since(Weekday::Monday);
            day.saturating_sub(i64::from(back).days())
        };
        match view {
            View::Day | View::List => (date, date),
            View::Week => (monday(date), monday(date).saturating_add(6.days())),
            View::Month => {
                let first = monday(date.first_of_month());
                let last = monday(date.last_of_month()).saturating_add(6.days());
                (first, last)
            }
        }
    }

    fn step(view: View, date: Date, by: i64) -> Date {
        match view {
            View::Day => date.saturating_add(by.days()),
            View::Week | View::List => date.saturating_add(by.weeks()),
            View::Month => date.first_of_month().saturating_add(by.months()),
        }
    }

    fn title(view: View, first: Date, last: Date, shown: Date) -> String {
        match view {
            View::Day => format!("{} {}", day_short(shown), shown.year()),
            View::Week => format!("{} – {}", day_short(first), date(last)),
            View::Month => month(shown),
            View::List => t::appointments_from(date(shown)),
        }
    }

    fn days(view: View, first: Date, last: Date) -> Vec<(String, String)> {
        match view {
            View::List => Vec::new(),
            _ => first
                .series(1.day())
                .take_while(|day| *day <= last)
                .map(|day| (day.to_string(), day_short(day)))
                .collect(),
        }
    }

    fn after(text: &str) -> Option<(Timestamp, AppointmentId)> {
        let (micros, id) = text.split_once('~')?;
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        Some((at, id.parse().ok()?))
    }
}

#[cfg(feature = "ssr")]
pub(super) use server::offices;

/// `/appointments`
pub struct AppointmentsPage;

#[lazy_route]
impl LazyRoute for AppointmentsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, changes) = (use_query_map(), live::changes());
        let address = move || (Address::read(&params.get()), changes.get());
        let plan = Resource::new(address, |(address, _)| list_appointments(address));
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match plan.await {
                        Ok(shown) => view! { <Shown shown plan /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Shown(shown: Plan, plan: Resource<Result<Plan, AppError>>) -> AnyView {
    let address = shown.address.clone();
    let views = View::ALL.map(|view| {
        let current = (view == address.view).then_some("page");
        let href = address.with(|address| address.view = view);
        view! { <a href=href aria-current=current>{view_word(view)}</a> }
    });
    let step = |date: &str, word: &'static str, icon: Icon| {
        let href = address.with(|address| date.clone_into(&mut address.date));
        view! { <a class="button icon-only" href=href aria-label=word title=word>{icon}</a> }
    };
    let earlier = step(&shown.earlier, t::appointments_earlier(), Icon::Back);
    let later = step(&shown.later, t::appointments_later(), Icon::Next);
    let today = address.with(|address| address.date.clear());
    let body = match address.view {
        View::List => view! { <List shown=shown.clone() /> }.into_any(),
        View::Month => view! { <Month shown=shown.clone() /> }.into_any(),
        View::Day | View::Week => {
            view! { <Days shown=shown.clone() moved=move || plan.refetch() /> }.into_any()
        }
    };
    let rest = shown.more.clone().filter(|_| address.view != View::List);
    let rest = rest.map(|href| {
        let count = shown.rows.len();
        view! {
            <Notice tone=Tone::Wait title=t::appointments_first(count)>
                <a href=href>{t::appointments_rest()}</a>
            </Notice>
        }
    });
    view! {
        <Title text=t::appointments_title() />
        <div class="head">
            <h1>{t::appointments_title()}</h1>
            <div class="actions">
                <a class="button primary thumb" href="/appointments/new" data-key="n">
                    {Icon::Plus}
                    {t::appointments_new()}
                </a>
            </div>
        </div>
        <Done />
        <div class="bar plan-bar">
            <nav class="views" aria-label=t::appointments_views()>{views}</nav>
            <div class="steps">
                {earlier}
                <a class="button" href=today>{t::appointments_today()}</a>
                {later}
            </div>
            <h2 class="span" aria-live="polite">{shown.title.clone()}</h2>
            <Filter shown=shown.clone() />
        </div>
        {rest}
        {body}
    }
    .into_any()
}

fn view_word(view: View) -> &'static str {
    match view {
        View::Day => t::appointments_day(),
        View::Week => t::appointments_week(),
        View::Month => t::appointments_month(),
        View::List => t::appointments_list(),
    }
}

/// The filters, a GET form that works without a script, and a chip for each that is on.
#[component]
fn Filter(shown: Plan) -> AnyView {
    let address = shown.address.clone();
    let named = |all: &[(String, String)], first: (&str, &str)| {
        let mut options = vec![(first.0.to_owned(), first.1.to_owned())];
        options.extend(all.iter().cloned());
        options
    };
    let offices: Vec<_> = shown
        .offices
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let agents: Vec<_> = shown
        .agents
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let subjects: Vec<_> = shown
        .subjects
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let states: Vec<_> = State::ALL
        .map(|state| (state.code().to_owned(), state_word(state).to_owned()))
        .to_vec();
    let mut whose = vec![("all".to_owned(), t::appointments_everybody().to_owned())];
    whose.extend(agents.iter().cloned());
    let office = address.office.map(|id| id.to_string()).unwrap_or_default();
    let subject = address.subject.map(|id| id.to_string()).unwrap_or_default();
    let state = address.state.map_or("", State::code).to_owned();
    let chosen = |all: &[(String, String)], code: &str| {
        all.iter()
            .find(|(known, _)| known == code)
            .map(|(_, name)| name.clone())
    };
    let mut chips = Vec::new();
    if let Some(name) = chosen(&offices, &office) {
        chips.push((name, address.with(|address| address.office = None)));
    }
    if let Some(name) = chosen(&whose, &address.agent()) {
        chips.push((name, address.with(|address| address.whose = Whose::Usual)));
    }
    if let Some(name) = chosen(&subjects, &subject) {
        chips.push((name, address.with(|address| address.subject = None)));
    }
    if let Some(name) = chosen(&states, &state) {
        chips.push((name, address.with(|address| address.state = None)));
    }
    let count = chips.len();
    let chips = chips
        .into_iter()
        .map(|(label, href)| view! { <Chip label remove_href=href /> });
    view! {
        <form method="get" action="/appointments">
            <input type="hidden" name="view" value=address.view.code() />
            <input type="hidden" name="date" value=address.date.clone() />
            <Popover id="filter" label=t::employees_filter() icon=Icon::Filter count=Signal::stored(count) end=true>
                <Select label=t::label_office() name="office" id="filter-office" options=named(&offices, ("", t::employees_any_office())) value=office />
                <Select label=t::label_agent() name="agent" id="filter-agent" options=named(&whose, ("", t::appointments_usual())) value=address.agent() />
                <Select label=t::label_subject() name="subject" id="filter-subject" options=named(&subjects, ("", t::appointments_any_subject())) value=subject />
                <Select label=t::label_status() name="state" id="filter-state" options=named(&states, ("", t::appointments_any_state())) value=state />
                <div class="buttons">
                    <Submit label=t::action_apply() />
                </div>
            </Popover>
        </form>
        {chips.collect_view()}
    }
    .into_any()
}

#[component]
fn List(shown: Plan) -> AnyView {
    if shown.rows.is_empty() {
        return view! {
            <Empty icon=Icon::Appointments title=t::appointments_empty_title() text=t::appointments_empty_text() />
        }
        .into_any();
    }
    let rows = shown.rows.into_iter().map(|row| {
        view! {
            <tr>
                <td class="when tabular">{row.day_text.clone()}" "<b>{row.time.clone()}</b></td>
                <td class="who">
                    <a class="row-link" href=format!("/appointments/{}", row.id)>
                        <b>{row.subject.clone()}</b>
                    </a>
                </td>
                <td class="what">{row.customer()}</td>
                <td class="where">{row.agent()}</td>
                <td class="where">{row.office.clone()}</td>
                <td class="status"><Pill tone=tone(row.state) text=state_word(row.state) /></td>
            </tr>
        }
    });
    let more = shown.more.map(|href| {
        view! { <p class="buttons"><a class="button" href=href>{t::appointments_more()}</a></p> }
    });
    view! {
        <div class="sheet">
            <table class="table plan-table">
                <thead>
                    <tr>
                        <th scope="col">{t::label_begins()}</th>
                        <th scope="col">{t::label_subject()}</th>
                        <th scope="col">{t::label_customer()}</th>
                        <th scope="col">{t::label_agent()}</th>
                        <th scope="col">{t::label_office()}</th>
                        <th scope="col">{t::label_status()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}
