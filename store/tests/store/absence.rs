//! Absences.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::availability::Span;
use domain::{AbsenceId, EmployeeId, Role};

fn span(from: i64, until: i64) -> Span {
    Span {
        from: after(from),
        until: after(until),
    }
}

async fn enter(house: &House, id: EmployeeId, span: Span, reason: &str) -> AbsenceId {
    let absence = AbsenceId(store::new_id());
    let employee = house.get(id).await;
    let entered = employee.enter_absence(&house.system(), absence, span, reason, noon());
    house.apply(entered).await.expect("written");
    absence
}

async fn agent(house: &House, name: &str) -> EmployeeId {
    let office = house.office(name).await;
    let email = format!("{}@x.example", name.to_lowercase());
    let name = format!("{name} Peeters");
    house
        .holder(&email, &name, &[place(office, &[Role::Agent])])
        .await
}

// O-05: entered, changed, removed; what is over is not listed.
#[test]
fn an_absence_is_entered_changed_and_removed() {
    everywhere(async |house| {
        let sam = agent(house, "Sam").await;
        let later = enter(house, sam, span(500, 600), "Training").await;
        let first = enter(house, sam, span(100, 200), "Congé").await;
        let list = async |since| {
            let list = house.read().await.absences(sam, after(since)).await;
            list.expect("read")
                .iter()
                .map(|absence| absence.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(list(0).await, [first, later]);
        assert_eq!(list(199).await, [first, later]);
        assert_eq!(list(200).await, [later]);
        let absence = house
            .read()
            .await
            .absence(first)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(
            (absence.span, absence.reason.as_str()),
            (span(100, 200), "Congé")
        );
        let employee = house.get(sam).await;
        let by = house.system();
        let revised = employee.revise_absence(&by, &absence, span(300, 700), "Away", noon());
        let revised = revised.map(|change| change.expect("a change"));
        house.apply(revised).await.expect("written");
        let absence = house
            .read()
            .await
            .absence(first)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(
            (absence.span, absence.reason.as_str()),
            (span(300, 700), "Away")
        );
        house
            .apply(employee.remove_absence(&by, &absence, noon()))
            .await
            .expect("removed");
        assert_eq!(list(0).await, [later]);
        let again = house
            .apply(employee.remove_absence(&by, &absence, noon()))
            .await;
        assert_eq!(refusal(again), domain::Refusal::Stale);
    });
}

// P-03: the absences of many that touch a stretch of time, in one statement.
#[test]
fn absences_of_many_are_read_at_once() {
    everywhere(async |house| {
        let (sam, kim) = (agent(house, "Sam").await, agent(house, "Kim").await);
        let lee = agent(house, "Lee").await;
        let until = enter(house, sam, span(0, 101), "a").await;
        enter(house, sam, span(0, 100), "b").await;
        let within = enter(house, kim, span(120, 130), "c").await;
        let from = enter(house, kim, span(199, 900), "d").await;
        enter(house, kim, span(200, 900), "e").await;
        enter(house, lee, span(0, 900), "f").await;
        let mut read = house.read().await;
        let found = read
            .absences_in(span(100, 200), &[sam, kim])
            .await
            .expect("read");
        let mut ids: Vec<_> = found.iter().map(|absence| absence.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [until, within, from]);
        assert!(
            read.absences_in(span(100, 200), &[])
                .await
                .expect("read")
                .is_empty()
        );
        let theirs = house.neighbour().await;
        let mut theirs = theirs.read().await;
        assert!(
            theirs
                .absences_in(span(0, 900), &[sam, kim])
                .await
                .expect("read")
                .is_empty()
        );
        assert!(theirs.absence(within).await.expect("read").is_none());
    });
}
