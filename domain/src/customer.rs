//! What is kept of a customer, and that it is handed out or erased (P-08).

use crate::audit::{Entry, Recorded, Value};
use crate::field::{Email, Phone};
use crate::{
    About, Action, Actor, Allowed, Appointment, AppointmentId, Event, Field, OrganisationId,
    Refusal, Timestamp, Why,
};

/// By what a customer is known: the email that they left, or the number where they left none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Known {
    Email(Email),
    Phone(Phone),
}

impl Known {
    /// By what the customer of an appointment is known; `None` once they were erased.
    pub fn of(appointment: &Appointment) -> Option<Self> {
        let customer = &appointment.customer;
        let email = customer.email.clone().map(Self::Email);
        email.or_else(|| customer.phone.clone().map(Self::Phone))
    }

    /// The email, or the number in E.164.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }

    /// Whether `typed` says the same; spaces in a number do not matter.
    fn is(&self, typed: &str) -> bool {
        match self {
            Self::Email(email) => typed.trim().to_lowercase() == email.as_str().to_lowercase(),
            Self::Phone(phone) => {
                let digits = typed.chars().filter(|c| !c.is_whitespace());
                digits.eq(phone.as_str().chars())
            }
        }
    }
}

/// Everything that is kept of a customer: their appointments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub organisation: OrganisationId,
    pub known: Known,
    /// By time.
    pub appointments: Vec<Appointment>,
}

/// What is kept of a customer, handed out.
#[derive(Debug)]
pub struct CustomerExported {
    pub appointments: usize,
}

/// Appointments of which nobody knows any more whose they were. They stay, with agent, subject, office
/// and time.
#[derive(Debug)]
pub struct CustomerErased {
    pub appointments: Vec<AppointmentId>,
}

impl Kept {
    /// Allows that it is handed out.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`]; [`Refusal::NotFound`] where nothing is kept.
    pub fn export(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Allowed<CustomerExported>, Refusal> {
        self.may(actor)?;
        let exported = CustomerExported {
            appointments: self.appointments.len(),
        };
        Ok(Allowed::new(exported, actor, at))
    }

    /// Allows that it is erased when the customer's email or number was typed to confirm it. What is still to
    /// come has to be cancelled before, so that customer and agent hear of it.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`]; [`Refusal::NotFound`] where nothing is kept; [`Refusal::Awaited`] with
    /// how many are still to come; [`Refusal::Invalid`] when what was typed is something else.
    pub fn erase(
        &self,
        actor: &Actor,
        typed: &str,
        at: Timestamp,
    ) -> Result<Allowed<CustomerErased>, Refusal> {
        self.may(actor)?;
        match self.awaited(at) {
            0 => {}
            awaited => return Err(Refusal::Awaited(awaited)),
        }
        if !self.known.is(typed) {
            return Err(Refusal::field(Field::Confirmation, Why::DoesNotMatch));
        }
        let erased = CustomerErased {
            appointments: self.appointments.iter().map(|one| one.id).collect(),
        };
        Ok(Allowed::new(erased, actor, at))
    }

    /// How many appointments are still to come at `now`.
    pub fn awaited(&self, now: Timestamp) -> i64 {
        let awaited = self.appointments.iter().filter(|one| one.is_upcoming(now));
        i64::try_from(awaited.count()).unwrap_or(i64::MAX)
    }

    fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::ChangeSettings)?;
        match self.appointments.is_empty() {
            true => Err(Refusal::NotFound),
            false => Ok(()),
        }
    }
}

impl CustomerErased {
    /// Allows that what was kept long enough is erased, by a decision that an Administrator made
    /// before; `None` where there is nothing.
    pub fn overdue(
        organisation: OrganisationId,
        appointments: Vec<AppointmentId>,
        at: Timestamp,
    ) -> Option<Allowed<Self>> {
        let system = Actor::system(organisation);
        let some = !appointments.is_empty();
        some.then(|| Allowed::new(Self { appointments }, &system, at))
    }
}

/// How many appointments it was about; never whose they are.
fn entry(event: Event, appointments: usize) -> Entry {
    let value = Value::changed("appointments", "", &appointments.to_string());
    Entry {
        event,
        subject: About::Organisation,
        values: value.into_iter().collect(),
    }
}

impl Recorded for CustomerExported {
    fn entry(&self) -> Entry {
        entry(Event::CustomerExported, self.appointments)
    }
}

impl Recorded for CustomerErased {
    fn entry(&self) -> Entry {
        entry(Event::CustomerErased, self.appointments.len())
    }
}
