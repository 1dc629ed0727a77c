//! Who is asking, whom it concerns, and the answer of the table for the two.

use crate::{Action, Caller, EmployeeId, OfficeId, OrganisationId, Reach, Refusal, Role, Roles};
use serde::{Deserialize, Serialize};

/// The roles somebody holds in one office; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    pub office: OfficeId,
    pub roles: Roles,
}

/// Whom the audit trail names as the author of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum By {
    Person(EmployeeId),
    System,
}

/// Who is asking: a person with the roles they hold at this moment, or Staffroom itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Actor {
    organisation: OrganisationId,
    who: Who,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Who {
    Person {
        id: EmployeeId,
        administrator: bool,
        supervisor: bool,
        places: Vec<Place>,
    },
    System,
}

/// What the table needs to know of an employee to whom something is done.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub organisation: OrganisationId,
    pub id: EmployeeId,
    pub administrator: bool,
    pub places: &'a [Place],
}

impl Actor {
    /// A signed-in person, as the store read them. Only `store` calls this.
    pub fn known(
        organisation: OrganisationId,
        id: EmployeeId,
        administrator: bool,
        places: Vec<Place>,
    ) -> Self {
        Self {
            organisation,
            who: Who::Person {
                id,
                administrator,
                supervisor: false,
                places,
            },
        }
    }

    /// The same person, who supervises in the contact centre. Only `store` calls this.
    #[must_use]
    pub fn supervising(mut self, on: bool) -> Self {
        if let Who::Person { supervisor, .. } = &mut self.who {
            *supervisor = on;
        }
        self
    }

    /// Staffroom itself: the command line, and what follows from an earlier decision.
    pub fn system(organisation: OrganisationId) -> Self {
        Self {
            organisation,
            who: Who::System,
        }
    }

    /// Somebody who proved by a link that they are `id`; holds no role while doing so.
    pub(crate) fn holder_of_link(organisation: OrganisationId, id: EmployeeId) -> Self {
        Self::known(organisation, id, false, Vec::new())
    }

    /// The organisation in which the actor acts.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who the actor is, for the audit trail.
    pub fn by(&self) -> By {
        self.id().map_or(By::System, By::Person)
    }

    /// The person who asks; `None` for the system.
    pub fn id(&self) -> Option<EmployeeId> {
        match &self.who {
            Who::Person { id, .. } => Some(*id),
            Who::System => None,
        }
    }

    fn places(&self) -> &[Place] {
        match &self.who {
            Who::Person { places, .. } => places,
            Who::System => &[],
        }
    }

    /// In which capacities the actor asks.
    pub fn callers(&self) -> impl Iterator<Item = Caller> + '_ {
        let person = !matches!(self.who, Who::System);
        let administrator = matches!(
            self.who,
            Who::Person {
                administrator: true,
                ..
            }
        );
        let supervisor = matches!(
            self.who,
            Who::Person {
                supervisor: true,
                ..
            }
        );
        let holds = move |role| self.places().iter().any(|place| place.roles.has(role));
        [
            (administrator, Caller::Administrator),
            (holds(Role::OfficeManager), Caller::OfficeManager),
            (holds(Role::Agent), Caller::Agent),
            (person, Caller::Employee),
            (supervisor, Caller::Supervisor),
            (!person, Caller::System),
        ]
        .into_iter()
        .filter_map(|(asks, caller)| asks.then_some(caller))
    }

    /// Whether the actor manages `office`.
    pub fn manages(&self, office: OfficeId) -> bool {
        self.places()
            .iter()
            .any(|p| p.office == office && p.roles.has(Role::OfficeManager))
    }

    /// Whether the actor is an Agent in `office`.
    pub fn takes_appointments_in(&self, office: OfficeId) -> bool {
        self.places()
            .iter()
            .any(|p| p.office == office && p.roles.has(Role::Agent))
    }

    /// The offices the actor manages.
    pub fn managed(&self) -> impl Iterator<Item = OfficeId> + '_ {
        self.places()
            .iter()
            .filter(|p| p.roles.has(Role::OfficeManager))
            .map(|p| p.office)
    }

    /// Whether the actor may do `action` on everyone and everything.
    pub fn reaches_all(&self, action: Action) -> bool {
        self.callers()
            .any(|caller| action.reach(caller) == Reach::All)
    }

    /// Whether there can be anybody or anything beyond oneself on whom the actor may do `action`.
    pub fn reaches_beyond_own(&self, action: Action) -> bool {
        self.callers()
            .any(|caller| action.reach(caller) > Reach::Own)
    }

    /// Whether anything can need the actor's attention (P-09).
    pub fn sees_attention(&self) -> bool {
        self.callers()
            .any(|caller| Action::SeeAttention.reach(caller) > Reach::None)
    }

    /// The answer of the table for `action` on an employee.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the actor may not know that the employee exists,
    /// [`Refusal::Forbidden`] when they may see and not do it.
    pub fn may(&self, action: Action, target: Target<'_>) -> Result<(), Refusal> {
        if self.reach_holds(action, target) {
            return Ok(());
        }
        let sees = |action| self.reach_holds(action, target);
        if sees(Action::ViewEmployee) {
            Err(Refusal::Forbidden)
        } else {
            Err(Refusal::NotFound)
        }
    }

    fn reach_holds(&self, action: Action, target: Target<'_>) -> bool {
        if target.organisation != self.organisation {
            return false;
        }
        let own = self.id() == Some(target.id);
        let untouchable = target.administrator && !own && !action.only_reads();
        let managed = |place: &Place| self.manages(place.office);
        let shared = |place: &Place| {
            self.places()
                .iter()
                .any(|p| p.office == place.office && p.roles.has(Role::Agent))
        };
        self.callers().any(|caller| match action.reach(caller) {
            // Whom one monitors is known of queues and groups, not of employees.
            Reach::None | Reach::Monitored => false,
            Reach::Own => own,
            Reach::Colleagues => own || target.places.iter().any(shared),
            Reach::Office | Reach::OwnOffices => !untouchable && target.places.iter().any(managed),
            Reach::WholePerson => {
                !untouchable && !target.places.is_empty() && target.places.iter().all(managed)
            }
            Reach::All => true,
        })
    }

    /// The answer of the table for `action` on an office.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the actor has nothing to do with the office,
    /// [`Refusal::Forbidden`] when they may see and not do it.
    pub fn may_in(&self, action: Action, office: OfficeId) -> Result<(), Refusal> {
        let holds = self.callers().any(|caller| match action.reach(caller) {
            Reach::All => true,
            Reach::Office | Reach::OwnOffices | Reach::WholePerson => self.manages(office),
            Reach::Colleagues => self.takes_appointments_in(office),
            Reach::None | Reach::Own | Reach::Monitored => false,
        });
        match holds {
            true => Ok(()),
            false if self.places().iter().any(|p| p.office == office) => Err(Refusal::Forbidden),
            false => Err(Refusal::NotFound),
        }
    }

    /// The answer of the table for `action` on the organisation.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn may_everywhere(&self, action: Action) -> Result<(), Refusal> {
        if self.reaches_all(action) {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }
}
