//! How often something was tried and failed lately.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::Which;
use domain::throttle::{Counted, Failures, MEMORY};
use store::attempt::Key;

/// How often each race is run.
const ROUNDS: usize = 8;

fn pair() -> Key {
    Key::new(Counted::Pair, &["ada@x.example", "203.0.113.7"])
}

impl House {
    async fn fail(&self, key: &Key, seconds: i64) -> Failures {
        let mut write = self.write().await;
        let failures = write.failed_attempt(key, after(seconds)).await;
        write.commit_attempts().await.expect("committed");
        failures.expect("counted")
    }

    async fn failures(&self, key: &Key) -> Failures {
        self.read().await.failures(key).await.expect("read")
    }

    async fn take_back(&self, key: &Key) {
        let mut write = self.write().await;
        write.take_back(key).await.expect("taken back");
        write.commit_attempts().await.expect("committed");
    }
}

// failures are counted and slow down, as the rule says.
#[test]
fn failures_are_counted_and_slow_down() {
    everywhere(async |house| {
        let key = pair();
        assert_eq!(house.failures(&key).await, Failures::default());
        let mut expected = Failures::default();
        for second in 0..8 {
            expected = expected.and_one_more(Counted::Pair, after(second));
            assert_eq!(house.fail(&key, second).await, expected);
            assert_eq!(house.failures(&key).await, expected, "as it is kept");
        }
        assert_eq!((expected.count, expected.last_at), (8, Some(after(7))));
        assert_eq!(expected.blocked(after(8)), Some(after(7 + 120)));
        assert_eq!(expected.blocked(after(7 + 120)), None);
    });
}

// a success forgets what failed before it, of that alone.
#[test]
fn a_success_forgets_failures() {
    everywhere(async |house| {
        let (key, other) = (pair(), Key::new(Counted::Address, &["203.0.113.7"]));
        for second in 0..6 {
            house.fail(&key, second).await;
            house.fail(&other, second).await;
        }
        let mut write = house.write().await;
        write.forget_attempts(&key).await.expect("forgotten");
        write.commit_attempts().await.expect("committed");
        assert_eq!(house.failures(&key).await, Failures::default());
        assert_eq!(house.failures(&other).await.count, 6);
        assert_eq!(house.fail(&key, 6).await.count, 1, "it begins anew");
    });
}

// what was counted before it was known to be no failure is taken back, and pauses nobody.
#[test]
fn a_failure_is_taken_back() {
    everywhere(async |house| {
        let key = pair();
        house.take_back(&key).await;
        assert_eq!(house.failures(&key).await, Failures::default());
        for second in 0..5 {
            house.fail(&key, second).await;
        }
        assert!(house.failures(&key).await.blocked(after(5)).is_some());
        house.take_back(&key).await;
        let left = house.failures(&key).await;
        assert_eq!((left.count, left.blocked_until), (4, None));
        for _ in 0..6 {
            house.take_back(&key).await;
        }
        assert_eq!(house.failures(&key).await.count, 0, "never below nothing");
        assert_eq!(house.fail(&key, 6).await.count, 1);
    });
}

// what lies an hour back is forgotten, and does not fill the database.
#[test]
fn old_failures_are_forgotten() {
    everywhere(async |house| {
        let (key, memory) = (pair(), MEMORY.as_secs());
        let rows = "SELECT count(*) FROM attempt";
        for second in 0..5 {
            house.fail(&key, second).await;
        }
        assert_eq!(house.fail(&key, 4 + memory - 1).await.count, 6);
        assert_eq!(house.fail(&key, 3 + 2 * memory).await.count, 1);
        let other = Key::new(Counted::Mail, &["ada@x.example"]);
        house.fail(&other, 3 + 3 * memory).await;
        assert_eq!(house.raw().await.count(rows).await, 2, "not yet");
        let mut write = house.write().await;
        let forgotten = write.forget_what_is_over(after(4 + 3 * memory)).await;
        forgotten.expect("forgotten");
        write.commit().await.expect("committed");
        assert_eq!(house.raw().await.count(rows).await, 1);
        assert_eq!(house.failures(&key).await, Failures::default());
    });
}

