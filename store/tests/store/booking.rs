//! Booking as the booking page does it: who can be chosen, and one winner for each time (P-03, P-04).

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::appointment::{Booked, Customer, Wish};
use domain::availability::Span;
use domain::booking::{Meeting, choose};
use domain::expertise::Ticks;
use domain::field::Email;
use domain::hours::{Block, Hours, Week};
use domain::subject::{CategoryCreated, Draft, SubjectCreated};
use domain::{
    AppointmentId, CategoryId, EmployeeId, OfficeId, Refusal, Role, SubjectId, Timestamp,
};
use std::sync::Arc;
use store::availability::Whom;
use store::{Error, Result};
use tokio::sync::Barrier;

/// An office, a subject, and agents who handle it there from midnight to midnight.
struct Desk {
    office: OfficeId,
    subject: SubjectId,
    agents: Vec<EmployeeId>,
}

async fn desk(house: &House, agents: &[(&str, &str)]) -> Desk {
    let office = house.office("Ghent").await;
    let (category, subject) = (CategoryId(store::new_id()), SubjectId(store::new_id()));
    let system = house.system();
    let created = CategoryCreated::allow(&system, category, "Money", noon());
    house.apply(created).await.expect("created");
    let categories = house.read().await.categories().await.expect("read");
    let draft = Draft {
        category: Some(category),
        title: "Mortgage".into(),
        active: true,
        meetings: vec!["phone".into()],
        duration: "30".into(),
        before: "0".into(),
        after: "0".into(),
        notice_least: "0".into(),
        notice_most: "30".into(),
        ..Draft::default()
    };
    let created = SubjectCreated::allow(&system, subject, &draft, &categories, noon());
    house.apply(created).await.expect("created");
    let subjects = house.read().await.subjects().await.expect("read");
    let mut desk = Desk {
        office,
        subject,
        agents: Vec::new(),
    };
    for (email, name) in agents {
        let id = house
            .holder(email, name, &[place(office, &[Role::Agent])])
            .await;
        let ticks = Ticks {
            added: vec![subject],
            removed: Vec::new(),
        };
        let employee = house.get(id).await;
        let handled = employee.handle(&system, office, (&[], &subjects), &ticks, noon());
        let handled = handled.expect("allowed").expect("a change");
        house.apply(Ok(handled)).await.expect("written");
        hours(house, id, office).await;
        desk.agents.push(id);
    }
    desk
}

async fn hours(house: &House, id: EmployeeId, office: OfficeId) {
    let block = Block {
        from: 0,
        until: 1_440,
        office,
        automatic: true,
    };
    let hours = Hours {
        default: Week(std::array::from_fn(|_| vec![block])),
        ..Hours::default()
    };
    let content = serde_json::to_string(&hours).expect("JSON");
    let of = |id: uuid::Uuid| match house.is_sqlite() {
        true => format!("X'{}'", id.simple()),
        false => format!("'{id}'"),
    };
    let sql = format!(
        "INSERT INTO hours (organisation, employee, version, content) VALUES ({}, {}, 1, '{content}')",
        of(house.organisation.0),
        of(id.0)
    );
    house.raw().await.run(&sql).await;
}

/// One hour after noon, which is on the grid of 15 minutes.
fn one() -> Timestamp {
    let second = after(3_600).as_second();
    Timestamp::from_second(second - second % 900).expect("a moment")
}

/// Books for one customer as the booking page does; answers with who takes it.
async fn book(house: &House, desk: &Desk, customer: usize, at: Timestamp) -> Result<EmployeeId> {
    let mut write = house.write().await;
    let range = Span {
        from: at,
        until: after(7_200),
    };
    let whom = Whom::Bookable;
    let cases = write
        .cases(desk.office, desk.subject, whom, range, None)
        .await?;
    let cases = cases.ok_or(Refusal::NotFound)?;
    let case = choose(&cases, Meeting::Phone, at, noon()).ok_or(Refusal::WrongState)?;
    let agent = case.agent.id;
    let proposal = case.propose(Meeting::Phone, at, noon());
    let wish = Wish {
        customer: Customer {
            name: format!("Customer {customer}"),
            email: Email::read(&format!("c{customer}@x.example")).ok(),
            phone: None,
            language: "en".into(),
        },
        answers: Vec::new(),
        remark: String::new(),
        consented: false,
    };
    let id = AppointmentId(store::new_id());
    let booked = Booked::allow(&house.system(), id, &proposal, wish, false, None, noon())?;
    write.apply(booked).await?;
    write.commit().await?;
    Ok(agent)
}

