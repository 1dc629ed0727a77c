//! When an agent is free for an appointment: arithmetic over intervals, without a clock (O-04, P-03).

mod clock;
mod spans;

use crate::booking::Obstacle;
use crate::hours::{Block, DAY, Hours};
use crate::office::Times;
use crate::{OfficeId, Timestamp};
use clock::Clock;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use spans::{Run, Seconds, covers, merged};

/// A time between two instants; the second is not in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Span {
    /// Whether the two have any time in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let both = self.from.max(other.from)..self.until.min(other.until);
        both.start < both.end
    }
}

/// Where it would be: an office, its clock, and when it is open.
#[derive(Clone, Debug)]
pub struct Premises {
    pub office: OfficeId,
    pub zone: TimeZone,
    pub times: Times,
}

/// With whom it would be: when one agent has time.
#[derive(Clone, Default, Debug)]
pub struct Diary {
    pub hours: Hours,
    /// What stands against every booking, whatever the time: not Active, no expertise, and so on.
    pub against: Vec<Obstacle>,
    /// Appointments, each with its own buffers (`busy_from` to `busy_until`).
    pub taken: Vec<Span>,
    /// Busy times of calendars that are used for availability.
    pub busy: Vec<Span>,
    pub absences: Vec<Span>,
}

/// What is asked for. All lengths are whole minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    pub now: Timestamp,
    /// How long the appointment takes, at least 1.
    pub duration: u32,
    /// How long the agent has to be free before and after it. This time may lie outside of
    /// appointment hours and inside an absence; it must not touch other appointments or busy times.
    pub before: u32,
    pub after: u32,
    /// The earliest notice.
    pub notice_least: u32,
    /// The latest notice, in minutes too.
    pub notice_most: u32,
    /// Times are offered every so many minutes of the office's clock, from midnight; at least 1.
    pub step: u32,
}

/// A time that is offered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Slot {
    pub from: Timestamp,
    pub until: Timestamp,
    /// Whether every block that it touches confirms bookings at once.
    pub automatic: bool,
}

impl Need {
    fn seconds(minutes: u32) -> Seconds {
        Seconds::from(minutes) * 60
    }

    /// The agent's time that an appointment at `at` takes, buffers included.
    pub fn busy(&self, at: Timestamp) -> Span {
        Span {
            from: shifted(at, -i64::from(self.before)),
            until: shifted(at, i64::from(self.duration) + i64::from(self.after)),
        }
    }

    /// When it would be.
    pub fn span(&self, at: Timestamp) -> Span {
        let until = shifted(at, self.duration.into());
        Span { from: at, until }
    }

    /// The first and the last instant that the notices allow.
    fn allowed(&self) -> (Timestamp, Timestamp) {
        let least = shifted(self.now, self.notice_least.into());
        (least, shifted(self.now, self.notice_most.into()))
    }

    /// The times at which nothing of `diary` stands in the way are those outside of these, each
    /// from a first to before a last second.
    fn hindered(&self, diary: &Diary) -> Vec<(Seconds, Seconds)> {
        let duration = Self::seconds(self.duration);
        let before = Self::seconds(self.before);
        let after = Self::seconds(self.after);
        let hinders = |span: &Span, before, after| {
            let (from, until) = spans::outward(span);
            (from < until).then_some((from - duration - after + 1, until + before))
        };
        let appointments = diary.taken.iter().chain(&diary.busy);
        let widened = appointments.filter_map(|span| hinders(span, before, after));
        let bare = diary.absences.iter().filter_map(|span| hinders(span, 0, 0));
        merged(widened.chain(bare).collect())
    }
}

