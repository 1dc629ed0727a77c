//! Recurring events: when they begin, by the clock on the wall, within a window and a budget.

use super::read::{Budget, Unreadable};
use super::when::{Place, When, Zones};
use chrono::{TimeZone as _, Timelike as _};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Span};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use std::ops::RangeInclusive;

/// The parts of a rule that are passed on; UNTIL is minded here, since it is in another clock.
const PARTS: [&str; 12] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYHOUR",
    "BYMINUTE",
    "WKST",
];

/// When a rule lets something begin in `window`. A rule that nobody understands, or that repeats
/// within an hour, lets nothing begin: the caller still has the first time.
pub(super) fn starts(
    rule: &str,
    start: &When,
    zones: &Zones<'_>,
    window: &RangeInclusive<DateTime>,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, Unreadable> {
    let Some((set, until)) = rule_set(rule, start, zones, *window.start()) else {
        return Ok(Vec::new());
    };
    let mut starts = Vec::new();
    for date in &set {
        budget.repetition()?;
        let Some(local) = from_chrono(&date) else {
            break;
        };
        if local > *window.end() || until.is_some_and(|until| local > until) {
            break;
        }
        if local >= *window.start() {
            starts.push(local);
        }
    }
    Ok(starts)
}

fn rule_set(
    rule: &str,
    start: &When,
    zones: &Zones<'_>,
    from: DateTime,
) -> Option<(RRuleSet, Option<DateTime>)> {
    let rule = rule.to_ascii_uppercase();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"=;,:+-".contains(&b);
    if rule.len() > 1_000 || !rule.bytes().all(plain) {
        return None;
    }
    let parts: Vec<(&str, &str)> = rule
        .split(';')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('='))
        .collect::<Option<_>>()?;
    let part = |name: &str| parts.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let until = match part("UNTIL") {
        Some(until) => Some(last(until, start, zones)?),
        None => None,
    };
    let known = |(name, value): &(&str, &str)| {
        PARTS.contains(name)
            || matches!((*name, *value), ("RSCALE", "GREGORIAN") | ("SKIP", "OMIT"))
            || matches!(*name, "UNTIL" | "BYSECOND")
    };
    let frequency = part("FREQ")?;
    if !parts.iter().all(known) || matches!(frequency, "SECONDLY" | "MINUTELY") {
        return None;
    }
    let begin = match part("COUNT") {
        Some(_) => start.local(),
        None => {
            let interval = part("INTERVAL").map_or(Some(1), |text| text.parse().ok())?;
            nearer(start.local(), from, frequency, interval)
        }
    };
    let passed: Vec<String> = parts
        .iter()
        .filter(|(name, _)| PARTS.contains(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let rule: RRule<Unvalidated> = passed.join(";").parse().ok()?;
    let begin = to_chrono(begin)?;
    let rule = rule.validate(begin).ok()?;
    Some((RRuleSet::new(begin).rrule(rule).limit(), until))
}

/// The last moment of UNTIL, by the clock of the event.
fn last(until: &str, start: &When, zones: &Zones<'_>) -> Option<DateTime> {
    match When::parse(until, &Place::Floating)? {
        When::Day(day) => Some(day.at(23, 59, 59, 0)),
        When::At(at, Place::Utc) => {
            let instant = super::when::instant(at, &jiff::tz::TimeZone::UTC)?;
            Some(zones.of(start).to_datetime(instant))
        }
        When::At(at, _) => Some(at),
    }
}

/// A later begin from which an endless rule gives the same times, so that a daily meeting since ten
/// years is not counted through. Months and years are few.
fn nearer(start: DateTime, from: DateTime, frequency: &str, interval: i64) -> DateTime {
    let step = match frequency {
        "HOURLY" => 1,
        "DAILY" => 24,
        "WEEKLY" => 7 * 24,
        _ => return start,
    };
    let step = interval.clamp(1, i64::from(u16::MAX)) * step;
    let hours = from.duration_since(start).as_hours();
    if hours < step {
        return start;
    }
    start
        .checked_add(SignedDuration::from_hours(hours / step * step))
        .unwrap_or(start)
}

/// A local time dressed as UTC, so that no clock is changed while repeating.
fn to_chrono(at: DateTime) -> Option<chrono::DateTime<Tz>> {
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()]
            .map(|n| u32::from(n.unsigned_abs()));
    Tz::UTC
        .with_ymd_and_hms(i32::from(at.year()), month, day, hour, minute, second)
        .single()
}

fn from_chrono(at: &chrono::DateTime<Tz>) -> Option<DateTime> {
    let midnight = DateTime::new(1970, 1, 1, 0, 0, 0, 0).ok()?;
    let seconds = at.with_nanosecond(0)?.timestamp();
    midnight
        .checked_add(Span::new().try_seconds(seconds).ok()?)
        .ok()
}
