//! P-06: who is suggested for what somebody leaves behind, and P-02: what bookings and moves are allowed.

use crate::cast::*;
use crate::choosing::{case, now, taking};
use domain::appointment::{Booked, Customer, State, Wish};
use domain::booking::handover::{Colleagues, suggest};
use domain::booking::{Case, Meeting, Obstacle};
use domain::{
    Actor, Appointment, AppointmentId, EmployeeId, Field, OrganisationId, Place, Refusal, Role,
    Roles, Status, Timestamp, Why,
};
use uuid::Uuid;

const OURS: OrganisationId = OrganisationId(Uuid::from_u128(1));

fn system() -> Actor {
    Actor::system(OURS)
}

fn holding(role: Role) -> Actor {
    let place = Place {
        office: GHENT,
        roles: Roles::from_iter([role]),
    };
    Actor::known(OURS, EmployeeId(Uuid::from_u128(90)), false, vec![place])
}

fn wish() -> Wish {
    Wish {
        customer: Customer::default(),
        answers: Vec::new(),
        remark: String::new(),
        consented: false,
    }
}

fn book(by: &Actor, case: &Case, time: Timestamp, set_aside: bool) -> Result<Appointment, Refusal> {
    let proposal = case.propose(Meeting::InPerson, time, now());
    let id = AppointmentId(Uuid::from_u128(time.as_second().unsigned_abs().into()));
    Booked::allow(by, id, &proposal, wish(), set_aside, None, now())
        .map(|booked| booked.appointment.clone())
}

/// An appointment of the first agent.
fn left(time: &str) -> Appointment {
    book(&system(), &case(1), at(time), false).expect("free")
}

fn suggested(appointments: &[Appointment], colleagues: Vec<Case>) -> Vec<Vec<u128>> {
    let office = (appointments[0].office, appointments[0].subject);
    let colleagues = Colleagues::from([(office, colleagues)]);
    let leaving = EmployeeId(Uuid::from_u128(1));
    suggest(appointments, colleagues, leaving, now())
        .into_iter()
        .map(|one| one.candidates.iter().map(|c| c.id.0.as_u128()).collect())
        .collect()
}

// P-06: never the one who leaves, only who is free and handles it, the least loaded first.
#[test]
fn the_best_colleague_is_free_and_has_the_least_to_do() {
    let wanted = left("2026-11-03T09:00:00Z");
    let busy = taking(case(2), &["2026-11-03T10:00:00Z"]);
    let occupied = taking(case(3), &["2026-11-03T09:00:00Z"]);
    let mut novice = case(4);
    novice.agent.expert = false;
    let all = vec![case(1), busy, occupied, novice.known(), case(5)];
    assert_eq!(suggested(std::slice::from_ref(&wanted), all), [[5, 2]]);
    assert_eq!(suggested(&[wanted], vec![case(1)]), [[0_u128; 0]]);
}

// P-06: all suggestions together can be carried out: nobody is suggested twice for one time.
#[test]
fn what_is_suggested_takes_their_time() {
    let first = left("2026-11-03T09:00:00Z");
    let mut second = left("2026-11-03T09:15:00Z");
    second.id = AppointmentId(Uuid::from_u128(2));
    let later = left("2026-11-03T10:00:00Z");
    let all = [first, second, later];
    let suggested = suggested(&all, vec![case(2), case(3)]);
    assert_eq!(suggested[0], [2, 3]);
    assert_eq!(suggested[1], [3], "the other has the first one now");
    assert_eq!(suggested[2], [2, 3], "both have one that day");
}

// P-02, case 12: a rule is set aside by a manager who says so, never by an Agent or a customer, and
// nobody books a time twice.
#[test]
fn a_rule_is_set_aside_on_purpose_by_those_who_may() {
    let night = at("2026-11-03T22:00:00Z");
    let manager = holding(Role::OfficeManager);
    let refused = |outcome: Result<Appointment, Refusal>| match outcome {
        Err(Refusal::Invalid(problems)) => problems[0].clone(),
        other => panic!("{other:?}"),
    };
    let outside = Why::AgainstRule(vec![Obstacle::OutsideHours]);
    for (by, set_aside) in [
        (manager.clone(), false),
        (holding(Role::Agent), true),
        (system(), true),
    ] {
        let problem = refused(book(&by, &case(1), night, set_aside));
        assert_eq!(
            (problem.field, problem.why),
            (Field::Begins, outside.clone())
        );
    }
    let booked = book(&manager, &case(1), night, true).expect("set aside");
    assert_eq!(booked.against, [Obstacle::OutsideHours]);
    let wanted = "2026-11-03T09:00:00Z";
    let taken = taking(case(1), &[wanted]);
    let problem = refused(book(&manager, &taken, at(wanted), true));
    assert_eq!(problem.why, Why::NotFree);
    let nobody = Actor::known(OURS, EmployeeId(Uuid::from_u128(91)), false, Vec::new());
    let outcome = book(&nobody, &case(1), at(wanted), false);
    assert_eq!(outcome, Err(Refusal::NotFound));
}

// P-02: where confirmation is by hand a customer's booking waits, what staff book does not.
#[test]
fn a_customers_booking_waits_where_it_is_confirmed_by_hand() {
    let mut by_hand = case(1);
    by_hand.offer.by_hand = Some(true);
    let time = at("2026-11-03T09:00:00Z");
    let asked = book(&system(), &by_hand, time, false).expect("free");
    assert_eq!(asked.state, State::Requested);
    let booked = book(&holding(Role::Agent), &by_hand, time, false).expect("free");
    assert_eq!(booked.state, State::Confirmed);
    let confirm = |appointment: &Appointment, case: &Case| {
        let proposal = case.propose_again(appointment, appointment.begins_at, now());
        let confirmed = appointment.confirm(&holding(Role::Agent), &proposal, now());
        confirmed.map(|_| ())
    };
    assert_eq!(confirm(&asked, &by_hand), Ok(()));
    assert_eq!(confirm(&booked, &by_hand), Err(Refusal::WrongState));
    assert_eq!(confirm(&asked, &case(2)), Err(Refusal::WrongState));
    // What takes bookings no more still takes place; who is not there does not.
    let mut closed = by_hand.clone();
    closed.offer.offered = false;
    assert_eq!(confirm(&asked, &closed.known()), Ok(()));
    let mut suspended = by_hand;
    suspended.agent.status = Status::Suspended;
    let against = Why::AgainstRule(vec![Obstacle::NotActive]);
    assert_eq!(
        confirm(&asked, &suspended.known()),
        Err(Refusal::field(Field::Agent, against))
    );
}

// P-02: a move keeps how long it takes, and does not ask again how long ahead it was booked.
#[test]
fn a_colleague_takes_over_at_short_notice() {
    let before = left("2026-11-03T09:00:00Z");
    let mut strict = case(2);
    strict.offer.notice_least = 10_000;
    strict.offer.duration = 90;
    let same = strict.propose_again(&before, before.begins_at, now());
    assert!(same.obstacles().is_empty());
    let moved = before.revise(&holding(Role::Agent), &same, false, None, now());
    let moved = moved.expect("allowed").expect("a change");
    assert_eq!(moved.after.ends_at, before.ends_at);
    assert_eq!(
        (moved.after.sequence, moved.in_time(), moved.to_another()),
        (1, false, true)
    );
    let later = strict.propose_again(&before, at("2026-11-03T10:00:00Z"), now());
    assert_eq!(later.obstacles(), [Obstacle::TooSoon]);
}
