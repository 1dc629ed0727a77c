//! When somebody is free: a week of times to choose from, and why there are none (P-03).

use crate::error::AppError;
use crate::messages::t;
use crate::ui::Icon;
use domain::{AppointmentId, EmployeeId, OfficeId, SubjectId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is asked: for whom, from which day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wanted {
    pub office: OfficeId,
    pub subject: SubjectId,
    /// `None` for whoever is free.
    pub agent: Option<EmployeeId>,
    /// The first of seven days, such as `2026-11-23`; empty for today.
    pub from: String,
    /// An appointment that is to be moved, which does not stand in its own way.
    pub except: Option<AppointmentId>,
}

/// A week of free times, by the asker's clock.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Times {
    pub from: String,
    pub earlier: Option<String>,
    pub later: String,
    /// Each with its day, such as `2026-11-23`, its name, and its times, such as `09:30`.
    pub days: Vec<(String, String, Vec<String>)>,
    /// Where there are none: who could take it, and what stands against everything with them.
    pub why: Vec<(String, String)>,
    /// The kinds of meeting that the subject has, by code.
    pub meetings: Vec<String>,
}

/// The free times of an agent, or of all who can be booked, for a subject in an office.
#[server(endpoint = "free_times", input = server_fn::codec::Json)]
pub async fn free_times(wanted: Wanted) -> Result<Times, AppError> {
    server::free(wanted).await
}

#[cfg(feature = "ssr")]
mod server {
    use super::{Times, Wanted};
    use crate::error::{AppError, obstacle_words};
    use crate::messages::t;
    use crate::request::Read;
    use crate::ui::moment::{day_short, time};
    use domain::availability::Span;
    use domain::booking::{Case, times};
    use domain::{Action, Refusal};
    use jiff::ToSpan;
    use store::availability::Whom;

    pub(super) async fn free(wanted: Wanted) -> Result<Times, AppError> {
        let mut request = Read::begin().await?;
        request
            .actor()
            .may_in(Action::HandleAppointments, wanted.office)?;
        let (zone, now) = (request.zone(), request.now);
        let today = now.to_zoned(zone.clone()).date();
        let from = wanted.from.parse().unwrap_or(today).max(today);
        let start = |day: jiff::civil::Date| {
            day.to_zoned(zone.clone())
                .map_or(now, |there| there.timestamp())
        };
        let week: Vec<_> = from.series(1.day()).take(8).collect();
        let end = week.last().copied().unwrap_or(from);
        let range = Span {
            from: start(from),
            until: start(end),
        };
        let whom = wanted.agent.map_or(Whom::Anyone, Whom::One);
        let mut cases = request
            .cases(wanted.office, wanted.subject, whom, range, wanted.except)
            .await?
            .ok_or(Refusal::NotFound)?;
        cases.retain(Case::is_there);
        let slots = times(&cases, range, now);
        let of_day = |day: &jiff::civil::Date| {
            let there = slots.iter().map(|slot| slot.from.to_zoned(zone.clone()));
            let today = there.filter(|there| there.date() == *day);
            let times = today.map(|there| time(&there)).collect();
            (day.to_string(), day_short(*day), times)
        };
        let meetings = cases.first().map(|case| case.offer.meetings);
        let meetings = meetings.into_iter().flat_map(|meetings| {
            let codes: Vec<String> = meetings.iter().map(|m| m.code().to_owned()).collect();
            codes
        });
        Ok(Times {
            earlier: (from > today).then(|| from.saturating_sub(7.days()).max(today).to_string()),
            later: from.saturating_add(7.days()).to_string(),
            from: from.to_string(),
            days: week.iter().take(7).map(of_day).collect(),
            why: match slots.is_empty() {
                true => cases.iter().map(why).collect(),
                false => Vec::new(),
            },
            meetings: meetings.collect(),
        })
    }

    /// Somebody, and what stands against every time with them.
    fn why(case: &Case) -> (String, String) {
        let words = match case.diary.against.as_slice() {
            [] if case.diary.hours == domain::hours::Hours::default() => {
                t::appointments_no_hours().to_owned()
            }
            [] => t::appointments_no_time().to_owned(),
            against => obstacle_words(against),
        };
        (case.agent.name.clone(), words)
    }
}

/// The times as radio buttons named `at`, with links to other weeks that keep what was chosen.
#[component]
pub fn TimesChoice(times: Times, href: Callback<String, String>) -> AnyView {
    let any = times.days.iter().any(|(_, _, times)| !times.is_empty());
    let days = times
        .days
        .into_iter()
        .filter(|(_, _, times)| !times.is_empty())
        .map(|(day, name, times)| {
            let choices = times.into_iter().map(|time| {
                let value = format!("{day}T{time}");
                view! {
                    <label class="time-choice">
                        <input type="radio" name="at" value=value />
                        <span class="tabular">{time}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="times">
                    <legend>{name}</legend>
                    <div>{choices.collect_view()}</div>
                </fieldset>
            }
        });
    let why = times
        .why
        .into_iter()
        .map(|(name, words)| view! { <li><b>{name}</b>": "{words}</li> });
    let earlier = times.earlier.map(|day| view! { <a class="button" href=href.run(day)>{Icon::Back}{t::appointments_earlier()}</a> });
    let later = href.run(times.later);
    view! {
        {days.collect_view()}
        {(!any).then(|| view! {
            <p>{t::appointments_none_free()}</p>
            <ul class="lines">{why.collect_view()}</ul>
        })}
        <div class="buttons">
            {earlier}
            <a class="button" href=later>{t::appointments_later()}{Icon::Next}</a>
        </div>
    }
    .into_any()
}
