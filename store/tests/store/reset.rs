//! Links that replace a forgotten password.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::credential::PasswordHash;
use domain::{EmployeeId, Refusal, Timestamp};
use store::Result;
use store::link::Purpose;
use store::outbox::{Message, News};
use store::secret::Token;

/// How often each race is run.
const ROUNDS: usize = 8;

impl House {
    /// Asks for a link that replaces a forgotten password, and takes it out of its mail.
    pub async fn forgot(&self, id: EmployeeId, at: Timestamp) -> Token {
        let email = self.get(id).await.email.clone();
        self.mails().await;
        let mut write = self.write().await;
        write.send_reset(id, &email, at).await.expect("sent");
        write.commit().await.expect("committed");
        match self.mails().await.as_slice() {
            [Message::ResetPassword { to, token, .. }] if *to == email => {
                token.parse().expect("a token")
            }
            other => panic!("one link, to {email}: {other:?}"),
        }
    }

    /// Chooses another password, as the page behind the link does.
    async fn reset(&self, token: &Token, hash: &str, at: Timestamp) -> Result<()> {
        let mut write = self.write().await;
        let holder = write.use_link(token, Purpose::ResetPassword, at).await?;
        let employee = write.employee(holder.employee).await?;
        let employee = employee.ok_or(Refusal::DeadLink)?;
        let policy = write.organisation().await?.policy;
        let hash = PasswordHash(hash.into());
        let changed = employee.reset_password(&holder.address, &policy, hash, false, at)?;
        write.apply(changed).await?;
        write.commit().await
    }

    async fn may_reset(&self, token: &Token, seconds: i64) -> bool {
        let mut reading = self.read().await;
        let holder = reading.link(token, Purpose::ResetPassword, after(seconds));
        holder.await.expect("read").is_some()
    }

    async fn hash(&self, id: EmployeeId) -> Option<String> {
        self.read().await.password_hash(id).await.expect("read")
    }
}

// the link is used once; then the new password counts, everybody who was signed in is out, and
// whose account it is learns of it.
#[test]
fn a_reset_is_used_once() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.sign_in(id, noon()).await.expect("signed in");
        let token = house.forgot(id, noon()).await;
        for _ in 0..3 {
            assert!(house.may_reset(&token, 1).await, "opening changes nothing");
        }
        house
            .reset(&token, "$first", after(1))
            .await
            .expect("reset");
        assert_eq!(house.hash(id).await.as_deref(), Some("$first"));
        assert_eq!(house.devices(id).await, 0);
        let told = ("sam@x.example".to_owned(), News::PasswordChanged);
        assert_eq!(house.news().await, [told]);
        assert!(!house.may_reset(&token, 1).await);
        let again = house.reset(&token, "$second", after(2)).await;
        assert_eq!(refusal(again), Refusal::DeadLink);
        assert_eq!(house.hash(id).await.as_deref(), Some("$first"));
        assert!(!house.holds(token.reveal()).await, "it was never kept");
    });
}

// a link lives an hour, to the second.
#[test]
fn a_reset_expires() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let token = house.forgot(id, noon()).await;
        assert!(house.may_reset(&token, 3_599).await);
        assert!(!house.may_reset(&token, 3_600).await);
        let late = house.reset(&token, "$late", after(3_600)).await;
        assert_eq!(refusal(late), Refusal::DeadLink);
        house
            .reset(&token, "$in time", after(3_599))
            .await
            .expect("reset");
    });
}

