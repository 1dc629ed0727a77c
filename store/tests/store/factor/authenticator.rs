//! Authenticator apps: sealed, and each step accepted once.

use super::*;

// A-07, robust: the secret of an authenticator app is kept sealed; a new app takes its place.
#[test]
fn an_authenticator_is_sealed_and_replaced() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        assert_eq!(house.authenticator(id).await, None);
        assert_eq!(house.factors(id).await, Factors::default());
        for (secret, step) in [("totp-secret-one", 100), ("totp-secret-two", 50)] {
            house.add_authenticator(id, secret, step).await;
            let kept = (secret.as_bytes().to_vec(), step);
            assert_eq!(house.authenticator(id).await, Some(kept));
            assert_eq!(house.factors(id).await.authenticator, Some(noon()));
            assert!(!house.holds("totp-secret").await, "not in the database");
        }
        let robbed = Store::open(&house.database.address(), key(1)).await;
        let robbed = robbed.expect("it opens");
        let mut reading = robbed.read(house.organisation).await.expect("a reading");
        let read = reading.authenticator(id).await;
        assert!(matches!(read, Err(Error::Unreadable(_))), "another key");
    });
}

// the code of a step is accepted once, and never one of an older step.
#[test]
fn a_step_is_accepted_once() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let other = house.active("kim@x.example", "Kim Maes").await;
        assert!(
            !house.use_step(id, 1).await.expect("asked"),
            "there is none"
        );
        house.add_authenticator(id, "secret", 100).await;
        house.add_authenticator(other, "secret", 100).await;
        for (step, accepted) in [
            (99, false),
            (100, false),
            (101, true),
            (101, false),
            (100, false),
            (103, true),
            (102, false),
        ] {
            let used = house.use_step(id, step).await.expect("asked");
            assert_eq!(used, accepted, "{step}");
        }
        let untouched = house.use_step(other, 101).await.expect("asked");
        assert!(untouched, "it counts for each alone");
    });
}

// of two at the same moment with the same code, one is let in.
#[test]
fn a_step_is_accepted_from_one_of_two() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.add_authenticator(id, "secret", 0).await;
        for step in 1..=ROUNDS {
            let step = i64::try_from(step).expect("a few");
            let won = winners(
                house,
                |house, _| async move { house.use_step(id, step).await },
            );
            assert_eq!(won.await, 1);
        }
    });
}
