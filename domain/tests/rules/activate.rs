//! Accepting an invitation.

use crate::cast::*;
use domain::audit::Recorded;
use domain::credential::PasswordHash;
use domain::employee::Activated;
use domain::field::Email;
use domain::{Allowed, By, Field, Problem, Refusal, Why};

fn activate(
    whom: Somebody,
    address: &str,
    first: &str,
    last: &str,
) -> Result<Allowed<Activated>, Refusal> {
    let address = Email::read(address).expect("an address");
    whom.known().activate(
        &address,
        first,
        last,
        PasswordHash("secret-hash".into()),
        AT,
    )
}

// E-07: the invited person chooses a password and gives a name, and has done it themselves.
#[test]
fn an_invited_person_becomes_active_with_a_name() {
    let whom = || kim().pending();
    let done = activate(whom(), "person4@x.example", " Kim ", "De Smet").expect("allowed");
    assert_eq!(done.profile.name(), "Kim De Smet");
    assert_eq!(done.by(), By::Person(whom().0.id));
    assert_eq!(
        done.entry().values.len(),
        2,
        "the trail keeps the names, and no password"
    );
}

// E-07: nobody is active without a name.
#[test]
fn both_names_are_needed() {
    let refused = activate(kim().pending(), "person4@x.example", " ", "").expect_err("refused");
    let problem = |field| Problem {
        field,
        why: Why::Required,
    };
    let both = vec![problem(Field::FirstName), problem(Field::LastName)];
    assert_eq!(refused, Refusal::Invalid(both));
}

// a link opens nothing for those who are active, suspended, or sign in elsewhere, nor
// when it went to another address.
#[test]
fn a_link_opens_nothing_for_anybody_else() {
    let dead =
        |whom: Somebody, address| activate(whom, address, "Kim", "De Smet").expect_err("refused");
    for whom in [
        kim(),
        kim().pending().suspended(),
        kim().pending().by_single_sign_on("S-1"),
    ] {
        assert_eq!(dead(whom, "person4@x.example"), Refusal::DeadLink);
    }
    assert_eq!(dead(kim().pending(), "former@x.example"), Refusal::DeadLink);
}

// a password hash is not printed, wherever it stands.
#[test]
fn a_password_hash_is_never_printed() {
    let done = activate(kim().pending(), "person4@x.example", "Kim", "De Smet").expect("allowed");
    assert!(!format!("{done:?} {:?}", done.password).contains("secret"));
}
