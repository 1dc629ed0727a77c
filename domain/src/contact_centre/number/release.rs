//! Taking a number from the place that has it, so that another can have it (C-04).

use super::{Environment, Holder, Number};
use crate::audit::{Entry, Recorded, Value};
use crate::field::Phone;
use crate::{
    About, Action, Actor, Allowed, ChannelId, EmployeeId, Event, PartId, Refusal, Timestamp,
};

/// From where a number is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Released {
    User(EmployeeId, Environment),
    Channel(ChannelId),
}

/// A number that is free again.
#[derive(Debug)]
pub struct NumberReleased {
    pub number: Phone,
    pub from: Released,
}

impl Number {
    /// Allows that the number becomes free; `None` when it is.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn release(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Option<Allowed<NumberReleased>>, Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::EditContactCentre)?;
        let from = match &self.holder {
            None => return Ok(None),
            Some(Holder::User {
                id, environment, ..
            }) => Released::User(*id, *environment),
            Some(Holder::Channel { id, .. }) => Released::Channel(*id),
        };
        let number = self.number.clone();
        let released = NumberReleased { number, from };
        Ok(Some(Allowed::new(released, actor, at)))
    }
}

impl Recorded for NumberReleased {
    fn entry(&self) -> Entry {
        let (event, subject, field) = match self.from {
            Released::User(id, environment) => {
                let field = match environment {
                    Environment::Work => "work_number",
                    Environment::ContactCenter => "centre_number",
                };
                (Event::ContactUserRevised, About::Employee(id), field)
            }
            Released::Channel(id) => (Event::ChannelRevised, About::Part(PartId(id.0)), "number"),
        };
        Entry {
            event,
            subject,
            values: Value::changed(field, self.number.as_str(), "")
                .into_iter()
                .collect(),
        }
    }
}
