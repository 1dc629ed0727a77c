//! What is read when a mail is written, beside what was decided when it was queued (P-07, P-09).

use super::text::Addressee;
use app::attention::{Line, lines};
use app::messages::with;
use domain::appointment::State;
use domain::booking::Settings;
use domain::{Appointment, Timestamp};
use jiff::civil::Date;
use store::Reading;
use store::appointment::{Letter, Occasion, Reader};
use store::outbox::{Claimed, Message};

/// What a mail says beside its message.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Matter {
    /// What the organisation adds for its customers.
    pub words: String,
    /// The appointments of a day, by time.
    pub day: Vec<Appointment>,
    /// What needs attention.
    pub attention: Vec<Line>,
}

/// Reads it; `None` when the mail has nothing to say any more, so that nothing wrong goes out.
pub(super) async fn read(
    reading: &mut Reading,
    claimed: &Claimed,
    to: &Addressee,
    now: Timestamp,
) -> store::Result<Option<Matter>> {
    let mut matter = Matter::default();
    match (&claimed.message, claimed.employee) {
        (Message::Appointment { letter, .. }, _) => {
            if letter.occasion == Occasion::Reminder && !is_true(reading, letter, now).await? {
                return Ok(None);
            }
            if letter.reader == Reader::Customer {
                matter.words = words(reading.bookings().await?.settings, letter.occasion);
            }
        }
        (Message::Day { on, .. }, Some(agent)) => {
            let Some((from, until)) = midnights(*on, to).filter(|(_, until)| *until > now) else {
                return Ok(None);
            };
            matter.day = reading.day(agent, from, until).await?;
            return Ok((!matter.day.is_empty()).then_some(matter));
        }
        (Message::Attention { .. }, Some(reader)) => {
            let attention = reading.attention_of(reader, now).await?;
            let say = || lines(attention, None, now, &to.zone);
            matter.attention = with(to.language, say);
            return Ok((!matter.attention.is_empty()).then_some(matter));
        }
        (Message::Day { .. } | Message::Attention { .. }, None) => return Ok(None),
        _ => {}
    }
    Ok(Some(matter))
}

/// Whether what a reminder says is still so: it may have waited for a mail server.
async fn is_true(reading: &mut Reading, letter: &Letter, now: Timestamp) -> store::Result<bool> {
    let then = &letter.appointment;
    let today = reading.appointment(then.id).await?;
    Ok(today.is_some_and(|today| {
        today.state == State::Confirmed
            && today.begins_at == then.begins_at
            && today.employee == then.employee
            && today.begins_at > now
    }))
}

fn words(settings: Settings, occasion: Occasion) -> String {
    match occasion {
        Occasion::Booked | Occasion::Confirmed => settings.words_booked,
        Occasion::Reminder => settings.words_reminder,
        Occasion::Cancelled => settings.words_cancelled,
        Occasion::Requested | Occasion::Moved | Occasion::Reassigned | Occasion::GivenAway => {
            String::new()
        }
    }
}

/// When a day begins and ends where its reader is.
fn midnights(on: Date, to: &Addressee) -> Option<(Timestamp, Timestamp)> {
    let midnight = |day: Date| day.to_zoned(to.zone.clone()).ok().map(|at| at.timestamp());
    Some((midnight(on)?, midnight(on.tomorrow().ok()?)?))
}
