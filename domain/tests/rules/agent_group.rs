//! Agent groups: names, the default, and what can't go.

use crate::cast::*;
use domain::audit::Recorded;
use domain::contact_centre::agent_group::{AgentGroup, AgentGroupCreated};
use domain::{AgentGroupId, Field, Refusal, Version, Why};
use uuid::Uuid;

fn group(is_default: bool) -> AgentGroup {
    AgentGroup {
        organisation: OURS,
        id: AgentGroupId(Uuid::from_u128(70)),
        version: Version(1),
        name: "Evening".into(),
        is_default,
    }
}

// C-11: a group has a name, and Administrators alone make one.
#[test]
fn a_group_has_a_name() {
    let id = AgentGroupId(Uuid::from_u128(71));
    let allow = |who: &Somebody, name: &str| AgentGroupCreated::allow(&who.asks(), id, name, AT);
    assert_eq!(allow(&ada(), " Night ").expect("allowed").name, "Night");
    let empty = allow(&ada(), " ").expect_err("refused");
    assert_eq!(empty, Refusal::field(Field::Name, Why::Required));
    let long = allow(&ada(), &"x".repeat(101)).expect_err("refused");
    assert_eq!(long, Refusal::field(Field::Name, Why::TooLong(100)));
    assert_eq!(allow(&max(), "x").expect_err("refused"), Refusal::Forbidden);
}

// C-11: the default stays the default until another is; it can't be deleted.
#[test]
fn the_default_group_stays() {
    let actor = ada().asks();
    let same = group(true).revise(&actor, "Evening", false, AT);
    assert!(same.expect("allowed").is_none());
    let made = group(false).revise(&actor, "Evening", true, AT);
    let made = made.expect("allowed").expect("a change");
    assert_eq!(made.entry().values[0].field, "is_default");
    let refused = group(true).delete(&actor, 0, AT).expect_err("refused");
    assert_eq!(refused, Refusal::DefaultGroup);
    let gone = group(false).delete(&actor, 3, AT).expect("allowed");
    assert_eq!(gone.entry().values[1].before.as_deref(), Some("3"));
}
