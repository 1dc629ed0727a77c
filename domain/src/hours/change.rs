//! Who may change whose appointment hours, and what the audit trail says of it (O-04).

use super::edit::Edit;
use super::{Block, Hours, TemplateId};
use crate::audit::{Entry, Recorded, Value};
use crate::{
    About, Action, Actor, Allowed, Employee, EmployeeId, Event, OfficeId, Refusal, Role, Timestamp,
    Version,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Hours as they are kept.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// `None` while nothing was ever written; the hours are empty then.
    pub version: Option<Version>,
    pub hours: Hours,
}

/// An agent with other appointment hours.
#[derive(Debug)]
pub struct HoursChanged {
    pub employee: EmployeeId,
    pub before: Kept,
    pub hours: Hours,
}

impl Employee {
    /// The offices of this agent in which the actor edits blocks: all for oneself and for
    /// Administrators, for an Office Manager those that they manage.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn hours_offices(&self, actor: &Actor) -> Result<Vec<OfficeId>, Refusal> {
        actor.may(Action::EditHours, self.target())?;
        let own = actor.id() == Some(self.id);
        let edits = |office: &OfficeId| own || actor.may_in(Action::EditHours, *office).is_ok();
        Ok(self.agents_offices().filter(edits).collect())
    }

    /// The offices in which the employee is an agent.
    pub fn agents_offices(&self) -> impl Iterator<Item = OfficeId> + '_ {
        let agent = self.places.iter().filter(|p| p.roles.has(Role::Agent));
        agent.map(|place| place.office)
    }

    /// Allows other appointment hours; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`],
    /// [`Refusal::NotYourOffices`] when it would change when the agent is there for offices whose
    /// blocks the actor does not edit.
    pub fn change_hours(
        &self,
        actor: &Actor,
        before: &Kept,
        edit: Edit,
        at: Timestamp,
    ) -> Result<Option<Allowed<HoursChanged>>, Refusal> {
        let offices = self.hours_offices(actor)?;
        let hours = before.hours.edited(edit, &offices)?;
        // Also in offices where they are no Agent any more, or not yet.
        let own = actor.id() == Some(self.id);
        let edits = |office: &OfficeId| own || actor.may_in(Action::EditHours, *office).is_ok();
        let named = before.hours.named().into_iter().chain(hours.named());
        let all: BTreeSet<OfficeId> = self.agents_offices().chain(named).collect();
        let touched: Vec<OfficeId> = all
            .into_iter()
            .filter(|office| !edits(office))
            .filter(|office| before.hours.concerning(*office) != hours.concerning(*office))
            .collect();
        if !touched.is_empty() {
            return Err(Refusal::NotYourOffices(touched));
        }
        let changed = hours != before.hours;
        let change = || HoursChanged {
            employee: self.id,
            before: before.clone(),
            hours,
        };
        Ok(changed.then(|| Allowed::new(change(), actor, at)))
    }
}

/// What hours say of one office: the default week, templates with blocks there, and applications.
type Concern = (
    Vec<Vec<Block>>,
    Vec<(TemplateId, Vec<Vec<Block>>)>,
    Vec<(TemplateId, Date, Date)>,
);

impl Hours {
    /// Every office that has a block, or dates of its own.
    fn named(&self) -> BTreeSet<OfficeId> {
        let mut named = self.offices();
        named.extend(self.applied.iter().filter_map(|applied| applied.office));
        named
    }

    fn concerning(&self, office: OfficeId) -> Concern {
        let here = |days: &[Vec<Block>]| -> Vec<Vec<Block>> {
            let day = |day: &Vec<Block>| {
                let blocks = day.iter().copied();
                blocks.filter(|block| block.office == office).collect()
            };
            days.iter().map(day).collect()
        };
        let templates = self.templates.iter();
        let templates = templates.map(|t| (t.id, here(t.pattern.days())));
        let applied = self.applied.iter();
        let applied = applied.filter(|a| a.office.is_none_or(|only| only == office));
        (
            here(&self.default.0),
            templates
                .filter(|(_, days)| days.iter().any(|day| !day.is_empty()))
                .collect(),
            applied.map(|a| (a.template, a.first, a.last)).collect(),
        )
    }

    /// The default week in one office as the audit trail keeps it: `1 540-720 780-1020, 2 …`.
    fn week_in(&self, office: OfficeId) -> String {
        let day = |(day, blocks): (usize, &Vec<Block>)| {
            let here = blocks.iter().filter(|block| block.office == office);
            let times: String = here.map(|b| format!(" {}-{}", b.from, b.until)).collect();
            (!times.is_empty()).then(|| format!("{}{times}", day + 1))
        };
        let days: Vec<_> = self.default.0.iter().enumerate().filter_map(day).collect();
        days.join(", ")
    }

    fn template_names(&self) -> String {
        let names: Vec<_> = self.templates.iter().map(|t| t.name.as_str()).collect();
        names.join(", ")
    }

    /// The dates in one office alone, or those of all offices.
    fn applications(&self, office: Option<OfficeId>) -> String {
        let one = |a: &super::Applied| {
            let name = self.template(a.template).map_or("", |t| &t.name);
            format!("{}/{} {name}", a.first, a.last).trim_end().into()
        };
        let here = self.applied.iter().filter(|a| a.office == office);
        let all: Vec<String> = here.map(one).collect();
        all.join(", ")
    }
}

impl Recorded for HoursChanged {
    fn entry(&self) -> Entry {
        let (before, after) = (&self.before.hours, &self.hours);
        let offices: Vec<_> = before.named().union(&after.named()).copied().collect();
        let weeks = offices.into_iter().flat_map(|office| {
            let field = |kind: &str| format!("{kind}{office}");
            let (was, is) = (
                before.applications(Some(office)),
                after.applications(Some(office)),
            );
            [
                Value::changed(
                    &field(crate::audit::HOURS),
                    &before.week_in(office),
                    &after.week_in(office),
                ),
                Value::changed(&field(crate::audit::APPLIED), &was, &is),
            ]
        });
        let names = [
            Value::changed(
                "templates",
                &before.template_names(),
                &after.template_names(),
            ),
            Value::changed(
                "applied",
                &before.applications(None),
                &after.applications(None),
            ),
        ];
        Entry {
            event: Event::HoursChanged,
            subject: About::Employee(self.employee),
            values: weeks.chain(names).flatten().collect(),
        }
    }
}
