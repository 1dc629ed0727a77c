//! Suspending and reactivating.

use crate::cast::*;
use domain::{Employee, Refusal, Role, Status};
use proptest::prelude::*;

// E-15: an Administrator suspends everybody who is not suspended, Pending ones as well.
#[test]
fn an_administrator_suspends_active_and_pending_employees() {
    for whom in [kim(), sam(), max(), somebody(9), kim().pending()] {
        assert!(whom.known().suspend(&ada().asks(), 1, AT).is_ok());
    }
    let twice = kim().suspended().known().suspend(&ada().asks(), 1, AT);
    assert_eq!(twice.expect_err("refused"), Refusal::WrongState);
}

// Section 8, case 8: a manager suspends only when every office of the person is their own.
#[test]
fn a_manager_suspends_only_the_whole_person() {
    let suspend =
        |by: Somebody, whom: Somebody| whom.known().suspend(&by.asks(), 1, AT).map(|_| ()).err();
    assert_eq!(suspend(max(), kim()), None);
    assert_eq!(suspend(max(), sam()), Some(Refusal::Forbidden));
    let of_both = max().holds(ANTWERP, &[Role::OfficeManager]);
    assert_eq!(suspend(of_both, sam()), None);
    assert_eq!(
        suspend(max(), kim().administrator()),
        Some(Refusal::Forbidden)
    );
    assert_eq!(suspend(noor(), kim()), Some(Refusal::NotFound));
    assert_eq!(suspend(max(), somebody(9)), Some(Refusal::NotFound));
    assert_eq!(suspend(kim(), kim()), Some(Refusal::Forbidden));
}

// E-17: the last active Administrator is not suspended.
#[test]
fn the_last_active_administrator_is_not_suspended() {
    let suspend = |whom: Somebody, others| whom.known().suspend(&ada().asks(), others, AT);
    assert_eq!(
        suspend(ada(), 0).expect_err("refused"),
        Refusal::LastAdministrator
    );
    assert!(suspend(ada(), 1).is_ok());
    assert!(
        suspend(ada().pending(), 0).is_ok(),
        "one who never activated is not active"
    );
}

// E-15: reactivating somebody who is not suspended is refused.
#[test]
fn only_the_suspended_are_reactivated() {
    for whom in [kim(), kim().pending()] {
        let refused = whom
            .known()
            .reactivate(&ada().asks(), AT)
            .expect_err("refused");
        assert_eq!(refused, Refusal::WrongState);
    }
}

// Section 8: who may suspend may reactivate, and nobody else.
#[test]
fn reactivating_needs_the_rights_of_suspending() {
    let reactivate = |by: Somebody, whom: Somebody| {
        whom.suspended()
            .known()
            .reactivate(&by.asks(), AT)
            .map(|_| ())
            .err()
    };
    assert_eq!(reactivate(max(), kim()), None);
    assert_eq!(reactivate(max(), sam()), Some(Refusal::Forbidden));
    assert_eq!(reactivate(noor(), kim()), Some(Refusal::NotFound));
    assert_eq!(reactivate(ada(), sam()), None);
}

proptest! {
    // E-15, case 4: reactivation restores the status and the roles from before: a Pending employee
    // is Pending again, an active one Active, and the roles were never touched.
    #[test]
    fn reactivation_restores_what_was_before(pending: bool, single_sign_on: bool, bits in 0..4_i32) {
        let mut whom = somebody(20);
        if single_sign_on && !pending {
            whom = whom.by_single_sign_on("S-1");
        }
        if pending {
            whom = whom.pending();
        }
        let held: Vec<Role> = domain::Roles(bits).iter().collect();
        if !held.is_empty() {
            whom = whom.holds(GHENT, &held);
        }
        let before = whom.clone().known();
        before.suspend(&ada().asks(), 1, AT).expect("allowed");
        let suspended = Employee::known(whom.with(|r| r.status = Status::Suspended).0);
        let back = suspended.reactivate(&ada().asks(), AT).expect("allowed");
        prop_assert_eq!(back.status, before.status);
        prop_assert_eq!(&suspended.places, &before.places);
    }
}
