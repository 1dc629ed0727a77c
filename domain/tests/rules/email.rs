//! Changing the sign-in address.

use crate::cast::*;
use domain::employee::EmailChange;
use domain::field::Email;
use domain::{Field, Refusal, Why};

fn change(by: &Somebody, whom: Somebody, email: &str) -> Result<Option<EmailChange>, Refusal> {
    whom.known().change_email(&by.asks(), email, AT)
}

// of somebody who never activated, the address changes at once.
#[test]
fn the_address_of_a_pending_employee_changes_at_once() {
    for whom in [kim().pending(), kim().pending().suspended()] {
        let done = change(&ada(), whom, "new@x.example").expect("allowed");
        let Some(EmailChange::AtOnce(changed)) = done else {
            panic!("at once")
        };
        assert_eq!(changed.email.as_str(), "new@x.example");
        assert_eq!(changed.before.as_str(), "person4@x.example");
    }
}

// of an active one, only after the new address has confirmed, whoever asks.
#[test]
fn the_address_of_an_active_employee_waits_for_confirmation() {
    for by in [ada(), kim()] {
        let done = change(&by, kim(), "new@x.example").expect("allowed");
        let Some(EmailChange::AfterConfirmation(requested)) = done else {
            panic!("later")
        };
        assert_eq!(requested.wanted.as_str(), "new@x.example");
        assert_eq!(requested.present.as_str(), "person4@x.example");
    }
}

// the address that one has is no change; the same in another case is one.
#[test]
fn the_present_address_is_no_change() {
    assert!(
        change(&kim(), kim(), " person4@x.example ")
            .expect("allowed")
            .is_none()
    );
    assert!(
        change(&max(), kim(), "person4@x.example")
            .expect("allowed")
            .is_none()
    );
    assert!(
        change(&kim(), kim(), "Person4@x.example")
            .expect("allowed")
            .is_some()
    );
}

// Section 8: a manager changes nobody's address but their own.
#[test]
fn a_manager_changes_only_their_own_address() {
    let refused = |by: Somebody, whom: Somebody| change(&by, whom, "new@x.example").err();
    assert_eq!(refused(max(), kim()), Some(Refusal::Forbidden));
    assert_eq!(refused(max(), kim().pending()), Some(Refusal::Forbidden));
    assert_eq!(refused(noor(), kim()), Some(Refusal::NotFound));
    assert_eq!(refused(max(), max()), None);
}

// what is no address is refused on its field.
#[test]
fn what_is_no_address_is_refused() {
    let refused = change(&ada(), kim(), "new at x.example").err();
    assert_eq!(refused, Some(Refusal::field(Field::Email, Why::NotAnEmail)));
    let refused = change(&ada(), kim(), " ").err();
    assert_eq!(refused, Some(Refusal::field(Field::Email, Why::Required)));
}

// only the address that waits, and only while the account is active, can confirm itself.
#[test]
fn only_the_address_that_waits_confirms() {
    let address = |text| Email::read(text).expect("an address");
    let waits = || kim().with(|r| r.email_wanted = Some(address("new@x.example")));
    let confirm = |whom: Somebody, text| {
        let done = whom.known().confirm_email(&address(text), AT);
        done.map(|changed| changed.email.to_string())
    };
    assert_eq!(
        confirm(waits(), "new@x.example"),
        Ok("new@x.example".into())
    );
    assert_eq!(confirm(waits(), "old@x.example"), Err(Refusal::DeadLink));
    assert_eq!(confirm(kim(), "new@x.example"), Err(Refusal::DeadLink));
    assert_eq!(
        confirm(waits().suspended(), "new@x.example"),
        Err(Refusal::DeadLink)
    );
}
