//! PBXs and tenants (C-06, C-07).

use crate::cast::*;
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::pbx::{Draft, Pbx, PbxCreated, Standing};
use domain::contact_centre::tenant::{self, FirstGroup, Moving, Tenant, TenantCreated};
use domain::{
    Actor, AgentGroupId, EmployeeId, Field, OrganisationId, PbxId, Refusal, TenantId, Version, Why,
};
use uuid::Uuid;

fn pbx(number: u128) -> Pbx {
    Pbx {
        organisation: OURS,
        id: PbxId(Uuid::from_u128(number)),
        version: Version(3),
        name: format!("PBX {number}"),
        host: "pbx.example".into(),
    }
}

fn tenant(number: u128, is_default: bool) -> Tenant {
    Tenant {
        organisation: OURS,
        id: TenantId(Uuid::from_u128(number)),
        version: Version(5),
        pbx: pbx(1).id,
        name: format!("Tenant {number}"),
        is_default,
        shows_cli: false,
    }
}

fn sam_elsewhere() -> Elsewhere {
    Elsewhere {
        people: vec![(EmployeeId(Uuid::from_u128(3)), "Sam Peeters".into())],
        more: 2,
    }
}

fn draft(name: &str, host: &str) -> Draft {
    Draft {
        name: name.into(),
        host: host.into(),
    }
}

fn add_pbx(by: &Actor, draft: &Draft, pbxs: usize, elsewhere: &Elsewhere) -> Option<Refusal> {
    PbxCreated::allow(by, pbx(9).id, draft, pbxs, elsewhere, AT).err()
}

fn group() -> FirstGroup {
    FirstGroup {
        id: AgentGroupId(Uuid::from_u128(50)),
        name: "Ungrouped".into(),
    }
}

// C-06: Administrators add a PBX, with a name and a host that endpoints can reach.
#[test]
fn a_pbx_has_a_name_and_a_host() {
    let none = Elsewhere::default();
    for host in [
        "pbx.demo.example",
        "pbx",
        "192.0.2.10",
        "pbx.example:5060",
        "[2001:db8::1]",
        "[2001:db8::1]:5061",
    ] {
        assert_eq!(
            add_pbx(&ada(), &draft("Ghent", host), 0, &none),
            None,
            "{host}"
        );
    }
    for host in [
        "https://pbx.example",
        "pbx example",
        "pbx..example",
        "-pbx.example",
        "pbx.example:0",
        "pbx.example:99999",
        "pbx.example/x",
        "[2001:db8::1",
        "[nonsense]",
        "a;b",
    ] {
        let refused = add_pbx(&ada(), &draft("Ghent", host), 0, &none);
        assert_eq!(
            refused,
            Some(Refusal::field(Field::Host, Why::NotAHost)),
            "{host}"
        );
    }
    let Some(Refusal::Invalid(problems)) = add_pbx(&ada(), &draft(" ", ""), 0, &none) else {
        panic!("it is not refused");
    };
    let fields: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, [Field::Name, Field::Host], "everything at once");
    let forbidden = add_pbx(&person(false), &draft("Ghent", "pbx"), 0, &none);
    assert_eq!(forbidden, Some(Refusal::Forbidden));
}

// C-06, case 20: a second PBX while Engage users are outside the default tenant: refused with them.
#[test]
fn a_second_pbx_waits_for_engage_users_elsewhere() {
    let elsewhere = sam_elsewhere();
    let ghent = draft("Ghent", "pbx");
    assert_eq!(add_pbx(&ada(), &ghent, 0, &elsewhere), None, "the first");
    let refused = Some(Refusal::EngageElsewhere(elsewhere.clone()));
    assert_eq!(add_pbx(&ada(), &ghent, 1, &elsewhere), refused);
    assert_eq!(add_pbx(&ada(), &ghent, 1, &Elsewhere::default()), None);
}

// C-06: a PBX on which something hangs can't be deleted, and it is said what.
#[test]
fn a_pbx_is_deleted_when_nothing_hangs_on_it() {
    let delete = |by: &Actor, standing| pbx(1).delete(by, standing, AT).err();
    assert_eq!(delete(&ada(), Standing::default()), None);
    assert_eq!(
        delete(&person(false), Standing::default()),
        Some(Refusal::Forbidden)
    );
    let stranger = Actor::system(OrganisationId(Uuid::from_u128(2)));
    assert_eq!(
        delete(&stranger, Standing::default()),
        Some(Refusal::NotFound)
    );
    for standing in [
        Standing {
            tenants: 1,
            ..Standing::default()
        },
        Standing {
            queues: 1,
            ..Standing::default()
        },
        Standing {
            ring_groups: 1,
            ..Standing::default()
        },
        Standing {
            pickup_groups: 1,
            ..Standing::default()
        },
        Standing {
            scripts: 1,
            ..Standing::default()
        },
    ] {
        assert_eq!(delete(&ada(), standing), Some(Refusal::PbxInUse(standing)));
    }
    let same = pbx(1).revise(&ada(), &draft(" PBX 1", "pbx.example"), AT);
    assert!(
        same.expect("allowed").is_none(),
        "nothing changed, nothing written"
    );
}

