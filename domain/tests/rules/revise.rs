//! Editing the Profile tab, field by field.

use crate::cast::*;
use domain::audit::{Recorded, Value};
use domain::employee::{Draft, Revised};
use domain::field::Phone;
use domain::{Allowed, Field, Refusal, Role, Why};

fn revise(
    by: &Somebody,
    whom: Somebody,
    draft: &Draft,
) -> Result<Option<Allowed<Revised>>, Refusal> {
    whom.known().revise(&by.asks(), draft, "BE", AT)
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Each field that can be edited, with another value than the one it has.
fn one_by_one() -> [(&'static str, Draft); 8] {
    let none = Draft::default;
    [
        (
            "first_name",
            Draft {
                first_name: text("Other"),
                ..none()
            },
        ),
        (
            "last_name",
            Draft {
                last_name: text("Other"),
                ..none()
            },
        ),
        (
            "phone",
            Draft {
                phone: text("+3292104418"),
                ..none()
            },
        ),
        (
            "external_id",
            Draft {
                external_id: text("other"),
                ..none()
            },
        ),
        (
            "online_planning",
            Draft {
                online_planning: Some(false),
                ..none()
            },
        ),
        (
            "function",
            Draft {
                function: text("Other"),
                ..none()
            },
        ),
        (
            "introduction",
            Draft {
                introduction: text("Other"),
                ..none()
            },
        ),
        (
            "video_link",
            Draft {
                video_link: text("https://x.example/other"),
                ..none()
            },
        ),
    ]
}

/// The fields that `by` may change on `whom`.
fn changeable(by: &Somebody, whom: &Somebody) -> Vec<&'static str> {
    let may = |(name, draft): (_, Draft)| match revise(by, whom.clone(), &draft) {
        Ok(Some(revised)) => {
            assert_eq!(revised.entry().values.len(), 1, "{name} alone is changed");
            Some(name)
        }
        Ok(None) => panic!("{name} did not change"),
        Err(Refusal::Forbidden) => None,
        Err(other) => panic!("{name}: {other}"),
    };
    one_by_one().into_iter().filter_map(may).collect()
}

// Section 8: an Administrator changes every field of everybody.
#[test]
fn an_administrator_changes_every_field() {
    let all = one_by_one().map(|(name, _)| name);
    for whom in [
        sam(),
        max(),
        ada(),
        somebody(8).administrator(),
        somebody(9),
    ] {
        assert_eq!(changeable(&ada(), &whom), all);
    }
}

// Section 8, case 8, case 9: a manager changes the details and Online planning of those of their
// office, of a fellow manager as well, and neither names nor the External ID.
#[test]
fn a_manager_changes_the_details_of_those_of_their_office() {
    let allowed = [
        "phone",
        "online_planning",
        "function",
        "introduction",
        "video_link",
    ];
    for whom in [kim(), sam(), eve()] {
        assert_eq!(changeable(&max(), &whom), allowed);
    }
}

// Case 9: about themselves a manager also changes their name, as everybody does.
#[test]
fn a_manager_edits_themselves() {
    let own = [
        "first_name",
        "last_name",
        "phone",
        "online_planning",
        "function",
        "introduction",
        "video_link",
    ];
    assert_eq!(changeable(&max(), &max()), own);
}

// Case 9: an Office Manager sees, but never changes, an Administrator who works in their office.
#[test]
fn a_manager_changes_nothing_of_an_administrator() {
    let whom = kim().administrator();
    assert_eq!(changeable(&max(), &whom), [""; 0]);
}

// E-18: names and details are one's own; External ID and Online planning are not.
#[test]
fn an_agent_edits_their_own_details() {
    let own = [
        "first_name",
        "last_name",
        "phone",
        "function",
        "introduction",
        "video_link",
    ];
    assert_eq!(changeable(&kim(), &kim()), own);
}

// Case 7: outside one's offices nobody exists; also where one is an agent and manages elsewhere.
#[test]
fn nobody_outside_ones_reach_can_be_edited_or_is_known() {
    for by in [noor(), sam(), somebody(9)] {
        for (_, draft) in one_by_one() {
            assert_eq!(
                revise(&by, kim(), &draft).expect_err("refused"),
                Refusal::NotFound
            );
        }
    }
    let stranger = somebody(1)
        .administrator()
        .with(|record| record.organisation = THEIRS);
    let refused = revise(&stranger, kim(), &Draft::default()).expect_err("refused");
    assert_eq!(refused, Refusal::NotFound);
}

// Section 8: a form that has a field which the actor may not change is taken while it stays as it is.
#[test]
fn a_whole_form_without_a_change_changes_nothing() {
    let whom = kim().with(|record| {
        record.profile.phone = Phone::e164("+3292104418").ok();
        record.profile.external_id = text("S-1");
    });
    let form = Draft {
        first_name: text(" Sam "),
        last_name: text("Peeters"),
        phone: text("092 10 44 18"),
        external_id: text("S-1"),
        online_planning: Some(true),
        function: text(""),
        introduction: text(" \r\n"),
        video_link: text(""),
    };
    assert!(revise(&max(), whom, &form).expect("allowed").is_none());
}

// E-07, case 16: a stored number that is shown nationally and sent back stays the number it is.
#[test]
fn a_number_that_is_shown_and_sent_back_stays_the_same() {
    for number in ["+3292104418", "+14155550100", "+390612345678"] {
        let phone = Phone::e164(number).expect("a number");
        let shown = phone.shown("BE");
        let whom = kim().with(|record| record.profile.phone = Some(phone));
        let form = Draft {
            phone: Some(shown.clone()),
            ..Draft::default()
        };
        assert!(
            revise(&ada(), whom, &form).expect("allowed").is_none(),
            "{shown}"
        );
    }
}

// E-08: who signs in by single sign-on keeps an External ID.
#[test]
fn an_external_id_that_is_the_identity_is_not_emptied() {
    let form = Draft {
        external_id: text(""),
        ..Draft::default()
    };
    let refused = revise(&ada(), kim().by_single_sign_on("S-1"), &form).expect_err("refused");
    assert_eq!(refused, Refusal::field(Field::ExternalId, Why::Required));
    let emptied = revise(
        &ada(),
        kim().with(|r| r.profile.external_id = text("S-1")),
        &form,
    );
    assert_eq!(
        emptied
            .expect("allowed")
            .expect("a change")
            .profile
            .external_id,
        None
    );
}

// E-07: somebody activated has a name and keeps one; who has none yet may still be edited.
#[test]
fn a_name_is_not_emptied_once_there_is_one() {
    let form = Draft {
        first_name: text(""),
        last_name: text(" "),
        ..Draft::default()
    };
    let refused = revise(&kim(), kim(), &form).expect_err("refused");
    assert_eq!(refused, Refusal::field(Field::FirstName, Why::Required));
    let nameless = kim().with(|r| {
        (r.profile.first_name, r.profile.last_name) = Default::default();
    });
    let form = Draft {
        function: text("Adviser"),
        first_name: text(""),
        ..Draft::default()
    };
    assert!(revise(&ada(), nameless, &form).expect("allowed").is_some());
}

// E-23: the trail says of each field from what to what, and of the others nothing.
#[test]
fn the_trail_says_from_what_to_what() {
    let form = Draft {
        function: text("Adviser"),
        last_name: text("Claes"),
        online_planning: Some(false),
        ..Draft::default()
    };
    let revised = revise(&ada(), kim(), &form)
        .expect("allowed")
        .expect("a change");
    let value = |field: &str, before: Option<&str>, after: Option<&str>| Value {
        field: field.into(),
        before: before.map(Into::into),
        after: after.map(Into::into),
    };
    assert_eq!(
        revised.entry().values,
        [
            value("last_name", Some("Peeters"), Some("Claes")),
            value("online_planning", Some("on"), Some("off")),
            value("function", None, Some("Adviser")),
        ]
    );
    assert_eq!(revised.decided_on(), Some(kim().0.version));
}

// Case 22: only an https address is a video link.
#[test]
fn a_script_is_no_video_link() {
    let form = Draft {
        video_link: text("javascript:alert(1)"),
        ..Draft::default()
    };
    let refused = revise(&kim(), kim(), &form).expect_err("refused");
    assert_eq!(
        refused,
        Refusal::field(Field::VideoLink, Why::NotAnHttpsAddress)
    );
}

// Section 8: one who may not change a field is not told what it may hold.
#[test]
fn a_field_that_is_not_ones_own_is_refused_before_it_is_read() {
    let whom = kim().holds(GHENT, &[Role::Agent]);
    let form = Draft {
        external_id: text("other"),
        function: text(&"x".repeat(101)),
        ..Draft::default()
    };
    assert_eq!(
        revise(&max(), whom, &form).expect_err("refused"),
        Refusal::Forbidden
    );
}
