//! Contact-centre users: license pair, seats, tenants, extensions, numbers, queues, supervision.

use crate::cast::{AT, OURS, ada};
use crate::people::*;
use domain::contact_centre::license::{Held, Kind, Licenses};
use domain::contact_centre::user::{
    ContactUser, ContactUserCreated, Draft, EndpointKind, Ground, Overseen, Rights, Supervision,
    Wish,
};
use domain::contact_centre::voice::Extension;
use domain::{Actor, EndpointId, Field, Refusal, TenantId, Why};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

// C-02: first and last name are required here, and everybody is in one tenant, the default one where
// nobody chose.
#[test]
fn a_user_has_names_and_a_tenant() {
    let nameless = Draft {
        names: Some(("Lee".into(), " ".into())),
        ..draft()
    };
    refused(create(&nameless, &ground()), Field::LastName, Why::Required);
    assert_eq!(made(&draft()).settings.tenant, TENANT);
    assert_eq!(made(&draft()).pbx, PBX);
    let nowhere = Ground {
        tenants: Vec::new(),
        ..ground()
    };
    refused(create(&draft(), &nowhere), Field::Tenant, Why::NeedsTenant);
    let elsewhere = Draft {
        tenant: some(&TenantId(Uuid::from_u128(9)).to_string()),
        ..draft()
    };
    refused(
        create(&elsewhere, &ground()),
        Field::Tenant,
        Why::UnknownChoice,
    );
}

// C-03, case 17: the pair or neither half, and not the other license besides.
#[test]
fn half_of_the_pair_is_refused_beside_the_field() {
    let with = |license: &str, plan: &str| Draft {
        license: some(license),
        plan: some(plan),
        ..draft()
    };
    let create = |license, plan| create(&with(license, plan), &ground());
    refused(create("engage", ""), Field::Plan, Why::HalfPair);
    refused(create("", "engage_bundled"), Field::License, Why::HalfPair);
    let both = create("contact_center", "engage_bundled");
    refused(both, Field::Plan, Why::LicensesExclude);
    refused(create("engage", "gold"), Field::Plan, Why::UnknownChoice);
    refused(create("gold", ""), Field::License, Why::UnknownChoice);
    let pair = Held::Engage {
        plan: "engage_bundled".into(),
    };
    let held = |license, plan| made(&with(license, plan)).settings.license;
    assert_eq!(held("engage", "engage_bundled"), pair);
    assert_eq!(held("contact_center", ""), Held::ContactCenter);
    assert_eq!(held("", ""), Held::None);
}

// C-03, case 17: no seat left is refused, saying how many there are; who has one keeps it.
#[test]
fn no_seat_left_is_refused() {
    let full = Ground {
        licenses: Licenses(vec![
            license("contact_center", Kind::ContactCenter, 0, 0),
            license("engage", Kind::Engage, 5, 5),
            license("engage_bundled", Kind::Plan, 9, 5),
        ]),
        ..ground()
    };
    let why = Why::NoSeatLeft("engage".into(), 5);
    refused(create(&pair(), &full), Field::License, why);
    let user = made(&pair());
    let site = Draft {
        site: some("Ghent"),
        ..pair()
    };
    assert!(revise(&user, &site, &full).is_ok_and(|change| change.is_some()));
}

// C-06, case 18: with several PBXs only users of the default tenant can be Engage; with one all can.
#[test]
fn with_several_pbxs_engage_users_are_of_the_default_tenant() {
    let elsewhere = Draft {
        tenant: some(&OTHER.to_string()),
        ..pair()
    };
    assert!(create(&elsewhere, &ground()).is_ok());
    let several = Ground {
        pbxs: 2,
        ..ground()
    };
    refused(
        create(&elsewhere, &several),
        Field::License,
        Why::NotDefaultTenant,
    );
    assert!(create(&pair(), &several).is_ok());
    let formal = Draft {
        license: some("contact_center"),
        plan: some(""),
        ..elsewhere
    };
    assert!(create(&formal, &several).is_ok());
}

// C-04: three to six digits, none that look like an emergency number, unique in the PBX.
#[test]
fn extensions_are_short_free_and_no_emergency_numbers() {
    for fits in ["200", "2000", "200000", " 345 "] {
        assert!(
            Extension::read(fits).is_ok_and(|read| read.is_some()),
            "{fits}"
        );
    }
    assert_eq!(Extension::read(" "), Ok(None));
    for bad in ["1", "12", "2000000", "20a", "+200", "２００", "-20"] {
        assert_eq!(Extension::read(bad), Err(Why::NotAnExtension), "{bad}");
    }
    for emergency in [
        "112", "911", "999", "110", "118", "100", "101", "102", "0112", "9911", "018", "917",
        "116117",
    ] {
        assert_eq!(
            Extension::read(emergency),
            Err(Why::LooksLikeEmergency),
            "{emergency}"
        );
    }
    let with = |work: &str, centre: &str| Draft {
        work_extension: some(work),
        centre_extension: some(centre),
        ..draft()
    };
    let create = |work, centre| create(&with(work, centre), &ground());
    refused(create("2001", ""), Field::WorkExtension, Why::Taken);
    refused(create("2002", "2002"), Field::CentreExtension, Why::Taken);
    assert!(create("2002", "2003").is_ok());
}

