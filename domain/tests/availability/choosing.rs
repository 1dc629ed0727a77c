//! P-05: who gets a booking of "any agent", and the times of several agents together.

use crate::cast::*;
use domain::availability::{Diary, Span};
use domain::booking::{Agent, Case, Meeting, Meetings, Standing, choose, standing, times};
use domain::office::Closing;
use domain::subject::Offer;
use domain::{CategoryId, EmployeeId, OrganisationId, Role, Roles, Status, SubjectId, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

/// The agent with this number, from 09:00 to 12:00 in Brussels on every day.
pub fn case(number: u128) -> Case {
    let offer = Offer {
        office: GHENT,
        subject: SubjectId(Uuid::from_u128(7)),
        category: CategoryId(Uuid::from_u128(8)),
        title: "Mortgage".into(),
        external_id: None,
        offered: true,
        meetings: Meetings::from_iter([Meeting::InPerson]),
        duration: 30,
        before: 0,
        after: 0,
        notice_least: 0,
        notice_most: 60,
        by_hand: None,
        questions: Vec::new(),
    };
    Case {
        organisation: OrganisationId(Uuid::from_u128(1)),
        office_name: "Ghent".into(),
        office_active: true,
        premises: ghent("Europe/Brussels"),
        offer,
        agent: Agent {
            id: EmployeeId(Uuid::from_u128(number)),
            name: format!("Agent {number}"),
            status: Status::Active,
            online_planning: true,
            roles: Roles::from_iter([Role::Agent]),
            expert: true,
        },
        diary: diary(&[block(540, 720)]),
    }
    .known()
}

pub fn taking(mut case: Case, taken: &[&str]) -> Case {
    let span = |begin: &&str| Span {
        from: at(begin),
        until: at(begin) + jiff::SignedDuration::from_mins(30),
    };
    let taken = taken.iter().map(span).collect();
    case.diary = Diary {
        taken,
        ..case.diary
    };
    case
}

pub fn now() -> Timestamp {
    at("2026-11-02T08:00:00Z")
}

fn chosen(cases: &[Case], time: &str) -> Option<u128> {
    let case = choose(cases, Meeting::InPerson, at(time), now())?;
    Some(case.agent.id.0.as_u128())
}

// P-05: the least loaded of that day; of several the one with the first id.
#[test]
fn who_has_the_fewest_appointments_that_day_is_chosen() {
    let wanted = "2026-11-03T09:00:00Z";
    let busy = taking(case(1), &["2026-11-03T08:00:00Z"]);
    assert_eq!(chosen(&[case(3), case(2)], wanted), Some(2));
    assert_eq!(chosen(&[busy.clone(), case(2)], wanted), Some(2));
    // What lies on another day does not count: 23:30 the day before, by the office's clock.
    let other_day = taking(case(1), &["2026-11-02T22:30:00Z"]);
    assert_eq!(chosen(&[other_day, case(2)], wanted), Some(1));
    // Who is not free is never chosen, however little they have.
    let taken = taking(case(1), &[wanted]);
    assert_eq!(chosen(&[taken.clone(), busy], wanted), Some(1));
    assert_eq!(chosen(&[taken], wanted), None);
    assert_eq!(chosen(&[case(1)], "2026-11-03T14:00:00Z"), None);
    assert_eq!(chosen(&[], wanted), None);
}

proptest! {
    // P-03, P-05: a time is shown for "any agent" if and only if somebody would be chosen at it.
    #[test]
    fn a_time_is_shown_when_somebody_can_take_it(
        first in proptest::collection::vec(0_i64..16, 0..6),
        second in proptest::collection::vec(0_i64..16, 0..6),
        quarter in 0_i64..20,
    ) {
        let begin = at("2026-11-03T08:00:00Z");
        let minutes = |quarter: i64| begin + jiff::SignedDuration::from_mins(15 * quarter);
        let spans = |quarters: &[i64]| -> Vec<Span> {
            let span = |quarter: &i64| Span { from: minutes(*quarter), until: minutes(quarter + 1) };
            quarters.iter().map(span).collect()
        };
        let mut cases = [case(1), case(2)];
        cases[0].diary.taken = spans(&first);
        cases[1].diary.taken = spans(&second);
        let wanted = minutes(quarter);
        let day = Span { from: begin, until: begin + jiff::SignedDuration::from_hours(6) };
        let shown = times(&cases, day, now());
        prop_assert!(shown.is_sorted_by(|one, next| one.from < next.from));
        let shown = shown.iter().any(|slot| slot.from == wanted);
        let chosen = choose(&cases, Meeting::InPerson, wanted, now());
        prop_assert_eq!(shown, chosen.is_some());
    }
}

// O-03: why customers can't book a subject, the first reason that holds.
#[test]
fn what_is_not_offered_has_one_reason() {
    let range = Span {
        from: now(),
        until: now() + jiff::SignedDuration::from_hours(24 * 14),
    };
    let stands = |active: bool, case: &Case, cases: &[Case]| {
        standing(active, &case.offer, cases, range, now())
    };
    let one = case(1);
    let all = [one.clone()];
    let first = at("2026-11-02T08:00:00Z");
    assert_eq!(stands(true, &one, &all), (Standing::Free, Some(first)));
    assert_eq!(stands(false, &one, &all).0, Standing::OfficeInactive);
    assert_eq!(stands(true, &one, &[]).0, Standing::Nobody);
    let mut narrowed = one.clone();
    narrowed.offer.offered = false;
    assert_eq!(stands(true, &narrowed, &all).0, Standing::NotOffered);
    let mut away = one.clone();
    away.diary.absences = vec![range];
    assert_eq!(stands(true, &one, &[away.clone()]).0, Standing::Full);
    let mut closed = away.clone();
    closed.premises.times.closing = vec![Closing {
        first: date("2026-11-01"),
        last: date("2026-12-31"),
        reason: String::new(),
    }];
    assert_eq!(stands(true, &one, &[closed.clone()]).0, Standing::Closed);
    let mut idle = closed;
    idle.diary.hours = Default::default();
    assert_eq!(stands(true, &one, &[idle]).0, Standing::NoHours);
}
