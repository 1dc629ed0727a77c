//! Whether customers can book a subject in an office, and why not (O-03).

#[cfg(feature = "server")]
use super::{Case, times};
#[cfg(feature = "server")]
use crate::{Timestamp, availability::Span, subject::Offer};
#[cfg(feature = "server")]
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Where a subject stands in an office.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Customers can book it.
    Free,
    OfficeInactive,
    /// The subject is not active, or the office does not offer it.
    NotOffered,
    /// No bookable agent handles it there.
    Nobody,
    /// Those who handle it have no appointment hours there, or none that are long enough.
    NoHours,
    /// The office is closed whenever they have hours.
    Closed,
    /// They have hours, and no free time in them.
    Full,
}

/// Where `offer` stands, and the first free time in `range`, which [`Standing::Free`] alone has. `cases`
/// are those of the bookable agents who handle it there, read for the range.
#[cfg(feature = "server")]
pub fn standing(
    office_active: bool,
    offer: &Offer,
    cases: &[Case],
    range: Span,
    now: Timestamp,
) -> (Standing, Option<Timestamp>) {
    let standing = match () {
        () if !office_active => Standing::OfficeInactive,
        () if !offer.offered => Standing::NotOffered,
        () if cases.is_empty() => Standing::Nobody,
        () => match first(cases, range, now) {
            Some(at) => return (Standing::Free, Some(at)),
            None => hindered(cases, range, now),
        },
    };
    (standing, None)
}

/// The first free time in `range`, looked for a week at a time.
#[cfg(feature = "server")]
fn first(cases: &[Case], range: Span, now: Timestamp) -> Option<Timestamp> {
    let week = SignedDuration::from_hours(24 * 7);
    let mut from = range.from;
    while from < range.until {
        let until = (from + week).min(range.until);
        if let Some(slot) = times(cases, Span { from, until }, now).first() {
            return Some(slot.from);
        }
        from = until;
    }
    None
}

/// Which of the things that can be in the way is: each is taken away until a time is free.
#[cfg(feature = "server")]
fn hindered(cases: &[Case], range: Span, now: Timestamp) -> Standing {
    let mut cases = cases.to_vec();
    for case in &mut cases {
        case.diary.taken.clear();
        case.diary.busy.clear();
        case.diary.absences.clear();
    }
    if first(&cases, range, now).is_some() {
        return Standing::Full;
    }
    for case in &mut cases {
        case.premises.times.opening.clear();
        case.premises.times.closing.clear();
    }
    match first(&cases, range, now) {
        Some(_) => Standing::Closed,
        None => Standing::NoHours,
    }
}