// C-04, case 16: a number is of the inventory, free, and written in E.164.
#[test]
fn numbers_are_of_the_inventory_and_given_once() {
    let with = |work: &str, centre: &str| Draft {
        work_number: some(work),
        centre_number: some(centre),
        ..draft()
    };
    let create = |work, centre| create(&with(work, centre), &ground());
    refused(
        create("0032 9 210 44 00", ""),
        Field::WorkNumber,
        Why::NotE164,
    );
    refused(create("+0292104400", ""), Field::WorkNumber, Why::NotE164);
    refused(
        create("+3292104499", ""),
        Field::WorkNumber,
        Why::NotInInventory,
    );
    refused(create("+3292104401", ""), Field::WorkNumber, Why::Taken);
    refused(
        create("+3292104400", "+3292104400"),
        Field::CentreNumber,
        Why::Taken,
    );
    assert!(create("+3292104400", "").is_ok());
}

// C-04: a number that the user has stays where a form does not speak of it.
#[test]
fn a_number_stays_that_nobody_speaks_of() {
    let user = made(&Draft {
        work_number: some("+3292104400"),
        ..draft()
    });
    let unasked = Ground {
        numbers: Vec::new(),
        ..ground()
    };
    let site = Draft {
        site: some("Ghent"),
        ..Draft::default()
    };
    assert!(revise(&user, &site, &unasked).is_ok_and(|change| change.is_some()));
}

// C-09, case 15, 17: turning into Engage is refused where a queue does not suit; the pair stays while
// in queues, until the memberships go in the same step.
#[test]
fn queues_hold_the_license() {
    let inside = Ground {
        queues: vec![
            queue(SUPPORT, "Support", true),
            queue(COUNTER, "Counter", false),
        ],
        ..ground()
    };
    let formal = made(&Draft {
        license: some("contact_center"),
        ..draft()
    });
    let unsuited = Why::QueuesNotForEngage("Counter".into());
    refused(revise(&formal, &pair(), &inside), Field::License, unsuited);
    let suited = Ground {
        queues: vec![queue(SUPPORT, "Support", true)],
        ..ground()
    };
    assert!(revise(&formal, &pair(), &suited).is_ok());

    let engage = made(&pair());
    let without = Draft {
        license: some(""),
        plan: some(""),
        ..draft()
    };
    let stays = Why::StillInQueues("Support".into());
    refused(
        revise(&engage, &without, &suited),
        Field::Queue,
        stays.clone(),
    );
    let leaving = Draft {
        leaves_queues: true,
        ..without
    };
    let change = revise(&engage, &leaving, &suited)
        .expect("allowed")
        .expect("a change");
    assert_eq!(change.leaves, [SUPPORT]);
    assert_eq!(change.settings.license, Held::None);

    let removal = engage.remove(&ada(), &lee(), false, &suited, AT);
    refused(removal, Field::Queue, stays);
    assert!(engage.remove(&ada(), &lee(), true, &suited, AT).is_ok());
}

// C-06: who moves to another PBX is in nothing of the old one.
#[test]
fn a_move_to_another_pbx_leaves_nothing_behind() {
    let apart = Ground {
        pbxs: 2,
        tenants: vec![tenant(TENANT, PBX, true), tenant(OTHER, OTHER_PBX, false)],
        queues: vec![queue(SUPPORT, "Support", true)],
        rings_in: vec!["Reception".into()],
        ..ground()
    };
    let user = made(&draft());
    let moves = Draft {
        tenant: some(&OTHER.to_string()),
        ..draft()
    };
    let both = Why::InOldPbx("Support, Reception".into());
    refused(revise(&user, &moves, &apart), Field::Tenant, both);
    let free = Ground {
        queues: Vec::new(),
        rings_in: Vec::new(),
        ..apart
    };
    let change = revise(&user, &moves, &free)
        .expect("allowed")
        .expect("a change");
    assert_eq!(change.pbx, OTHER_PBX);
}

