//! When an office is open, and on which days it is closed (O-01), in its own time.

use super::Office;
use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Problems};
use crate::{
    About, Action, Actor, Allowed, Event, Field, OfficeId, Refusal, Timestamp, Version, Why,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most characters of the reason of a closing.
pub const REASON_MAX: usize = 200;
/// The most closings that an office keeps.
pub const CLOSINGS_MAX: usize = 200;
/// The minutes of a day; a block may end with it.
const DAY: i32 = crate::hours::DAY as i32;

/// A block of a weekday in which an office is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// 1 Monday to 7 Sunday, as `Weekday::to_monday_one_offset` counts.
    pub weekday: i8,
    /// Minutes since midnight.
    pub from: i32,
    /// Minutes since midnight, at most 1,440.
    pub until: i32,
}

/// Days on which an office is closed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Closing {
    pub first: Date,
    /// The last day that is closed.
    pub last: Date,
    pub reason: String,
}

/// When an office is open. Without any opening it is open whenever its agents are.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Times {
    /// By weekday and beginning; blocks of a day do not overlap.
    pub opening: Vec<Opening>,
    /// By day; they do not overlap.
    pub closing: Vec<Closing>,
}

/// What a form says; rows that are all empty are none.
#[derive(Clone, Debug, Default)]
pub struct TimesDraft {
    /// Weekday, from and until, such as `09:00`; until `00:00` or `24:00` is the end of the day.
    pub opening: Vec<(i8, String, String)>,
    /// First and last day, such as `2026-12-24`, and the reason; without a last day it is the first.
    pub closing: Vec<(String, String, String)>,
}

/// An office that is open at other times.
#[derive(Debug)]
pub struct TimesRevised {
    pub office: OfficeId,
    pub from: Version,
    pub before: Times,
    pub times: Times,
}

impl Times {
    /// The blocks in which the office is open on `date`: minutes since midnight, in order. The whole day
    /// where it is open whenever its agents are.
    pub fn open_on(&self, date: Date) -> Vec<(i32, i32)> {
        if self.is_closed_on(date) {
            return Vec::new();
        }
        if self.opening.is_empty() {
            return vec![(0, DAY)];
        }
        let weekday = date.weekday().to_monday_one_offset();
        let blocks = self.opening.iter().filter(|block| block.weekday == weekday);
        blocks.map(|block| (block.from, block.until)).collect()
    }

    /// Whether `date` is a closing day.
    pub fn is_closed_on(&self, date: Date) -> bool {
        let mut closing = self.closing.iter();
        closing.any(|closing| (closing.first..=closing.last).contains(&date))
    }

    /// The opening hours as one text: `1 09:00–12:30, 1 13:30–17:00`.
    pub fn opening_text(&self) -> String {
        let block = |block: &Opening| {
            let (from, until) = (clock(block.from), clock(block.until));
            format!("{} {from}–{until}", block.weekday)
        };
        self.opening
            .iter()
            .map(block)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The closing days as one text: `2026-12-24–2026-12-26 Holidays, 2027-01-01`.
    pub fn closing_text(&self) -> String {
        let days = |closing: &Closing| {
            let days = match closing.first == closing.last {
                true => closing.first.to_string(),
                false => format!("{}–{}", closing.first, closing.last),
            };
            format!("{days} {}", closing.reason).trim_end().to_owned()
        };
        self.closing.iter().map(days).collect::<Vec<_>>().join(", ")
    }
}

/// Minutes since midnight as `09:00`; the end of the day is `24:00`.
pub fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes since midnight of `9:00` or `09:00`, up to `24:00`.
fn minute(text: &str) -> Option<i32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| {
        let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        short.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let at = hours * 60 + minutes;
    (minutes < 60 && at <= DAY).then_some(at)
}

impl TimesDraft {
    fn read(&self) -> Result<Times, Refusal> {
        let mut problems = Problems::default();
        let times = Times {
            opening: self.opening(&mut problems),
            closing: self.closing(&mut problems),
        };
        problems.none().map(|()| times)
    }

    fn opening(&self, problems: &mut Problems) -> Vec<Opening> {
        let mut opening = Vec::new();
        for (weekday, from, until) in &self.opening {
            if from.trim().is_empty() && until.trim().is_empty() {
                continue;
            }
            match block(*weekday, from, until) {
                Ok(block) => opening.push(block),
                Err(why) => {
                    problems.add(Field::Opening, why);
                    return Vec::new();
                }
            }
        }
        opening.sort();
        let meet =
            |pair: &[Opening]| pair[0].weekday == pair[1].weekday && pair[1].from < pair[0].until;
        if opening.windows(2).any(meet) {
            problems.add(Field::Opening, Why::Overlapping);
        }
        opening
    }

    fn closing(&self, problems: &mut Problems) -> Vec<Closing> {
        let mut closing = Vec::new();
        for (first, last, reason) in &self.closing {
            if [first, last, reason]
                .iter()
                .all(|text| text.trim().is_empty())
            {
                continue;
            }
            match closed(first, last, reason) {
                Ok(days) => closing.push(days),
                Err(why) => {
                    problems.add(Field::Closing, why);
                    return Vec::new();
                }
            }
        }
        closing.sort();
        let meet = |pair: &[Closing]| pair[1].first <= pair[0].last;
        if closing.windows(2).any(meet) {
            problems.add(Field::Closing, Why::Overlapping);
        }
        if closing.len() > CLOSINGS_MAX {
            let most = i64::try_from(CLOSINGS_MAX).unwrap_or(i64::MAX);
            problems.add(Field::Closing, Why::OutOfRange(0, most));
        }
        closing
    }
}

/// A block of a weekday as it was typed; until `00:00` is the end of the day.
pub(crate) fn block(weekday: i8, from: &str, until: &str) -> Result<Opening, Why> {
    let from = minute(from).ok_or(Why::NotATime)?;
    let until = match minute(until).ok_or(Why::NotATime)? {
        0 => DAY,
        until => until,
    };
    if !(1..=7).contains(&weekday) {
        return Err(Why::UnknownChoice);
    }
    match from < until {
        true => Ok(Opening {
            weekday,
            from,
            until,
        }),
        false => Err(Why::Backward),
    }
}

fn closed(first: &str, last: &str, reason: &str) -> Result<Closing, Why> {
    let day = |text: &str| text.trim().parse::<Date>().map_err(|_| Why::NotADate);
    let first = day(first)?;
    let last = match last.trim() {
        "" => first,
        last => day(last)?,
    };
    let reason = field::line(reason, REASON_MAX)?;
    match first <= last {
        true => Ok(Closing {
            first,
            last,
            reason,
        }),
        false => Err(Why::EndsFirst),
    }
}

impl Office {
    /// Allows other opening hours and closing days than `before`; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise_times(
        &self,
        actor: &Actor,
        before: &Times,
        draft: &TimesDraft,
        at: Timestamp,
    ) -> Result<Option<Allowed<TimesRevised>>, Refusal> {
        self.may(actor, Action::EditOffice)?;
        let times = draft.read()?;
        if times == *before {
            return Ok(None);
        }
        let revised = TimesRevised {
            office: self.id,
            from: self.version,
            before: before.clone(),
            times,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }
}

impl Recorded for TimesRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let (old, new) = (&self.before, &self.times);
        let values = [
            Value::changed("opening", &old.opening_text(), &new.opening_text()),
            Value::changed("closing", &old.closing_text(), &new.closing_text()),
        ];
        Entry {
            event: Event::OfficeRevised,
            subject: About::Office(self.office),
            values: values.into_iter().flatten().collect(),
        }
    }
}
