//! What needs attention: each kind, and who sees which (P-09).

use crate::cast::*;
use crate::house::{House, everywhere};
use crate::visit::Visit;
use domain::employee::Wish;
use domain::{EmployeeId, OfficeId, Role};
use jiff::SignedDuration;
use std::collections::HashSet;
use store::attention::{Attention, Trouble};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Two offices, each with a manager and an Agent.
struct Bank {
    ghent: OfficeId,
    antwerp: OfficeId,
    max: EmployeeId,
    noor: EmployeeId,
    sam: EmployeeId,
    tom: EmployeeId,
}

impl Bank {
    async fn new(house: &House) -> Self {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let manages = |office| vec![place(office, &[Role::OfficeManager])];
        Self {
            max: house
                .holder("max@x.example", "Max Maes", &manages(ghent))
                .await,
            noor: house
                .holder("noor@x.example", "Noor Maes", &manages(antwerp))
                .await,
            sam: house.agent("sam@x.example", "Sam Maes", ghent).await,
            tom: house.agent("tom@x.example", "Tom Maes", antwerp).await,
            ghent,
            antwerp,
        }
    }
}

async fn seen(house: &House, by: EmployeeId) -> Attention {
    let actor = house.actor(by).await;
    let mut reading = house.read().await;
    let seen = reading.attention(&actor, noon()).await.expect("the list");
    let by_id = reading.attention_of(by, noon()).await.expect("the list");
    assert_eq!(seen, by_id);
    seen
}

