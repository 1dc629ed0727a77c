//! Among several agents: the times of all of them together, and who gets a booking (P-03, P-05).

use super::{Case, Meeting};
use crate::Timestamp;
use crate::availability::{Slot, Span};

/// The times in `range` at which somebody can be booked, in order, each once. A time is automatic when
/// it is with everybody who is free then.
pub fn times(cases: &[Case], range: Span, now: Timestamp) -> Vec<Slot> {
    let each = cases.iter().flat_map(|case| case.slots(range, now));
    let mut times: Vec<Slot> = each.collect();
    // Each case's are in order already, which a stable sort makes use of.
    times.sort_by_key(|slot| slot.from);
    times.dedup_by(|slot, known| {
        let same = slot.from == known.from;
        known.automatic &= slot.automatic || !same;
        same
    });
    times
}

/// Who of `cases` takes an appointment at `at` when the customer leaves it open: of those against whom
/// nothing stands, who has the fewest appointments that day by the office's clock; of several the one
/// with the first id, so that every server chooses the same. The cases have to be read for a range
/// with `at` in it. `None` when nobody is free.
pub fn choose(cases: &[Case], meeting: Meeting, at: Timestamp, now: Timestamp) -> Option<&Case> {
    let free = |case: &&Case| case.propose(meeting, at, now).obstacles().is_empty();
    let chosen = cases.iter().filter(free);
    chosen.min_by_key(|case| (case.load(at), case.agent.id))
}

impl Case {
    /// How many appointments the agent has on the day of `at`, by the office's clock.
    pub fn load(&self, at: Timestamp) -> usize {
        let start = |date: jiff::civil::Date| {
            let midnight = self.premises.zone.to_zoned(date.into());
            midnight.map_or(at, |midnight| midnight.timestamp())
        };
        let date = at.to_zoned(self.premises.zone.clone()).date();
        let day = Span {
            from: start(date),
            until: start(date.tomorrow().unwrap_or(date)),
        };
        let taken = self.diary.taken.iter();
        taken.filter(|span| span.overlaps(&day)).count()
    }
}
