//! Time zones: by their IANA name, or by the rules that a calendar brings along.

use super::when::{Place, When};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use std::collections::HashMap;

/// The zone of an id. Some programs put a path before the name: `/example.org/20260101/Europe/Ghent`.
pub(super) fn find(id: &str) -> Option<TimeZone> {
    let id = id.trim();
    if id.len() > 100 || id.is_empty() {
        return None;
    }
    let mut rest = id.trim_start_matches('/');
    loop {
        if let Ok(zone) = TimeZone::get(rest) {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
}

/// STANDARD or DAYLIGHT of a VTIMEZONE.
#[derive(Debug)]
pub(super) struct Observance {
    daylight: bool,
    start: Option<DateTime>,
    offset: Option<i32>,
    rule: Option<String>,
}

impl Observance {
    pub(super) fn new(daylight: bool) -> Self {
        Self {
            daylight,
            start: None,
            offset: None,
            rule: None,
        }
    }

    pub(super) fn take(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => {
                self.start = When::parse(value, &Place::Floating).map(|when| when.local());
            }
            "TZOFFSETTO" => self.offset = offset(value),
            "RRULE" => self.rule = Some(value.to_ascii_uppercase()),
            _ => {}
        }
    }

    /// As a rule of POSIX: `M3.5.0/2:00:00` is the last Sunday of March at two.
    fn change(&self) -> Option<String> {
        let parts: HashMap<&str, &str> = self
            .rule
            .as_deref()?
            .split(';')
            .filter_map(|part| part.split_once('='))
            .collect();
        if parts.get("FREQ") != Some(&"YEARLY") {
            return None;
        }
        let start = self.start?;
        let month: i8 = match parts.get("BYMONTH") {
            Some(month) => month.parse().ok()?,
            None => start.month(),
        };
        let by_day = parts.get("BYDAY")?;
        let (number, day) = by_day.split_at_checked(by_day.len().checked_sub(2)?)?;
        let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
            .iter()
            .position(|d| *d == day)?;
        let week = match (number, parts.get("BYMONTHDAY")) {
            ("-1" | "5" | "+5", _) => 5,
            ("", Some(days)) => {
                let first: i8 = days.split(',').next()?.parse().ok()?;
                if first < 1 { 5 } else { (first - 1) / 7 + 1 }
            }
            (number, _) => number.trim_start_matches('+').parse().ok()?,
        };
        let right = (1..=5).contains(&week) && (1..=12).contains(&month);
        right.then(|| {
            format!(
                "M{month}.{week}.{day}/{}",
                start.time().strftime("%H:%M:%S")
            )
        })
    }
}

/// The zone that observances describe, by the latest of each kind that still goes on: a calendar is
/// about the present.
pub(super) fn of_rules(observances: &[Observance]) -> Option<TimeZone> {
    let goes_on = |o: &&Observance| o.rule.as_ref().is_none_or(|r| !r.contains("UNTIL"));
    let latest = |daylight: bool| {
        observances
            .iter()
            .filter(|o| o.daylight == daylight)
            .filter(goes_on)
            .max_by_key(|o| o.start)
    };
    let standard = latest(false).or_else(|| observances.last())?;
    let changes = |o: &&Observance| o.rule.is_some();
    match (standard.change(), latest(true).filter(changes)) {
        (Some(to_standard), Some(daylight)) => {
            let to_daylight = daylight.change()?;
            let (standard, daylight) = (posix(standard.offset?), posix(daylight.offset?));
            let rules = format!("<STD>{standard}<DST>{daylight},{to_daylight},{to_standard}");
            TimeZone::posix(&rules).ok()
        }
        _ => Some(TimeZone::fixed(
            Offset::from_seconds(standard.offset?).ok()?,
        )),
    }
}

/// Seconds east of UTC as POSIX writes them: the other way round.
fn posix(seconds: i32) -> String {
    let (sign, s) = match seconds {
        ..=-1 => ('+', -seconds),
        _ => ('-', seconds),
    };
    format!("{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// Reads `+0100` and `-033000`, in seconds.
fn offset(value: &str) -> Option<i32> {
    let (sign, digits) = match value.as_bytes().first()? {
        b'-' => (-1, value.get(1..)?),
        b'+' => (1, value.get(1..)?),
        _ => (1, value),
    };
    let digits = match digits.len() {
        4 => format!("{digits}00"),
        6 => digits.to_owned(),
        _ => return None,
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: i32 = digits.parse().ok()?;
    let seconds = n / 10_000 * 3600 + n / 100 % 100 * 60 + n % 100;
    (seconds < 24 * 3600).then_some(sign * seconds)
}
