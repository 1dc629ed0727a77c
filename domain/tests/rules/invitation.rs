//! Inviting, inviting again, revoking.

use crate::cast::*;
use domain::{By, Refusal};
use jiff::SignedDuration;

// an invitation lives as long as the settings say, and goes to the address of the moment.
#[test]
fn an_invitation_expires_after_the_hours_that_are_set() {
    for hours in [1, 72, 720] {
        let invited = kim()
            .pending()
            .known()
            .invite(&ada().asks(), hours, true, AT);
        let invited = invited.expect("allowed");
        assert_eq!(
            invited.expires_at,
            AT + SignedDuration::from_hours(hours.into())
        );
        assert_eq!(invited.address.as_str(), "person4@x.example");
    }
}

// A-01, case 4: only a Pending employee who is to have a password is invited.
#[test]
fn only_pending_employees_are_invited() {
    for whom in [
        kim(),
        kim().pending().suspended(),
        kim().by_single_sign_on("S-1"),
    ] {
        let refused = whom
            .known()
            .invite(&ada().asks(), 72, true, AT)
            .expect_err("refused");
        assert_eq!(refused, Refusal::WrongState);
    }
    let sso = kim().pending().by_single_sign_on("S-1").known();
    assert_eq!(
        sso.invite(&ada().asks(), 72, true, AT)
            .expect_err("refused"),
        Refusal::WrongState
    );
}

// resending and revoking are an Administrator's.
#[test]
fn only_administrators_invite_and_revoke() {
    for (by, why) in [
        (max(), Refusal::Forbidden),
        (kim(), Refusal::Forbidden),
        (noor(), Refusal::NotFound),
        (somebody(9), Refusal::NotFound),
    ] {
        let whom = kim().pending().known();
        assert_eq!(
            whom.invite(&by.asks(), 72, true, AT).expect_err("refused"),
            why
        );
        assert_eq!(
            whom.revoke_invitation(&by.asks(), AT).expect_err("refused"),
            why
        );
    }
}

// there is something to revoke only while somebody is Pending.
#[test]
fn only_an_open_invitation_is_revoked() {
    assert!(
        kim()
            .pending()
            .known()
            .revoke_invitation(&ada().asks(), AT)
            .is_ok()
    );
    let refused = kim()
        .known()
        .revoke_invitation(&ada().asks(), AT)
        .expect_err("refused");
    assert_eq!(refused, Refusal::WrongState);
}

// Case 4: the invitation that follows from a reactivation is Staffroom's own, whoever reactivated.
#[test]
fn an_invitation_that_follows_is_staffrooms_own() {
    let again = kim()
        .pending()
        .known()
        .invite_again(72, AT)
        .expect("allowed");
    assert_eq!((again.by(), again.by_mail), (By::System, true));
    assert_eq!(
        kim().known().invite_again(72, AT).expect_err("refused"),
        Refusal::WrongState
    );
}
