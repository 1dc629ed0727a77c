//! Ring groups and call pickup groups.

use crate::cast::*;
use crate::queue::{OTHER_PBX, PBX};
use domain::audit::Recorded;
use domain::contact_centre::call_group::{CallGroup, CallGroupCreated, Kind};
use domain::contact_centre::membership::User;
use domain::{EmployeeId, Event, Field, PbxId, Refusal, Version, Why};
use uuid::Uuid;

fn group(kind: Kind) -> CallGroup {
    CallGroup {
        organisation: OURS,
        id: kind.id(Uuid::from_u128(80)),
        version: Version(1),
        pbx: PBX,
        name: "Desk".into(),
        ring_seconds: 20,
    }
}

fn user(number: u128, pbx: PbxId) -> User {
    User {
        employee: EmployeeId(Uuid::from_u128(number)),
        name: format!("Person {number}"),
        pbx,
        engage: false,
    }
}

// C-13: a ring group says for how long it rings; a call pickup group does not ring of itself.
#[test]
fn a_ring_group_has_a_ringing_time() {
    let allow = |kind: Kind, seconds: &str| {
        let id = kind.id(Uuid::from_u128(81));
        CallGroupCreated::allow(
            &ada().asks(),
            id,
            (Some(PBX), &[PBX]),
            ("Desk", seconds),
            AT,
        )
    };
    assert_eq!(allow(Kind::Ring, "30").expect("allowed").ring_seconds, 30);
    let refused = allow(Kind::Ring, "121").expect_err("refused");
    assert_eq!(
        refused,
        Refusal::field(Field::RingSeconds, Why::OutOfRange(5, 120))
    );
    let pickup = allow(Kind::Pickup, "").expect("allowed");
    assert_eq!(pickup.entry().event, Event::PickupGroupCreated);
}

// C-13: members are users of the PBX of the group; the trail knows them by id.
#[test]
fn members_are_of_the_same_pbx() {
    let users = [user(1, PBX), user(2, PBX), user(3, OTHER_PBX)];
    let [one, two, three] = [1, 2, 3].map(|number| EmployeeId(Uuid::from_u128(number)));
    let change = |who: &Somebody, added: &[EmployeeId], removed: &[EmployeeId]| {
        let known = (&[one][..], &users[..]);
        group(Kind::Ring).change_members(&who.asks(), (added, removed), known, AT)
    };
    let changed = change(&ada(), &[two], &[one]);
    let changed = changed.expect("allowed").expect("a change");
    assert_eq!(
        (&*changed.added, &*changed.removed),
        (&[two][..], &[one][..])
    );
    assert_eq!(changed.entry().event, Event::RingMembersChanged);
    assert_eq!(changed.entry().values[0].field, format!("member:{two}"));
    assert!(change(&ada(), &[one], &[two]).expect("allowed").is_none());
    let (user, queue) = ("Person 3".to_owned(), "Desk".to_owned());
    let refused = change(&ada(), &[three], &[]).expect_err("refused");
    assert_eq!(
        refused,
        Refusal::field(Field::Members, Why::OtherPbx { user, queue })
    );
    let unknown = EmployeeId(Uuid::from_u128(9));
    let refused = change(&ada(), &[unknown], &[]).expect_err("refused");
    assert_eq!(refused, Refusal::NotFound);
    let refused = change(&sam(), &[two], &[]).expect_err("refused");
    assert_eq!(refused, Refusal::Forbidden);
}

// C-13, C-19: a ring group to which a script leads is not deleted.
#[test]
fn a_group_that_a_script_leads_to_stays() {
    let led = vec!["Main line".to_owned()];
    let refused = group(Kind::Ring).delete(&ada().asks(), led.clone(), AT);
    assert_eq!(refused.expect_err("refused"), Refusal::LedTo(led));
    let gone = group(Kind::Pickup).delete(&ada().asks(), vec![], AT);
    assert_eq!(
        gone.expect("allowed").entry().event,
        Event::PickupGroupDeleted
    );
}
