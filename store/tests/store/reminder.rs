//! Reminding customers (P-07).

use crate::attention::literal;
use crate::cast::*;
use crate::house::{House, everywhere};
use crate::visit::Visit;
use domain::{AppointmentId, Timestamp};
use jiff::SignedDuration;
use store::Result;
use store::appointment::{Occasion, Reader};
use store::outbox::Message;

/// How often each race is run.
const ROUNDS: usize = 8;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// In three days, to be reminded of a day before.
async fn visit(house: &House) -> Visit {
    let office = house.office("Ghent").await;
    let agent = house.agent("sam@x.example", "Sam Peeters", office).await;
    Visit {
        reminder: Some(DAY),
        ..Visit::new(agent, office, noon() + 3 * DAY)
    }
}

async fn remind(house: &House, now: Timestamp) -> Result<usize> {
    let mut write = house.write().await;
    let due = write.remind(100, now).await?;
    write.commit().await?;
    Ok(due)
}

/// Of which appointments customers are reminded in the mails that wait.
async fn reminded(house: &House) -> Vec<(String, AppointmentId)> {
    let reminder = |mail| match mail {
        Message::Appointment { to, letter } if letter.occasion == Occasion::Reminder => {
            assert_eq!(letter.reader, Reader::Customer);
            assert!(letter.token.is_some(), "it has the customer's link");
            Some((to.to_string(), letter.appointment.id))
        }
        _ => None,
    };
    house
        .mails()
        .await
        .into_iter()
        .filter_map(reminder)
        .collect()
}

// P-07: a customer is reminded when it is time, and once.
#[test]
fn a_customer_is_reminded_once() {
    everywhere(async |house| {
        let id = house.welcome(visit(house).await).await;
        let due = noon() + 2 * DAY;
        let early = due - SignedDuration::from_secs(1);
        assert!(!house.read().await.has_reminders(early).await.expect("read"));
        assert_eq!(remind(house, early).await.expect("nothing"), 0);
        assert!(house.read().await.has_reminders(due).await.expect("read"));
        assert_eq!(remind(house, due).await.expect("reminded"), 1);
        assert_eq!(reminded(house).await, [("carla@home.example".into(), id)]);
        assert_eq!(house.appointment(id).await.remind_at, None);
        assert!(!house.read().await.has_reminders(due).await.expect("read"));
        assert_eq!(remind(house, due + DAY).await.expect("nothing"), 0);
        assert!(reminded(house).await.is_empty());
    });
}

// P-07: of what is cancelled, waits to be confirmed, or has begun, nobody is reminded; of what moved,
// at its new time.
#[test]
fn nothing_wrong_goes_out() {
    everywhere(async |house| {
        let visit = visit(house).await;
        let cancelled = house.welcome(visit.clone()).await;
        house.cancel(cancelled).await;
        let asked = Visit {
            asked: true,
            ..visit.clone()
        };
        house.welcome(asked).await;
        assert_eq!(remind(house, noon() + 2 * DAY).await.expect("run"), 1);
        assert!(reminded(house).await.is_empty());

        let later = Visit {
            at: visit.at + DAY,
            ..visit.clone()
        };
        let moved = house.welcome(later.clone()).await;
        let latest = Visit {
            at: later.at + 2 * DAY,
            ..later.clone()
        };
        house.moved(moved, &latest).await.expect("moved");
        assert_eq!(remind(house, noon() + 3 * DAY).await.expect("run"), 0);
        assert_eq!(remind(house, noon() + 5 * DAY).await.expect("run"), 1);
        assert_eq!(reminded(house).await.len(), 1);

        let begun = house.welcome(later).await;
        assert_eq!(remind(house, noon() + 4 * DAY).await.expect("run"), 1);
        assert!(reminded(house).await.is_empty(), "it has begun");
        assert_eq!(house.appointment(begun).await.remind_at, None);
    });
}

// P-07, robust: a customer whose link can't be read any more, as after a change of keys, is reminded without
// it, and stops no reminder of anybody else.
#[test]
fn a_secret_that_can_not_be_read_stops_no_reminder() {
    everywhere(async |house| {
        let visit = visit(house).await;
        let broken = house.welcome(visit.clone()).await;
        let later = Visit {
            at: visit.at + SignedDuration::from_hours(1),
            email: "otto@home.example".into(),
            ..visit
        };
        let whole = house.welcome(later).await;
        house.mails().await;
        let broken_id = literal(house, broken.0);
        let nothing = if house.is_sqlite() {
            "x'00'"
        } else {
            "'\\x00'"
        };
        let mut raw = house.raw().await;
        raw.run(&format!(
            "UPDATE appointment SET token_sealed = {nothing} WHERE id = {broken_id}"
        ))
        .await;
        let due = noon() + 2 * DAY + DAY / 2;
        assert_eq!(remind(house, due).await.expect("reminded"), 2);
        let reminded = house.mails().await.into_iter().map(|mail| match mail {
            Message::Appointment { to, letter } => {
                assert_eq!(letter.occasion, Occasion::Reminder);
                let has_link = letter.token.is_some();
                (to.to_string(), letter.appointment.id, has_link)
            }
            other => panic!("{other:?}"),
        });
        let reminded: Vec<_> = reminded.collect();
        let expected = [
            ("carla@home.example".to_owned(), broken, false),
            ("otto@home.example".to_owned(), whole, true),
        ];
        assert_eq!(reminded, expected);
        assert!(!house.read().await.has_reminders(due).await.expect("read"));
    });
}

// P-07: two servers that look at the same moment remind once.
#[test]
fn one_of_two_servers_reminds() {
    everywhere(async |house| {
        let visit = visit(house).await;
        for round in 0..ROUNDS {
            let minutes = i64::try_from(round).expect("few") * 60;
            let at = visit.at + SignedDuration::from_mins(minutes);
            house
                .welcome(Visit {
                    at,
                    ..visit.clone()
                })
                .await;
            let won = winners(house, |house, _| async move {
                remind(&house, noon() + 2 * DAY + DAY / 2)
                    .await
                    .map(|due| due > 0)
            });
            assert_eq!(won.await, 1);
            assert_eq!(reminded(house).await.len(), 1);
        }
    });
}
