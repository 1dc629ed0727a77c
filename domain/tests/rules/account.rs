//! One's own account: sign-in, password, picture, preferences, sessions.

use crate::cast::*;
use domain::credential::PasswordHash;
use domain::employee::{Choices, Which};
use domain::{Field, PictureId, Refusal, SessionId, Why};
use uuid::Uuid;

fn hash() -> PasswordHash {
    PasswordHash("hash".into())
}

// E-18: a password is changed by its owner alone, an Administrator included.
#[test]
fn a_password_is_changed_by_its_owner_alone() {
    let change = |by: Somebody, whom: Somebody| {
        whom.known()
            .change_password(&by.asks(), hash(), false, AT)
            .map(|_| ())
            .err()
    };
    assert_eq!(change(kim(), kim()), None);
    assert_eq!(change(ada(), kim()), Some(Refusal::Forbidden));
    assert_eq!(change(max(), kim()), Some(Refusal::Forbidden));
    assert_eq!(change(sam(), kim()), Some(Refusal::NotFound));
}

// who signs in by single sign-on has no password to change.
#[test]
fn who_signs_in_elsewhere_has_no_password() {
    let whom = kim().by_single_sign_on("S-1");
    let refused = whom
        .clone()
        .known()
        .change_password(&whom.asks(), hash(), false, AT);
    assert_eq!(refused.expect_err("refused"), Refusal::SignsInElsewhere);
}

// Section 8: a picture is part of the profile.
#[test]
fn a_picture_is_changed_by_those_who_edit_the_profile() {
    let picture = || Some((PictureId(Uuid::from_u128(1)), vec![1]));
    let change = |by: Somebody, whom: Somebody| {
        whom.known()
            .change_picture(&by.asks(), picture(), AT)
            .map(|_| ())
            .err()
    };
    for by in [ada(), max(), kim()] {
        assert_eq!(change(by, kim()), None);
    }
    assert_eq!(
        change(max(), kim().administrator()),
        Some(Refusal::Forbidden)
    );
    assert_eq!(change(sam(), kim()), Some(Refusal::NotFound));
}

// E-18, section 9: language and time zone are one's own, and ones that exist.
#[test]
fn language_and_time_zone_are_ones_own_and_exist() {
    let prefer = |by: Somebody, language: &str, zone: &str| {
        let known = |zone: &str| zone == "Europe/Brussels";
        let wish = Choices {
            language: Some(language.to_owned()),
            time_zone: Some(zone.to_owned()),
            ..Choices::default()
        };
        let done = kim()
            .known()
            .prefer(&by.asks(), wish, &["en", "de"], known, AT);
        done.map(|_| ()).err()
    };
    assert_eq!(prefer(kim(), "de", "Europe/Brussels"), None);
    let unknown = |field| Some(Refusal::field(field, Why::UnknownChoice));
    assert_eq!(
        prefer(kim(), "xx", "Europe/Brussels"),
        unknown(Field::Language)
    );
    assert_eq!(
        prefer(kim(), "de", "Mars/Olympus"),
        unknown(Field::TimeZone)
    );
    assert_eq!(
        prefer(ada(), "de", "Europe/Brussels"),
        Some(Refusal::Forbidden)
    );
    assert_eq!(
        prefer(sam(), "de", "Europe/Brussels"),
        Some(Refusal::NotFound)
    );
}

// Section 8: sessions are ended by their owner and by Administrators.
#[test]
fn sessions_are_ended_by_their_owner_and_by_administrators() {
    let end = |by: Somebody| {
        let one = Which::One(SessionId(Uuid::from_u128(1)));
        kim()
            .known()
            .end_sessions(&by.asks(), one, AT)
            .map(|_| ())
            .err()
    };
    assert_eq!(end(kim()), None);
    assert_eq!(end(ada()), None);
    assert_eq!(end(max()), Some(Refusal::Forbidden));
    assert_eq!(end(sam()), Some(Refusal::NotFound));
}
