//! Repeated failures slow down, and never for longer than a pause that ends.

use domain::Timestamp;
use domain::throttle::{Counted, Failures, MEMORY};
use jiff::SignedDuration;
use proptest::prelude::*;

fn counted() -> impl Strategy<Value = Counted> {
    prop_oneof![
        Just(Counted::Pair),
        Just(Counted::Account),
        Just(Counted::Address),
        Just(Counted::SecondFactor),
        Just(Counted::Mail),
    ]
}

fn pause(failures: Failures, now: Timestamp) -> SignedDuration {
    let until = failures.blocked(now);
    until.map_or(SignedDuration::ZERO, |until| until.duration_since(now))
}

proptest! {
    // whenever somebody fails, the pause is no longer than a quarter of an hour (an hour between
    // mails), no shorter than the one before while that is remembered, and over after it.
    #[test]
    fn pauses_grow_and_always_end(counted in counted(), waits in prop::collection::vec(0_i64..4_500, 1..120)) {
        let minutes = if counted == Counted::Mail { 60 } else { 15 };
        let (mut now, mut failures) = (Timestamp::UNIX_EPOCH, Failures::default());
        let mut before = SignedDuration::ZERO;
        for wait in waits {
            now += SignedDuration::from_secs(wait);
            let forgotten = wait >= MEMORY.as_secs();
            failures = failures.and_one_more(counted, now);
            let after = pause(failures, now);
            prop_assert!(after <= SignedDuration::from_mins(minutes));
            prop_assert!(forgotten || after >= before, "{after} after {before}");
            prop_assert!(!forgotten || failures.count == 1);
            prop_assert_eq!(failures.blocked(now + after), None);
            before = after;
        }
    }
}
