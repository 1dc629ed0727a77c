//! Demo data: a believable organisation, the same for the same seed, made by the real rules.

mod bookings;
mod chance;
mod contact_centre;
mod contact_centre_queues;
mod contact_centre_scripts;
mod contact_centre_users;
mod crowd;
mod founding;
mod hours;
#[cfg(test)]
pub(crate) mod house;
mod linked;
pub mod mailbox;
mod names;
mod offering;
mod people;
mod plan;
mod story;
#[cfg(test)]
mod tests;

use chance::Chance;
use domain::Timestamp;
use domain::credential::PasswordHash;
use jiff::SignedDuration;
use store::{Result, Store};

/// The password of every demo account that has one.
pub const PASSWORD: &str = "staffroom demo only";

/// How many employees the demo has where nobody says.
pub const EMPLOYEES: usize = people::PEOPLE.len();
/// The fewest it can have: those whom the documentation names.
pub const LEAST: usize = 5;
/// The most it can have.
pub const MOST: usize = 1_000_000;

/// How long ago the organisation began.
const AGE: SignedDuration = SignedDuration::from_hours(420 * 24);

/// What the demo is to be like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// From [`LEAST`] to [`MOST`].
    pub employees: usize,
    pub seed: u64,
}

/// Fills an empty store. Times are spread over the past of `now`; `password` is the hash of
/// [`PASSWORD`], which everybody shares.
///
/// # Errors
/// When the database can't, or holds something already.
pub async fn fill(store: &Store, wish: Wish, password: PasswordHash, now: Timestamp) -> Result<()> {
    let mut chance = Chance::new(wish.seed);
    let people = &people::PEOPLE[..wish.employees.min(EMPLOYEES)];
    let crowd = wish.employees.saturating_sub(EMPLOYEES);
    let begin = now - AGE;
    let founded = founding::found(store, &mut chance, wish.employees, &password, begin).await?;
    contact_centre::set_up(store, &founded, &mut chance, begin).await?;
    crowd::arrive(store, &founded, &mut chance, crowd, &password, now).await?;
    story::tell(store, &founded, &mut chance, people, &password, now).await?;
    let offices = &founded.offices[..people::OFFICES.len()];
    bookings::book(store, &founded, &mut chance, offices, now).await?;
    linked::link(store, &founded, &mut chance, now).await?;
    contact_centre_queues::set_up(store, &founded, &mut chance, now).await?;
    contact_centre_scripts::write(store, &founded, &mut chance, now).await?;
    // After numbers, licenses and queues.
    contact_centre_users::employ(store, &founded, &mut chance, now).await
}