// each account, each address and each pair of them counts alone.
#[test]
fn what_is_counted_is_counted_alone() {
    everywhere(async |house| {
        let keys = [
            pair(),
            Key::new(Counted::Pair, &["ada@x.example", "203.0.113.8"]),
            Key::new(Counted::Pair, &["bob@x.example", "203.0.113.7"]),
            Key::new(Counted::Pair, &["ada@x.example203.0.113.7"]),
            Key::new(Counted::Pair, &["203.0.113.7", "ada@x.example"]),
            Key::new(Counted::Account, &["ada@x.example"]),
            Key::new(Counted::Mail, &["ada@x.example"]),
            Key::new(Counted::SecondFactor, &["ada@x.example"]),
            Key::new(Counted::Address, &["203.0.113.7"]),
        ];
        for key in &keys {
            assert_eq!(house.fail(key, 0).await.count, 1, "{key:?}");
        }
    });
}

// two that fail at the same moment count twice.
#[test]
fn two_failures_at_the_same_moment_count_twice() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let key = Key::new(Counted::Address, &[&format!("203.0.113.{round}")]);
            let both = winners(house, |house, _| {
                let key = key.clone();
                async move {
                    house.fail(&key, 0).await;
                    Ok(true)
                }
            });
            assert_eq!(both.await, 2);
            assert_eq!(house.failures(&key).await.count, 2);
        }
    });
}

// Section 9: what fails in one organisation slows down nobody in another.
#[test]
fn failures_are_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let key = pair();
        for second in 0..6 {
            house.fail(&key, second).await;
        }
        assert_eq!(next.failures(&key).await, Failures::default());
        next.take_back(&key).await;
        let mut write = next.write().await;
        write.forget_attempts(&key).await.expect("nothing happens");
        write.commit_attempts().await.expect("committed");
        assert_eq!(next.fail(&key, 2 * MEMORY.as_secs()).await.count, 1);
        assert_eq!(house.failures(&key).await.count, 6);
    });
}

// A-09, safe: of what was tried only a hash is kept, since it may be somebody's, or a password.
#[test]
fn what_was_tried_is_not_kept() {
    everywhere(async |house| {
        let tried = Key::new(Counted::Pair, &["typed-by-mistake", "198.51.100.77"]);
        house.fail(&tried, 0).await;
        for text in ["typed-by-mistake", "198.51.100.77"] {
            assert!(!house.holds(text).await, "{text}");
        }
    });
}

// where somebody came from is known for a while, so that a stranger elsewhere does not
// lock them out.
#[test]
fn it_is_known_where_somebody_came_from() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        house.active("kim@x.example", "Kim Maes").await;
        let came_at = async |house: &House, email: &str, address: &str, at| {
            let came = house.read().await.came_from(email, address, at).await;
            came.expect("read")
        };
        let came = async |house: &House, email: &str, address: &str| {
            came_at(house, email, address, noon()).await
        };
        assert!(!came(house, "sam@x.example", "203.0.113.7").await);
        house.sign_in(sam, noon()).await.expect("signed in");
        for email in ["sam@x.example", "Sam@X.Example"] {
            assert!(came(house, email, "203.0.113.7").await, "{email}");
        }
        for (email, address) in [
            ("sam@x.example", "203.0.113.8"),
            ("sam@x.example", ""),
            ("kim@x.example", "203.0.113.7"),
            ("nobody@x.example", "203.0.113.7"),
            ("", "203.0.113.7"),
        ] {
            assert!(!came(house, email, address).await, "{email} {address}");
        }
        assert!(!came(&next, "sam@x.example", "203.0.113.7").await);
        // Also after signing out, for 90 days.
        let own = house.actor(sam).await;
        let ended = house.get(sam).await.end_sessions(&own, Which::All, noon());
        let mut write = house.write().await;
        write.apply(ended.expect("allowed")).await.expect("ended");
        write.commit().await.expect("committed");
        let days = |days: i64| after(days * 86_400);
        let address = "203.0.113.7";
        assert!(came_at(house, "sam@x.example", address, days(89)).await);
        assert!(!came_at(house, "sam@x.example", address, days(90)).await);
    });
}
