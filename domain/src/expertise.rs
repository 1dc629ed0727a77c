//! Expertise: that an agent handles a subject in an office (O-03).

use crate::audit::{Entry, Recorded, Value};
use crate::listing::Cursor;
use crate::{
    About, Action, Actor, Allowed, Employee, EmployeeId, Event, OfficeId, PictureId, Refusal, Role,
    Status, Subject, SubjectId, Timestamp,
};
use serde::{Deserialize, Serialize};

/// An Agent of an office, in a list of those whose expertise is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agent {
    pub id: EmployeeId,
    /// The email while there is no name.
    pub name: String,
    pub has_name: bool,
    pub status: Status,
    pub online_planning: bool,
    pub administrator: bool,
    pub picture: Option<PictureId>,
    pub cursor: Cursor,
}

impl Agent {
    /// Whether customers can book the agent, as far as it depends on the agent (E-07, E-11, P-03).
    pub fn is_bookable(&self) -> bool {
        self.status == Status::Active && self.online_planning && self.has_name
    }
}

/// Somebody who can be booked, with what customers see of them when they choose (E-09).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bookable {
    pub id: EmployeeId,
    pub name: String,
    pub function: String,
    pub introduction: String,
    pub external_id: Option<String>,
    pub picture: Option<PictureId>,
}

/// An agent who handles other subjects in an office.
#[derive(Debug)]
pub struct ExpertiseChanged {
    pub employee: EmployeeId,
    pub office: OfficeId,
    /// Handled now and not before.
    pub added: Vec<SubjectId>,
    /// Handled before and not now.
    pub removed: Vec<SubjectId>,
    /// The titles of what was handled before and is now, for the audit trail.
    pub titles: (String, String),
}

/// What is ticked and unticked for one agent; the rest stays, also what a colleague ticks meanwhile.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ticks {
    pub added: Vec<SubjectId>,
    pub removed: Vec<SubjectId>,
}

impl Employee {
    /// Allows the employee to handle other subjects in `office`, where they are an Agent; `None` when
    /// nothing changes. `handled` is what they handle there now, `subjects` all of the organisation.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::WrongState`] when they are no Agent in
    /// the office.
    pub fn handle(
        &self,
        actor: &Actor,
        office: OfficeId,
        (handled, subjects): (&[SubjectId], &[Subject]),
        ticks: &Ticks,
        at: Timestamp,
    ) -> Result<Option<Allowed<ExpertiseChanged>>, Refusal> {
        actor.may(Action::EditExpertise, self.target())?;
        actor.may_in(Action::EditExpertise, office)?;
        let here = self.places.iter().find(|place| place.office == office);
        if !here.is_some_and(|place| place.roles.has(Role::Agent)) {
            return Err(Refusal::WrongState);
        }
        let known = |id: &&SubjectId| subjects.iter().any(|subject| subject.id == **id);
        if !ticks.added.iter().all(|id| known(&id)) {
            return Err(Refusal::NotFound);
        }
        let mut now: Vec<SubjectId> = handled.to_vec();
        now.retain(|id| !ticks.removed.contains(id));
        now.extend(&ticks.added);
        now.sort();
        now.dedup();
        let without = |from: &[SubjectId], these: &[SubjectId]| {
            let rest = from.iter().filter(|id| !these.contains(id)).copied();
            rest.collect::<Vec<_>>()
        };
        let (added, removed) = (without(&now, handled), without(handled, &now));
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        let titles = |ids: &[SubjectId]| {
            let handled = subjects.iter().filter(|subject| ids.contains(&subject.id));
            let titles = handled.map(|subject| subject.title.clone());
            titles.collect::<Vec<_>>().join(", ")
        };
        let changed = ExpertiseChanged {
            employee: self.id,
            office,
            titles: (titles(handled), titles(&now)),
            added,
            removed,
        };
        Ok(Some(Allowed::new(changed, actor, at)))
    }
}

impl Recorded for ExpertiseChanged {
    fn entry(&self) -> Entry {
        let (before, after) = &self.titles;
        Entry {
            event: Event::ExpertiseChanged,
            subject: About::Employee(self.employee),
            values: Value::handled_in(self.office, before, after)
                .into_iter()
                .collect(),
        }
    }
}