// P-09, section 8: Agents see their own, managers what is in their offices, Administrators all; by time.
#[test]
fn requests_are_seen_by_those_they_concern() {
    everywhere(async |house| {
        let bank = Bank::new(house).await;
        let ask = async |agent, office, hours: i32| {
            let asked = Visit {
                asked: true,
                ..Visit::new(agent, office, noon() + HOUR * hours)
            };
            house.welcome(asked).await
        };
        let late = ask(bank.sam, bank.ghent, 9).await;
        let soon = ask(bank.sam, bank.ghent, 2).await;
        let other = ask(bank.tom, bank.antwerp, 5).await;
        house
            .welcome(Visit::new(bank.sam, bank.ghent, noon() + HOUR * 20))
            .await;
        let gone = ask(bank.sam, bank.ghent, 30).await;
        house.cancel(gone).await;
        let requests = async |by| {
            let seen = seen(house, by).await;
            assert_eq!(seen.count(), seen.requests.len(), "nothing else waits");
            seen.requests
                .into_iter()
                .map(|one| one.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(requests(house.owner).await, [soon, other, late]);
        assert_eq!(requests(bank.max).await, [soon, late]);
        assert_eq!(requests(bank.noor).await, [other]);
        assert_eq!(requests(bank.sam).await, [soon, late]);
        assert_eq!(requests(bank.tom).await, [other]);
        let lee = house.active("lee@x.example", "Lee Maes").await;
        assert!(requests(lee).await.is_empty(), "whom nothing concerns");
        let next = house.neighbour().await;
        assert_eq!(seen(&next, next.owner).await, Attention::default());
    });
}

// P-09: an appointment whose agent left, is suspended, works elsewhere or is absent.
#[test]
fn appointments_without_a_bookable_agent_are_found() {
    everywhere(async |house| {
        let bank = Bank::new(house).await;
        let system = house.system();
        let agent = async |name: &str| {
            let email = format!("{}@x.example", name.to_lowercase());
            house
                .agent(&email, &format!("{name} Maes"), bank.ghent)
                .await
        };
        let people = [
            agent("Kim").await,
            agent("Lou").await,
            agent("Mia").await,
            agent("Ned").await,
        ];
        let mut booked = Vec::new();
        for (hours, person) in (1_i32..).zip(people) {
            booked.push(
                house
                    .welcome(Visit::new(person, bank.ghent, noon() + HOUR * hours))
                    .await,
            );
        }
        house
            .welcome(Visit::new(bank.sam, bank.ghent, noon() + HOUR))
            .await;
        assert_eq!(seen(house, house.owner).await.count(), 0);

        house.suspend(&system, people[1]).await.expect("suspended");
        let elsewhere = Wish {
            places: vec![place(bank.antwerp, &[Role::Agent]), place(bank.ghent, &[])],
            ..Wish::default()
        };
        house
            .assign(&system, people[2], elsewhere)
            .await
            .expect("moved");
        let (from, until) = (noon(), noon() + HOUR * 8);
        let organisation = literal(house, house.organisation.0);
        let mut raw = house.raw().await;
        raw.run(&format!(
            "UPDATE appointment SET employee = NULL WHERE employee = {}",
            literal(house, people[0].0)
        ))
        .await;
        raw.run(&format!(
            "INSERT INTO absence (organisation, id, employee, from_at, until_at, reason, created_at)
             VALUES ({organisation}, {}, {}, '{from:.6}', '{until:.6}', '', '{from:.6}')",
            literal(house, store::new_id()),
            literal(house, people[3].0),
        ))
        .await;
        let found = seen(house, bank.max).await;
        let troubles: Vec<_> = found
            .without_agent
            .iter()
            .map(|one| (one.id, one.trouble))
            .collect();
        let expected = [
            Trouble::Former,
            Trouble::NotActive,
            Trouble::NotInOffice,
            Trouble::Absent,
        ];
        let expected: Vec<_> = booked.into_iter().zip(expected.map(Some)).collect();
        assert_eq!(troubles, expected);
        assert_eq!(found.without_agent[1].agent, "Lou Maes");
        assert!(found.requests.is_empty());
        assert_eq!(seen(house, bank.noor).await.count(), 0);
        assert_eq!(seen(house, people[3]).await.without_agent.len(), 1);
    });
}

// P-09: invitations that end within a day or have ended, calendars that fail, mails that don't leave.
#[test]
fn invitations_calendars_and_mails_are_found() {
    everywhere(async |house| {
        let bank = Bank::new(house).await;
        let new = async |email: &str, office| {
            let id = house.pending(email).await;
            let wish = Wish {
                places: vec![place(office, &[Role::Agent])],
                ..Wish::default()
            };
            house
                .assign(&house.system(), id, wish)
                .await
                .expect("assigned");
            id
        };
        let hours = |hours: i32| noon() - HOUR * hours;
        let over = new("over@x.example", bank.ghent).await;
        house
            .invite_at(over, true, hours(80))
            .await
            .expect("invited");
        let soon = new("soon@x.example", bank.ghent).await;
        house
            .invite_at(soon, true, hours(71))
            .await
            .expect("invited");
        let fresh = new("fresh@x.example", bank.ghent).await;
        house
            .invite_at(fresh, true, hours(90))
            .await
            .expect("invited");
        house
            .invite_at(fresh, true, hours(1))
            .await
            .expect("invited again");
        let other = new("other@x.example", bank.antwerp).await;
        house
            .invite_at(other, true, hours(90))
            .await
            .expect("invited");
        house.mails().await;

        let endings = async |by| {
            let seen = seen(house, by).await.invitations;
            let seen = seen.into_iter().map(|one| (one.person, one.is_over));
            seen.collect::<Vec<_>>()
        };
        let ended = |name: &str, is_over| (format!("{name}@x.example"), is_over);
        let ghent = [ended("soon", false), ended("over", true)];
        assert_eq!(endings(bank.max).await, ghent);
        assert_eq!(endings(bank.noor).await, [ended("other", true)]);
        let all = [
            ended("soon", false),
            ended("over", true),
            ended("other", true),
        ];
        assert_eq!(endings(house.owner).await, all);
        assert!(endings(bank.sam).await.is_empty());

        // A calendar that does not answer, as its worker notes it.
        let (organisation, at) = (literal(house, house.organisation.0), noon());
        let nothing = if house.is_sqlite() { "x''" } else { "''" };
        let mut raw = house.raw().await;
        for (person, name, since) in [
            (bank.sam, "Work", format!("'{at:.6}'")),
            (bank.tom, "Home", "NULL".to_owned()),
        ] {
            raw.run(&format!(
                "INSERT INTO calendar_link (organisation, id, employee, kind, name, access,
                     failing_since, failures, due_at, created_at)
                 VALUES ({organisation}, {}, {}, 1, '{name}', {nothing}, {since}, 3, '{at:.6}',
                     '{at:.6}')",
                literal(house, store::new_id()),
                literal(house, person.0),
            ))
            .await;
        }
        for (by, calendars) in [(bank.max, 1), (bank.sam, 1), (bank.noor, 0), (bank.tom, 0)] {
            assert_eq!(seen(house, by).await.calendars.len(), calendars);
        }
        assert_eq!(seen(house, house.owner).await.calendars[0].name, "Work");

        // Mails that the mail server refused: about an appointment, and to somebody new.
        let booked = house
            .welcome(Visit::new(bank.sam, bank.ghent, noon() + HOUR))
            .await;
        house.invite_at(fresh, true, noon()).await.expect("invited");
        for mail in house.claim().await {
            house
                .store
                .failed(&mail, "550 no", noon())
                .await
                .expect("noted");
        }
        let failing = async |by| {
            let seen = seen(house, by).await.mails;
            let about = |one: store::attention::FailingMail| {
                (
                    one.appointment.map(|(id, ..)| id),
                    one.employee.map(|(id, _)| id),
                )
            };
            seen.into_iter().map(about).collect::<HashSet<_>>()
        };
        let both = HashSet::from([(Some(booked), None), (None, Some(fresh))]);
        assert_eq!(failing(bank.max).await, both);
        assert_eq!(failing(house.owner).await, both);
        assert_eq!(
            failing(bank.sam).await,
            HashSet::from([(Some(booked), None)])
        );
        assert!(failing(bank.noor).await.is_empty());
    });
}

// P-09, section 8: a mail that does not leave is seen by the managers of the office that it is about, and one
// about a person by those of that person's offices; by Administrators all.
#[test]
fn failing_mails_are_seen_by_those_whose_offices_they_concern() {
    everywhere(async |house| {
        let bank = Bank::new(house).await;
        // An Agent of both offices: a mail to her about one office says nothing to the other.
        let both = [
            place(bank.ghent, &[Role::Agent]),
            place(bank.antwerp, &[Role::Agent]),
        ];
        let kim = house.holder("kim@x.example", "Kim Maes", &both).await;
        let nobody = house.active("lee@x.example", "Lee Maes").await;
        house.mails().await;
        let visit = |agent, office, hours: i32| Visit::new(agent, office, noon() + HOUR * hours);
        let ghent = house.welcome(visit(bank.sam, bank.ghent, 1)).await;
        let antwerp = house.welcome(visit(bank.tom, bank.antwerp, 2)).await;
        let kims = house.welcome(visit(kim, bank.antwerp, 3)).await;
        for (person, wanted) in [
            (bank.sam, "samuel@x.example"),
            (kim, "kimberly@x.example"),
            (nobody, "leo@x.example"),
        ] {
            let own = house.actor(person).await;
            house
                .change_email(&own, person, wanted)
                .await
                .expect("asked");
        }
        for mail in house.claim().await {
            let noted = house.store.failed(&mail, "550 no", noon());
            noted.await.expect("noted");
        }
        let failing = async |by| {
            let (mut about, mut to) = (HashSet::new(), HashSet::new());
            for mail in seen(house, by).await.mails {
                about.extend(mail.appointment.map(|(id, ..)| id));
                to.extend(mail.employee.map(|(id, _)| id));
            }
            (about, to)
        };
        let all = (
            HashSet::from([ghent, antwerp, kims]),
            HashSet::from([bank.sam, kim, nobody]),
        );
        assert_eq!(failing(house.owner).await, all);
        let of_ghent = (HashSet::from([ghent]), HashSet::from([bank.sam, kim]));
        assert_eq!(failing(bank.max).await, of_ghent);
        let of_antwerp = (HashSet::from([antwerp, kims]), HashSet::from([kim]));
        assert_eq!(failing(bank.noor).await, of_antwerp);
        let of_kim = (HashSet::from([kims]), HashSet::from([kim]));
        assert_eq!(failing(kim).await, of_kim);
        let next = house.neighbour().await;
        assert_eq!(seen(&next, next.owner).await, Attention::default());
    });
}

/// An id as SQL has it.
pub fn literal(house: &House, id: uuid::Uuid) -> String {
    match house.is_sqlite() {
        true => format!("x'{}'", id.simple()),
        false => format!("'{id}'"),
    }
}
