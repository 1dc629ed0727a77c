//! When an agent is away (O-05).

use super::read::AbsenceView;
use super::{HoursView, Page};
use crate::error::AppError;
use crate::form::{came_back, provide_form};
use crate::landing::{leave_when_done, say_when_done};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, Submit};
use domain::{AbsenceId, EmployeeId};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Enters an absence, by the clock of the agent: whole days, or from and until a time of the day.
#[server(endpoint = "enter_absence")]
pub async fn enter_absence(
    id: EmployeeId,
    from: String,
    #[server(default)] from_time: String,
    until: String,
    #[server(default)] until_time: String,
    reason: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    employee.hours_offices(&request.actor)?;
    let zone = super::read::server::zone(&request.session, &employee);
    let span = server::span([&from, &from_time], [&until, &until_time], &zone)?;
    let absence = AbsenceId(store::new_id());
    let change = employee.enter_absence(&request.actor, absence, span, &reason, request.now)?;
    request.apply(change).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", super::path(id, None)));
    Ok(())
}

/// Changes when somebody is away, or why. Answers with the path of the tab.
#[server(endpoint = "revise_absence")]
pub async fn revise_absence(
    id: EmployeeId,
    absence: AbsenceId,
    from: String,
    #[server(default)] from_time: String,
    until: String,
    #[server(default)] until_time: String,
    reason: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    employee.hours_offices(&request.actor)?;
    let absence = request.absence(absence).await?;
    let absence = absence.ok_or(domain::Refusal::NotFound)?;
    let zone = super::read::server::zone(&request.session, &employee);
    let span = server::span([&from, &from_time], [&until, &until_time], &zone)?;
    let change = employee.revise_absence(&request.actor, &absence, span, &reason, request.now)?;
    if let Some(change) = change {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = format!("{}?done=saved", super::path(id, None));
    crate::landing::land_on(&page);
    Ok(page)
}

/// Removes an absence.
#[server(endpoint = "remove_absence")]
pub async fn remove_absence(id: EmployeeId, absence: AbsenceId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    employee.hours_offices(&request.actor)?;
    let absence = request.absence(absence).await?;
    let absence = absence.ok_or(domain::Refusal::NotFound)?;
    let change = employee.remove_absence(&request.actor, &absence, request.now)?;
    request.apply(change).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", super::path(id, None)));
    Ok(())
}

#[cfg(feature = "ssr")]
mod server {
    use super::super::times::minute;
    use domain::availability::Span;
    use domain::field::Problems;
    use domain::{Field, Refusal, Timestamp, Why};
    use jiff::civil::Date;
    use jiff::tz::TimeZone;

    /// From the beginning of the first day to the end of the last, where no times are said. One day
    /// may be said by its first alone.
    pub fn span(from: [&str; 2], until: [&str; 2], zone: &TimeZone) -> Result<Span, Refusal> {
        let mut problems = Problems::default();
        let first = day(from[0]);
        let last = match until[0].trim().is_empty() {
            true => first.clone(),
            false => day(until[0]),
        };
        let begins = first.and_then(|day| at(day, from[1], false, zone));
        let ends = last.and_then(|day| at(day, until[1], true, zone));
        let begins = problems.take(Field::From, begins);
        let ends = problems.take(Field::Until, ends);
        problems.none()?;
        Ok(Span {
            from: begins,
            until: ends,
        })
    }

    fn day(text: &str) -> Result<Date, Why> {
        text.trim().parse().map_err(|_| Why::NotADate)
    }

    fn at(day: Date, time: &str, ends: bool, zone: &TimeZone) -> Result<Timestamp, Why> {
        let minute = match time.trim() {
            "" if ends => domain::hours::DAY,
            "" => 0,
            time => minute(time, ends).ok_or(Why::NotATime)?,
        };
        let midnight = day.at(0, 0, 0, 0);
        let clock = midnight.checked_add(jiff::SignedDuration::from_mins(minute.into()));
        let there = clock.and_then(|clock| clock.to_zoned(zone.clone()));
        there.map(|at| at.timestamp()).map_err(|_| Why::NotADate)
    }
}

/// The absences that are not over, and the form of a new one; at `?absence=ID` of that one.
#[component]
pub(super) fn AbsencesCard(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let query = use_query_map();
    let absences = hours.with_value(|h| h.absences.clone());
    let none = absences.is_empty();
    let known = absences.clone();
    let form = move || {
        let id_of = query.with(|query| query.get("absence")?.parse::<AbsenceId>().ok());
        let chosen = known.iter().find(|one| Some(one.id) == id_of).cloned();
        match chosen {
            Some(absence) => view! { <Revision id absence hours page /> }.into_any(),
            None => view! { <Entry id hours page /> }.into_any(),
        }
    };
    view! {
        <section class="card" id="absences">
            <header>
                <h2>{t::hours_absences()}</h2>
            </header>
            {none.then(|| view! { <p class="quiet">{t::hours_absences_none()}</p> })}
            <Provider value=()>
                <Removals id absences page />
            </Provider>
            {form}
        </section>
    }
    .into_any()
}

/// The form of a new absence.
#[component]
fn Entry(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let Page {
        enter,
        one,
        hours: data,
        ..
    } = page;
    let attempt = provide_form(enter);
    say_when_done(attempt, t::hours_absence_entered, move || {
        one.refetch();
        data.refetch();
    });
    let zone = hours.with_value(|h| h.zone.clone());
    let none = (String::new(), String::new());
    view! {
        <details class="in-card" open={came_back::<EnterAbsence>()}>
            <summary>{Icon::Plus}{t::hours_enter_absence()}</summary>
            <ErrorSummary />
            <ActionForm action=enter attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <Fields zone from=none.clone() until=none reason=String::new() />
                <div class="buttons">
                    <Submit label=t::hours_enter_absence_button() pending=enter.pending() secondary=true />
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The form of an absence that there is.
#[component]
fn Revision(
    id: EmployeeId,
    absence: AbsenceView,
    hours: StoredValue<HoursView>,
    page: Page,
) -> AnyView {
    let revise = page.revise;
    provide_form(revise);
    leave_when_done(revise);
    let zone = hours.with_value(|h| h.zone.clone());
    let away = super::path(id, None);
    view! {
        <div class="in-card">
            <h3>{t::hours_revise_absence(&absence.dates)}</h3>
            <ErrorSummary />
            <ActionForm action=revise attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="absence" value=absence.id.to_string() />
                <Fields zone from=absence.from until=absence.until reason=absence.reason />
                <div class="buttons">
                    <Submit label=t::action_save() pending=revise.pending() secondary=true />
                    <a class="button plain" href=away>{t::action_cancel()}</a>
                </div>
            </ActionForm>
        </div>
    }
    .into_any()
}

/// When somebody is away, and why.
#[component]
fn Fields(
    zone: String,
    from: (String, String),
    until: (String, String),
    reason: String,
) -> impl IntoView {
    view! {
        <div class="day-and-time">
            <Field label=t::label_from() name="from" kind="date" value=from.0 required=true />
            <Field label=t::hours_time() name="from_time" kind="time" value=from.1 optional=true />
        </div>
        <div class="day-and-time">
            <Field label=t::label_until() name="until" kind="date" value=until.0 />
            <Field label=t::hours_time() name="until_time" kind="time" value=until.1 optional=true />
        </div>
        <p class="hint">{t::hours_absence_hint(zone)}</p>
        <Field label=t::label_reason() name="reason" value=reason required=true maxlength=200 />
    }
}

#[component]
fn Removals(id: EmployeeId, absences: Vec<AbsenceView>, page: Page) -> AnyView {
    let Page { leave, hours, .. } = page;
    let attempt = provide_form(leave);
    say_when_done(attempt, t::hours_absence_removed, move || hours.refetch());
    let line = move |absence: AbsenceView| {
        let label = t::hours_remove_absence(&absence.dates);
        let change = t::hours_revise_absence(&absence.dates);
        let href = format!("{}?absence={}#absences", super::path(id, None), absence.id);
        view! {
            <li>
                <span>
                    <b>{absence.reason}</b>
                    <small>{absence.dates}</small>
                </span>
                <a class="button plain icon-only small" href=href aria-label=change>{Icon::Edit}</a>
                <ActionForm action=leave>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="absence" value=absence.id.to_string() />
                    <button type="submit" class="button plain icon-only small" aria-label=label>{Icon::Close}</button>
                </ActionForm>
            </li>
        }
    };
    view! {
        <ErrorSummary />
        <ul class="lines removable">{absences.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
