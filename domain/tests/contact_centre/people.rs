//! Lee, who becomes a contact-centre user, and the ground on which that is judged.

use crate::cast::{AT, OURS, ada};
use domain::contact_centre::license::{Kind, License, Licenses};
use domain::contact_centre::number::{Environment, Holder, Number};
use domain::contact_centre::tenant::Tenant;
use domain::contact_centre::user::{
    ContactUser, ContactUserCreated, ContactUserRevised, Draft, Ground, Group, InQueue,
};
use domain::contact_centre::voice::Extension;
use domain::employee::{Profile, Record};
use domain::field::{Email, Phone};
use domain::{
    AgentGroupId, Allowed, Employee, EmployeeId, Field, PbxId, Problem, QueueId, Refusal, Roles,
    SignIn, Status, TenantId, Version, Why,
};
use uuid::Uuid;

pub const PBX: PbxId = PbxId(Uuid::from_u128(20));
pub const OTHER_PBX: PbxId = PbxId(Uuid::from_u128(21));
pub const TENANT: TenantId = TenantId(Uuid::from_u128(30));
pub const OTHER: TenantId = TenantId(Uuid::from_u128(31));
pub const GROUP: AgentGroupId = AgentGroupId(Uuid::from_u128(40));
pub const SUPPORT: QueueId = QueueId(Uuid::from_u128(50));
pub const COUNTER: QueueId = QueueId(Uuid::from_u128(51));

pub fn employee(number: u128) -> Employee {
    Employee::known(Record {
        organisation: OURS,
        id: EmployeeId(Uuid::from_u128(100 + number)),
        version: Version(7),
        status: Status::Active,
        activated_at: Some(AT),
        provider: None,
        exempt: false,
        sign_in: SignIn::Password,
        email: Email::read(&format!("person{number}@x.example")).expect("an address"),
        email_wanted: None,
        administrator: false,
        wanted: Roles::NONE,
        places: Vec::new(),
        profile: Profile::default(),
        language: None,
        time_zone: None,
        mails_day: None,
        mails_attention: None,
        picture: None,
        created_at: AT,
        last_seen_at: None,
    })
}

pub fn lee() -> Employee {
    employee(1)
}

pub fn license(code: &str, kind: Kind, seats: i64, used: i64) -> License {
    License {
        code: code.into(),
        version: Version(1),
        kind,
        name: code.into(),
        seats,
        used,
    }
}

pub fn number(text: &str, holder: Option<EmployeeId>) -> Number {
    Number {
        organisation: OURS,
        number: Phone::e164(text).expect("a number"),
        holder: holder.map(|id| Holder::User {
            id,
            name: "Sam".into(),
            environment: Environment::Work,
        }),
    }
}

pub fn tenant(id: TenantId, pbx: PbxId, is_default: bool) -> Tenant {
    Tenant {
        organisation: OURS,
        id,
        version: Version(1),
        pbx,
        name: if is_default { "Main" } else { "Harbour" }.into(),
        is_default,
        shows_cli: false,
    }
}

/// Two tenants on one PBX, a group, seats, two numbers of which one is free.
pub fn ground() -> Ground {
    Ground {
        pbxs: 1,
        tenants: vec![tenant(TENANT, PBX, true), tenant(OTHER, PBX, false)],
        groups: vec![Group {
            id: GROUP,
            name: "Ungrouped".into(),
            is_default: true,
        }],
        licenses: Licenses(vec![
            license("contact_center", Kind::ContactCenter, 5, 0),
            license("engage", Kind::Engage, 5, 0),
            license("engage_bundled", Kind::Plan, 5, 0),
        ]),
        extensions: vec![(PBX, extension("2001"), employee(2).id)],
        numbers: vec![
            number("+3292104400", None),
            number("+3292104401", Some(employee(2).id)),
        ],
        queues: Vec::new(),
        rings_in: Vec::new(),
        has_workspace: false,
    }
}

pub fn extension(text: &str) -> Extension {
    Extension::read(text).expect("fits").expect("is one")
}

pub fn queue(id: QueueId, name: &str, suits_engage: bool) -> InQueue {
    InQueue {
        id,
        name: name.into(),
        suits_engage,
    }
}

pub fn some(text: &str) -> Option<String> {
    Some(text.into())
}

pub fn draft() -> Draft {
    Draft {
        names: Some(("Lee".into(), "Aerts".into())),
        ..Draft::default()
    }
}

pub fn pair() -> Draft {
    Draft {
        license: some("engage"),
        plan: some("engage_bundled"),
        ..draft()
    }
}

pub fn create(draft: &Draft, ground: &Ground) -> Result<Allowed<ContactUserCreated>, Refusal> {
    ContactUserCreated::allow(&ada(), &lee(), draft, ground, AT)
}

pub fn made(draft: &Draft) -> ContactUser {
    create(draft, &ground()).expect("allowed").user.clone()
}

pub fn revise(
    user: &ContactUser,
    draft: &Draft,
    ground: &Ground,
) -> Result<Option<Allowed<ContactUserRevised>>, Refusal> {
    user.revise(&ada(), &lee(), draft, ground, AT)
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>, field: Field, why: Why) {
    let refusal = result.expect_err("refused");
    let wanted = Problem { field, why };
    match &refusal {
        Refusal::Invalid(problems) if problems.contains(&wanted) => {}
        other => panic!("{other:?} is not {wanted:?}"),
    }
}
