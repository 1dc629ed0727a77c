//! Two at once, on real connections: of each pair exactly one wins (robust: "Two at once").

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Created, Draft, NewEmployee, Wish};
use domain::{EmployeeId, Field, OfficeId, Refusal, Status, Why};
use std::future::Future;
use std::sync::Arc;
use store::{Error, Result};
use tokio::sync::Barrier;

/// How often each race is run; each of them is decided anew.
const ROUNDS: usize = 12;

/// Runs two tasks that begin at the same moment.
async fn together<T: Send + 'static, F>(
    house: &House,
    task: impl Fn(House, usize) -> F,
) -> [Result<T>; 2]
where
    F: Future<Output = Result<T>> + Send + 'static,
{
    let gate = Arc::new(Barrier::new(2));
    let run = |number| {
        let (gate, task) = (gate.clone(), task(house.same_server(), number));
        tokio::spawn(async move {
            gate.wait().await;
            task.await
        })
    };
    let (one, two) = (run(0), run(1));
    [one.await.expect("no panic"), two.await.expect("no panic")]
}

/// The refusal of the one that lost, when exactly one did.
#[track_caller]
fn lost<T>(outcomes: [Result<T>; 2]) -> Refusal {
    let mut refusals: Vec<Refusal> = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(_) => {}
            Err(Error::Refused(refusal)) => refusals.push(refusal),
            Err(other) => panic!("it failed instead of being refused: {other}"),
        }
    }
    assert_eq!(refusals.len(), 1, "exactly one loses: {refusals:?}");
    refusals.remove(0)
}

/// Reads the actor and the target in the transaction, as every write does, and demotes.
async fn demote(house: &House, by: Option<EmployeeId>, whom: EmployeeId) -> Result<()> {
    let mut write = house.write().await;
    let actor = match by {
        Some(id) => {
            let by = write.employee(id).await?.ok_or(Refusal::NotFound)?;
            domain::Actor::known(by.organisation, id, by.administrator, by.places.clone())
        }
        None => house.system(),
    };
    let employee = write.employee(whom).await?.ok_or(Refusal::NotFound)?;
    let others = write.other_active_administrators(whom).await?;
    let wish = Wish {
        administrator: Some(false),
        ..Wish::default()
    };
    let change = employee
        .assign(&actor, &wish, others, noon())?
        .ok_or(Refusal::WrongState)?;
    write.apply(change).await?;
    write.commit().await
}

// Case 10: two Administrators demote each other at the same moment: one is refused.
#[test]
fn two_administrators_who_demote_each_other_leave_one() {
    everywhere(async |house| {
        let ada = house.owner;
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        for _ in 0..ROUNDS {
            let outcomes = together(house, |house, number| async move {
                let pair = [ada, bob];
                demote(&house, Some(pair[number]), pair[1 - number]).await
            });
            assert_eq!(
                lost(outcomes.await),
                Refusal::NotFound,
                "who is demoted sees nobody"
            );
            let administrators = [house.get(ada).await, house.get(bob).await];
            assert_eq!(administrators.iter().filter(|e| e.administrator).count(), 1);
            for id in [ada, bob] {
                let wish = Wish {
                    administrator: Some(true),
                    ..Wish::default()
                };
                house
                    .assign(&house.system(), id, wish)
                    .await
                    .expect("promoted");
            }
        }
    });
}

// E-17: also when somebody else demotes, suspends or deletes both at once, one stays.
#[test]
fn the_last_two_administrators_never_go_together() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let bob = house
                .administrator(&format!("bob{round}@x.example"), "Bob Maes")
                .await;
            let pair = [house.owner, bob];
            let outcomes = together(house, |house, number| async move {
                match (round % 3, number) {
                    (0, _) => demote(&house, None, pair[number]).await,
                    (2, 1) => house.delete(&house.system(), bob).await,
                    _ => house.suspend(&house.system(), pair[number]).await,
                }
            });
            assert_eq!(lost(outcomes.await), Refusal::LastAdministrator);
            let nobody = EmployeeId(store::new_id());
            let left = house.read().await.other_active_administrators(nobody).await;
            assert_eq!(left.expect("counted"), 1);
            // The owner alone again.
            if house.get(house.owner).await.status == Status::Suspended {
                house
                    .reactivate(&house.system(), house.owner)
                    .await
                    .expect("reactivated");
            }
            let wish = Wish {
                administrator: Some(true),
                ..Wish::default()
            };
            house
                .assign(&house.system(), house.owner, wish)
                .await
                .expect("promoted");
            if house
                .find(bob)
                .await
                .is_some_and(|bob| bob.is_active_administrator())
            {
                house
                    .suspend(&house.system(), bob)
                    .await
                    .expect("suspended");
            }
        }
    });
}

// Case 3: two creations with the same email: one is refused on the field.
#[test]
fn two_creations_with_the_same_email_make_one_employee() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let outcomes = together(house, |house, number| async move {
                let email = format!("{}{round}@x.example", ["new", "NEW"][number]);
                let new = NewEmployee {
                    email,
                    ..NewEmployee::default()
                };
                house.create(&house.system(), new).await
            });
            assert_eq!(
                lost(outcomes.await),
                Refusal::field(Field::Email, Why::Taken)
            );
        }
        let total = house
            .read()
            .await
            .organisation()
            .await
            .expect("read")
            .employees;
        assert_eq!(total, ROUNDS as i64 + 1);
    });
}

