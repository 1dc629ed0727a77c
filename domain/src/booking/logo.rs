//! The organisation's logo on the booking page (P-05).

use super::Bookings;
use crate::audit::{Entry, Recorded, Value};
use crate::{About, Action, Actor, Allowed, Event, Refusal, Timestamp, Version};

/// Another logo, or none any more.
#[derive(Debug)]
pub struct LogoChanged {
    pub from: i64,
    pub had_one: bool,
    /// A picture that Staffroom encoded itself.
    pub logo: Option<Vec<u8>>,
}

impl Bookings {
    /// Allows another logo, or that there is none.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn change_logo(
        &self,
        actor: &Actor,
        logo: Option<Vec<u8>>,
        at: Timestamp,
    ) -> Result<Allowed<LogoChanged>, Refusal> {
        actor.may_everywhere(Action::ChangeSettings)?;
        let changed = LogoChanged {
            from: self.version,
            had_one: self.has_logo,
            logo,
        };
        Ok(Allowed::new(changed, actor, at))
    }
}

impl Recorded for LogoChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(Version(self.from))
    }

    fn entry(&self) -> Entry {
        let word = |there: bool| if there { "on" } else { "off" };
        // Another picture in place of one is a change too.
        let values = vec![Value {
            field: "logo".into(),
            before: Some(word(self.had_one).into()),
            after: Some(word(self.logo.is_some()).into()),
        }];
        Entry {
            event: Event::BookingChanged,
            subject: About::Organisation,
            values,
        }
    }
}