// a link dies with another one, with the address it went to, with a suspension, with the
// way of signing in, and with another password.
#[test]
fn a_reset_dies_with_what_it_was_sent_for() {
    everywhere(async |house| {
        let (system, provider) = (house.system(), house.provider("idp").await);
        for (number, cause) in [
            "another link",
            "another address",
            "a suspension",
            "single sign-on",
            "another password",
        ]
        .into_iter()
        .enumerate()
        {
            let email = format!("sam{number}@x.example");
            let id = house.active(&email, "Sam Peeters").await;
            let token = house.forgot(id, noon()).await;
            match cause {
                "another link" => {
                    let newer = house.forgot(id, after(1)).await;
                    assert!(house.may_reset(&newer, 2).await);
                }
                "another address" => {
                    let (own, new) = (house.actor(id).await, format!("new{number}@x.example"));
                    house.change_email(&own, id, &new).await.expect("asked");
                    assert!(house.may_reset(&token, 2).await, "only asked for");
                    let employee = house.get(id).await;
                    let wanted = employee.email_wanted.clone().expect("wanted");
                    let confirmed = employee.confirm_email(&wanted, noon());
                    house.apply(confirmed).await.expect("confirmed");
                }
                "a suspension" => {
                    house.suspend(&system, id).await.expect("suspended");
                    assert!(!house.may_reset(&token, 2).await);
                    house.reactivate(&system, id).await.expect("reactivated");
                }
                "single sign-on" => house.turn_over(id, provider, "S-1").await,
                _ => house.change_password(id, false).await,
            }
            let before = house.hash(id).await;
            assert!(!house.may_reset(&token, 2).await, "{cause}");
            let refused = house.reset(&token, "$new", after(2)).await;
            assert_eq!(refusal(refused), Refusal::DeadLink, "{cause}");
            assert_eq!(house.hash(id).await, before, "{cause}");
        }
    });
}

// a link opens only what it is for: none that resets activates or confirms, and none that
// invites or confirms resets.
#[test]
fn a_reset_is_no_other_link() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let pending = house.pending("new@x.example").await;
        let invitation = house.invite(pending).await;
        let reset = house.forgot(id, noon()).await;
        let own = house.actor(id).await;
        let asked = house.change_email(&own, id, "wanted@x.example").await;
        asked.expect("asked");
        let confirm = house.mails().await.into_iter().find_map(|mail| match mail {
            Message::ConfirmAddress { token, .. } => token.parse::<Token>().ok(),
            _ => None,
        });
        let confirm = confirm.expect("a link");
        for (token, own) in [
            (&invitation, Purpose::Invitation),
            (&reset, Purpose::ResetPassword),
            (&confirm, Purpose::ConfirmAddress),
        ] {
            for purpose in [
                Purpose::Invitation,
                Purpose::ResetPassword,
                Purpose::ConfirmAddress,
            ] {
                let found = house.read().await.link(token, purpose, after(1)).await;
                assert_eq!(found.expect("read").is_some(), purpose == own);
                let used = house.write().await.use_link(token, purpose, after(1)).await;
                assert_eq!(used.is_ok(), purpose == own, "{own:?} as {purpose:?}");
            }
        }
        let refused = house.activate(&reset, "New Person", after(1)).await;
        assert_eq!(refusal(refused), Refusal::DeadLink);
        for other in [&invitation, &confirm] {
            let refused = house.reset(other, "$new", after(1)).await;
            assert_eq!(refusal(refused), Refusal::DeadLink);
        }
        house.reset(&reset, "$new", after(1)).await.expect("reset");
        let activated = house.activate(&invitation, "New Person", after(1)).await;
        activated.expect("activated");
    });
}

// of two at the same moment with the same link, one chooses the password.
#[test]
fn a_reset_is_used_by_one_of_two() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        for _ in 0..ROUNDS {
            let token = house.forgot(id, noon()).await;
            let won = winners(house, |house, number| {
                let token = token.clone();
                async move {
                    let hash = ["$one", "$two"][number];
                    house.reset(&token, hash, after(1)).await.map(|()| true)
                }
            });
            assert_eq!(won.await, 1);
        }
    });
}

// Section 9, A-04: a link of one organisation opens nothing in another.
#[test]
fn a_reset_is_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let token = house.forgot(id, noon()).await;
        assert!(!next.may_reset(&token, 1).await);
        let refused = next.reset(&token, "$new", after(1)).await;
        assert_eq!(refusal(refused), Refusal::DeadLink);
        assert!(house.may_reset(&token, 1).await);
    });
}
