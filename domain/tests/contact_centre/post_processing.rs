//! What a queue's post-processing timeout may be (C-09, case 15).

use domain::contact_centre::offer::{Kind, PostProcessing, TimeoutProblem};
use proptest::prelude::*;
use {PostProcessing::*, TimeoutProblem::*};

// C-09, case 15: with an Engage user, 0 to 60 in steps of 5 and never Manual.
#[test]
fn a_queue_with_an_engage_user_takes_steps_of_five_up_to_a_minute() {
    for (text, expected) in [
        ("0", Ok(Seconds(0))),
        ("5", Ok(Seconds(5))),
        ("60", Ok(Seconds(60))),
        (" 30 ", Ok(Seconds(30))),
        ("7", Err(NotInSteps)),
        ("61", Err(TooLong(60))),
        ("65", Err(TooLong(60))),
        ("99999999999", Err(TooLong(60))),
        ("-5", Err(NotSeconds)),
        ("−5", Err(NotSeconds)),
        ("+5", Err(NotSeconds)),
        ("2.5", Err(NotSeconds)),
        ("2,5", Err(NotSeconds)),
        ("5 s", Err(NotSeconds)),
        ("٥", Err(NotSeconds)),
        ("", Err(Required)),
        ("  ", Err(Required)),
        ("manual", Err(ManualWithEngage)),
        ("Manual", Err(ManualWithEngage)),
    ] {
        assert_eq!(PostProcessing::read(text, true), expected, "{text:?}");
    }
}

// C-09, case 15: without one, Manual or any whole seconds up to an hour.
#[test]
fn a_queue_without_engage_users_takes_manual_and_up_to_an_hour() {
    for (text, expected) in [
        ("manual", Ok(Manual)),
        ("0", Ok(Seconds(0))),
        ("7", Ok(Seconds(7))),
        ("65", Ok(Seconds(65))),
        ("3600", Ok(Seconds(3_600))),
        ("3601", Err(TooLong(3_600))),
        ("65536", Err(TooLong(3_600))),
        ("-5", Err(NotSeconds)),
        ("2.5", Err(NotSeconds)),
        ("", Err(Required)),
    ] {
        assert_eq!(PostProcessing::read(text, false), expected, "{text:?}");
    }
}

fn timeout() -> impl Strategy<Value = PostProcessing> {
    prop_oneof![Just(Manual), any::<u16>().prop_map(Seconds)]
}

proptest! {
    // C-09: what is written is read as the same; what is accepted with an Engage user is accepted
    // without one, so that taking Engage users out never makes a queue invalid.
    #[test]
    fn the_rule_with_engage_users_is_the_narrower_one(timeout in timeout(), with_engage: bool) {
        let read = PostProcessing::read(&timeout.to_string(), with_engage);
        prop_assert_eq!(read, timeout.check(with_engage).map(|()| timeout));
        prop_assert!(timeout.check(true).is_err() || timeout.check(false).is_ok());
    }

    // C-09: whatever is typed is answered.
    #[test]
    fn any_text_is_answered(text in "\\PC{0,12}|[0-9]{0,30}", with_engage: bool) {
        if let Ok(timeout) = PostProcessing::read(&text, with_engage) {
            prop_assert!(timeout.check(with_engage).is_ok());
        }
    }

    // C-09: no Engage user is ever in post-processing for longer than a minute, whatever a store
    // holds; only a formal agent can be in it until they end it.
    #[test]
    fn post_processing_of_an_engage_user_ends(timeout in timeout(), since: u32) {
        let left = timeout.left(Kind::Engage, since);
        prop_assert!(left != Some(None));
        prop_assert!(since < 60 || left.is_none());
        let formal = timeout.left(Kind::Formal, since);
        prop_assert_eq!(formal == Some(None), timeout == Manual);
    }
}
