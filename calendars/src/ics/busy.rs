//! When somebody is busy, by the events of a calendar.

use super::read::{Budget, Calendar, Entry, Unreadable};
use super::recur;
use super::when::{Length, When, Zones, instant};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashSet};
use std::ops::{Range, RangeInclusive};

/// From when until when.
pub type Span = Range<Timestamp>;

/// An event that stands for later repetitions of a recurring one too.
struct Moved {
    from: Timestamp,
    by: SignedDuration,
    length: Length,
    free: bool,
}

/// The events with one UID.
#[derive(Default)]
struct Group<'a> {
    masters: Vec<&'a Entry>,
    exceptions: Vec<&'a Entry>,
}

impl Calendar {
    /// The UIDs of its events.
    pub fn uids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.uid.as_str())
    }

    /// When somebody is busy within `window`, in order and without overlaps. What is marked free,
    /// what is cancelled and what is `ours` does not count. Whole days, and times without a zone,
    /// are those of the owner's `zone`.
    ///
    /// # Errors
    /// [`Unreadable::TooMuch`].
    pub fn busy(
        &self,
        zone: &TimeZone,
        window: &Span,
        ours: impl Fn(&str) -> bool,
        budget: &mut Budget,
    ) -> Result<Vec<Span>, Unreadable> {
        let zones = Zones {
            named: &self.zones,
            owner: zone,
        };
        let mut groups: BTreeMap<(&str, usize), Group<'_>> = BTreeMap::new();
        for (number, entry) in self.entries.iter().enumerate() {
            if ours(&entry.uid) {
                continue;
            }
            // Without a UID each stands for itself.
            let number = if entry.uid.is_empty() { number } else { 0 };
            let group = groups.entry((&entry.uid, number)).or_default();
            match entry.replaces {
                Some(_) => group.exceptions.push(entry),
                None => group.masters.push(entry),
            }
        }
        let mut spans = Vec::new();
        for group in groups.values() {
            group.collect(&zones, window, &mut spans, budget)?;
        }
        Ok(merged(spans))
    }
}

impl Group<'_> {
    fn collect(
        &self,
        zones: &Zones<'_>,
        window: &Span,
        spans: &mut Vec<Span>,
        budget: &mut Budget,
    ) -> Result<(), Unreadable> {
        let mut replaced = Marks::default();
        let mut moved: Vec<Moved> = Vec::new();
        for entry in &self.exceptions {
            let Some((which, later)) = &entry.replaces else {
                continue;
            };
            let start = entry.start.as_ref().unwrap_or(which);
            let Some(at) = zones.instant(which) else {
                continue;
            };
            replaced.add(which, zones, budget)?;
            let Some(length) = entry.length(start, zones) else {
                continue;
            };
            if *later {
                let by = start.local().duration_since(which.local());
                let free = entry.free;
                moved.push(Moved {
                    from: at,
                    by,
                    length,
                    free,
                });
            }
            if !entry.free {
                add(spans, start.local(), length, &zones.of(start), window);
            }
        }
        moved.sort_by_key(|moved| moved.from);
        for master in &self.masters {
            let Some(start) = &master.start else { continue };
            let Some(length) = master.length(start, zones) else {
                continue;
            };
            let mut left_out = Marks::default();
            for except in &master.except {
                left_out.add(except, zones, budget)?;
            }
            let zone = zones.of(start);
            let longest = moved
                .iter()
                .map(|m| m.length.at_most() + m.by.abs())
                .fold(length.at_most(), Ord::max);
            let Some(around) = around(window, &zone, longest) else {
                continue;
            };
            for local in master.starts(start, zones, &around, budget)? {
                let Some(at) = instant(local, &zone) else {
                    continue;
                };
                if replaced.has(at, local) || left_out.has(at, local) {
                    continue;
                }
                match moved.iter().rev().find(|moved| moved.from < at) {
                    Some(moved) if moved.free => {}
                    Some(moved) => {
                        if let Ok(local) = local.checked_add(moved.by) {
                            add(spans, local, moved.length, &zone, window);
                        }
                    }
                    None if master.free => {}
                    None => add(spans, local, length, &zone, window),
                }
            }
        }
        Ok(())
    }
}

impl Entry {
    fn length(&self, start: &When, zones: &Zones<'_>) -> Option<Length> {
        match (&self.end, self.length, start) {
            (Some(end), _, _) => Length::between(start, end, zones).map(|l| l.or_a_day(start)),
            (None, Some(length), _) => Some(length.or_a_day(start)),
            (None, None, _) => Some(Length::default().or_a_day(start)),
        }
    }

    /// When it begins, by its own clock, within `window` for what repeats.
    fn starts(
        &self,
        start: &When,
        zones: &Zones<'_>,
        window: &RangeInclusive<DateTime>,
        budget: &mut Budget,
    ) -> Result<Vec<DateTime>, Unreadable> {
        let mut starts = vec![start.local()];
        for rule in &self.rules {
            starts.extend(recur::starts(rule, start, zones, window, budget)?);
        }
        let zone = zones.of(start);
        for further in &self.further {
            budget.repetition()?;
            let local = match further {
                // A day of something that has a time, as some programs write it.
                When::Day(day) => Some(day.to_datetime(start.local().time())),
                When::At(..) => zones.instant(further).map(|at| zone.to_datetime(at)),
            };
            starts.extend(local);
        }
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }
}

impl Length {
    /// A whole day that says nothing of its end, or ends at once, is one day long.
    fn or_a_day(self, start: &When) -> Self {
        match start {
            When::Day(_) if self == Self::default() => Self {
                wall: SignedDuration::from_hours(24),
                ..self
            },
            _ => self,
        }
    }
}

/// Repetitions that are named one by one.
#[derive(Default)]
struct Marks {
    instants: HashSet<Timestamp>,
    days: HashSet<Date>,
}

impl Marks {
    fn add(
        &mut self,
        which: &When,
        zones: &Zones<'_>,
        budget: &mut Budget,
    ) -> Result<(), Unreadable> {
        budget.repetition()?;
        match which {
            When::Day(day) => _ = self.days.insert(*day),
            When::At(..) => self.instants.extend(zones.instant(which)),
        }
        Ok(())
    }

    fn has(&self, at: Timestamp, local: DateTime) -> bool {
        self.instants.contains(&at) || self.days.contains(&local.date())
    }
}

fn add(spans: &mut Vec<Span>, start: DateTime, length: Length, zone: &TimeZone, window: &Span) {
    let (from, until) = (instant(start, zone), length.end(start, zone));
    if let (Some(from), Some(until)) = (from, until)
        && from < until
        && from < window.end
        && until > window.start
    {
        spans.push(from..until);
    }
}

/// Where, by the clock of a zone, something of this length must begin to be in the window.
fn around(
    window: &Span,
    zone: &TimeZone,
    length: SignedDuration,
) -> Option<RangeInclusive<DateTime>> {
    let first = window.start.checked_sub(length).unwrap_or(Timestamp::MIN);
    let last = window
        .end
        .checked_add(SignedDuration::from_hours(48))
        .ok()?;
    Some(zone.to_datetime(first)..=zone.to_datetime(last))
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
