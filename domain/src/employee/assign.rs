//! Which roles somebody holds, and in which offices (E-12 to E-14).

use super::Employee;
use crate::audit::{Entry, Recorded, Value, WANTED};
use crate::{
    About, Action, Actor, Allowed, EmployeeId, Event, OfficeId, Place, Refusal, Role, Roles,
    Timestamp, Version,
};

/// What a form wishes; what it leaves out stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The roles in each office named; an office with no role is left. Offices not named stay.
    pub places: Vec<Place>,
    pub administrator: Option<bool>,
    /// Roles to remember until there is an office (E-13).
    pub wanted: Option<Roles>,
}

/// An employee whose roles are others.
#[derive(Debug)]
pub struct Assigned {
    pub employee: EmployeeId,
    pub from: Version,
    pub before: Vec<Place>,
    /// Every place after the change, not only those that changed.
    pub places: Vec<Place>,
    pub was_administrator: bool,
    pub administrator: bool,
    pub was_wanted: Roles,
    pub wanted: Roles,
}

impl Employee {
    /// Allows other roles; `None` when nothing changes. `others` is the number of active
    /// Administrators beside this employee, counted in the same transaction (E-17).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::NotYourOffices`] when the
    /// wish names an office that the actor does not manage, [`Refusal::LastAdministrator`].
    pub fn assign(
        &self,
        actor: &Actor,
        wish: &Wish,
        others: i64,
        at: Timestamp,
    ) -> Result<Option<Allowed<Assigned>>, Refusal> {
        actor.may(Action::ViewEmployee, self.target())?;
        let foreign = foreign(actor, &wish.places);
        if !foreign.is_empty() {
            return Err(Refusal::NotYourOffices(foreign));
        }
        let places = self.places_after(&wish.places);
        if places != self.places {
            actor.may(Action::AssignOffices, self.target())?;
            actor.may(Action::GrantOfficeRole, self.target())?;
        }
        let administrator = wish.administrator.unwrap_or(self.administrator);
        if administrator != self.administrator {
            actor.may(Action::GrantAdministrator, self.target())?;
            if self.is_active_administrator() && others == 0 {
                return Err(Refusal::LastAdministrator);
            }
        }
        let held = places
            .iter()
            .fold(Roles::NONE, |all, place| all.and(place.roles));
        let wanted = wish.wanted.unwrap_or(self.wanted).without(held).in_office();
        if wanted != self.wanted.without(held) {
            actor.may(Action::GrantOfficeRole, self.target())?;
        }
        if places == self.places && administrator == self.administrator && wanted == self.wanted {
            return Ok(None);
        }
        let assigned = Assigned {
            employee: self.id,
            from: self.version,
            before: self.places.clone(),
            places,
            was_administrator: self.administrator,
            administrator,
            was_wanted: self.wanted,
            wanted,
        };
        Ok(Some(Allowed::new(assigned, actor, at)))
    }

    /// The wish that takes `role` from every office the actor may change (E-14).
    pub fn without_role(&self, actor: &Actor, role: Role) -> Vec<Place> {
        let all = actor.reaches_all(Action::GrantOfficeRole);
        self.places
            .iter()
            .filter(|place| place.roles.has(role) && (all || actor.manages(place.office)))
            .map(|place| Place {
                office: place.office,
                roles: place.roles.set(role, false),
            })
            .collect()
    }

    fn places_after(&self, wished: &[Place]) -> Vec<Place> {
        let named = |office| wished.iter().any(|place| place.office == office);
        let stay = self.places.iter().filter(|place| !named(place.office));
        let mut places: Vec<Place> = stay
            .chain(wished)
            .map(|p| Place {
                office: p.office,
                roles: p.roles.in_office(),
            })
            .filter(|place| !place.roles.is_empty())
            .collect();
        places.sort_by_key(|place| place.office);
        places.dedup_by_key(|place| place.office);
        places
    }
}

/// The offices named that are not the actor's. Also one that would stay as it is: the answer must
/// not tell what somebody is in an office that the actor doesn't see.
fn foreign(actor: &Actor, wished: &[Place]) -> Vec<OfficeId> {
    let all = actor.reaches_all(Action::AssignOffices);
    wished
        .iter()
        .map(|place| place.office)
        .filter(|office| !all && !actor.manages(*office))
        .collect()
}

/// Roles as the audit trail keeps them.
pub(crate) fn words(roles: Roles) -> String {
    roles.iter().map(Role::code).collect::<Vec<_>>().join(",")
}

impl Recorded for Assigned {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let roles_in = |places: &[Place], office| {
            places
                .iter()
                .find(|p| p.office == office)
                .map_or(Roles::NONE, |p| p.roles)
        };
        let mut offices: Vec<OfficeId> = self
            .before
            .iter()
            .chain(&self.places)
            .map(|place| place.office)
            .collect();
        offices.sort();
        offices.dedup();
        let mut values: Vec<Value> = offices
            .into_iter()
            .filter_map(|office| {
                let (before, after) = (
                    roles_in(&self.before, office),
                    roles_in(&self.places, office),
                );
                Value::in_office(office, &words(before), &words(after))
            })
            .collect();
        let word = |on: bool| if on { "on" } else { "off" };
        values.extend(Value::changed(
            "administrator",
            word(self.was_administrator),
            word(self.administrator),
        ));
        values.extend(Value::changed(
            WANTED,
            &words(self.was_wanted),
            &words(self.wanted),
        ));
        Entry {
            event: Event::EmployeeAssigned,
            subject: About::Employee(self.employee),
            values,
        }
    }
}