// C-12, case 20: enabled implies assigned; supervisor taken away, the scopes go with it.
#[test]
fn supervision_is_assigned_and_enabled() {
    let overseen = Overseen {
        queues: BTreeSet::from([SUPPORT, COUNTER]),
        groups: BTreeSet::from([GROUP]),
    };
    let user = made(&draft());
    let wish = Wish {
        on: true,
        rights: Rights {
            monitor: true,
            ..Rights::default()
        },
        queues: vec![SUPPORT.to_string(), COUNTER.to_string()],
        queues_enabled: vec![SUPPORT.to_string()],
        groups: vec![GROUP.to_string()],
        groups_enabled: Vec::new(),
    };
    let supervise =
        |user: &ContactUser, wish: &Wish| user.supervise(&ada(), &lee(), wish, &overseen, AT);
    let change = supervise(&user, &wish).expect("allowed").expect("a change");
    assert_eq!(change.after.queues, [(SUPPORT, true), (COUNTER, false)]);
    assert_eq!(change.after.groups, [(GROUP, false)]);
    let unassigned = Wish {
        queues: Vec::new(),
        ..wish.clone()
    };
    refused(
        supervise(&user, &unassigned),
        Field::Queue,
        Why::NotAssigned,
    );
    let supervisor = ContactUser {
        supervision: change.after.clone(),
        ..user
    };
    let off = Wish { on: false, ..wish };
    let change = supervise(&supervisor, &off)
        .expect("allowed")
        .expect("a change");
    assert_eq!(change.after, Supervision::default());
}

// C-16: only formal agents have the agent workspace, and who has one stays a formal agent.
#[test]
fn the_agent_workspace_is_of_formal_agents() {
    let add = |user: &ContactUser, kind: EndpointKind| {
        let id = EndpointId(Uuid::from_u128(70));
        user.add_endpoint(&ada(), &lee(), id, kind.code(), "", AT)
    };
    let formal = made(&Draft {
        license: some("contact_center"),
        ..draft()
    });
    let engage = made(&pair());
    for kind in EndpointKind::ALL {
        assert!(add(&formal, kind).is_ok(), "{kind:?}");
        match kind {
            EndpointKind::AgentWorkspace => {
                refused(add(&engage, kind), Field::Kind, Why::OnlyFormalAgents)
            }
            _ => assert!(add(&engage, kind).is_ok(), "{kind:?}"),
        }
    }
    let at_work = Ground {
        has_workspace: true,
        ..ground()
    };
    refused(
        revise(&formal, &pair(), &at_work),
        Field::License,
        Why::HasWorkspace,
    );
}

// Section 8: Administrators change; one sets one's own state, and nobody else's.
#[test]
fn administrators_change_and_one_sets_ones_own_state() {
    let own = Actor::known(OURS, lee().id, false, Vec::new());
    let allowed = ContactUserCreated::allow(&own, &lee(), &draft(), &ground(), AT);
    assert_eq!(allowed.map(drop), Err(Refusal::Forbidden));
    let stranger = Actor::known(OURS, employee(3).id, false, Vec::new());
    let allowed = ContactUserCreated::allow(&stranger, &lee(), &draft(), &ground(), AT);
    assert_eq!(allowed.map(drop), Err(Refusal::NotFound));
    let user = made(&draft());
    let set = |actor: &Actor| {
        let set = user.set_state(actor, &lee(), "on_break", AT);
        set.map(|change| change.is_some())
    };
    assert_eq!(set(&own), Ok(true));
    assert_eq!(set(&ada()), Err(Refusal::Forbidden));
    assert_eq!(set(&stranger), Err(Refusal::NotFound));
}

proptest! {
    // C-03: from whatever is sent, nobody holds half of the pair.
    #[test]
    fn nobody_holds_half_of_the_pair(license in "(|engage|contact_center|[a-z]{1,4})", plan in "(|engage_bundled|[a-z]{1,4})") {
        let draft = Draft { license: Some(license.clone()), plan: Some(plan.clone()), ..draft() };
        if let Ok(created) = create(&draft, &ground()) {
            let pair = matches!(created.user.settings.license, Held::Engage { .. });
            prop_assert_eq!(pair, license == "engage" && plan == "engage_bundled");
        }
    }

    // C-04: what is suggested is free, and can be taken.
    #[test]
    fn what_is_suggested_is_free(taken in proptest::collection::btree_set(2_000_u32..2_020, 0..20)) {
        let taken: BTreeSet<Extension> = taken.iter().map(|n| extension(&n.to_string())).collect();
        let suggested = Extension::suggest(&taken, 2);
        prop_assert_eq!(suggested.len(), 2);
        prop_assert!(suggested.iter().all(|one| !taken.contains(one)));
        prop_assert!(suggested.iter().all(|one| Extension::read(one.as_str()) == Ok(Some(one.clone()))));
    }
}
