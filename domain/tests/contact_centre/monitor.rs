//! Who watches whom, and sets their state (C-14).

use crate::cast::{AT, OURS, ada};
use crate::people::*;
use domain::contact_centre::monitor::{Shown, Watching, may_monitor};
use domain::contact_centre::user::{State, Supervision};
use domain::{Actor, Field, OrganisationId, Place, QueueId, Refusal, Role, Roles, Status, Why};
use uuid::Uuid;

fn supervisor() -> Actor {
    Actor::known(OURS, employee(5).id, false, Vec::new()).supervising(true)
}

/// Assigned two queues, of which one is enabled, and a group, which may be.
fn supervision(group: bool) -> Supervision {
    Supervision {
        on: true,
        queues: vec![(SUPPORT, true), (COUNTER, false)],
        groups: vec![(GROUP, group)],
        ..Supervision::default()
    }
}

// C-14, section 8: Administrators watch everybody, supervisors what is assigned and enabled, others
// nobody; whom one may not see does not exist for one.
#[test]
fn what_is_assigned_and_enabled_is_watched() {
    let may = |actor: &Actor, supervision: &Supervision, queues: &[QueueId]| {
        may_monitor(actor, supervision, &lee(), &made(&draft()), queues)
    };
    let (some, all) = (supervision(false), supervision(true));
    assert_eq!(may(&supervisor(), &some, &[SUPPORT]), Ok(()));
    assert_eq!(may(&supervisor(), &all, &[]), Ok(()));
    for queues in [&[][..], &[COUNTER], &[QueueId(Uuid::from_u128(9))]] {
        assert_eq!(may(&supervisor(), &some, queues), Err(Refusal::NotFound));
    }
    let off = Supervision {
        on: false,
        ..all.clone()
    };
    assert_eq!(may(&supervisor(), &off, &[SUPPORT]), Err(Refusal::NotFound));
    let none = Supervision::default();
    assert_eq!(may(&ada(), &none, &[]), Ok(()));
    // Who was a supervisor when the page was opened, and is none.
    let former = supervisor().supervising(false);
    assert_eq!(may(&former, &all, &[SUPPORT]), Err(Refusal::NotFound));
    let lees = Actor::known(OURS, lee().id, false, Vec::new());
    assert_eq!(may(&lees, &all, &[SUPPORT]), Err(Refusal::Forbidden));
    let elsewhere = OrganisationId(Uuid::from_u128(2));
    let stranger = Actor::known(elsewhere, employee(5).id, true, Vec::new()).supervising(true);
    assert_eq!(may(&stranger, &all, &[SUPPORT]), Err(Refusal::NotFound));
}

// C-14, section 8
#[test]
fn roles_in_offices_watch_nobody() {
    assert_eq!(Watching::of(&ada()), Ok(Watching::Everybody));
    let scope = Watching::Scope(employee(5).id);
    assert_eq!(Watching::of(&supervisor()), Ok(scope));
    assert_eq!(Watching::of(&Actor::system(OURS)), Ok(Watching::Everybody));
    for role in Role::IN_OFFICE {
        let place = Place {
            office: domain::OfficeId(Uuid::from_u128(8)),
            roles: Roles::NONE.set(role, true),
        };
        let actor = Actor::known(OURS, employee(6).id, false, vec![place]);
        assert_eq!(Watching::of(&actor), Err(Refusal::Forbidden));
    }
}

// C-14: a supervisor sets the state of whom they watch; a word that is no state is told, but only to
// those who may.
#[test]
fn who_watches_sets_the_state() {
    let user = made(&draft());
    let set = |queues: &[QueueId], state: &str| {
        let over = supervision(false);
        let set = user.set_member_state(&supervisor(), &over, &lee(), queues, state, AT);
        set.map(|change| change.map(|change| change.state))
    };
    assert_eq!(set(&[SUPPORT], "on_break"), Ok(Some(State::OnBreak)));
    assert_eq!(set(&[SUPPORT], "available"), Ok(None), "they are");
    refused(set(&[SUPPORT], "asleep"), Field::Status, Why::UnknownChoice);
    assert_eq!(set(&[COUNTER], "asleep"), Err(Refusal::NotFound));
}

// C-14, C-18
#[test]
fn whoever_is_not_active_is_in_no_state() {
    for state in State::ALL {
        assert_eq!(Shown::of(Status::Active, state), Shown::Says(state));
        assert_eq!(Shown::of(Status::Suspended, state), Shown::NotActive);
        assert_eq!(Shown::of(Status::Pending, state), Shown::NotActive);
    }
    for shown in Shown::ALL {
        assert_eq!(Shown::from_code(shown.code()), Some(shown));
    }
}
