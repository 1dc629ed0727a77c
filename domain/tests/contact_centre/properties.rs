//! What holds of the offer rule whatever is configured and whatever happens (C-05, C-15, C-17).

use domain::Status;
use domain::contact_centre::offer::{
    Arriving, Kind, Membership, Offer, PostProcessing, Reason, Situation, is_member, is_reachable,
    offer,
};
use domain::contact_centre::user::State;
use proptest::prelude::*;

prop_compose! {
    fn membership()(
        status in prop::sample::select(Status::ALL.to_vec()),
        engage: bool,
        [assigned, enabled, has_endpoint, call_waiting] in any::<[bool; 4]>(),
        timeout in prop::option::of(0_u16..4_000),
        priority: u8,
    ) -> Membership {
        Membership {
            status,
            kind: if engage { Kind::Engage } else { Kind::Formal },
            assigned,
            enabled,
            has_endpoint,
            call_waiting,
            post_processing: timeout.map_or(PostProcessing::Manual, PostProcessing::Seconds),
            priority,
        }
    }
}

prop_compose! {
    fn situation()(
        state in prop::sample::select(vec![
            State::Available, State::OnBreak, State::WorkingOffline,
        ]),
        registered: bool,
        [queue_calls, direct_calls] in [0_u32..3, 0_u32..3],
        post_processing in prop::option::of(prop_oneof![0_u32..100, any::<u32>()]),
    ) -> Situation {
        Situation { state, registered, queue_calls, direct_calls, post_processing }
    }
}

fn arriving() -> impl Strategy<Value = Arriving> {
    prop::sample::select(Arriving::ALL.to_vec())
}

/// Everything on: nobody is offered more than this member.
fn all_on(member: &Membership) -> Membership {
    Membership {
        status: Status::Active,
        assigned: true,
        enabled: true,
        has_endpoint: true,
        call_waiting: true,
        post_processing: PostProcessing::Seconds(0),
        ..member.clone()
    }
}

/// The member with those of the switches on that `more` names.
fn with_more(member: &Membership, more: [bool; 6]) -> Membership {
    let (mut changed, all) = (member.clone(), all_on(member));
    if more[0] {
        changed.status = all.status;
    }
    changed.assigned |= more[1];
    changed.enabled |= more[2];
    changed.has_endpoint |= more[3];
    changed.call_waiting |= more[4];
    if more[5] {
        changed.post_processing = all.post_processing;
    }
    changed
}

proptest! {
    // C-15: every member gets an answer at every moment; a no has reasons, in order, each once.
    #[test]
    fn every_question_is_answered(m in membership(), s in situation(), a in arriving()) {
        match offer(&m, &s, a) {
            Offer::Offered => prop_assert_eq!(offer(&m, &s, a).first(), None),
            Offer::Withheld(reasons) => {
                prop_assert!(!reasons.is_empty());
                prop_assert!(reasons.is_sorted());
                prop_assert!(reasons.windows(2).all(|two| two[0].code() != two[1].code()));
            }
        }
    }

    // C-15: switching something on, activating somebody or shortening post-processing never takes an
    // offer away, nor adds a reason.
    #[test]
    fn enabling_more_takes_no_offer_away(m in membership(), s in situation(), a in arriving(), more: [bool; 6]) {
        let (before, after) = (offer(&m, &s, a), offer(&with_more(&m, more), &s, a));
        prop_assert!(!before.is_offered() || after.is_offered());
        if let (Offer::Withheld(before), Offer::Withheld(after)) = (before, after) {
            let codes: Vec<_> = before.iter().map(|reason| reason.code()).collect();
            prop_assert!(after.iter().all(|reason| codes.contains(&reason.code())));
        }
    }

    // C-05: fewer calls, a registered device, being available and time take no offer away either.
    #[test]
    fn calming_down_takes_no_offer_away(m in membership(), s in situation(), a in arriving(), later: u32) {
        let calmer = Situation {
            state: State::Available,
            registered: true,
            queue_calls: s.queue_calls.saturating_sub(1),
            direct_calls: s.direct_calls.saturating_sub(1),
            post_processing: s.post_processing.map(|since| since.saturating_add(later)),
        };
        prop_assert!(!offer(&m, &s, a).is_offered() || offer(&m, &calmer, a).is_offered());
    }

    // C-05: during any call no queue call is offered, whatever the toggle, and the toggle makes no
    // difference to queue calls at all.
    #[test]
    fn a_queue_call_never_waits(m in membership(), s in situation()) {
        let on = offer(&m, &s, Arriving::QueueCall);
        let other = Membership { call_waiting: !m.call_waiting, ..m };
        prop_assert_eq!(&on, &offer(&other, &s, Arriving::QueueCall));
        prop_assert!(!on.is_offered() || s.queue_calls + s.direct_calls == 0);
    }

    // C-17, C-18: who is not a member in the PBX is offered no queue call at any moment, and who is
    // one is offered calls when idle: provisioning and the answer can't disagree.
    #[test]
    fn the_pbx_and_the_answer_agree(m in membership(), s in situation()) {
        prop_assert_eq!(is_member(&m), offer(&m, &Situation::IDLE, Arriving::QueueCall).is_offered());
        prop_assert_eq!(is_reachable(&m), offer(&m, &Situation::IDLE, Arriving::DirectCall).is_offered());
        prop_assert!(is_member(&m) || !offer(&m, &s, Arriving::QueueCall).is_offered());
        prop_assert!(is_reachable(&m) || !offer(&m, &s, Arriving::DirectCall).is_offered());
        prop_assert_eq!(is_member(&m), m.status == Status::Active && m.assigned && m.enabled && m.has_endpoint);
    }

    // C-05: what reaches by queue when idle reaches directly too: a queue asks for more.
    #[test]
    fn a_direct_call_reaches_wherever_a_queue_call_does(m in membership(), s in situation()) {
        let queue = offer(&m, &s, Arriving::QueueCall).is_offered();
        prop_assert!(!queue || offer(&m, &s, Arriving::DirectCall).is_offered());
    }

    // C-09: a minute after a call no Engage user is in post-processing, whatever the queue says, and
    // no reason of theirs is without end.
    #[test]
    fn no_engage_user_stays_in_post_processing(m in membership(), s in situation()) {
        let m = Membership { kind: Kind::Engage, ..m };
        if let Offer::Withheld(reasons) = offer(&m, &s, Arriving::QueueCall) {
            prop_assert!(!reasons.contains(&Reason::PostProcessing(None)));
            let waits = reasons.iter().any(|reason| matches!(reason, Reason::PostProcessing(_)));
            prop_assert!(!waits || s.post_processing.is_some_and(|since| since < 60));
        }
    }

    // C-10: priority orders, and takes from nobody.
    #[test]
    fn priority_takes_no_offer_away(m in membership(), s in situation(), a in arriving(), priority: u8) {
        prop_assert_eq!(offer(&m, &s, a), offer(&Membership { priority, ..m.clone() }, &s, a));
    }
}
