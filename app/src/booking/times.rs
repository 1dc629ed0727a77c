//! The free times of a week, each a button, in the office's time.

use super::Words;
use crate::messages::t;
use crate::ui::moment::{day_and_time, day_and_weekday, time};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;

/// What can be chosen in a week.
#[derive(Clone, Debug)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// In order.
    pub free: Vec<Timestamp>,
    /// The first days of the weeks before and after, where they can be looked at.
    pub before: Option<Date>,
    pub after: Option<Date>,
    /// The first free time after this week, when the week has none.
    pub next: Option<Timestamp>,
    pub zone: TimeZone,
    pub zone_name: String,
    pub office: String,
}

/// The day of a time, by the clock of `zone`.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// The week as a form that goes to `path` with `words` and the chosen `at`.
pub fn times(path: &str, words: &Words, week: Week) -> AnyView {
    let to = |first: Date| {
        let words = words.with("week", &first.to_string());
        words.without(&["at"]).href(path)
    };
    let before = week.before.map(
        |first| view! { <a class="button" rel="prev" href=to(first)>{t::book_week_before()}</a> },
    );
    let after = week.after.map(
        |first| view! { <a class="button" rel="next" href=to(first)>{t::book_week_after()}</a> },
    );
    let last = week.first.saturating_add(jiff::Span::new().days(6));
    let heading = t::book_week(
        t::date_day(week.first.day(), month(week.first)),
        t::date_day(last.day(), month(last)),
    );
    let body = match week.free.is_empty() {
        true => nothing(&week, to),
        false => days(path, words, &week),
    };
    view! {
        <h1>{t::book_time()}</h1>
        <nav class="weeks" aria-label=t::book_weeks()>
            {before}
            <h2>{heading}</h2>
            {after}
        </nav>
        {body}
        <p class="quiet">{t::book_zone(week.office, week.zone_name)}</p>
    }
    .into_any()
}

fn month(date: Date) -> &'static str {
    let months = t::date_months_short().split(' ');
    let place = usize::try_from(date.month() - 1).unwrap_or_default();
    months.into_iter().nth(place).unwrap_or_default()
}

fn nothing(week: &Week, to: impl Fn(Date) -> String) -> AnyView {
    let next = week.next.map(|at| {
        let first = day_of(at, &week.zone);
        let when = day_and_time(&at.to_zoned(week.zone.clone()));
        view! { <p><a class="button primary" href=to(first)>{t::book_next(when)}</a></p> }
    });
    let words = match next.is_some() {
        true => t::book_week_none(),
        false => t::book_none(),
    };
    view! {
        <p>{words}</p>
        {next}
    }
    .into_any()
}

fn days(path: &str, words: &Words, week: &Week) -> AnyView {
    let mut days: Vec<(Date, Vec<Timestamp>)> = Vec::new();
    for at in &week.free {
        let day = day_of(*at, &week.zone);
        match days.last_mut() {
            Some((known, times)) if *known == day => times.push(*at),
            _ => days.push((day, vec![*at])),
        }
    }
    let button = |at: Timestamp| {
        let shown = time(&at.to_zoned(week.zone.clone()));
        view! { <button name="at" value=at.to_string()>{shown}</button> }
    };
    let day = |(day, times): (Date, Vec<Timestamp>)| {
        let id = format!("day-{day}");
        view! {
            <section aria-labelledby=id.clone()>
                <h3 id=id.clone()>{day_and_weekday(day)}</h3>
                <div class="times">{times.into_iter().map(button).collect_view()}</div>
            </section>
        }
    };
    let days = days.into_iter().map(day).collect_view();
    let words = words.without(&["at", "week"]).inputs();
    view! { <form class="days" method="get" action=path.to_owned()>{words}{days}</form> }.into_any()
}
