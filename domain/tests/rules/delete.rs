//! Deleting for good.

use crate::cast::*;
use domain::{Field, Refusal, Why};

fn delete(by: &Somebody, whom: Somebody, typed: &str, others: i64) -> Option<Refusal> {
    whom.known()
        .delete(&by.asks(), typed, others, AT)
        .map(|_| ())
        .err()
}

// E-16: the email has to be typed, in whatever case.
#[test]
fn the_email_has_to_be_typed() {
    assert_eq!(delete(&ada(), kim(), " Person4@X.example ", 1), None);
    let wrong = Some(Refusal::field(Field::Confirmation, Why::DoesNotMatch));
    for typed in ["", "person4", "person5@x.example", "Sam Peeters"] {
        assert_eq!(delete(&ada(), kim(), typed, 1), wrong);
    }
}

// E-16, case 7: Administrators only; a manager of the office is refused, for others nobody is there.
#[test]
fn only_administrators_delete() {
    for by in [max(), kim()] {
        assert_eq!(
            delete(&by, kim(), "person4@x.example", 1),
            Some(Refusal::Forbidden)
        );
    }
    for by in [noor(), sam(), somebody(9)] {
        assert_eq!(
            delete(&by, kim(), "person4@x.example", 1),
            Some(Refusal::NotFound)
        );
    }
}

// E-17: the last active Administrator is not deleted, not even by Staffroom itself.
#[test]
fn the_last_active_administrator_is_not_deleted() {
    let last = Some(Refusal::LastAdministrator);
    assert_eq!(delete(&ada(), ada(), "person1@x.example", 0), last);
    assert_eq!(delete(&ada(), ada(), "person1@x.example", 1), None);
    assert_eq!(
        delete(&ada(), ada().suspended(), "person1@x.example", 0),
        None
    );
    let system = domain::Actor::system(OURS);
    let refused = ada().known().delete(&system, "person1@x.example", 0, AT);
    assert_eq!(refused.expect_err("refused"), Refusal::LastAdministrator);
}

// E-16: Pending and suspended employees are deleted as well.
#[test]
fn whoever_there_is_can_be_deleted() {
    for whom in [
        kim().pending(),
        kim().suspended(),
        kim().by_single_sign_on("S-1"),
    ] {
        assert_eq!(delete(&ada(), whom, "person4@x.example", 1), None);
    }
}
