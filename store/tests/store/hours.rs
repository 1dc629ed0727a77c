//! Appointment hours.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::hours::edit::Edit;
use domain::hours::{Block, Hours, Pattern, TemplateId, Week};
use domain::{Actor, EmployeeId, OfficeId, Refusal, Role};
use jiff::civil::date;

fn morning(office: OfficeId, from: u16) -> Edit {
    let block = Block {
        from,
        until: 720,
        office,
        automatic: true,
    };
    Edit::Default(Week(std::array::from_fn(|_| vec![block])))
}

async fn change(house: &House, by: &Actor, id: EmployeeId, edit: Edit) -> store::Result<()> {
    let before = house.read().await.hours(id).await?;
    let change = house
        .get(id)
        .await
        .change_hours(by, &before, edit, noon())?;
    house.apply(Ok(change.expect("a change"))).await
}

async fn agent(house: &House, office: OfficeId, name: &str) -> EmployeeId {
    let email = format!("{}@x.example", name.to_lowercase());
    let name = format!("{name} Peeters");
    house
        .holder(&email, &name, &[place(office, &[Role::Agent])])
        .await
}

// O-04: hours are kept as a whole, each change on the one before.
#[test]
fn hours_are_kept() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let sam = agent(house, ghent, "Sam").await;
        let none = house.read().await.hours(sam).await.expect("read");
        assert_eq!((none.version, none.hours), (None, Hours::default()));
        let by = house.actor(sam).await;
        change(house, &by, sam, morning(ghent, 540))
            .await
            .expect("written");
        let add = Edit::Add("Été".into(), Pattern::Day(Vec::new()));
        change(house, &by, sam, add).await.expect("written");
        let days = (date(2026, 7, 1), date(2026, 7, 31));
        let apply = Edit::Apply(TemplateId(1), days.0, days.1, Some(ghent));
        change(house, &by, sam, apply).await.expect("written");
        let kept = house.read().await.hours(sam).await.expect("read");
        assert_eq!(kept.version.map(|version| version.0), Some(3));
        assert_eq!(kept.hours.default.0[6][0].from, 540);
        assert_eq!(kept.hours.templates[0].name, "Été");
        assert_eq!(kept.hours.applied[0].last, days.1);
    });
}

// E-20: who was overtaken is told, also by the first who wrote anything.
#[test]
fn who_was_overtaken_is_told() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let sam = agent(house, ghent, "Sam").await;
        let (by, ada) = (house.actor(sam).await, house.ada().await);
        for minute in [540, 600] {
            let before = house.read().await.hours(sam).await.expect("read");
            change(house, &by, sam, morning(ghent, minute))
                .await
                .expect("written");
            let employee = house.get(sam).await;
            let late = employee.change_hours(&ada, &before, morning(ghent, 480), noon());
            let late = late.expect("allowed").expect("a change");
            assert_eq!(refusal(house.apply(Ok(late)).await), Refusal::Stale);
        }
    });
}

// P-03: the hours of many in one statement, of nobody else, and of no other organisation.
#[test]
fn hours_of_many_are_read_at_once() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let mut agents = Vec::new();
        for (name, minute) in [("Sam", 540), ("Kim", 600), ("Lee", 660)] {
            let id = agent(house, ghent, name).await;
            let by = house.actor(id).await;
            change(house, &by, id, morning(ghent, minute))
                .await
                .expect("written");
            agents.push(id);
        }
        let idle = agent(house, ghent, "Idle").await;
        let asked = [agents[0], agents[2], idle];
        let mut read = house.read().await;
        let hours = read.hours_of(&asked).await.expect("read");
        assert_eq!(hours.len(), 2);
        assert_eq!(hours[&agents[2]].default.0[0][0].from, 660);
        assert!(read.hours_of(&[]).await.expect("read").is_empty());
        let theirs = house.neighbour().await;
        let theirs = theirs.read().await.hours_of(&asked).await.expect("read");
        assert!(theirs.is_empty());
    });
}

// E-19: the hours of a deleted employee go with them.
#[test]
fn hours_go_with_the_employee() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let sam = agent(house, ghent, "Sam").await;
        let by = house.actor(sam).await;
        change(house, &by, sam, morning(ghent, 540))
            .await
            .expect("written");
        house
            .delete(&house.ada().await, sam)
            .await
            .expect("deleted");
        let left = house.read().await.hours(sam).await.expect("read");
        assert_eq!(left.version, None);
    });
}
