//! What somebody leaves behind stays in sight.

use super::*;

// E-15, O-05, P-06: what somebody can't take as it stands is in sight: suspended, away, without the role.
#[test]
fn what_somebody_leaves_behind_is_in_sight() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let stranded = async || {
            let mut read = house.read().await;
            let count = read.count_upcoming(desk.sam, Which::Stranded, noon()).await;
            count.expect("read")
        };
        assert_eq!(stranded().await, 0);
        house
            .suspend(&house.system(), desk.sam)
            .await
            .expect("suspended");
        assert_eq!(stranded().await, 1);
        house
            .reactivate(&house.system(), desk.sam)
            .await
            .expect("back");
        assert_eq!(stranded().await, 0);
        house
            .place_in(desk.sam, desk.ghent, &[Role::OfficeManager])
            .await;
        assert_eq!(stranded().await, 1, "no Agent there any more");
        house.place_in(desk.sam, desk.ghent, &[Role::Agent]).await;
        assert_eq!(stranded().await, 0);
        let over = minutes(ten(), 31);
        let mut read = house.read().await;
        let ahead = read.count_upcoming(desk.sam, Which::All, over).await;
        assert_eq!(ahead.expect("read"), 0, "what is over is not ahead");
        drop(read);
        let away = Span {
            from: minutes(ten(), 20),
            until: minutes(ten(), 600),
        };
        let absence = AbsenceId(store::new_id());
        let sam = house.get(desk.sam).await;
        let entered = sam.enter_absence(&house.system(), absence, away, "Ill", noon());
        house.apply(entered).await.expect("entered");
        assert_eq!(stranded().await, 1, "away for a part of it");
        let read = house
            .read()
            .await
            .upcoming(desk.sam, Which::Stranded, noon())
            .await;
        assert_eq!(read.expect("read")[0].appointment.id, id);
        let outcome = house.book(&desk, desk.sam, minutes(ten(), 120)).await;
        assert_eq!(against(outcome), [Obstacle::Absent]);
    });
}

// E-16: of somebody who is deleted the past stays, with a former employee; the rest is cancelled and
// the customer is told.
#[test]
fn the_past_of_a_former_employee_stays() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (past, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let (ahead, _) = house
            .book(&desk, desk.sam, minutes(ten(), 60))
            .await
            .expect("booked");
        let mut write = house.write().await;
        let now = minutes(ten(), 31);
        let employee = write
            .employee(desk.sam)
            .await
            .expect("read")
            .expect("there");
        for one in write
            .upcoming(desk.sam, Which::All, now)
            .await
            .expect("read")
        {
            let cancelled = one
                .appointment
                .cancel(&house.system(), "", now)
                .expect("allowed");
            write.apply(cancelled).await.expect("cancelled");
        }
        let deleted = employee
            .delete(&house.system(), "sam@x.example", 1, now)
            .expect("allowed");
        write.apply(deleted).await.expect("deleted");
        write.commit().await.expect("committed");
        let kept = house.appointment(past).await;
        assert_eq!((kept.state, kept.employee), (State::Confirmed, None));
        let kept = house.appointment(ahead).await;
        assert_eq!((kept.state, kept.employee), (State::Cancelled, None));
        let told = house.letters(0).await;
        let cancelled: Vec<_> = told
            .iter()
            .filter(|(_, occasion, ..)| *occasion == Occasion::Cancelled)
            .collect();
        assert_eq!(cancelled.len(), 1, "the customer alone: {told:?}");
        assert!(
            told.iter().all(|(to, ..)| to != "sam@x.example"),
            "nothing goes to somebody who is gone"
        );
    });
}
