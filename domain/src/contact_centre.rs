//! The contact centre: who takes calls, and what decides it.

pub mod agent_group;
pub mod call_group;
pub mod channel;
pub mod elsewhere;
pub mod license;
pub mod listing;
pub mod membership;
pub mod monitor;
pub mod number;
pub mod offer;
pub mod pbx;
pub mod queue;
pub mod script;
pub mod tenant;
pub mod user;
pub mod voice;

use crate::field::{self, Problems};
use crate::{Action, Actor, Field, OrganisationId, Refusal, Why};

/// The most characters of the name of anything in the contact centre.
pub const NAME_MAX: usize = 100;
/// For how many seconds it rings before somebody else is asked: the least and the most.
pub const RING_SECONDS: (i32, i32) = (5, 120);

/// Whether the actor may set up the contact centre of `organisation` (section 8).
fn may(actor: &Actor, organisation: OrganisationId) -> Result<(), Refusal> {
    if actor.organisation() != organisation {
        return Err(Refusal::NotFound);
    }
    actor.may_everywhere(Action::EditContactCentre)
}

/// The name of something, which it must have.
fn read_name(text: &str) -> Result<String, Why> {
    match field::line(text, NAME_MAX) {
        Ok(name) if name.is_empty() => Err(Why::Required),
        read => read,
    }
}

/// For how many seconds it rings.
fn read_ring_seconds(text: &str, problems: &mut Problems) -> i32 {
    let (least, most) = RING_SECONDS;
    let read = match text.trim() {
        "" => Err(Why::Required),
        text => match text.parse() {
            Ok(seconds) if (least..=most).contains(&seconds) => Ok(seconds),
            _ => Err(Why::OutOfRange(least.into(), most.into())),
        },
    };
    problems.take(Field::RingSeconds, read)
}
