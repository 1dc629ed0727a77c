//! The four rows of CLI (C-07, case 19).

use domain::contact_centre::offer::{Shown, shown, shows_cli};

// C-07, case 19: tenant × user; shown when either is on.
#[test]
fn caller_and_queue_are_shown_when_tenant_or_user_says_so() {
    let both = Some(Shown {
        number: Some("+3291234567"),
        queue: "Support",
    });
    for (tenant, user, expected) in [
        (false, false, None),
        (false, true, both),
        (true, false, both),
        (true, true, both),
    ] {
        assert_eq!(shows_cli(tenant, user), expected.is_some());
        let found = shown(tenant, user, Some("+3291234567"), "Support");
        assert_eq!(found, expected, "tenant {tenant}, user {user}");
    }
}

// C-07: of a caller who withholds the number, the queue's name is still shown.
#[test]
fn a_withheld_number_shows_the_queue_alone() {
    let found = shown(true, false, None, "Support");
    assert_eq!(
        found,
        Some(Shown {
            number: None,
            queue: "Support"
        })
    );
}
