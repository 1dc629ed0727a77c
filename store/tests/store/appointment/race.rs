//! Two at once: of a time, and of an agent who goes.

use super::*;

// P-04: two customers want one slot at the same moment, on two servers where there can be two: one
// gets it.
#[test]
fn of_two_customers_one_gets_the_slot() {
    everywhere(async |house| {
        let desk = std::sync::Arc::new(house.desk().await);
        for round in 0..6_i64 {
            let at = minutes(ten(), round * 60);
            let won = winners(house, |house, _| {
                let desk = desk.clone();
                async move { house.book(&desk, desk.sam, at).await.map(|_| true) }
            });
            assert_eq!(won.await, 1, "round {round}");
        }
        let listed = house
            .read()
            .await
            .appointments(&house.system(), &everything(None))
            .await;
        assert_eq!(listed.expect("read").len(), 6);
    });
}

/// Deletes as the page does: what lies ahead is cancelled in the same transaction.
async fn delete(house: &House, id: EmployeeId) -> Result<()> {
    let mut write = house.write().await;
    let system = house.system();
    let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
    for one in write.upcoming(id, Which::All, noon()).await? {
        let cancelled = one.appointment.cancel(&system, "", noon())?;
        write.apply(cancelled).await?;
    }
    let email = employee.email.to_string();
    write
        .apply(employee.delete(&system, &email, 1, noon())?)
        .await?;
    write.commit().await
}

// P-04: a booking and a suspension, or a deletion, at the same moment: never a booking with somebody
// who is gone, and none that is lost sight of.
#[test]
fn a_booking_races_with_suspension_and_deletion() {
    everywhere(async |house| {
        let desk = std::sync::Arc::new(house.desk().await);
        for round in 0..4_i64 {
            let email = format!("racer{round}@x.example");
            let held = [place(desk.ghent, &[Role::Agent])];
            let racer = house.holder(&email, "Rita Racer", &held).await;
            house.handle(racer, desk.ghent, &[desk.loans], &[]).await;
            house.nine_to_five(racer, desk.ghent).await;
            let suspends = round % 2 == 0;
            let (one, two) = (desk.clone(), house.same_server());
            let booking = async move { two.book(&one, racer, ten()).await };
            let other = house.same_server();
            let leaving = async move {
                match suspends {
                    true => other.suspend(&other.system(), racer).await,
                    false => delete(&other, racer).await,
                }
            };
            let (booked, left) = tokio::join!(tokio::spawn(booking), tokio::spawn(leaving));
            left.expect("no panic").expect("they leave in any case");
            match (booked.expect("no panic"), suspends) {
                (Err(Error::Refused(_)), _) => {}
                (Err(other), _) => panic!("it failed instead of being refused: {other}"),
                (Ok((id, _)), true) => {
                    let mut read = house.read().await;
                    let stranded = read.upcoming(racer, Which::Stranded, noon()).await;
                    let stranded: Vec<_> = stranded
                        .expect("read")
                        .into_iter()
                        .map(|one| one.appointment.id)
                        .collect();
                    assert_eq!(stranded, [id], "it was booked before, and is in sight");
                }
                (Ok((id, _)), false) => {
                    let kept = house.appointment(id).await;
                    assert_eq!((kept.state, kept.employee), (State::Cancelled, None));
                }
            }
            if suspends {
                let late = house.book(&desk, racer, minutes(ten(), 120)).await;
                assert!(against(late).contains(&Obstacle::NotActive));
            }
        }
    });
}