// C-06, case 18: a tenant is linked to exactly one PBX, which is one that exists; two on one: allowed.
#[test]
fn a_tenant_is_on_one_pbx() {
    let add = |by: &Actor, draft: &tenant::Draft, tenants| {
        let created = TenantCreated::allow(
            by,
            tenant(9, false).id,
            draft,
            &[pbx(1)],
            tenants,
            group(),
            AT,
        );
        created.map(|created| created.is_default)
    };
    let on = |pbx| tenant::Draft {
        name: "Care".into(),
        pbx,
        shows_cli: false,
    };
    assert_eq!(
        add(&ada(), &on(Some(pbx(1).id)), 0),
        Ok(true),
        "the first is the default"
    );
    assert_eq!(
        add(&ada(), &on(Some(pbx(1).id)), 1),
        Ok(false),
        "two on one PBX"
    );
    let refused = |why| Err(Refusal::field(Field::Pbx, why));
    assert_eq!(add(&ada(), &on(None), 0), refused(Why::Required));
    assert_eq!(
        add(&ada(), &on(Some(pbx(2).id)), 0),
        refused(Why::UnknownChoice)
    );
    let Err(Refusal::Invalid(problems)) = add(&ada(), &tenant::Draft::default(), 0) else {
        panic!("it is not refused");
    };
    assert_eq!(problems.len(), 2, "name and PBX");
    let forbidden = add(&person(false), &on(Some(pbx(1).id)), 0);
    assert_eq!(forbidden, Err(Refusal::Forbidden));
}

// C-06, case 20: the default moves in one step, unless Engage users would be left outside of it.
#[test]
fn the_default_moves_in_one_step() {
    let make = |pbxs, elsewhere: &Elsewhere| {
        let changed = tenant(2, false).make_default(&ada(), "Tenant 1", pbxs, elsewhere, AT);
        changed.map(|changed| changed.is_some())
    };
    assert_eq!(make(2, &Elsewhere::default()), Ok(true));
    assert_eq!(make(1, &sam_elsewhere()), Ok(true), "one PBX");
    assert_eq!(
        make(2, &sam_elsewhere()),
        Err(Refusal::EngageElsewhere(sam_elsewhere()))
    );
    let already = tenant(1, true).make_default(&ada(), "Tenant 1", 2, &sam_elsewhere(), AT);
    assert!(already.expect("allowed").is_none());
    let suits = |is_default, pbxs| tenant(1, is_default).suits_engage(pbxs);
    assert_eq!(
        [
            suits(true, 2),
            suits(false, 2),
            suits(true, 1),
            suits(false, 1)
        ],
        [true, false, true, true],
        "case 18"
    );
}

// C-06: a tenant with users stays, and the default while there are others.
#[test]
fn a_tenant_is_deleted_when_nobody_is_in_it() {
    let delete = |is_default, users, others| {
        let standing = tenant::Standing { users, others };
        tenant(1, is_default).delete(&ada(), standing, AT).err()
    };
    assert_eq!(delete(false, 0, 1), None);
    assert_eq!(delete(false, 4, 1), Some(Refusal::TenantInUse(4)));
    assert_eq!(delete(true, 0, 1), Some(Refusal::DefaultTenant));
    assert_eq!(delete(true, 0, 0), None, "the last one");
    assert_eq!(delete(true, 1, 0), Some(Refusal::TenantInUse(1)));
}

// C-06, C-07, case 20: a tenant moves with its users when nothing holds them; the profile is its own.
#[test]
fn a_tenant_moves_when_nothing_holds_it() {
    let pbxs = [pbx(1), pbx(2)];
    let revise = |to: u128, shows_cli, moving: &Moving| {
        let draft = tenant::Draft {
            name: "Tenant 2".into(),
            pbx: Some(pbx(to).id),
            shows_cli,
        };
        let revised = tenant(2, false).revise(&ada(), &draft, &pbxs, moving, AT);
        revised.map(|revised| revised.map(|revised| (revised.pbx, revised.shows_cli)))
    };
    let free = Moving::default();
    assert_eq!(revise(1, false, &free), Ok(None), "nothing changed");
    assert_eq!(revise(1, true, &free), Ok(Some((pbx(1).id, true))));
    assert_eq!(revise(2, false, &free), Ok(Some((pbx(2).id, false))));
    let engaged = Moving {
        elsewhere: sam_elsewhere(),
        ..Moving::default()
    };
    assert_eq!(
        revise(2, false, &engaged),
        Err(Refusal::EngageElsewhere(sam_elsewhere()))
    );
    assert_eq!(
        revise(1, true, &engaged),
        Ok(Some((pbx(1).id, true))),
        "it stays where it is"
    );
    let members = Moving {
        members: 3,
        ..Moving::default()
    };
    let refused = |why| Err(Refusal::field(Field::Pbx, why));
    assert_eq!(revise(2, false, &members), refused(Why::MembersStay(3)));
    let clash = Moving {
        extensions: 1,
        ..Moving::default()
    };
    assert_eq!(revise(2, false, &clash), refused(Why::ExtensionsClash(1)));
}
