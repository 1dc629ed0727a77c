//! The slow and obvious model: every rule is asked for every single minute.

use domain::availability::{Diary, Need, Premises, Span};
use domain::booking::Obstacle;
use domain::hours::{Block, Hours, Pattern, TemplateId};
use domain::{OfficeId, Timestamp};
use jiff::civil::Date;
use jiff::{SignedDuration, tz::TimeZone};
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What the clock shows at an instant; nothing when it showed the same before.
fn clock(zone: &TimeZone, at: Timestamp) -> Option<(Date, u16)> {
    let shown = zone.to_datetime(at);
    let first = zone.to_ambiguous_timestamp(shown).earlier().expect("shown");
    let (hour, minute) = (shown.hour().unsigned_abs(), shown.minute().unsigned_abs());
    let minute = u16::from(hour) * 60 + u16::from(minute);
    (first == at).then(|| (shown.date(), minute))
}

/// Whether a block of the office holds the minute: the last day template that covers the date, else the
/// last week template, else the default week.
pub fn block_at(hours: &Hours, office: OfficeId, date: Date, minute: u16) -> Option<Block> {
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let mut blocks = hours.default.0[weekday].clone();
    for days in [false, true] {
        for applied in &hours.applied {
            let covers = applied.first <= date
                && date <= applied.last
                && (applied.office.is_none() || applied.office == Some(office));
            let unavailable = applied.template == TemplateId::UNAVAILABLE;
            let template = hours.templates.iter().find(|t| t.id == applied.template);
            match template.map(|template| &template.pattern) {
                Some(Pattern::Week(week)) if covers && !days => blocks = week.0[weekday].clone(),
                Some(Pattern::Day(day)) if covers && days => blocks = day.clone(),
                None if covers && days && unavailable => blocks = Vec::new(),
                _ => {}
            }
        }
    }
    let holds =
        |block: &Block| block.office == office && block.from <= minute && minute < block.until;
    blocks.into_iter().find(holds)
}

fn open_at(premises: &Premises, date: Date, minute: u16) -> bool {
    let closed = premises
        .times
        .closing
        .iter()
        .any(|closing| closing.first <= date && date <= closing.last);
    let weekday = date.weekday().to_monday_one_offset();
    let open = premises.times.opening.is_empty()
        || premises.times.opening.iter().any(|opening| {
            i32::from(opening.weekday) == i32::from(weekday)
                && opening.from <= i32::from(minute)
                && i32::from(minute) < opening.until
        });
    open && !closed
}

/// What is known of one minute.
#[derive(Clone, Copy)]
struct Minute {
    block: Option<Block>,
    open: bool,
    taken: bool,
    busy: bool,
    absent: bool,
}

/// Every minute of a stretch of time.
pub struct Model<'a> {
    premises: &'a Premises,
    diary: &'a Diary,
    need: &'a Need,
    from: Timestamp,
    minutes: Vec<Minute>,
}

impl<'a> Model<'a> {
    pub fn of(premises: &'a Premises, diary: &'a Diary, need: &'a Need, over: Span) -> Self {
        let mut minutes = Vec::new();
        let mut at = over.from;
        let within =
            |spans: &[Span], at| spans.iter().any(|s| s.from < at + MINUTE && at < s.until);
        while at < over.until {
            let shown = clock(&premises.zone, at);
            minutes.push(Minute {
                block: shown.and_then(|(date, minute)| {
                    block_at(&diary.hours, premises.office, date, minute)
                }),
                open: shown.is_some_and(|(date, minute)| open_at(premises, date, minute)),
                taken: within(&diary.taken, at),
                busy: within(&diary.busy, at),
                absent: within(&diary.absences, at),
            });
            at += MINUTE;
        }
        let from = over.from;
        Self {
            premises,
            diary,
            need,
            from,
            minutes,
        }
    }

    fn over(&self, at: Timestamp, from: i64, until: i64) -> &[Minute] {
        let index = at.duration_since(self.from).as_mins();
        let place = |minute: i64| usize::try_from(index + minute).expect("inside the model");
        &self.minutes[place(from)..place(until)]
    }

    /// What stands against a booking at the beginning of a minute.
    pub fn obstacles(&self, at: Timestamp) -> BTreeSet<Obstacle> {
        let (need, duration) = (self.need, i64::from(self.need.duration));
        let itself = self.over(at, 0, duration);
        let widened = self.over(
            at,
            -i64::from(need.before),
            duration + i64::from(need.after),
        );
        let mut found: BTreeSet<_> = self.diary.against.iter().copied().collect();
        let mut note = |holds: bool, obstacle| {
            if holds {
                found.insert(obstacle);
            }
        };
        let away = |minutes: u32| need.now + SignedDuration::from_mins(minutes.into());
        note(at < need.now, Obstacle::Past);
        note(
            at >= need.now && at < away(need.notice_least),
            Obstacle::TooSoon,
        );
        note(at > away(need.notice_most), Obstacle::TooFar);
        note(
            itself.iter().any(|m| m.block.is_none()),
            Obstacle::OutsideHours,
        );
        note(itself.iter().any(|m| !m.open), Obstacle::OfficeClosed);
        note(itself.iter().any(|m| m.absent), Obstacle::Absent);
        note(widened.iter().any(|m| m.taken), Obstacle::Taken);
        note(widened.iter().any(|m| m.busy), Obstacle::Busy);
        found
    }

    /// Whether the clock shows a multiple of the step.
    pub fn on_grid(&self, at: Timestamp) -> bool {
        let shown = self.premises.zone.to_datetime(at).time();
        let minute = i64::from(shown.hour()) * 60 + i64::from(shown.minute());
        minute % i64::from(self.need.step) == 0
    }

    /// Whether every block that is touched confirms at once.
    pub fn automatic(&self, at: Timestamp) -> bool {
        let itself = self.over(at, 0, self.need.duration.into());
        itself.iter().all(|m| m.block.is_some_and(|b| b.automatic))
    }
}
