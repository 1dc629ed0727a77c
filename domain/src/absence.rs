//! Times in which an agent is away (O-05).

use crate::audit::{Entry, Recorded, Value};
use crate::availability::Span;
use crate::field::{self, Problems};
use crate::{
    About, AbsenceId, Action, Actor, Allowed, Employee, EmployeeId, Event, Field, Refusal,
    Timestamp, Why,
};

/// The most characters of a reason.
pub const REASON_MAX: usize = 200;
/// The longest absence, in days.
pub const DAYS_MAX: i64 = 2 * 366;

/// A time in which an agent is away, as the store read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absence {
    pub id: AbsenceId,
    pub employee: EmployeeId,
    pub span: Span,
    pub reason: String,
}

/// An absence that was not known before.
#[derive(Debug)]
pub struct AbsenceEntered(pub Absence);

/// An absence at another time or for another reason.
#[derive(Debug)]
pub struct AbsenceRevised {
    pub before: Absence,
    pub span: Span,
    pub reason: String,
}

/// An absence that is none any more.
#[derive(Debug)]
pub struct AbsenceRemoved(pub Absence);

impl Employee {
    /// Allows an absence.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn enter_absence(
        &self,
        actor: &Actor,
        id: AbsenceId,
        span: Span,
        reason: &str,
        at: Timestamp,
    ) -> Result<Allowed<AbsenceEntered>, Refusal> {
        actor.may(Action::EditHours, self.target())?;
        let absence = Absence {
            id,
            employee: self.id,
            span,
            reason: read(span, reason)?,
        };
        Ok(Allowed::new(AbsenceEntered(absence), actor, at))
    }

    /// Allows another time or reason of one of this employee's absences; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise_absence(
        &self,
        actor: &Actor,
        absence: &Absence,
        span: Span,
        reason: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<AbsenceRevised>>, Refusal> {
        self.owns(actor, absence)?;
        let reason = read(span, reason)?;
        let changed = (span, &reason) != (absence.span, &absence.reason);
        let revised = || AbsenceRevised {
            before: absence.clone(),
            span,
            reason,
        };
        Ok(changed.then(|| Allowed::new(revised(), actor, at)))
    }

    /// Allows the end of one of this employee's absences.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn remove_absence(
        &self,
        actor: &Actor,
        absence: &Absence,
        at: Timestamp,
    ) -> Result<Allowed<AbsenceRemoved>, Refusal> {
        self.owns(actor, absence)?;
        Ok(Allowed::new(AbsenceRemoved(absence.clone()), actor, at))
    }

    fn owns(&self, actor: &Actor, absence: &Absence) -> Result<(), Refusal> {
        actor.may(Action::EditHours, self.target())?;
        match absence.employee == self.id {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }
}

fn read(span: Span, reason: &str) -> Result<String, Refusal> {
    let mut problems = Problems::default();
    if span.until <= span.from {
        problems.add(Field::Until, Why::EndsFirst);
    } else if span.until.duration_since(span.from).as_hours() > DAYS_MAX * 24 {
        problems.add(Field::Until, Why::OutOfRange(1, DAYS_MAX));
    }
    let reason = match field::line(reason, REASON_MAX) {
        Ok(reason) if reason.is_empty() => Err(Why::Required),
        read => read,
    };
    let reason = problems.take(Field::Reason, reason);
    problems.none()?;
    Ok(reason)
}

fn entry(
    employee: EmployeeId,
    event: Event,
    before: Option<&Absence>,
    after: Option<(Span, &str)>,
) -> Entry {
    let old = before.map(|absence| (absence.span, absence.reason.as_str()));
    let text = |side: Option<(Span, &str)>| {
        side.map_or_else(Default::default, |(span, reason)| {
            (
                span.from.to_string(),
                span.until.to_string(),
                reason.to_owned(),
            )
        })
    };
    let (old, new) = (text(old), text(after));
    let values = [
        Value::changed("from", &old.0, &new.0),
        Value::changed("until", &old.1, &new.1),
        Value::changed("reason", &old.2, &new.2),
    ];
    Entry {
        event,
        subject: About::Employee(employee),
        values: values.into_iter().flatten().collect(),
    }
}

impl Recorded for AbsenceEntered {
    fn entry(&self) -> Entry {
        let Self(absence) = self;
        let after = (absence.span, absence.reason.as_str());
        entry(absence.employee, Event::AbsenceEntered, None, Some(after))
    }
}

impl Recorded for AbsenceRevised {
    fn entry(&self) -> Entry {
        let (before, after) = (&self.before, (self.span, self.reason.as_str()));
        entry(
            before.employee,
            Event::AbsenceRevised,
            Some(before),
            Some(after),
        )
    }
}

impl Recorded for AbsenceRemoved {
    fn entry(&self) -> Entry {
        let Self(absence) = self;
        entry(absence.employee, Event::AbsenceRemoved, Some(absence), None)
    }
}
