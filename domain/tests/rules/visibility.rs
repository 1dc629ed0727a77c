//! Whose rows a list shows, beside what one may do to each.

use crate::cast::*;
use domain::listing::{Of, Visibility};
use domain::{Action, Actor, Employee, OfficeId, Refusal, Role, Roles};
use std::collections::BTreeSet;

/// Everybody there can be: each mixture of roles in three offices, with and without Administrator.
fn everybody() -> Vec<Somebody> {
    let mut all = Vec::new();
    for bits in 0..128_i32 {
        let mut who = somebody(1_000 + bits as u128);
        who.0.administrator = bits & 64 != 0;
        for (index, office) in [GHENT, ANTWERP, BRUGES].into_iter().enumerate() {
            let held: Vec<Role> = Roles(bits >> (2 * index) & 3).iter().collect();
            if !held.is_empty() {
                who = who.holds(office, &held);
            }
        }
        all.push(who);
    }
    all
}

/// What the store's WHERE clause says, said again without a database.
fn covers(visibility: Visibility, actor: &Actor, target: &Employee) -> bool {
    let managed: BTreeSet<OfficeId> = actor.managed().collect();
    visibility.organisation() == target.organisation
        && match visibility.of() {
            Of::Nobody => false,
            Of::Everyone => true,
            Of::ManagedBy(_) => target
                .places
                .iter()
                .any(|place| managed.contains(&place.office)),
            Of::Only(id) => id == target.id,
        }
}

// Section 8: a list shows exactly those whom one may view, one by one.
#[test]
fn a_list_shows_exactly_those_whom_one_may_view() {
    let targets: Vec<Employee> = everybody().into_iter().map(Somebody::known).collect();
    for action in [Action::ViewEmployee, Action::ReadAudit] {
        for who in everybody() {
            let actor = who.asks();
            let visibility = actor.visibility(action);
            for target in &targets {
                let may = actor.may(action, target.target()).is_ok();
                assert_eq!(
                    covers(visibility, &actor, target),
                    may,
                    "{action:?} {:?}",
                    who.0.places
                );
            }
        }
    }
}

// Section 8: a list for an action that is nobody's shows nobody, not even oneself; and one for an
// action on an office or a whole person shows nobody whom one may not view.
#[test]
fn a_list_for_an_action_never_shows_more_than_one_may_view() {
    let targets: Vec<Employee> = everybody().into_iter().map(Somebody::known).collect();
    for who in everybody() {
        let actor = who.asks();
        for action in Action::ALL {
            let visibility = actor.visibility(*action);
            for target in targets
                .iter()
                .filter(|target| covers(visibility, &actor, target))
            {
                assert!(actor.may(Action::ViewEmployee, target.target()).is_ok());
            }
        }
        if !who.0.administrator {
            assert_eq!(actor.visibility(Action::DeleteEmployee).of(), Of::Nobody);
        }
    }
}

// Section 8: a manager sees of an agent of A and B only what concerns A.
#[test]
fn a_manager_sees_only_their_part_of_a_record() {
    let whom = || sam().with(|record| record.wanted = roles(&[Role::OfficeManager]));
    let seen = max().asks().view(&whom().known()).expect("seen");
    assert_eq!(seen.places, [place(GHENT, &[Role::Agent])]);
    assert_eq!(seen.wanted, Roles::NONE);
    for by in [ada(), whom()] {
        let seen = by.asks().view(&whom().known()).expect("seen");
        assert_eq!(
            seen,
            whom().0,
            "an Administrator, and oneself, see everything"
        );
    }
    let refused = noor().asks().view(&kim().known());
    assert_eq!(refused.expect_err("refused"), Refusal::NotFound);
}

// E-02: without a name the email stands in for it.
#[test]
fn the_email_stands_in_for_a_name() {
    assert_eq!(kim().0.display_name(), "Sam Peeters");
    let nameless = kim().with(|r| {
        (r.profile.first_name, r.profile.last_name) = Default::default();
    });
    assert_eq!(nameless.0.display_name(), "person4@x.example");
}