// P-04: twenty customers want one time of one agent at the same moment, over two servers: exactly one gets it.
#[test]
fn of_twenty_customers_exactly_one_gets_a_time() {
    everywhere(async |house| {
        let desk = Arc::new(desk(house, &[("sam@x.example", "Sam Agent")]).await);
        let gate = Arc::new(Barrier::new(20));
        let other = house.second_server().await;
        let run = |customer: usize| {
            let server = if customer.is_multiple_of(2) {
                house
            } else {
                &other
            };
            let (gate, desk, house) = (gate.clone(), desk.clone(), server.same_server());
            tokio::spawn(async move {
                gate.wait().await;
                book(&house, &desk, customer, one()).await
            })
        };
        let race: Vec<_> = (0..20).map(run).collect();
        let mut winners = 0;
        for outcome in race {
            match outcome.await.expect("no panic") {
                Ok(_) => winners += 1,
                Err(Error::Refused(_)) => {}
                Err(other) => panic!("it failed instead of being refused: {other}"),
            }
        }
        assert_eq!(winners, 1);
        let kept = house
            .raw()
            .await
            .count("SELECT count(*) FROM appointment")
            .await;
        assert_eq!(kept, 1);
    });
}

// P-05: "any agent" takes turns: who has the fewest appointments that day is next.
#[test]
fn any_agent_is_the_one_with_the_fewest_appointments() {
    everywhere(async |house| {
        let agents = [
            ("sam@x.example", "Sam Agent"),
            ("noor@x.example", "Noor Agent"),
        ];
        let desk = desk(house, &agents).await;
        let hour = |number: i64| one() + jiff::SignedDuration::from_mins(30 * number);
        let mut taken = Vec::new();
        for number in 0..2 {
            taken.push(book(house, &desk, 0, hour(number)).await.expect("free"));
        }
        assert_ne!(
            taken[0], taken[1],
            "not twice the same while the other has none"
        );
        let both = [
            book(house, &desk, 1, hour(2)).await.expect("free"),
            book(house, &desk, 2, hour(2)).await.expect("free"),
        ];
        assert_ne!(both[0], both[1]);
        let third = book(house, &desk, 3, hour(2)).await;
        assert_eq!(refusal(third), Refusal::WrongState);
    });
}

// P-05: what the page reads beside cases is of its own organisation and of bookable people alone.
#[test]
fn only_bookable_people_are_found_by_their_words() {
    everywhere(async |house| {
        let desk = desk(house, &[("sam@x.example", "Sam Agent")]).await;
        let sam = desk.agents[0];
        let mut read = house.read().await;
        let found = read.bookable_as(&sam.to_string()).await.expect("read");
        assert_eq!(found, [(sam, desk.office, desk.subject)]);
        let nobody = read
            .bookable_as(&house.owner.to_string())
            .await
            .expect("read");
        assert!(nobody.is_empty());
        assert!(read.bookable_as("sam").await.expect("read").is_empty());
        let neighbour = house.neighbour().await;
        let mut theirs = neighbour.read().await;
        let found = theirs.bookable_as(&sam.to_string()).await.expect("read");
        assert!(found.is_empty());
        drop((read, theirs));
        book(house, &desk, 7, one()).await.expect("free");
        let ahead = async |house: &House, email: &str, at: Timestamp| {
            house.read().await.ahead_of(email, at).await.expect("read")
        };
        assert_eq!(ahead(house, "C7@X.example", noon()).await, 1);
        assert_eq!(ahead(house, "c7@x.example", one()).await, 0);
        assert_eq!(ahead(&neighbour, "c7@x.example", noon()).await, 0);
        let range = Span {
            from: noon(),
            until: after(7_200),
        };
        let cases = house.read().await.office_cases(desk.office, range).await;
        let cases = cases.expect("read").expect("there");
        assert_eq!(cases.len(), 1);
        assert_eq!(cases[0].diary.taken.len(), 1);
        let unknown = OfficeId(store::new_id());
        let none = house.read().await.office_cases(unknown, range).await;
        assert!(none.expect("read").is_none());
    });
}

// P-05: a logo is kept beside the settings, with or without them, and the second of two writers is refused.
#[test]
fn a_logo_is_kept_and_removed() {
    everywhere(async |house| {
        let system = house.system();
        let bookings = async || house.read().await.bookings().await.expect("read");
        let none = bookings().await;
        assert!(!none.has_logo);
        let change = none.change_logo(&system, Some(vec![1, 2, 3]), noon());
        house.apply(change).await.expect("written");
        let kept = house.read().await.booking_logo().await.expect("read");
        assert_eq!(kept, Some(vec![1, 2, 3]));
        let late = none.change_logo(&system, None, noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        let now = bookings().await;
        assert_eq!((now.version, now.has_logo), (1, true));
        house
            .apply(now.change_logo(&system, None, noon()))
            .await
            .expect("written");
        assert!(!bookings().await.has_logo);
    });
}
