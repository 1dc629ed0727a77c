//! When the agents of the demo can be booked, and when they are away: the same for the same place in
//! the list of people.

use super::story::Story;
use domain::availability::Span;
use domain::hours::edit::Edit;
use domain::hours::{Block, Pattern, TemplateId, Week};
use domain::{AbsenceId, Employee, OfficeId, Role, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use store::Result;

/// A day's work: from, until, and whether bookings in it are confirmed at once.
type Times = &'static [(u16, u16, bool)];

/// What kinds of days there are.
const DAYS: [Times; 5] = [
    &[(540, 720, true), (780, 1_020, true)],
    &[(480, 720, true), (750, 960, false)],
    &[(540, 780, true)],
    &[(600, 720, true), (780, 1_080, true)],
    &[(720, 1_020, true), (1_080, 1_200, false)],
];
/// In summer everybody who has such hours begins and ends early.
const SUMMER: Times = &[(480, 780, true)];
/// The day before a holiday.
const SHORT: Times = &[(540, 720, true)];

const REASONS: [&str; 5] = [
    "Holiday",
    "Training in Brussels",
    "Parental leave",
    "Medical appointment",
    "Conference",
];

fn blocks(times: Times, office: OfficeId) -> Vec<Block> {
    let block = |&(from, until, automatic): &(u16, u16, bool)| Block {
        from,
        until,
        office,
        automatic,
    };
    times.iter().map(block).collect()
}

/// A default week: who works in several offices is in each on days of its own; every third person
/// works part-time.
fn week(who: usize, offices: &[OfficeId]) -> Week {
    let mut week = Week::default();
    for (day, blocks_of) in week.0.iter_mut().take(5).enumerate() {
        let part_time = who % 3 == 1 && (day + who) % 5 > 2;
        let office = offices.get((day + who) % offices.len().max(1));
        if let (false, Some(office)) = (part_time, office) {
            *blocks_of = blocks(DAYS[(who + day / 3) % DAYS.len()], *office);
        }
    }
    week
}

/// Every weekday the same, in the first office.
fn every_weekday(times: Times, office: OfficeId) -> Week {
    let mut week = Week::default();
    for day in week.0.iter_mut().take(5) {
        *day = blocks(times, office);
    }
    week
}

/// The edits by which somebody's hours come to be.
fn edits(who: usize, offices: &[OfficeId], today: Date) -> Vec<Edit> {
    let mut edits = vec![Edit::Default(week(who, offices))];
    let Some(office) = offices.first().copied() else {
        return Vec::new();
    };
    if who % 4 == 2 {
        let year = today.year() + i16::from(today.month() > 8);
        let (july, august) = (Date::new(year, 7, 1), Date::new(year, 8, 31));
        let summer = Pattern::Week(every_weekday(SUMMER, office));
        let short = Pattern::Day(blocks(SHORT, office));
        edits.push(Edit::Add("Summer hours".into(), summer));
        edits.push(Edit::Add("Short day".into(), short));
        if let (Ok(first), Ok(last)) = (july, august) {
            edits.push(Edit::Apply(TemplateId(1), first, last, None));
        }
        let day = today + 12.days();
        edits.push(Edit::Apply(TemplateId(2), day, day, Some(office)));
        let away = today + 19.days();
        edits.push(Edit::Apply(
            TemplateId::UNAVAILABLE,
            away,
            away + 1.days(),
            None,
        ));
    }
    edits
}

impl Story<'_> {
    /// Gives an agent appointment hours.
    pub(super) async fn plan_hours(
        &mut self,
        who: usize,
        employee: &Employee,
        at: Timestamp,
    ) -> Result<()> {
        let agent = employee.places.iter().filter(|p| p.roles.has(Role::Agent));
        let offices: Vec<OfficeId> = agent.map(|place| place.office).collect();
        let today = self.now.to_zoned(self.zone()).date();
        for edit in edits(who, &offices, today) {
            let kept = self.transaction.hours(employee.id).await?;
            let change = employee.change_hours(&self.founded.ada, &kept, edit, at)?;
            if let Some(change) = change {
                self.transaction.apply(change).await?;
            }
        }
        Ok(())
    }

    /// Enters an absence: of whole days mostly, and one of an afternoon.
    pub(super) async fn go_away(
        &mut self,
        who: usize,
        employee: &Employee,
        id: AbsenceId,
        at: Timestamp,
    ) -> Result<()> {
        let today = self.now.to_zoned(self.zone()).date();
        let begin = |date: Date| date.to_zoned(self.zone()).map(|at| at.timestamp());
        // One of them is away at this moment.
        let first = today
            + i64::try_from((who + 34) * 7 % 45)
                .unwrap_or_default()
                .days()
            - 1.days();
        let length = [1, 5, 12, 1, 3][who % 5];
        let (Ok(from), Ok(until)) = (begin(first), begin(first + length.days())) else {
            return Ok(());
        };
        let hours = |hours| SignedDuration::from_hours(hours);
        let span = match who % 5 == 3 {
            true => Span {
                from: from + hours(14),
                until: from + hours(17),
            },
            false => Span { from, until },
        };
        let reason = REASONS[who % REASONS.len()];
        let change = employee.enter_absence(&self.founded.ada, id, span, reason, at)?;
        self.transaction.apply(change).await
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get(&self.founded.settings.time_zone).unwrap_or(TimeZone::UTC)
    }
}
