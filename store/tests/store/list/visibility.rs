//! A list has nobody, and nothing of anybody, whom the asker may not see.

use super::ids;
use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Draft, NewEmployee, Wish};
use domain::listing::Query;
use domain::{Action, Actor, EmployeeId, OfficeId, Role, Roles};
use std::collections::BTreeSet;

/// Everybody there can be: each mixture of roles in three offices, and some of them
/// Administrators; each as somebody who asks as well.
async fn everybody(house: &House) -> (Vec<EmployeeId>, [OfficeId; 3]) {
    let offices = [
        house.office("Ghent").await,
        house.office("Antwerp").await,
        house.office("Bruges").await,
    ];
    let mut write = house.write().await;
    let mut all = Vec::new();
    for bits in 0..64_i32 {
        let id = EmployeeId(store::new_id());
        let draft = Draft {
            external_id: Some(format!("S-{bits}")),
            ..Draft::default()
        };
        let new = NewEmployee {
            email: format!("p{bits:02}@x.example"),
            draft,
            bypass_activation: true,
            ..NewEmployee::default()
        };
        let system = house.system();
        let created = domain::employee::Created::allow(&system, id, &new, "BE", noon());
        write
            .apply(created.expect("allowed"))
            .await
            .expect("created");
        let places = offices
            .iter()
            .enumerate()
            .map(|(at, office)| domain::Place {
                office: *office,
                roles: Roles(bits >> (2 * at) & 3),
            });
        let wanted = Some(roles(&[Role::Agent, Role::OfficeManager]));
        let wish = Wish {
            places: places.collect(),
            administrator: Some(bits % 9 == 4),
            wanted,
        };
        let employee = write.employee(id).await.expect("read").expect("there");
        let assigned = employee.assign(&system, &wish, 1, noon()).expect("allowed");
        if let Some(assigned) = assigned {
            write.apply(assigned).await.expect("assigned");
        }
        all.push(id);
    }
    write.commit().await.expect("committed");
    all.push(house.owner);
    (all, offices)
}

// Section 8: whoever asks, with whatever filter, the list has exactly those whom `may` lets them
// view, and of each only the offices and roles that `view` shows.
#[test]
fn a_list_shows_exactly_what_one_may_view() {
    everywhere(async |house| {
        let (all, offices) = everybody(house).await;
        let mut people = Vec::new();
        for id in &all {
            people.push(house.get(*id).await);
        }
        let names = ["Ghent", "Antwerp", "Bruges"];
        // Also of oneself a manager finds in this list only what concerns the offices managed.
        let part = |actor: &Actor, e: &domain::Employee| {
            let mut view = actor.view(e).expect("seen");
            let manages = actor.managed().next().is_some();
            if manages && !actor.reaches_all(Action::ViewEmployee) {
                view.places.retain(|place| actor.manages(place.office));
                view.wanted = Roles::NONE;
            }
            view
        };
        for id in &all {
            let actor = house.actor(*id).await;
            let whole = Query {
                size: Some(100),
                ..Query::default()
            };
            let page = house.list(&actor, &whole).await;
            let seen: BTreeSet<EmployeeId> = ids(&page).into_iter().collect();
            let visible =
                |e: &&domain::Employee| actor.may(Action::ViewEmployee, e.target()).is_ok();
            let expected: BTreeSet<EmployeeId> =
                people.iter().filter(visible).map(|e| e.id).collect();
            assert_eq!(seen, expected);
            assert_eq!(page.count, expected.len() as i64);
            for row in &page.rows {
                let employee = people.iter().find(|e| e.id == row.id).expect("one of them");
                let view = part(&actor, employee);
                assert_eq!(
                    row.roles,
                    view.roles().and(view.wanted),
                    "{:?}",
                    employee.places
                );
                let mut places: Vec<&str> = view
                    .places
                    .iter()
                    .map(|place| {
                        names[offices
                            .iter()
                            .position(|office| *office == place.office)
                            .expect("an office")]
                    })
                    .collect();
                places.sort_unstable();
                assert_eq!(row.offices, places);
            }
            for (at, office) in offices.iter().enumerate().take(2) {
                let query = Query {
                    office: Some(*office),
                    ..whole.clone()
                };
                let of_office: BTreeSet<EmployeeId> = people
                    .iter()
                    .filter(|e| {
                        visible(e) && part(&actor, e).places.iter().any(|p| p.office == *office)
                    })
                    .map(|e| e.id)
                    .collect();
                let seen: BTreeSet<EmployeeId> =
                    ids(&house.list(&actor, &query).await).into_iter().collect();
                assert_eq!(seen, of_office, "in {}", names[at]);
            }
            for role in Role::ALL {
                let query = Query {
                    roles: roles(&[role]),
                    ..whole.clone()
                };
                let of_role: BTreeSet<EmployeeId> = people
                    .iter()
                    .filter(|e| {
                        visible(e) && {
                            let view = part(&actor, e);
                            view.roles().and(view.wanted).has(role)
                        }
                    })
                    .map(|e| e.id)
                    .collect();
                let seen: BTreeSet<EmployeeId> =
                    ids(&house.list(&actor, &query).await).into_iter().collect();
                assert_eq!(
                    seen, of_role,
                    "filtering by {role:?} tells no more than the column"
                );
            }
            let query = Query {
                search: "p3".into(),
                ..whole.clone()
            };
            let found: BTreeSet<EmployeeId> =
                ids(&house.list(&actor, &query).await).into_iter().collect();
            let matching = people
                .iter()
                .filter(|e| visible(e) && e.email.as_str().contains("p3"));
            assert_eq!(found, matching.map(|e| e.id).collect());
        }
    });
}

// Section 9: a list is of the asker's organisation, whatever the reading is of.
#[test]
fn a_list_is_of_the_askers_organisation() {
    everywhere(async |house| {
        house.pending("ours@x.example").await;
        let next = house.neighbour().await;
        next.pending("theirs@x.example").await;
        let ours = house.ada().await.visibility(Action::ViewEmployee);
        for search in ["", "x.example", "x.example"] {
            let query = Query {
                search: search.into(),
                ..Query::default()
            };
            let page = next
                .read()
                .await
                .employees(ours, &query)
                .await
                .expect("a page");
            let emails: Vec<&str> = page.rows.iter().map(|row| row.email.as_str()).collect();
            assert!(emails.contains(&"ours@x.example") && !emails.contains(&"theirs@x.example"));
        }
    });
}
