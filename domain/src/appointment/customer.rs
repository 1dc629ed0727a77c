//! Who booked: read once at the edge, from the booking page or from staff on the telephone.

use crate::field::{Email, Phone};
#[cfg(feature = "server")]
use crate::{
    Appointment, Field, Refusal, Timestamp, Why,
    field::{self, Problems},
};
use serde::{Deserialize, Serialize};

/// The most characters of a customer's name.
#[cfg(feature = "server")]
pub const NAME_MAX: usize = 200;

/// Somebody with an appointment. All empty once their data was erased (P-08).
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Customer {
    pub name: String,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// A language that the interface has, such as `en`.
    pub language: String,
}

/// What a customer was asked, and said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

/// A customer as somebody typed them.
#[cfg(feature = "server")]
#[derive(Clone, Copy, Debug)]
pub struct CustomerDraft<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
    pub language: &'a str,
    /// ISO 3166: what a telephone number without a country code means.
    pub country: &'a str,
}

#[cfg(feature = "server")]
impl CustomerDraft<'_> {
    /// Reads what was typed. Customers themselves leave an email, by which they get their links; of
    /// one who called, either an email or a telephone number is known.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], with everything that is wrong.
    pub fn read(&self, by_customer: bool) -> Result<Customer, Refusal> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Customer, field::line(self.name, NAME_MAX));
        if self.name.trim().is_empty() {
            problems.add(Field::Customer, Why::Required);
        }
        let email = match self.email.trim() {
            "" => None,
            text => Email::read(text)
                .map_err(|why| problems.add(Field::Email, why))
                .ok(),
        };
        let phone = problems.take(Field::Phone, Phone::read(self.phone, self.country));
        let reachable =
            !self.email.trim().is_empty() || (!by_customer && !self.phone.trim().is_empty());
        if !reachable {
            problems.add(Field::Email, Why::Required);
        }
        problems.none().map(|()| Customer {
            name,
            email,
            phone,
            language: self.language.to_owned(),
        })
    }
}

#[cfg(feature = "server")]
impl Appointment {
    /// Whether the customer can still change it by their link: until it begins.
    ///
    /// # Errors
    /// [`Refusal::WrongState`].
    pub fn is_open_to_customer(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.is_upcoming(now) && self.begins_at > now {
            true => Ok(()),
            false => Err(Refusal::WrongState),
        }
    }
}
