//! Who is offered a call: the tables (C-05, C-15, C-18, case 19).

use Arriving::{DirectCall, QueueCall};
use Reason::{
    NoEndpoint, NotAssigned, NotEnabled, Offline, OnBreak, OnDirectCall, OnQueueCall, Pending,
    Suspended, WorkingOffline,
};
use domain::Status;
use domain::contact_centre::offer::{
    Arriving, Kind, Membership, Offer, PostProcessing, Reason, Situation, is_member, is_reachable,
    offer,
};
use domain::contact_centre::user::State;

pub fn ready() -> Membership {
    Membership {
        status: Status::Active,
        kind: Kind::Engage,
        assigned: true,
        enabled: true,
        has_endpoint: true,
        call_waiting: true,
        post_processing: PostProcessing::Seconds(30),
        priority: 1,
    }
}

fn on_queue_call() -> Situation {
    Situation {
        queue_calls: 1,
        ..Situation::IDLE
    }
}

fn on_direct_call() -> Situation {
    Situation {
        direct_calls: 1,
        ..Situation::IDLE
    }
}

// C-05, case 19: the twelve cells of call waiting.
#[test]
fn call_waiting_decides_about_direct_calls_and_never_about_queue_calls() {
    let (idle, queue, direct) = (Situation::IDLE, on_queue_call(), on_direct_call());
    for (situation, arriving, call_waiting, expected) in [
        (&idle, QueueCall, true, None),
        (&idle, QueueCall, false, None),
        (&idle, DirectCall, true, None),
        (&idle, DirectCall, false, None),
        (&queue, QueueCall, true, Some(OnQueueCall)),
        (&queue, QueueCall, false, Some(OnQueueCall)),
        (&queue, DirectCall, true, None),
        (&queue, DirectCall, false, Some(OnQueueCall)),
        (&direct, QueueCall, true, Some(OnDirectCall)),
        (&direct, QueueCall, false, Some(OnDirectCall)),
        (&direct, DirectCall, true, None),
        (&direct, DirectCall, false, Some(OnDirectCall)),
    ] {
        let member = Membership {
            call_waiting,
            ..ready()
        };
        let found = offer(&member, situation, arriving).first();
        assert_eq!(
            found, expected,
            "{situation:?} {arriving:?} waiting {call_waiting}"
        );
    }
}

// C-05: with a call waiting beside the one that is spoken on, the toggle still decides.
#[test]
fn two_calls_at_once_are_both_told() {
    let both = Situation {
        queue_calls: 1,
        direct_calls: 2,
        ..Situation::IDLE
    };
    assert!(offer(&ready(), &both, DirectCall).is_offered());
    let withheld = Offer::Withheld(vec![OnQueueCall, OnDirectCall]);
    assert_eq!(offer(&ready(), &both, QueueCall), withheld);
}

// C-15: post-processing keeps queue calls away until it is over; direct calls reach.
#[test]
fn post_processing_is_between_a_user_and_the_queues() {
    use PostProcessing::{Manual, Seconds};
    for (kind, timeout, since, expected) in [
        (
            Kind::Engage,
            Seconds(30),
            0,
            Some(Reason::PostProcessing(Some(30))),
        ),
        (
            Kind::Engage,
            Seconds(30),
            29,
            Some(Reason::PostProcessing(Some(1))),
        ),
        (Kind::Engage, Seconds(30), 30, None),
        (Kind::Engage, Seconds(0), 0, None),
        (Kind::Formal, Manual, 0, Some(Reason::PostProcessing(None))),
        (
            Kind::Formal,
            Manual,
            86_400,
            Some(Reason::PostProcessing(None)),
        ),
    ] {
        let member = Membership {
            kind,
            post_processing: timeout,
            ..ready()
        };
        let situation = Situation {
            post_processing: Some(since),
            ..Situation::IDLE
        };
        let found = offer(&member, &situation, QueueCall).first();
        assert_eq!(found, expected, "{timeout:?} after {since}");
        assert!(offer(&member, &situation, DirectCall).is_offered());
    }
}

// C-15, C-18: each thing that stands in the way alone, of a queue call and of a direct one.
#[test]
fn each_reason_is_told() {
    let saying = |state| Situation {
        state,
        ..Situation::IDLE
    };
    let member = |change: fn(&mut Membership)| {
        let mut member = ready();
        change(&mut member);
        member
    };
    let offline = Situation {
        registered: false,
        ..Situation::IDLE
    };
    for (member, situation, queue, direct) in [
        (
            member(|m| m.status = Status::Suspended),
            Situation::IDLE,
            Some(Suspended),
            Some(Suspended),
        ),
        (
            member(|m| m.status = Status::Pending),
            Situation::IDLE,
            Some(Pending),
            Some(Pending),
        ),
        (
            member(|m| m.assigned = false),
            Situation::IDLE,
            Some(NotAssigned),
            None,
        ),
        (
            member(|m| m.enabled = false),
            Situation::IDLE,
            Some(NotEnabled),
            None,
        ),
        (
            member(|m| m.has_endpoint = false),
            Situation::IDLE,
            Some(NoEndpoint),
            Some(NoEndpoint),
        ),
        (ready(), offline, Some(Offline), Some(Offline)),
        (ready(), saying(State::OnBreak), Some(OnBreak), None),
        (
            ready(),
            saying(State::WorkingOffline),
            Some(WorkingOffline),
            None,
        ),
    ] {
        assert_eq!(offer(&member, &situation, QueueCall).first(), queue);
        assert_eq!(offer(&member, &situation, DirectCall).first(), direct);
        if situation == Situation::IDLE {
            assert_eq!(is_member(&member), queue.is_none());
            assert_eq!(is_reachable(&member), direct.is_none());
        }
    }
}

// C-15: every reason is told, what lasts before what passes.
#[test]
fn all_reasons_are_told_in_order() {
    let member = Membership {
        status: Status::Suspended,
        assigned: false,
        enabled: false,
        has_endpoint: false,
        ..ready()
    };
    let situation = Situation {
        state: State::OnBreak,
        registered: false,
        queue_calls: 1,
        direct_calls: 1,
        post_processing: Some(10),
    };
    let expected = [
        Suspended,
        NotAssigned,
        NotEnabled,
        NoEndpoint,
        Offline,
        OnBreak,
        OnQueueCall,
        OnDirectCall,
        Reason::PostProcessing(Some(20)),
    ];
    let found = offer(&member, &situation, QueueCall);
    assert_eq!(found, Offer::Withheld(expected.to_vec()));
}
