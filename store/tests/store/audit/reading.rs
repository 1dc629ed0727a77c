//! Reading the audit trail: search, pages, and who may see what.

use super::{activity, function, revise, trail};
use crate::cast::*;
use crate::house::everywhere;
use domain::audit::Query;
use domain::employee::{NewEmployee, Wish};
use domain::{About, Actor, EmployeeId, Event, Role, Version};
use std::collections::BTreeSet;

// E-20: the second of two editors can be told what changed since the version they saw.
#[test]
fn the_trail_says_what_changed_since_a_version() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let seen = house.get(id).await.version;
        revise(house, &ada, id, function("Adviser"), None).await;
        house.sign_in(id, noon()).await.expect("signed in");
        house.suspend(&ada, id).await.expect("suspended");
        let since = async |version| {
            let query = Query {
                subject: Some(About::Employee(id)),
                since: Some(version),
                ..Query::default()
            };
            let lines = trail(house, &ada, &query).await;
            lines.into_iter().map(|line| line.event).collect::<Vec<_>>()
        };
        assert_eq!(
            since(seen).await,
            [Event::EmployeeSuspended, Event::EmployeeRevised]
        );
        assert_eq!(since(seen.next()).await, [Event::EmployeeSuspended]);
        assert_eq!(since(house.get(id).await.version).await, []);
        assert_eq!(since(Version(0)).await.len(), 3, "and the activation");
    });
}

// E-23: searchable by event, by person, by time, page by page.
#[test]
fn the_trail_is_searched() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let kim = house.active("kim@x.example", "Kím Claes").await;
        let own = house.actor(kim).await;
        revise(house, &own, kim, function("Adviser"), None).await;
        for number in 0..60 {
            revise(house, &ada, sam, function(&format!("Step {number}")), None).await;
        }
        let query = |event, person: &str| Query {
            event,
            person: person.into(),
            ..Query::default()
        };
        let count = async |query: Query| trail(house, &ada, &query).await.len();
        assert_eq!(count(query(Some(Event::EmployeeActivated), "")).await, 3);
        assert_eq!(count(query(Some(Event::EmployeeRevised), "kim")).await, 1);
        assert_eq!(
            count(query(None, "KÍM CLAES")).await,
            4,
            "as subject or as author, once each"
        );
        assert_eq!(count(query(None, "nobody")).await, 0);
        assert_eq!(count(query(None, "%")).await, 0);
        let times = |from, until| Query {
            from: Some(from),
            until: Some(until),
            ..Query::default()
        };
        assert_eq!(count(times(after(1), after(9))).await, 0);
        assert_eq!(count(times(noon(), after(1))).await, 51);
        let extreme = times(domain::Timestamp::MIN, domain::Timestamp::MAX);
        assert_eq!(
            count(extreme).await,
            51,
            "times that no database knows are no failure"
        );

        let mut all = Vec::new();
        let mut before = None;
        loop {
            let lines = trail(
                house,
                &ada,
                &Query {
                    before,
                    ..Query::default()
                },
            )
            .await;
            let page = lines.len().min(store::audit::PAGE as usize);
            all.extend(lines[..page].iter().map(|line| line.sequence));
            before = all.last().copied();
            if lines.len() == page {
                break;
            }
        }
        let total = house
            .raw()
            .await
            .count("SELECT max(sequence) FROM audit")
            .await;
        assert_eq!(all, (1..=total).rev().collect::<Vec<_>>());
    });
}

