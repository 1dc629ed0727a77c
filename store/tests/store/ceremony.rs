//! What waits for its second half: of one browser, for one purpose, taken once.

use crate::cast::*;
use crate::house::{House, everywhere};
use store::Result;
use store::ceremony::{PATIENCE, Purpose};
use store::secret::Token;

/// How often each race is run.
const ROUNDS: usize = 8;

const ALL: [Purpose; 8] = [
    Purpose::Saml,
    Purpose::OpenId,
    Purpose::SecondFactor,
    Purpose::PasskeySignIn,
    Purpose::PasskeyRegistration,
    Purpose::Authenticator,
    Purpose::RecoveryCodes,
    Purpose::Tested,
];

fn token() -> Token {
    Token::random().expect("a token")
}

/// A house, and a browser in it.
struct At<'a>(&'a House, Token);

impl At<'_> {
    async fn begin(&self, purpose: Purpose, named: Option<&Token>, content: &str, seconds: i64) {
        let mut write = self.0.write().await;
        let (browser, now) = (&self.1, after(seconds));
        write
            .begin_ceremony(browser, purpose, named, &content, now)
            .await
            .expect("begun");
        write.commit_attempts().await.expect("committed");
    }

    async fn take(&self, purpose: Purpose, named: Option<&Token>, seconds: i64) -> Option<String> {
        let taken = take(self.0, &self.1, purpose, named, seconds).await;
        taken.expect("asked")
    }

    /// What there is, without taking it.
    async fn look(&self, purpose: Purpose, seconds: i64) -> Option<String> {
        let mut reading = self.0.read().await;
        let found = reading.ceremony(&self.1, purpose, after(seconds)).await;
        found.expect("read")
    }
}

