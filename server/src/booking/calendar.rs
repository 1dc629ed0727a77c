//! The free times of one office and subject, week by week.

use app::booking::{FreeTime, Week, day_of};
use app::ui::moment::day_and_time;
use domain::availability::Span;
use domain::booking::{Case, times};
use domain::{EmployeeId, OfficeId, SubjectId, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span as Days};
use std::sync::OnceLock;
use store::Reading;
use store::availability::Whom;

/// How far ahead a page looks first: most offices have a free time until then.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 8);
/// How far ahead it looks for the first free time where there is none.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 70);
/// More weeks than any page reads; at the end of all calendars weeks do not get later any more.
const WEEKS: usize = 20;
/// How many free times are shown in place of one that is gone.
const INSTEAD: usize = 8;

/// What is asked for: whose times, where and about what.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub office: OfficeId,
    pub subject: SubjectId,
    /// `None` for anybody.
    pub agent: Option<EmployeeId>,
    /// The appointment that is to be moved.
    pub except: Option<domain::AppointmentId>,
}

/// Cases of one office and subject for some weeks, with the office's clock. Never without a case.
pub struct Calendar {
    pub cases: Vec<Case>,
    pub zone: TimeZone,
    pub now: Timestamp,
    range: Span,
    /// The weeks of the range by their Mondays, each with its free times once somebody asked.
    weeks: Vec<(Date, OnceLock<Vec<Timestamp>>)>,
}

impl Calendar {
    /// Reads the cases from `from` on, as far as the next free time; `None` when there is nobody.
    pub async fn read(
        reading: &mut Reading,
        wanted: Wanted,
        from: Timestamp,
        now: Timestamp,
    ) -> store::Result<Option<Self>> {
        let from = from.max(now);
        // The week of a day may begin before it.
        let begin = (from - SignedDuration::from_hours(24 * 8)).max(now);
        let range = |ahead| Span {
            from: begin,
            until: from + ahead,
        };
        let soon = Self::over(reading, wanted, range(SOON), now).await?;
        match soon {
            Some(soon) if !soon.holds_next_week(from) => {
                Self::over(reading, wanted, range(AHEAD), now).await
            }
            soon => Ok(soon),
        }
    }

    /// Whether the first free time from the week of `from` on, and the whole week that it is in, were
    /// read.
    fn holds_next_week(&self, from: Timestamp) -> bool {
        let week = monday(day_of(from, &self.zone));
        let first = self.first_from(week);
        first.is_some_and(|first| {
            let after = plus(monday(day_of(first, &self.zone)), 7);
            self.midnight(after) <= self.range.until
        })
    }

    /// Reads the cases as far as they decide about one time.
    pub async fn at(
        reading: &mut Reading,
        wanted: Wanted,
        at: Timestamp,
        now: Timestamp,
    ) -> store::Result<Option<Self>> {
        let until = at + SignedDuration::from_secs(1);
        Self::over(reading, wanted, Span { from: at, until }, now).await
    }

    async fn over(
        reading: &mut Reading,
        wanted: Wanted,
        range: Span,
        now: Timestamp,
    ) -> store::Result<Option<Self>> {
        let whom = wanted.agent.map_or(Whom::Bookable, Whom::One);
        let cases = reading.cases(wanted.office, wanted.subject, whom, range, wanted.except);
        let cases = cases.await?.unwrap_or_default();
        let zone = cases.first().map(|case| case.premises.zone.clone());
        Ok(zone.map(|zone| {
            let last = day_of(range.until, &zone);
            let first = monday(day_of(range.from, &zone));
            let mondays = std::iter::successors(Some(first), |day| Some(plus(*day, 7)));
            let within = mondays.take_while(|day| *day <= last).take(WEEKS);
            Self {
                weeks: within.map(|day| (day, OnceLock::new())).collect(),
                cases,
                zone,
                now,
                range,
            }
        }))
    }

    /// Whether customers are offered this time.
    pub fn offers(&self, at: Timestamp) -> bool {
        let span = Span {
            from: at,
            until: at + SignedDuration::from_secs(1),
        };
        times(&self.cases, span, self.now)
            .iter()
            .any(|slot| slot.from == at)
    }

    /// A time as customers read it.
    pub fn text(&self, at: Timestamp) -> String {
        day_and_time(&at.to_zoned(self.zone.clone()))
    }

    fn midnight(&self, day: Date) -> Timestamp {
        let there = self.zone.to_zoned(day.into());
        there.map_or(self.now, |there| there.timestamp())
    }

    /// The free times from `from` on, which are looked for a week at a time.
    fn free(&self, from: Timestamp) -> impl Iterator<Item = Timestamp> + '_ {
        let day = day_of(from, &self.zone);
        let weeks = self
            .weeks
            .iter()
            .filter(move |(monday, _)| plus(*monday, 7) > day);
        let each = weeks.flat_map(|(monday, free)| free.get_or_init(|| self.free_in(*monday)));
        each.copied().filter(move |at| *at >= from)
    }

    /// The free times of a week, as far as it was read.
    fn free_in(&self, monday: Date) -> Vec<Timestamp> {
        let span = Span {
            from: self.midnight(monday).max(self.range.from),
            until: self.midnight(plus(monday, 7)).min(self.range.until),
        };
        let slots = times(&self.cases, span, self.now);
        slots.into_iter().map(|slot| slot.from).collect()
    }

    fn first_from(&self, day: Date) -> Option<Timestamp> {
        self.free(self.midnight(day)).next()
    }

    /// The week of `wanted`, or the first with a free time.
    pub fn week(&self, wanted: Option<Date>, office: &str, zone_name: &str) -> Week {
        let today = day_of(self.now, &self.zone);
        let first = match wanted {
            Some(day) => monday(day.max(today)),
            None => monday(
                self.first_from(today)
                    .map_or(today, |at| day_of(at, &self.zone)),
            ),
        };
        let after = plus(first, 7);
        let end = self.midnight(after);
        let free = self.free(self.midnight(first));
        let free: Vec<_> = free.take_while(|at| *at < end).collect();
        let next = match free.is_empty() {
            true => self.first_from(after),
            false => None,
        };
        let before = plus(first, -7);
        let horizon = self.now + self.notice();
        Week {
            first,
            free,
            before: (first > today).then_some(before),
            after: (self.midnight(after) <= horizon).then_some(after),
            next,
            zone: self.zone.clone(),
            zone_name: zone_name.to_owned(),
            office: office.to_owned(),
        }
    }

    /// How far ahead anything can be booked.
    fn notice(&self) -> SignedDuration {
        let days = self.cases.iter().map(|case| case.offer.notice_most).max();
        SignedDuration::from_hours(24 * i64::from(days.unwrap_or_default()))
    }

    /// The free times nearest to one that is gone, from its day on.
    pub fn instead(&self, at: Timestamp) -> Vec<FreeTime> {
        let from = self.midnight(day_of(at.max(self.now), &self.zone));
        let mut free: Vec<_> = self.free(from).collect();
        free.sort_by_key(|other| other.duration_since(at).abs());
        free.truncate(INSTEAD);
        free.sort_unstable();
        let time = |at: Timestamp| FreeTime {
            at: at.to_string(),
            text: self.text(at),
        };
        free.into_iter().map(time).collect()
    }
}

/// A day so many days later.
fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(Days::new().days(days))
}

fn monday(day: Date) -> Date {
    plus(day, -i32::from(day.weekday().to_monday_zero_offset()))
}
