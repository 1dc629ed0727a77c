//! Made-up moments, and who may ask about which queue (C-15, section 8).

use super::offer::ready;
use domain::contact_centre::offer::{
    Arriving, Asked, Asking, Kind, Membership, Moment, Offer, PostProcessing, Reason,
};
use domain::{Actor, EmployeeId, OfficeId, OrganisationId, Place, QueueId, Refusal, Role, Roles};
use uuid::Uuid;

// C-15: each made-up moment answers for both calls, and says why not.
#[test]
fn each_moment_has_its_answer() {
    use Reason::{Offline, OnBreak, OnDirectCall, OnQueueCall, Suspended, WorkingOffline};
    let after = Reason::PostProcessing;
    let without = Membership {
        call_waiting: false,
        ..ready()
    };
    for (moment, queue, direct) in [
        (Moment::Idle, None, None),
        (Moment::OnQueueCall, Some(OnQueueCall), Some(OnQueueCall)),
        (Moment::OnDirectCall, Some(OnDirectCall), Some(OnDirectCall)),
        (Moment::PostProcessing, Some(after(Some(30))), None),
        (Moment::OnBreak, Some(OnBreak), None),
        (Moment::WorkingOffline, Some(WorkingOffline), None),
        (Moment::Offline, Some(Offline), Some(Offline)),
        (Moment::Suspended, Some(Suspended), Some(Suspended)),
    ] {
        for (arriving, expected) in [(Arriving::QueueCall, queue), (Arriving::DirectCall, direct)] {
            let answer = moment.offer(&without, arriving);
            assert_eq!(answer.first(), expected, "{moment:?} {arriving:?}");
        }
    }
    let waits = Moment::OnQueueCall.offer(&ready(), Arriving::DirectCall);
    assert_eq!(waits, Offer::Offered, "with call waiting");
    let formal = Membership {
        kind: Kind::Formal,
        post_processing: PostProcessing::Manual,
        ..ready()
    };
    let answer = Moment::PostProcessing.offer(&formal, Arriving::QueueCall);
    assert_eq!(answer.first(), Some(after(None)));
}

// C-15: the whole question stands in the address, in words that lead back to it.
#[test]
fn moments_and_calls_are_found_by_their_words() {
    for moment in Moment::ALL {
        assert_eq!(Moment::from_code(moment.code()), Some(moment));
    }
    for arriving in Arriving::ALL {
        assert_eq!(Arriving::from_code(arriving.code()), Some(arriving));
    }
    assert_eq!(Moment::from_code("asleep"), None);
}

fn id<T>(number: u128, make: fn(Uuid) -> T) -> T {
    make(Uuid::from_u128(number))
}

// Section 8: ask who would be offered a call. Everybody about themselves, supervisors about what is
// assigned to them and enabled, Administrators about every queue; another queue is not known.
#[test]
fn one_may_ask_about_what_the_table_says() {
    let organisation = id(1, OrganisationId);
    let one = id(2, EmployeeId);
    let place = Place {
        office: id(3, OfficeId),
        roles: Roles::from_iter([Role::Agent, Role::OfficeManager]),
    };
    let known = |administrator| Actor::known(organisation, one, administrator, vec![place]);
    let (supervised, own, other) = (id(4, QueueId), id(5, QueueId), id(6, QueueId));
    let ask = |actor: &Actor, queue| {
        let asking = Asking::of(actor).expect("may ask about themselves at least");
        asking.about(queue, &[supervised], &[own])
    };
    for queue in [supervised, own, other] {
        assert_eq!(ask(&known(true), queue), Ok(Asked::Everyone));
    }
    let supervisor = known(false).supervising(true);
    assert_eq!(ask(&supervisor, supervised), Ok(Asked::Everyone));
    assert_eq!(ask(&supervisor, own), Ok(Asked::Oneself(one)));
    assert_eq!(ask(&supervisor, other), Err(Refusal::NotFound));
    let agent = known(false);
    assert_eq!(ask(&agent, supervised), Err(Refusal::NotFound));
    assert_eq!(ask(&agent, own), Ok(Asked::Oneself(one)));
    assert_eq!(ask(&agent, other), Err(Refusal::NotFound));
}