async fn take(
    house: &House,
    browser: &Token,
    purpose: Purpose,
    named: Option<&Token>,
    seconds: i64,
) -> Result<Option<String>> {
    let mut write = house.write().await;
    let now = after(seconds);
    let taken = write.take_ceremony(browser, purpose, named, now).await?;
    write.commit_attempts().await?;
    Ok(taken)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

// the second half is taken once, by the browser that began it; looking takes nothing.
#[test]
fn a_ceremony_is_taken_once_by_its_browser() {
    everywhere(async |house| {
        let (browser, other) = (At(house, token()), At(house, token()));
        let purpose = Purpose::SecondFactor;
        browser.begin(purpose, None, "half", 0).await;
        for _ in 0..3 {
            assert_eq!(browser.look(purpose, 1).await, some("half"));
        }
        assert_eq!(other.look(purpose, 1).await, None);
        assert_eq!(other.take(purpose, None, 1).await, None);
        let mut write = house.write().await;
        let taken: Option<String> = write
            .take_ceremony(&browser.1, purpose, None, after(1))
            .await
            .expect("asked");
        assert_eq!(taken, some("half"));
        drop(write);
        assert_eq!(
            browser.take(purpose, None, 1).await,
            some("half"),
            "what was not committed did not happen"
        );
        assert_eq!(browser.take(purpose, None, 1).await, None);
        assert_eq!(browser.look(purpose, 1).await, None);
    });
}

// a ceremony serves what it was begun for, and nothing else.
#[test]
fn a_ceremony_serves_one_purpose() {
    everywhere(async |house| {
        let browser = At(house, token());
        for purpose in ALL {
            for other in ALL {
                assert_eq!(browser.look(other, 1).await, None);
            }
            browser.begin(purpose, None, "half", 0).await;
            for other in ALL.into_iter().filter(|other| *other != purpose) {
                assert_eq!(browser.look(other, 1).await, None);
                assert_eq!(browser.take(other, None, 1).await, None);
            }
            assert_eq!(browser.take(purpose, None, 1).await, some("half"));
        }
        for purpose in ALL {
            browser
                .begin(purpose, None, &format!("{purpose:?}"), 0)
                .await;
        }
        for purpose in ALL {
            let own = format!("{purpose:?}");
            assert_eq!(browser.take(purpose, None, 1).await, Some(own));
        }
    });
}

// somebody has a quarter of an hour, to the second; what is over goes with the next beginning.
#[test]
fn a_ceremony_expires() {
    everywhere(async |house| {
        let browser = At(house, token());
        let (purpose, end) = (Purpose::OpenId, PATIENCE.as_secs());
        assert_eq!(end, 15 * 60);
        let named = token();
        browser.begin(purpose, Some(&named), "half", 0).await;
        assert_eq!(browser.look(purpose, end - 1).await, some("half"));
        assert_eq!(browser.look(purpose, end).await, None);
        for named in [None, Some(&named)] {
            assert_eq!(browser.take(purpose, named, end).await, None);
        }
        let rows = "SELECT count(*) FROM ceremony";
        assert_eq!(house.raw().await.count(rows).await, 1);
        let other = At(house, token());
        other.begin(Purpose::Saml, None, "other", end).await;
        let mut write = house.write().await;
        let forgotten = write.forget_what_is_over(after(end)).await;
        forgotten.expect("forgotten");
        write.commit().await.expect("committed");
        assert_eq!(house.raw().await.count(rows).await, 1, "the old one went");
        let taken = other.take(Purpose::Saml, None, 2 * end - 1).await;
        assert_eq!(taken, some("other"));
    });
}

// beginning again takes the place of what the same browser began for the same purpose.
#[test]
fn beginning_again_replaces_what_was_begun() {
    everywhere(async |house| {
        let (browser, other) = (At(house, token()), At(house, token()));
        let (purpose, another) = (Purpose::Authenticator, Purpose::PasskeyRegistration);
        other.begin(purpose, None, "other browser", 0).await;
        browser.begin(another, None, "other purpose", 0).await;
        browser.begin(purpose, None, "first", 0).await;
        browser.begin(purpose, None, "second", 1).await;
        assert_eq!(browser.take(purpose, None, 2).await, some("second"));
        assert_eq!(browser.take(purpose, None, 2).await, None);
        assert_eq!(other.take(purpose, None, 2).await, some("other browser"));
        let taken = browser.take(another, None, 2).await;
        assert_eq!(taken, some("other purpose"));
    });
}

// what comes back from elsewhere names what it answers, so that two sign-ins in one browser
// don't end each other; it is taken by that name alone.
#[test]
fn what_has_a_name_stands_beside_others() {
    everywhere(async |house| {
        let (browser, other) = (At(house, token()), At(house, token()));
        let (one, two) = (token(), token());
        let purpose = Purpose::Saml;
        browser.begin(purpose, Some(&one), "one", 0).await;
        browser.begin(purpose, Some(&two), "two", 1).await;
        assert_eq!(browser.look(purpose, 2).await, some("two"), "the last");
        assert_eq!(browser.take(purpose, Some(&token()), 2).await, None);
        assert_eq!(other.take(purpose, Some(&one), 2).await, None);
        let elsewhere = browser.take(Purpose::OpenId, Some(&one), 2).await;
        assert_eq!(elsewhere, None);
        assert_eq!(browser.take(purpose, Some(&one), 2).await, some("one"));
        assert_eq!(browser.take(purpose, Some(&one), 2).await, None);
        assert_eq!(browser.take(purpose, Some(&two), 2).await, some("two"));
    });
}

// of two at the same moment, one gets the second half.
#[test]
fn a_ceremony_is_taken_by_one_of_two() {
    everywhere(async |house| {
        let (browser, named) = (At(house, token()), token());
        for round in 0..ROUNDS {
            let named = (round % 2 == 0).then(|| named.clone());
            let purpose = Purpose::Saml;
            browser.begin(purpose, named.as_ref(), "half", 0).await;
            let won = winners(house, |house, _| {
                let (browser, named) = (browser.1.clone(), named.clone());
                async move {
                    let taken = take(&house, &browser, purpose, named.as_ref(), 1).await?;
                    Ok(taken.is_some())
                }
            });
            assert_eq!(won.await, 1);
        }
    });
}

// Section 9: what was begun in one organisation is not there in another.
#[test]
fn a_ceremony_is_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let (browser, named) = (token(), token());
        let here = At(house, browser.clone());
        let there = At(&next, browser);
        let purpose = Purpose::Saml;
        here.begin(purpose, Some(&named), "here", 0).await;
        assert_eq!(there.look(purpose, 1).await, None);
        for named in [None, Some(&named)] {
            assert_eq!(there.take(purpose, named, 1).await, None);
        }
        there.begin(purpose, None, "there", 1).await;
        assert_eq!(here.look(purpose, 1).await, some("here"));
        assert_eq!(there.take(purpose, None, 1).await, some("there"));
        assert_eq!(here.take(purpose, Some(&named), 1).await, some("here"));
    });
}

// Safe: neither what waits nor who waits for it can be read in the database.
#[test]
fn what_waits_can_not_be_read() {
    everywhere(async |house| {
        let (browser, named) = (At(house, token()), token());
        let content = "a secret that waits";
        browser
            .begin(Purpose::OpenId, Some(&named), content, 0)
            .await;
        assert_eq!(browser.look(Purpose::OpenId, 1).await, some(content));
        for text in [content, browser.1.reveal(), named.reveal()] {
            assert!(!house.holds(text).await, "{text}");
        }
    });
}
