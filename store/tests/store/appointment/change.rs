//! Other times, other agents, and what is over.

use super::*;

fn moved(
    appointment: &Appointment,
    by: &Actor,
    case: &Case,
    at: Timestamp,
) -> std::result::Result<Allowed<domain::appointment::Moved>, Refusal> {
    let proposal = case.propose_again(appointment, at, noon());
    let moved = appointment.revise(by, &proposal, false, None, noon())?;
    Ok(moved.expect("a change"))
}

// P-02: another time raises SEQUENCE and is told; another agent takes it out of the first one's calendar.
#[test]
fn a_move_is_told_to_everybody_concerned() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let later = minutes(ten(), 90);
        let case = house.case(&desk, desk.sam, later).await;
        let change = moved(
            &house.appointment(id).await,
            &house.ada().await,
            &case,
            later,
        );
        house.apply(change).await.expect("moved");
        let kept = house.appointment(id).await;
        assert_eq!((kept.begins_at, kept.sequence), (later, 1));
        let told = house.letters(2).await;
        let customer = "carla@customers.example".to_owned();
        assert_eq!(
            told,
            [
                (customer.clone(), Occasion::Moved, Reader::Customer, 1),
                ("sam@x.example".into(), Occasion::Moved, Reader::Agent, 1),
            ]
        );
        let case = house.case(&desk, desk.kim, later).await;
        let change = moved(
            &house.appointment(id).await,
            &house.ada().await,
            &case,
            later,
        );
        house.apply(change).await.expect("given");
        assert_eq!(house.appointment(id).await.employee, Some(desk.kim));
        assert_eq!(
            house.letters(0).await,
            [
                (customer, Occasion::Reassigned, Reader::Customer, 2),
                ("kim@x.example".into(), Occasion::Booked, Reader::Agent, 2),
                (
                    "sam@x.example".into(),
                    Occasion::GivenAway,
                    Reader::Agent,
                    2
                ),
            ]
        );
    });
}

// E-20: of two who decide on the same appointment the second is told.
#[test]
fn who_decides_on_an_old_appointment_is_refused() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let seen = house.appointment(id).await;
        let noted = seen.note(&house.system(), "Called twice", noon());
        house
            .apply(noted.map(|change| change.expect("a change")))
            .await
            .expect("noted");
        let late = seen.cancel(&house.system(), "", noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        assert_eq!(house.appointment(id).await.note, "Called twice");
    });
}

// P-02: a reason that is no plain text is refused beside its field, and what is over can't be cancelled.
#[test]
fn what_is_over_is_over() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let kept = house.appointment(id).await;
        let wrong = kept.cancel(&house.system(), "a\u{202e}b", noon());
        assert_eq!(
            wrong.map(|_| ()),
            Err(Refusal::field(Field::Reason, Why::NotPlainText))
        );
        let late = kept.cancel(&house.system(), "", minutes(ten(), 30));
        assert_eq!(late.map(|_| ()), Err(Refusal::WrongState));
    });
}
