//! What is kept of customers: found, handed out, erased (P-08).

use crate::attention::literal;
use crate::cast::*;
use crate::house::{House, everywhere};
use crate::visit::Visit;
use domain::customer::{CustomerErased, Kept, Known};
use domain::field::{Email, Phone};
use domain::{EmployeeId, OfficeId, Refusal};
use jiff::SignedDuration;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn agent(house: &House) -> (EmployeeId, OfficeId) {
    let office = house.office("Ghent").await;
    let agent = house.agent("sam@x.example", "Sam Peeters", office).await;
    (agent, office)
}

async fn kept(house: &House, email: &str) -> Kept {
    found(house, Known::Email(Email::read(email).expect("an address"))).await
}

async fn found(house: &House, known: Known) -> Kept {
    let mut reading = house.read().await;
    let latest = reading.appointment_of_customer(&known).await;
    let Some(latest) = latest.expect("read") else {
        return Kept {
            organisation: house.organisation,
            known,
            appointments: Vec::new(),
        };
    };
    let kept = reading.customer_of(latest).await.expect("read");
    let (kept, agents) = kept.expect("somebody's");
    assert_eq!(kept.appointments.len(), agents.len());
    kept
}

// P-08: who left no email is found by their number, and is not taken for somebody who left both.
#[test]
fn a_customer_without_an_email_is_found_by_their_number() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let by_phone = |at| Visit {
            email: String::new(),
            ..Visit::new(agent, office, at)
        };
        let with_both = house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let first = house.welcome(by_phone(noon() + 5 * HOUR)).await;
        let again = house.welcome(by_phone(noon() + 30 * HOUR)).await;
        let number = Known::Phone(Phone::e164("+32470123456").expect("a number"));
        let kept = found(house, number.clone()).await;
        assert_eq!(kept.known, number);
        let ids: Vec<_> = kept.appointments.iter().map(|one| one.id).collect();
        assert_eq!(ids, [first, again]);
        let other = found(
            house,
            Known::Phone(Phone::e164("+32470999999").expect("a number")),
        )
        .await;
        assert!(other.appointments.is_empty());

        house.cancel(first).await;
        house.cancel(again).await;
        let kept = found(house, number.clone()).await;
        let ada = house.ada().await;
        let refused = kept.erase(&ada, "+32 470 12 34 57", noon()).map(|_| ());
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
        let erased = kept.erase(&ada, " +32 470 12 34 56", noon());
        house.apply(erased).await.expect("erased");
        let mut reading = house.read().await;
        assert_eq!(reading.customer_of(first).await.expect("read"), None);
        // By the number the one who left both is found now, and she kept hers.
        let kept = found(house, number).await;
        let ids: Vec<_> = kept.appointments.iter().map(|one| one.id).collect();
        assert_eq!(ids, [with_both]);
    });
}

// P-08: a customer is found by their email, however it is written, with all of their appointments.
#[test]
fn a_customer_is_found_by_their_email() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let first = house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let again = Visit {
            email: "CARLA@home.example".into(),
            ..Visit::new(agent, office, noon() + 30 * HOUR)
        };
        let again = house.welcome(again).await;
        let other = Visit {
            email: "dirk@home.example".into(),
            ..Visit::new(agent, office, noon() + 3 * HOUR)
        };
        house.welcome(other).await;
        let found = kept(house, "Carla@Home.example").await;
        let ids: Vec<_> = found.appointments.iter().map(|one| one.id).collect();
        assert_eq!(ids, [first, again]);
        assert_eq!(found.awaited(noon()), 2);
        assert!(
            kept(house, "nobody@home.example")
                .await
                .appointments
                .is_empty()
        );
        let next = house.neighbour().await;
        assert!(
            kept(&next, "carla@home.example")
                .await
                .appointments
                .is_empty()
        );
    });
}

// P-08: after the erasure nothing personal of the customer is anywhere, and that it was erased is known.
#[test]
fn an_erased_customer_leaves_nothing() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let past = house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let cancelled = house
            .welcome(Visit::new(agent, office, noon() + 30 * HOUR))
            .await;
        house.note(past, "Carla likes tea").await;
        house.cancel(cancelled).await;
        // One mail can't be sent, and the server's answer names her.
        let mails = house.claim().await;
        let why = "550 carla@home.example is unknown";
        house
            .store
            .failed(&mails[0], why, noon())
            .await
            .expect("noted");
        let other = Visit {
            name: "Dirk Other".into(),
            email: "dirk@home.example".into(),
            ..Visit::new(agent, office, noon() + 3 * HOUR)
        };
        let other = house.welcome(other).await;
        let words = [
            "Carla",
            "carla@home",
            "green one",
            "bicycle",
            "+32470123456",
        ];
        let at = noon() + 2 * HOUR;
        let ada = house.ada().await;
        let erase = kept(house, "carla@home.example").await;
        house
            .apply(erase.erase(&ada, "carla@home.example", at))
            .await
            .expect("erased");

        for id in [past, cancelled] {
            let left = house.appointment(id).await;
            assert_eq!(left.customer, Default::default());
            assert!(left.answers.is_empty() && left.remark.is_empty());
            assert!(left.note.is_empty() && left.reason.is_empty());
            assert_eq!((left.employee, left.office), (Some(agent), office));
        }
        for word in &words[..2] {
            assert!(!house.holds(word).await, "{word} is still there");
        }
        let dirk = house.appointment(other).await;
        assert_eq!(dirk.customer.name, "Dirk Other", "others keep theirs");
        assert_eq!(dirk.remark, "I come by bicycle");
        let trail = house.trail().await;
        assert_eq!(trail[0].0, "organisation.customer_erased");
        assert!(
            kept(house, "carla@home.example")
                .await
                .appointments
                .is_empty()
        );
        let mut raw = house.raw().await;
        let waiting =
            "SELECT count(*) FROM outbox WHERE message IS NOT NULL AND appointment IS NOT NULL";
        assert_eq!(raw.count(waiting).await, 2, "of Dirk, to him and his agent");
    });
}

