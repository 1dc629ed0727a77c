//! Many new employees with few statements: as whole as if each had come alone.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::credential::PasswordHash;
use domain::employee::{Created, Draft, NewEmployee, Wish};
use domain::listing::Query;
use domain::{EmployeeId, Field, OfficeId, Refusal, Role, Status, Why};
use store::newcomer::Newcomer;

fn created(house: &House, email: &str, external_id: Option<&str>) -> Newcomer {
    let id = EmployeeId(store::new_id());
    let draft = Draft {
        external_id: external_id.map(str::to_owned),
        ..Draft::default()
    };
    let new = NewEmployee {
        email: email.into(),
        draft,
        ..NewEmployee::default()
    };
    let created = Created::allow(&house.system(), id, &new, "BE", noon());
    Newcomer::new(created.expect("allowed"))
}

/// Somebody who was activated, holds a role, and in every third case is suspended.
fn newcomer(house: &House, office: OfficeId, number: usize) -> Newcomer {
    let mut one = created(house, &format!("p{number}@x.example"), None);
    let employee = one.employee();
    let hash = PasswordHash("$hash".into());
    let name = format!("Person{number}");
    let activated = employee.activate(&employee.email, &name, "Øst", hash, after(1));
    one.activate(activated.expect("allowed")).expect("noted");
    let wish = Wish {
        places: vec![place(office, &[Role::Agent])],
        ..Wish::default()
    };
    let assigned = one
        .employee()
        .assign(&house.system(), &wish, 1, after(2))
        .expect("allowed");
    one.assign(assigned.expect("a change")).expect("noted");
    if number.is_multiple_of(3) {
        let suspended = one
            .employee()
            .suspend(&house.system(), 1, after(3))
            .expect("allowed");
        one.suspend(suspended).expect("noted");
    }
    one.seen(after(number as i64));
    one
}

async fn add(house: &House, newcomers: &[Newcomer]) -> store::Result<()> {
    let mut write = house.write_from(Some("203.0.113.5")).await;
    write.add_all(newcomers).await?;
    write.commit().await
}

// E-22, E-23: what is written together is read back as it was decided, counted, found, and stands in
// a trail that verifies.
#[test]
fn many_newcomers_are_whole() {
    everywhere(async |house| {
        let office = house.office("Ghent").await;
        for search in ["person", "person"] {
            let query = Query {
                search: search.into(),
                ..Query::default()
            };
            assert_eq!(house.list(&house.ada().await, &query).await.count, 0);
        }
        let newcomers: Vec<Newcomer> = (0..450)
            .map(|number| newcomer(house, office, number))
            .collect();
        add(house, &newcomers).await.expect("written");
        for one in newcomers.iter().step_by(37) {
            let expected = one.employee();
            assert_eq!(house.get(expected.id).await, expected);
        }
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            451
        );
        let query = Query {
            search: "person44 ost".into(),
            ..Query::default()
        };
        let page = house.list(&house.ada().await, &query).await;
        assert_eq!(
            (page.count, page.rows[0].name.as_str()),
            (1, "Person44 Øst")
        );
        let suspended = Query {
            status: vec![Status::Suspended],
            ..Query::default()
        };
        assert_eq!(house.list(&house.ada().await, &suspended).await.count, 150);
        let entries = "SELECT count(*) FROM audit WHERE event IN ('employee.created',
             'employee.activated', 'employee.assigned', 'employee.suspended')";
        assert_eq!(house.raw().await.count(entries).await, 2 + 450 * 3 + 150);
    });
}

// E-22: all or none: one that is taken, by somebody there or by another of them, refuses all.
#[test]
fn one_newcomer_who_is_taken_refuses_all() {
    everywhere(async |house| {
        house.pending("there@x.example").await;
        let taken = |field| Refusal::field(field, Why::Taken);
        for (one, other, field) in [
            (
                ("a@x.example", None),
                ("There@x.example", None),
                Field::Email,
            ),
            (("a@x.example", None), ("A@x.example", None), Field::Email),
            (
                ("a@x.example", Some("S-1")),
                ("b@x.example", Some("S-1")),
                Field::ExternalId,
            ),
        ] {
            let both = [
                created(house, one.0, one.1),
                created(house, other.0, other.1),
            ];
            assert_eq!(refusal(add(house, &both).await), taken(field));
        }
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            2
        );
    });
}

// Section 9: what was allowed in one organisation, or of somebody else, is not written in another's name.
#[test]
fn a_newcomer_is_who_was_allowed() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let theirs = [created(&next, "new@x.example", None)];
        assert_eq!(refusal(add(house, &theirs).await), Refusal::NotFound);
        let (mut one, other) = (
            created(house, "a@x.example", None),
            created(house, "b@x.example", None),
        );
        let suspended = other
            .employee()
            .suspend(&house.system(), 1, noon())
            .expect("allowed");
        assert_eq!(refusal(one.suspend(suspended)), Refusal::Stale);
        let twice = [(); 2].map(|()| {
            one.employee()
                .suspend(&house.system(), 1, noon())
                .expect("allowed")
        });
        let [first, second] = twice;
        one.suspend(first).expect("noted");
        assert_eq!(refusal(one.suspend(second)), Refusal::Stale);
    });
}

// E-22: nobody at all is nothing to do.
#[test]
fn no_newcomers_are_no_failure() {
    everywhere(async |house| add(house, &[]).await.expect("nothing to do"));
}
