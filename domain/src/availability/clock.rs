//! The clock of an office over a stretch of time: which local times there are, and when each of them is.

use super::spans::{Seconds, from_second};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The seconds of a day on a clock that nobody changes.
const DAY: Seconds = 86_400;
/// Local times are counted as UTC would count them, from here.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A stretch of local time that passes without a jump: local second and instant differ by `offset`.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: Seconds,
    until: Seconds,
    offset: Seconds,
}

/// The local times around a stretch of instants. A local time that the clock skips is in no piece; one
/// that it shows twice is in one alone, where it comes first.
#[derive(Debug)]
pub(super) struct Clock {
    pieces: Vec<Piece>,
}

impl Clock {
    /// The clock of `zone` while the instants from `first` to `last` pass.
    pub(super) fn over(zone: &TimeZone, first: Seconds, last: Seconds) -> Self {
        // No clock is 26 hours from UTC; two days more on each side show the days around it whole.
        let (first, last) = (first - 2 * DAY, last + 2 * DAY);
        let mut pieces = Vec::new();
        let mut begin = first;
        let mut passed = Seconds::MIN;
        let mut offset = Seconds::from(zone.to_offset(from_second(first)).seconds());
        let mut push = |begin: Seconds, end: Seconds, offset: Seconds| {
            let (from, until) = ((begin + offset).max(passed), end + offset);
            if from < until {
                pieces.push(Piece {
                    from,
                    until,
                    offset,
                });
                passed = until;
            }
        };
        for change in zone.following(from_second(first)) {
            let at = change.timestamp().as_second();
            if at >= last {
                break;
            }
            push(begin, at, offset);
            (begin, offset) = (at, change.offset().seconds().into());
        }
        push(begin, last, offset);
        Self { pieces }
    }

    /// The days of the calendar that this clock shows, with their midnight in local seconds.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Date, Seconds)> + use<> {
        let from = self.pieces.first().map_or(0, |p| p.from.div_euclid(DAY));
        let until = self.pieces.last().map_or(0, |p| p.until.div_euclid(DAY));
        (from..=until).filter_map(|day| {
            let since = jiff::Span::new().try_days(day).ok()?;
            Some((EPOCH.checked_add(since).ok()?, day * DAY))
        })
    }

    /// The instants of the minutes `from` to `until` of the day that begins at `midnight`.
    pub(super) fn place(
        &self,
        midnight: Seconds,
        from: u16,
        until: u16,
        mut push: impl FnMut(Seconds, Seconds),
    ) {
        let from = midnight + Seconds::from(from) * 60;
        let until = midnight + Seconds::from(until) * 60;
        for piece in &self.pieces {
            let (from, until) = (piece.from.max(from), piece.until.min(until));
            if from < until {
                push(from - piece.offset, until - piece.offset);
            }
        }
    }

    /// The instants of what `minutes` says of each day.
    pub(super) fn instants(
        &self,
        minutes: impl Fn(Date) -> Vec<(u16, u16)>,
    ) -> Vec<(Seconds, Seconds)> {
        let mut spans = Vec::new();
        for (date, midnight) in self.dates() {
            for (from, until) in minutes(date) {
                self.place(midnight, from, until, |from, until| {
                    spans.push((from, until));
                });
            }
        }
        spans
    }

    /// Calls `offer` for each instant from `from` to `until`, both included, at which the clock shows a
    /// multiple of `step` since midnight.
    pub(super) fn each(
        &self,
        from: Seconds,
        until: Seconds,
        step: Seconds,
        mut offer: impl FnMut(Seconds),
    ) {
        for piece in &self.pieces {
            let first = piece.from.max(from + piece.offset);
            let last = (piece.until - 1).min(until + piece.offset);
            let mut local = on_grid(first, step);
            while local <= last {
                offer(local - piece.offset);
                local = on_grid(local + 1, step);
            }
        }
    }
}

/// The first local second from `local` on that is a multiple of `step` since its midnight.
fn on_grid(local: Seconds, step: Seconds) -> Seconds {
    let midnight = local.div_euclid(DAY) * DAY;
    let since = local - midnight;
    let next = since + (step - since % step) % step;
    midnight + next.min(DAY)
}
