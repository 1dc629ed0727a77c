//! Intervals of whole seconds: merged, subtracted, compared.

use super::{Slot, Span};
use crate::Timestamp;

/// Seconds, of an instant or of a clock.
pub(super) type Seconds = i64;

/// The instant of a second; what no calendar knows becomes its end.
pub(super) fn from_second(second: Seconds) -> Timestamp {
    let end = if second < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_second(second).unwrap_or(end)
}

/// The first whole second that is not before `at`.
pub(super) fn ceiling(at: Timestamp) -> Seconds {
    at.as_second() + Seconds::from(at.subsec_nanosecond() > 0)
}

/// The last whole second that is not after `at`.
pub(super) fn floor(at: Timestamp) -> Seconds {
    at.as_second() - Seconds::from(at.subsec_nanosecond() < 0)
}

/// The whole seconds that a span touches; an empty span stays empty.
pub(super) fn outward(span: &Span) -> (Seconds, Seconds) {
    if span.from < span.until {
        (floor(span.from), ceiling(span.until))
    } else {
        (floor(span.from), floor(span.from))
    }
}

/// The same times as intervals in order that neither overlap nor touch.
pub(super) fn merged(mut spans: Vec<(Seconds, Seconds)>) -> Vec<(Seconds, Seconds)> {
    spans.sort_unstable();
    let mut kept: Vec<(Seconds, Seconds)> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match kept.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ if from < until => kept.push((from, until)),
            _ => {}
        }
    }
    kept
}

/// Whether one of the merged intervals holds all of it.
pub(super) fn covers(merged: &[(Seconds, Seconds)], from: Seconds, until: Seconds) -> bool {
    merged.iter().any(|span| span.0 <= from && until <= span.1)
}

/// What is left of the seconds `first` to `last`, both included, outside of the merged intervals; the
/// ends of what is left are included too.
pub(super) fn without(
    (mut first, last): (Seconds, Seconds),
    merged: &[(Seconds, Seconds)],
) -> Vec<(Seconds, Seconds)> {
    let mut left = Vec::new();
    let begin = merged.partition_point(|span| span.1 <= first);
    for &(from, until) in &merged[begin..] {
        if from > last {
            break;
        }
        if first < from {
            left.push((first, from - 1));
        }
        first = first.max(until);
    }
    if first <= last {
        left.push((first, last));
    }
    left
}

/// Open time without a gap: its pieces in order, each with whether bookings are confirmed at once.
#[derive(Debug)]
pub(super) struct Run(Vec<(Seconds, Seconds, bool)>);

impl Run {
    /// The runs of these pieces, in order.
    pub(super) fn of(mut pieces: Vec<(Seconds, Seconds, bool)>) -> Vec<Self> {
        pieces.sort_unstable();
        let mut runs: Vec<Self> = Vec::new();
        let mut end = Seconds::MIN;
        for piece in pieces {
            match runs.last_mut() {
                Some(run) if piece.0 <= end => run.0.push(piece),
                _ => runs.push(Self(vec![piece])),
            }
            end = end.max(piece.1);
        }
        runs
    }

    pub(super) fn from(&self) -> Seconds {
        self.0.first().map_or(0, |piece| piece.0)
    }

    pub(super) fn until(&self) -> Seconds {
        self.0.iter().map(|piece| piece.1).max().unwrap_or_default()
    }

    /// The slot at a second of the run.
    pub(super) fn slot(&self, at: Seconds, duration: Seconds) -> Slot {
        let until = at + duration;
        let mut touched = self.0.iter().filter(|p| p.0 < until && at < p.1);
        Slot {
            from: from_second(at),
            until: from_second(until),
            automatic: touched.all(|piece| piece.2),
        }
    }
}