/// The times in `range` (of their beginning) at which the agent can be booked there, in order.
///
/// A time of the grid is offered if and only if [`obstacles`] finds nothing against it.
pub fn slots(premises: &Premises, diary: &Diary, need: &Need, range: Span) -> Vec<Slot> {
    let (least, most) = need.allowed();
    let first = spans::ceiling(range.from.max(least));
    // The last second that may be offered.
    let last = (spans::ceiling(range.until) - 1).min(spans::floor(most));
    let duration = Need::seconds(need.duration);
    if first > last || !diary.against.is_empty() {
        return Vec::new();
    }
    let clock = Clock::over(&premises.zone, first, last + duration);
    let hindered = need.hindered(diary);
    let step = Need::seconds(need.step);
    let mut slots = Vec::new();
    for run in premises.runs(&clock, &diary.hours) {
        let starts = (run.from().max(first), (run.until() - duration).min(last));
        for (from, until) in spans::without(starts, &hindered) {
            clock.each(from, until, step, |at| slots.push(run.slot(at, duration)));
        }
    }
    slots
}

/// What stands against an appointment at `at`; nothing, if it can be booked.
///
/// Whether `at` lies on the grid is not asked: staff may choose any minute.
pub fn obstacles(premises: &Premises, diary: &Diary, need: &Need, at: Timestamp) -> Vec<Obstacle> {
    let (span, busy) = (need.span(at), need.busy(at));
    let (from, until) = spans::outward(&span);
    let clock = Clock::over(&premises.zone, from, until);
    let any = |spans: &[Span], span: &Span| spans.iter().any(|other| other.overlaps(span));
    let open = merged(premises.open(&clock));
    let hours = merged(clock.instants(|date| {
        let blocks = diary.hours.blocks_in(premises.office, date);
        blocks.map(|block| (block.from, block.until)).collect()
    }));
    let past = at < need.now;
    let (least, most) = need.allowed();
    let found = [
        (past, Obstacle::Past),
        (any(&diary.taken, &busy), Obstacle::Taken),
        (any(&diary.busy, &busy), Obstacle::Busy),
        (any(&diary.absences, &span), Obstacle::Absent),
        (!covers(&hours, from, until), Obstacle::OutsideHours),
        (!covers(&open, from, until), Obstacle::OfficeClosed),
        (!past && at < least, Obstacle::TooSoon),
        (at > most, Obstacle::TooFar),
    ];
    let found = found
        .into_iter()
        .filter_map(|(holds, o)| holds.then_some(o));
    let mut all: Vec<_> = diary.against.iter().copied().chain(found).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether bookings at `at` are confirmed at once: every block that they touch says so.
pub fn is_automatic(premises: &Premises, hours: &Hours, need: &Need, at: Timestamp) -> bool {
    let (from, until) = spans::outward(&need.span(at));
    let clock = Clock::over(&premises.zone, from, until);
    let by_itself = clock.instants(|date| {
        let blocks = hours.blocks_in(premises.office, date);
        let automatic = blocks.filter(|block| block.automatic);
        automatic.map(|block| (block.from, block.until)).collect()
    });
    covers(&merged(by_itself), from, until)
}

/// So many minutes later, or at the end of all calendars.
fn shifted(at: Timestamp, minutes: i64) -> Timestamp {
    let end = if minutes < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    at.checked_add(SignedDuration::from_mins(minutes))
        .unwrap_or(end)
}

impl Premises {
    /// When the office is open on a day, in minutes of its clock.
    fn open_on(&self, date: Date) -> Vec<(u16, u16)> {
        let minute = |minute: i32| u16::try_from(minute).unwrap_or(DAY);
        let open = self.times.open_on(date).into_iter();
        open.map(|(from, until)| (minute(from), minute(until)))
            .collect()
    }

    fn open(&self, clock: &Clock) -> Vec<(Seconds, Seconds)> {
        clock.instants(|date| self.open_on(date))
    }

    /// The times without a gap in which the agent takes bookings here while the office is open.
    fn runs(&self, clock: &Clock, hours: &Hours) -> Vec<Run> {
        let mut pieces = Vec::new();
        let mut blocks: Vec<Block> = Vec::new();
        for (date, midnight) in clock.dates() {
            blocks.clear();
            blocks.extend(hours.blocks_in(self.office, date));
            if blocks.is_empty() {
                continue;
            }
            for (from, until) in self.open_on(date) {
                for block in &blocks {
                    let (from, until) = (block.from.max(from), block.until.min(until));
                    clock.place(midnight, from, until, |from, until| {
                        pieces.push((from, until, block.automatic));
                    });
                }
            }
        }
        Run::of(pieces)
    }
}
