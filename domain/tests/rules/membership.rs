//! Who can be in which queue, from whichever side it is changed.

use crate::cast::*;
use crate::queue::{OTHER_PBX, PBX, queue};
use domain::audit::Recorded;
use domain::contact_centre::membership::{
    Facts, Member, Membership, User, change_memberships, unsuited,
};
use domain::contact_centre::offer::PostProcessing;
use domain::{EmployeeId, Event, Field, Problem, QueueId, Refusal, Why};
use proptest::prelude::*;
use uuid::Uuid;

fn user(number: u128, engage: bool) -> User {
    User {
        employee: EmployeeId(Uuid::from_u128(100 + number)),
        name: format!("Person {number}"),
        pbx: PBX,
        engage,
    }
}

fn facts() -> Facts {
    let manual = queue(1, "Complaints", PostProcessing::Manual);
    let short = queue(2, "Sales", PostProcessing::Seconds(15));
    let (formal, engage) = (user(1, false), user(2, true));
    let held = Member {
        queue: short.id,
        employee: formal.employee,
        enabled: true,
        priority: 2,
    };
    let elsewhere = User {
        pbx: OTHER_PBX,
        ..user(3, false)
    };
    Facts {
        queues: vec![manual, short],
        users: vec![formal, engage, elsewhere],
        members: vec![held],
    }
}

fn wish(queue: u128, employee: u128) -> Membership {
    Membership {
        queue: QueueId(Uuid::from_u128(50 + queue)),
        employee: EmployeeId(Uuid::from_u128(100 + employee)),
        assigned: true,
        enabled: false,
        priority: None,
    }
}

fn problems(wanted: &[Membership]) -> Vec<Problem> {
    match change_memberships(&ada().asks(), wanted, &facts(), AT) {
        Err(Refusal::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

// C-09, case 15: an Engage user is not assigned to a Manual queue, also without being enabled; the
// refusal names both. A formal agent is.
#[test]
fn an_engage_user_is_not_put_into_a_manual_queue() {
    let why = Why::QueueUnsuited {
        user: "Person 2".into(),
        queue: "Complaints".into(),
    };
    let refused = Problem {
        field: Field::Members,
        why,
    };
    assert_eq!(problems(&[wish(1, 2), wish(2, 2)]), [refused]);
    let allowed = change_memberships(&ada().asks(), &[wish(1, 1), wish(2, 2)], &facts(), AT);
    let allowed = allowed.expect("allowed");
    assert_eq!(allowed.len(), 2);
    let entry = allowed[0].entry();
    assert_eq!(entry.event, Event::QueuesChanged);
    assert_eq!(entry.values[0].field, "queue:Complaints");
    assert_eq!(entry.values[0].after.as_deref(), Some("assigned:5"));
}

// C-10, case 20: enabled without assigned is refused; priorities are 1 to 10; one PBX.
#[test]
fn what_can_not_be_is_refused() {
    let enabled = Membership {
        assigned: false,
        enabled: true,
        ..wish(2, 1)
    };
    let far = |priority| Membership {
        priority: Some(priority),
        ..wish(2, 1)
    };
    let whys = |wanted: &[Membership]| {
        let whys = problems(wanted).into_iter().map(|problem| problem.why);
        whys.collect::<Vec<_>>()
    };
    assert_eq!(whys(&[enabled]), [Why::NotAssigned]);
    assert_eq!(
        whys(&[far(0), far(11)]),
        [Why::OutOfRange(1, 10), Why::OutOfRange(1, 10)]
    );
    let (user, queue) = ("Person 3".into(), "Sales".into());
    assert_eq!(whys(&[wish(2, 3)]), [Why::OtherPbx { user, queue }]);
    let refused = change_memberships(&ada().asks(), &[wish(9, 1)], &facts(), AT);
    assert_eq!(refused.expect_err("refused"), Refusal::NotFound);
    let refused = change_memberships(&max().asks(), &[wish(2, 1)], &facts(), AT);
    assert_eq!(refused.expect_err("refused"), Refusal::Forbidden);
}

// C-10: what is as wanted is no change, a priority that nobody names stays, and who leaves leaves.
#[test]
fn only_what_differs_is_changed() {
    let change = |wanted: Membership| {
        let changed = change_memberships(&ada().asks(), &[wanted], &facts(), AT);
        let changed = changed.expect("allowed").into_iter();
        changed
            .flat_map(|one| one.moved.clone())
            .map(|moved| (moved.before, moved.after))
            .collect::<Vec<_>>()
    };
    let enabled = Membership {
        enabled: true,
        ..wish(2, 1)
    };
    assert_eq!(change(enabled), []);
    assert_eq!(change(wish(2, 1)), [(Some((true, 2)), Some((false, 2)))]);
    let gone = Membership {
        assigned: false,
        ..wish(2, 1)
    };
    assert_eq!(change(gone), [(Some((true, 2)), None)]);
    let never = Membership {
        assigned: false,
        ..wish(1, 1)
    };
    assert_eq!(change(never), []);
}

proptest! {
    // C-09: whatever is wanted, nobody with Engage ends up in a queue that they could not leave
    // Post Processing of.
    #[test]
    fn nobody_with_engage_is_in_a_queue_that_does_not_suit(
        wanted in proptest::collection::vec((1u128..3, 1u128..3, any::<bool>(), any::<bool>()), 0..6),
    ) {
        let facts = facts();
        let wanted: Vec<_> = wanted.into_iter().map(|(queue, employee, assigned, enabled)| {
            Membership { assigned, enabled, ..wish(queue, employee) }
        }).collect();
        let allowed = change_memberships(&ada().asks(), &wanted, &facts, AT).unwrap_or_default();
        for one in &allowed {
            let user = facts.users.iter().find(|user| user.employee == one.employee).unwrap();
            for moved in one.moved.iter().filter(|moved| moved.after.is_some()) {
                let queue = facts.queues.iter().find(|queue| queue.id == moved.queue).unwrap();
                prop_assert_eq!(unsuited(queue, user), None);
                prop_assert!(!user.engage || moved.suits_engage);
            }
        }
    }
}