// Section 8: the trail is an Administrator's whole, a manager's of their offices, and one's own.
#[test]
fn the_trail_shows_what_one_may_read() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let held = |office, role| place(office, &[role]);
        let max = house
            .holder(
                "max@x.example",
                "Max Maes",
                &[held(ghent, Role::OfficeManager)],
            )
            .await;
        let both = [held(ghent, Role::Agent), held(antwerp, Role::Agent)];
        let sam = house.holder("sam@x.example", "Sam Peeters", &both).await;
        let kim = house
            .holder("kim@x.example", "Kim Claes", &[held(antwerp, Role::Agent)])
            .await;
        let nobody = house.active("new@x.example", "New Body").await;
        let next = house.neighbour().await;
        let subjects = async |who: EmployeeId| {
            let lines = trail(house, &house.actor(who).await, &Query::default()).await;
            lines
                .into_iter()
                .map(|line| format!("{:?}", line.subject))
                .collect::<BTreeSet<_>>()
        };
        let set = |subjects: &[About]| {
            subjects
                .iter()
                .map(|subject| format!("{subject:?}"))
                .collect::<BTreeSet<_>>()
        };
        let employee = About::Employee;
        let all = [
            About::Organisation,
            About::Office(ghent),
            About::Office(antwerp),
            employee(max),
            employee(sam),
            employee(kim),
            employee(nobody),
            employee(house.owner),
        ];
        assert_eq!(subjects(house.owner).await, set(&all));
        assert_eq!(
            subjects(max).await,
            set(&[About::Office(ghent), employee(max), employee(sam)])
        );
        for own in [sam, kim, nobody] {
            assert_eq!(subjects(own).await, set(&[employee(own)]));
        }
        let actor = house.actor(max).await;
        assert!(
            activity(house, &actor, kim).await.is_empty(),
            "nothing of anybody else by asking"
        );
        let theirs = next.ada().await;
        assert!(activity(house, &theirs, sam).await.is_empty());
    });
}

// Section 8, case 8: of an agent of A and B, the manager of A reads what concerns A, and what was
// wanted before there was an office concerns nobody's.
#[test]
fn a_manager_reads_of_the_trail_what_concerns_their_offices() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let max = place(ghent, &[Role::OfficeManager]);
        let max = house.holder("max@x.example", "Max Maes", &[max]).await;
        let new = NewEmployee {
            email: "sam@x.example".into(),
            roles: roles(&[Role::Agent]),
            ..NewEmployee::default()
        };
        let sam = house.create(&house.system(), new).await.expect("created");
        let places = vec![
            place(ghent, &[Role::Agent]),
            place(antwerp, &[Role::OfficeManager]),
        ];
        let wish = Wish {
            places,
            ..Wish::default()
        };
        house
            .assign(&house.system(), sam, wish)
            .await
            .expect("assigned");
        let fields = async |who: EmployeeId| {
            let lines = activity(house, &house.actor(who).await, sam).await;
            let fields = lines
                .into_iter()
                .flat_map(|line| line.values)
                .map(|value| value.field);
            fields.collect::<BTreeSet<_>>()
        };
        let (in_ghent, in_antwerp) = (format!("office:{ghent}"), format!("office:{antwerp}"));
        let seen = fields(max).await;
        assert!(seen.contains(&in_ghent) && seen.contains("email"));
        assert!(!seen.contains(&in_antwerp) && !seen.contains("roles"));
        for whole in [house.owner, sam] {
            let seen = fields(whole).await;
            assert!(
                seen.contains(&in_ghent) && seen.contains(&in_antwerp) && seen.contains("roles")
            );
        }
    });
}

// Section 8: a search of the trail tells nobody the email of an author whom they may not see.
#[test]
fn a_search_of_the_trail_tells_no_email() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let max = place(ghent, &[Role::OfficeManager]);
        let max = house.holder("max@x.example", "Max Maes", &[max]).await;
        let ada = house.ada().await;
        revise(house, &ada, max, function("Chief"), None).await;
        let found = async |by: &Actor, person: &str| {
            let query = Query {
                event: Some(Event::EmployeeRevised),
                person: person.into(),
                ..Query::default()
            };
            trail(house, by, &query).await.len()
        };
        let manager = house.actor(max).await;
        assert_eq!(
            (found(&manager, "olga").await, found(&ada, "olga").await),
            (1, 1)
        );
        assert_eq!(
            (
                found(&manager, "owner@house").await,
                found(&ada, "owner@house").await
            ),
            (0, 1)
        );
        assert_eq!(
            found(&manager, "max@x").await,
            1,
            "of those one may see, the email finds"
        );
    });
}
