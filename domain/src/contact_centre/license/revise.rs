//! How many seats there are, and the plans that an organisation adds (C-03).

use super::{Kind, License, NAME_MAX};
use crate::audit::{Entry, Recorded, Value};
use crate::field;
use crate::{About, Action, Actor, Allowed, Event, Field, Refusal, Timestamp, Why};

/// The most seats of a license.
pub const SEATS_MAX: i64 = 1_000_000;

/// A license with another number of seats.
#[derive(Debug)]
pub struct SeatsChanged {
    pub before: License,
    pub seats: i64,
}

/// A Work plan that did not exist before.
#[derive(Debug)]
pub struct PlanAdded {
    pub code: String,
    pub name: String,
    pub seats: i64,
}

/// An added plan that is no more; nobody had it.
#[derive(Debug)]
pub struct PlanDeleted {
    pub before: License,
}

fn read_seats(text: &str) -> Result<i64, Why> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Why::Required);
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let seats = text.parse::<i64>().ok().filter(|_| digits);
    seats
        .filter(|seats| *seats <= SEATS_MAX)
        .ok_or(Why::OutOfRange(0, SEATS_MAX))
}

impl License {
    /// Allows another number of seats, not fewer than are used; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn set_seats(
        &self,
        actor: &Actor,
        seats: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<SeatsChanged>>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let seats = read_seats(seats).map_err(|why| Refusal::field(Field::Seats, why))?;
        if seats == self.seats {
            return Ok(None);
        }
        if seats < self.used {
            return Err(Refusal::field(Field::Seats, Why::SeatsUsed(self.used)));
        }
        let before = self.clone();
        let changed = SeatsChanged { before, seats };
        Ok(Some(Allowed::new(changed, actor, at)))
    }

    /// Allows the deletion of an added plan that nobody has.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::WrongState`] for one that is there from the start,
    /// [`Refusal::PlanInUse`].
    pub fn delete_plan(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Allowed<PlanDeleted>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        if self.kind != Kind::Plan || self.is_built_in() {
            return Err(Refusal::WrongState);
        }
        if self.used > 0 {
            return Err(Refusal::PlanInUse(self.used));
        }
        let before = self.clone();
        Ok(Allowed::new(PlanDeleted { before }, actor, at))
    }
}

impl PlanAdded {
    /// Allows a new plan, called otherwise than the `licenses` there are.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        code: String,
        name: &str,
        seats: &str,
        licenses: &[License],
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let mut problems = field::Problems::default();
        let name = match field::line(name, NAME_MAX) {
            Ok(name) if name.is_empty() => Err(Why::Required),
            Ok(name) => {
                let same = |known: &License| known.name.to_lowercase() == name.to_lowercase();
                match licenses.iter().any(same) {
                    true => Err(Why::Taken),
                    false => Ok(name),
                }
            }
            refused => refused,
        };
        let name = problems.take(Field::Name, name);
        let seats = problems.take(Field::Seats, read_seats(seats));
        problems.none()?;
        Ok(Allowed::new(Self { code, name, seats }, actor, at))
    }
}

/// The trail says which license by its name, and how many seats it had and has.
fn entry(names: (&str, &str), seats: (&str, &str)) -> Entry {
    let values = [
        Value::changed("license", names.0, names.1),
        Value::changed("seats", seats.0, seats.1),
    ];
    Entry {
        event: Event::LicenseChanged,
        subject: About::Organisation,
        values: values.into_iter().flatten().collect(),
    }
}

impl Recorded for SeatsChanged {
    fn entry(&self) -> Entry {
        let (before, after) = (self.before.seats.to_string(), self.seats.to_string());
        entry(("", &self.before.name), (&before, &after))
    }
}

impl Recorded for PlanAdded {
    fn entry(&self) -> Entry {
        entry(("", &self.name), ("", &self.seats.to_string()))
    }
}

impl Recorded for PlanDeleted {
    fn entry(&self) -> Entry {
        let before = &self.before;
        entry((&before.name, ""), (&before.seats.to_string(), ""))
    }
}