// P-08, O-06: the copy of a past appointment stays in the agent's calendar until the customer is erased.
#[test]
fn copies_in_calendars_go_with_the_customer() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let past = house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let (link, calendar) = (store::new_id(), store::new_id());
        let id = |id: uuid::Uuid| literal(house, id);
        let (organisation, agent) = (id(house.organisation.0), id(agent.0));
        let nothing = if house.is_sqlite() { "x''" } else { "''" };
        let (at, later) = (noon(), noon() + 9 * HOUR);
        let mut raw = house.raw().await;
        raw.run(&format!(
            "INSERT INTO calendar_link (organisation, id, employee, kind, name, access, failures,
                 due_at, created_at)
             VALUES ({organisation}, {}, {agent}, 1, 'Work', {nothing}, 0, '{later:.6}', '{at:.6}');
             INSERT INTO calendar (organisation, id, link, employee, name, address, writable, copies,
                 blocks)
             VALUES ({organisation}, {}, {}, {agent}, 'Work', '', true, true, true);
             INSERT INTO calendar_copy (organisation, calendar, appointment, href, version)
             VALUES ({organisation}, {}, {}, 'x.ics', 1)",
            id(link),
            id(calendar),
            id(link),
            id(calendar),
            id(past.0),
        ))
        .await;
        let now = noon() + 2 * HOUR;
        let old = async || {
            let mut reading = house.read().await;
            reading.links_with_old_copies(now).await.expect("read")
        };
        assert!(old().await.is_empty(), "it is what happened");
        let ada = house.ada().await;
        let erased = kept(house, "carla@home.example").await;
        let erased = erased.erase(&ada, "carla@home.example", now);
        house.apply(erased).await.expect("erased");
        assert_eq!(old().await, [domain::CalendarLinkId(link)]);
    });
}

// P-08: what is still to come is cancelled first.
#[test]
fn what_is_to_come_is_cancelled_first() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let kept = kept(house, "carla@home.example").await;
        let erased = kept.erase(&house.ada().await, "carla@home.example", noon());
        assert_eq!(erased.err(), Some(Refusal::Awaited(1)));
    });
}

// P-08: what is kept long enough is erased, in portions, and nothing else.
#[test]
fn what_is_kept_long_enough_is_erased() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let mut booked = Vec::new();
        for hours in 1..=3 {
            let visit = Visit {
                email: String::new(), // of one who called, no email is known
                ..Visit::new(agent, office, noon() + HOUR * hours)
            };
            booked.push(house.welcome(visit).await);
        }
        let overdue = async |before, most| {
            let mut reading = house.read().await;
            reading.customers_overdue(before, most).await.expect("read")
        };
        assert!(overdue(noon() + HOUR, 9).await.is_empty());
        let before = noon() + 3 * HOUR;
        assert_eq!(overdue(before, 1).await, booked[..1]);
        let two = overdue(before, 9).await;
        assert_eq!(two, booked[..2]);
        let erased = CustomerErased::overdue(house.organisation, two, before);
        house
            .apply(erased.ok_or(Refusal::Stale))
            .await
            .expect("erased");
        assert!(overdue(before, 9).await.is_empty());
        assert_eq!(house.appointment(booked[0]).await.customer.name, "");
        assert_eq!(
            house.appointment(booked[2]).await.customer.name,
            "Carla Customer"
        );
        assert!(CustomerErased::overdue(house.organisation, Vec::new(), before).is_none());
    });
}

// P-08: that a customer's data was handed out is known; whose it was is not.
#[test]
fn an_export_is_in_the_trail_without_the_customer() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        house
            .welcome(Visit::new(agent, office, noon() + HOUR))
            .await;
        let kept = kept(house, "carla@home.example").await;
        house
            .apply(kept.export(&house.ada().await, noon()))
            .await
            .expect("exported");
        let trail = house.trail().await;
        assert_eq!(trail[0].0, "organisation.customer_exported");
        assert!(trail.iter().all(|(_, values)| !values.contains("arla")));
    });
}

// P-08: from where a customer booked does not stay in the trail, which outlives their data.
#[test]
fn the_address_of_a_customer_is_not_in_the_trail() {
    everywhere(async |house| {
        let (agent, office) = agent(house).await;
        let visit = Visit {
            asked: true,
            ..Visit::new(agent, office, noon() + HOUR)
        };
        let id = house.welcome(visit).await;
        let cancelled = house.appointment(id).await;
        let cancelled = cancelled
            .cancel(&house.system(), "", noon())
            .expect("allowed");
        let mut write = house.write_from(Some("198.51.100.77")).await;
        write.apply(cancelled).await.expect("written");
        write.commit().await.expect("committed");
        assert!(!house.holds("198.51.100.77").await);
    });
}

impl House {
    /// The trail, the latest entry first: its code, and its values as they are kept.
    async fn trail(&self) -> Vec<(String, String)> {
        let mut reading = self.read().await;
        let all = self.system().visibility(domain::Action::ReadAudit);
        let lines = reading
            .audit(all, &Default::default())
            .await
            .expect("the trail");
        let lines = lines.into_iter();
        lines
            .map(|line| (line.event.code().to_owned(), format!("{:?}", line.values)))
            .collect()
    }
}
