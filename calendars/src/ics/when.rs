//! Times as iCalendar has them: days, local times, instants; and how long something takes.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Where the clock stands that shows a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Utc,
    /// Wherever its owner is.
    Floating,
    /// By the id of a time zone.
    Zone(String),
}

/// A time, as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum When {
    Day(Date),
    At(DateTime, Place),
}

impl When {
    /// Reads `20261122`, `20261122T090000` and `20261122T090000Z`; `place` is the line's.
    pub(super) fn parse(value: &str, place: &Place) -> Option<Self> {
        let value = value.trim();
        let (day, time) = match value.split_once(['T', 't']) {
            Some((day, time)) => (day, Some(time)),
            None => (value, None),
        };
        let [year, month, day] = numbers(day, [4, 2, 2])?;
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        let Some(time) = time else {
            return Some(Self::Day(date));
        };
        let (time, place) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, Place::Utc),
            None => (time, place.clone()),
        };
        let [hour, minute, second] = numbers(time, [2, 2, 2])?;
        let within = hour < 24 && minute < 60 && second <= 60;
        // A leap second, as most clocks show it.
        let second = second.min(59);
        within.then(|| {
            let [hour, minute, second] = [hour, minute, second].map(|n| n as i8);
            Self::At(date.at(hour, minute, second, 0), place)
        })
    }

    /// What a clock there shows; of a day, its midnight.
    pub(super) fn local(&self) -> DateTime {
        match self {
            Self::Day(date) => date.at(0, 0, 0, 0),
            Self::At(at, _) => *at,
        }
    }
}

/// Numbers of these many digits, and nothing after them.
fn numbers<const N: usize>(text: &str, digits: [usize; N]) -> Option<[i16; N]> {
    let mut numbers = [0; N];
    let mut rest = text;
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let (head, tail) = rest.split_at_checked(digits)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = head.parse().ok()?;
        rest = tail;
    }
    rest.is_empty().then_some(numbers)
}

/// The zones of a calendar, and that of its owner for what has none.
pub(super) struct Zones<'a> {
    pub named: &'a HashMap<String, TimeZone>,
    pub owner: &'a TimeZone,
}

impl Zones<'_> {
    pub(super) fn of(&self, when: &When) -> TimeZone {
        match when {
            When::At(_, Place::Utc) => TimeZone::UTC,
            When::Day(_) | When::At(_, Place::Floating) => self.owner.clone(),
            When::At(_, Place::Zone(id)) => self
                .named
                .get(id)
                .cloned()
                .or_else(|| super::zone::find(id))
                .unwrap_or_else(|| self.owner.clone()),
        }
    }

    pub(super) fn instant(&self, when: &When) -> Option<Timestamp> {
        instant(when.local(), &self.of(when))
    }
}

/// When clocks show a local time. One that does not exist is told by the clock that was not yet
/// changed, of one that happens twice it is the first (RFC 5545, 3.3.5).
pub(super) fn instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

/// How long something takes: by the clock on the wall, then by a stopwatch.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Length {
    pub wall: SignedDuration,
    pub exact: SignedDuration,
}

impl Length {
    /// Reads `P1W`, `P1DT2H`, `PT45M`. What would end before it begins is nothing.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let value = value.trim().to_ascii_uppercase();
        let rest = value.strip_prefix('+').unwrap_or(&value);
        let mut rest = rest.strip_prefix('P')?;
        let mut length = Self::default();
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('T') {
                rest = time;
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, unit) = rest.split_at(digits);
            let number = i64::from(number.parse::<i32>().ok()?);
            let (unit, after) = unit.split_at_checked(1)?;
            match unit {
                "W" => length.wall += SignedDuration::from_hours(number * 7 * 24),
                "D" => length.wall += SignedDuration::from_hours(number * 24),
                "H" => length.exact += SignedDuration::from_hours(number),
                "M" => length.exact += SignedDuration::from_mins(number),
                "S" => length.exact += SignedDuration::from_secs(number),
                _ => return None,
            }
            rest = after;
        }
        Some(length)
    }

    /// From `start` to `end`.
    pub(super) fn between(start: &When, end: &When, zones: &Zones<'_>) -> Option<Self> {
        let same_clock = match (start, end) {
            (When::Day(_), When::Day(_)) => true,
            (When::At(_, a), When::At(_, b)) => a == b,
            _ => false,
        };
        let zero = SignedDuration::ZERO;
        Some(if same_clock {
            let wall = end.local().duration_since(start.local()).max(zero);
            Self { wall, exact: zero }
        } else {
            let (from, until) = (zones.instant(start)?, zones.instant(end)?);
            let exact = until.duration_since(from).max(zero);
            Self { wall: zero, exact }
        })
    }

    /// When something ends that begins at a local time.
    pub(super) fn end(self, start: DateTime, zone: &TimeZone) -> Option<Timestamp> {
        let wall = start.checked_add(self.wall).ok()?;
        instant(wall, zone)?.checked_add(self.exact).ok()
    }

    /// At least as long as any of it.
    pub(super) fn at_most(self) -> SignedDuration {
        self.wall + self.exact + SignedDuration::from_hours(48)
    }
}