// E-20: two editors who read the same version: the second is told.
#[test]
fn two_editors_of_the_same_version_are_told_apart() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        for _ in 0..ROUNDS {
            let read = house.get(id).await;
            let outcomes = together(house, |house, number| {
                let read = read.clone();
                async move {
                    let function = Some(format!("{number} {}", read.version));
                    let draft = Draft {
                        function,
                        ..Draft::default()
                    };
                    let revised = read.revise(&house.system(), &draft, "BE", noon())?;
                    let mut write = house.write().await;
                    write.apply(revised.ok_or(Refusal::WrongState)?).await?;
                    write.commit().await
                }
            });
            assert_eq!(lost(outcomes.await), Refusal::Stale);
            assert_eq!(house.get(id).await.version, read.version.next());
        }
    });
}

// an invitation is used once, also by two at the same moment.
#[test]
fn a_link_is_used_by_one_of_two() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let id = house.pending(&format!("new{round}@x.example")).await;
            let token = house.invite(id).await;
            let outcomes = together(house, |house, number| {
                let token = token.clone();
                async move {
                    let name = ["One Person", "Two Persons"][number];
                    house.activate(&token, name, after(1)).await
                }
            });
            assert_eq!(lost(outcomes.await), Refusal::DeadLink);
        }
    });
}

// E-15: a sign-in or an activation that races with a suspension leaves no way in.
#[test]
fn a_suspension_that_races_leaves_no_way_in() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let sam = house
                .active(&format!("sam{round}@x.example"), "Sam Peeters")
                .await;
            let outcomes = together(house, |house, number| async move {
                match number {
                    0 => house.suspend(&house.system(), sam).await,
                    _ => house.sign_in(sam, noon()).await.map(|_| ()),
                }
            });
            let [suspended, signed_in] = outcomes.await;
            suspended.expect("suspended");
            if signed_in.is_err() {
                assert_eq!(refusal(signed_in), Refusal::WrongCredentials);
            }
            let sessions = house
                .read()
                .await
                .sessions(sam, after(1))
                .await
                .expect("the list");
            assert!(sessions.is_empty());

            let new = house.pending(&format!("new{round}@x.example")).await;
            let token = house.invite(new).await;
            let outcomes = together(house, |house, number| {
                let token = token.clone();
                async move {
                    match number {
                        0 => house.suspend(&house.system(), new).await,
                        _ => house
                            .activate(&token, "New Person", noon())
                            .await
                            .map(|_| ()),
                    }
                }
            });
            let [suspended, activated] = outcomes.await;
            suspended.expect("suspended");
            if activated.is_err() {
                assert_eq!(refusal(activated), Refusal::DeadLink);
            }
            assert_eq!(house.get(new).await.status, Status::Suspended);
        }
    });
}

// Robust: two servers claim mails at the same moment: each mail has one.
#[test]
fn a_mail_is_claimed_by_one_of_two_servers() {
    everywhere(async |house| {
        let servers = Arc::new([house.same_server(), house.second_server().await]);
        for round in 0..ROUNDS {
            for number in 0..4 {
                let id = house.pending(&format!("p{round}-{number}@x.example")).await;
                house.invite_at(id, true, noon()).await.expect("invited");
            }
            let outcomes = together(house, |_, number| {
                let servers = servers.clone();
                async move {
                    let server = &servers[number];
                    server.store.claim(server.organisation, 3, noon()).await
                }
            });
            let mut claimed = Vec::new();
            for outcome in outcomes.await {
                claimed.extend(outcome.expect("claimed").into_iter().map(|one| one.id));
            }
            let all = claimed.len();
            claimed.sort();
            claimed.dedup();
            assert_eq!((claimed.len(), all), (4, 4), "each once, none left over");
        }
    });
}

// O-01: two offices of the same name at the same moment: one is refused on the field.
#[test]
fn a_name_is_given_to_one_of_two_offices() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let outcomes = together(house, |house, _| async move {
                let (id, name) = (OfficeId(store::new_id()), format!("Ghent {round}"));
                let created = new_office(&house.system(), id, &name)?;
                let mut write = house.write().await;
                write.apply(created).await?;
                write.commit().await
            });
            assert_eq!(
                lost(outcomes.await),
                Refusal::field(Field::Name, Why::Taken)
            );
        }
    });
}

// Architecture, "One writer per organisation": many writers at once all get through, nobody is told
// that the database is locked, and the trail has no fork.
#[test]
fn many_writers_all_get_through() {
    everywhere(async |house| {
        let mut tasks = Vec::new();
        for number in 0..24 {
            let (house, leaves) = (house.same_server(), number % 3 == 0);
            tasks.push(tokio::spawn(async move {
                let id = house.pending(&format!("p{number}@x.example")).await;
                let token = house.invite(id).await;
                house.activate(&token, "Many Writers", after(1)).await?;
                match leaves {
                    true => house.delete(&house.system(), id).await,
                    false => Ok(()),
                }
            }));
        }
        for task in tasks {
            task.await.expect("no panic").expect("written");
        }
        let total = house
            .read()
            .await
            .organisation()
            .await
            .expect("read")
            .employees;
        assert_eq!(total, 1 + 16);
    });
}

// Architecture, "One writer per organisation": on PostgreSQL organisations don't wait for each
// other, and on neither do they come to harm.
#[test]
fn organisations_write_beside_each_other() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let mut open = house.write().await;
        let new = NewEmployee {
            email: "open@x.example".into(),
            ..NewEmployee::default()
        };
        let id = EmployeeId(store::new_id());
        let created = Created::allow(&house.system(), id, &new, "BE", noon()).expect("allowed");
        open.apply(created).await.expect("written");
        if !house.is_sqlite() {
            next.pending("beside@x.example").await;
        }
        open.commit().await.expect("committed");
        next.pending("after@x.example").await;
        assert!(house.find(id).await.is_some());
        assert_eq!(next.findings().await, Vec::<String>::new());
    });
}
