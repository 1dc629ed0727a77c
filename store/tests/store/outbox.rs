//! What leaves the house.

use crate::cast::*;
use crate::house::{House, everywhere, key};
use domain::EmployeeId;
use store::Store;
use store::outbox::{Claimed, Message};

async fn claim(house: &House, seconds: i64) -> Vec<Claimed> {
    house
        .store
        .claim(house.organisation, 100, after(seconds))
        .await
        .expect("claimed")
}

/// Somebody invited by mail, and the secret of their link.
async fn invited(house: &House, email: &str) -> (EmployeeId, String) {
    let id = house.pending(email).await;
    let token = house.invite_at(id, true, noon()).await.expect("invited");
    (id, token.reveal().to_owned())
}

// E-07: an invitation is queued with the creation, and says what the mail needs.
#[test]
fn an_invitation_is_queued() {
    everywhere(async |house| {
        let (id, secret) = invited(house, "new@x.example").await;
        assert!(
            house
                .store
                .has_due(house.organisation, noon())
                .await
                .expect("read")
        );
        let claimed = claim(house, 0).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].employee, claimed[0].attempts), (Some(id), 1));
        let Message::Invitation {
            to,
            token,
            expires_at,
        } = &claimed[0].message
        else {
            panic!("an invitation")
        };
        assert_eq!(
            (to.as_str(), token, *expires_at),
            ("new@x.example", &secret, after(72 * 3_600))
        );
    });
}

// Case 24: a server that dies while it sends, again and again, does not send the same mail each time.
#[test]
fn what_a_dead_server_claimed_waits_a_little() {
    everywhere(async |house| {
        invited(house, "new@x.example").await;
        assert_eq!(claim(house, 0).await.len(), 1);
        let released = house.store.release_claims(after(1)).await;
        released.expect("released");
        // Where there are several servers, the one that claimed may be alive, until its lease is over.
        let alone = house.store.is_alone();
        assert_eq!(claim(house, 15).await.len(), 0);
        let again = claim(house, 16).await;
        assert_eq!(again.len(), usize::from(alone));
        assert_eq!(claim(house, 300).await.len(), 1);
    });
}

// Robust: the secret is sealed while it waits, and erased once it was delivered.
// secrets in queued mails are encrypted and erased once sent.
#[test]
fn a_queued_secret_is_nowhere_readable() {
    everywhere(async |house| {
        let (id, secret) = invited(house, "new@x.example").await;
        assert!(!house.holds(&secret).await, "while it is queued");
        let sealed = "SELECT count(*) FROM outbox WHERE message IS NOT NULL";
        assert_eq!(house.raw().await.count(sealed).await, 1);
        let claimed = claim(house, 0).await;
        house
            .store
            .delivered(&claimed[0], after(1))
            .await
            .expect("noted");
        assert!(!house.holds(&secret).await, "once it is delivered");
        assert_eq!(house.raw().await.count(sealed).await, 0);
        let delivery = house
            .read()
            .await
            .latest_delivery(id)
            .await
            .expect("read")
            .expect("one");
        assert_eq!(
            (delivery.delivered_at, delivery.failure),
            (Some(after(1)), None)
        );
        assert!(claim(house, 1_000_000).await.is_empty(), "it goes out once");
        assert!(
            !house
                .store
                .has_due(house.organisation, after(1_000_000))
                .await
                .expect("read")
        );
    });
}

// Case 24: a server that stops half-way keeps a mail from nobody: after its lease another sends it.
#[test]
fn a_claimed_mail_is_claimed_again_after_its_lease() {
    everywhere(async |house| {
        invited(house, "new@x.example").await;
        assert_eq!(claim(house, 0).await.len(), 1);
        assert!(claim(house, 119).await.is_empty());
        let again = claim(house, 120).await;
        assert_eq!((again.len(), again[0].attempts), (1, 2));
    });
}

// Case 23: the mail server is down: the failure is visible, and it is tried again after growing
// pauses of at most an hour, for ever.
#[test]
fn a_failed_mail_is_tried_again_after_growing_pauses() {
    everywhere(async |house| {
        let (id, _) = invited(house, "new@x.example").await;
        let mut now = 0;
        for (attempt, pause) in [15, 60, 240, 960, 3_600, 3_600, 3_600]
            .into_iter()
            .enumerate()
        {
            let claimed = claim(house, now).await;
            assert_eq!(claimed[0].attempts, attempt as i32 + 1);
            house
                .store
                .failed(&claimed[0], "refused", after(now))
                .await
                .expect("noted");
            let delivery = house.read().await.latest_delivery(id).await.expect("read");
            assert_eq!(delivery.expect("one").failure.as_deref(), Some("refused"));
            assert!(
                claim(house, now + pause - 1).await.is_empty(),
                "a pause of {pause}"
            );
            now += pause;
        }
        let claimed = claim(house, now).await;
        house
            .store
            .delivered(&claimed[0], after(now))
            .await
            .expect("noted");
        let delivery = house
            .read()
            .await
            .latest_delivery(id)
            .await
            .expect("read")
            .expect("one");
        assert_eq!(
            (delivery.failure, delivery.delivered_at),
            (None, Some(after(now)))
        );
    });
}

// Robust: a mail that can't be unsealed, as after a change of keys, is said to have failed and
// holds up no other.
#[test]
fn a_mail_that_can_not_be_read_holds_up_no_other() {
    everywhere(async |house| {
        let (lost, _) = invited(house, "lost@x.example").await;
        let other_key = Store::open(&house.database.address(), key(1))
            .await
            .expect("it opens");
        let other = House {
            store: other_key,
            ..house.second_server().await
        };
        invited(&other, "found@x.example").await;
        let claimed = claim(&other, 0).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].message.to().as_str(), "found@x.example");
        let delivery = house
            .read()
            .await
            .latest_delivery(lost)
            .await
            .expect("read")
            .expect("one");
        assert!(delivery.failure.is_some(), "the failure is visible");
        assert!(claim(&other, 14).await.is_empty());
        assert_eq!(
            claim(house, 15).await.len(),
            1,
            "with the right key it is sent after all"
        );
    });
}

// both addresses are told of a change, also when somebody is suspended, or asks for yet
// another address, before the mails went out.
#[test]
fn both_addresses_are_told_of_a_change_whatever_happens_next() {
    everywhere(async |house| {
        let id = house.active("old@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "new@x.example")
            .await
            .expect("asked");
        let told = |claimed: &[Claimed]| -> Vec<String> {
            let name = |claimed: &Claimed| match &claimed.message {
                Message::Invitation { to, .. } => format!("invitation to {to}"),
                Message::ConfirmAddress { to, .. } => format!("confirm to {to}"),
                Message::AddressWillChange { to, wanted } => format!("will be {wanted} to {to}"),
                Message::AddressChanged { to, email } => format!("is {email} to {to}"),
                other => format!("another to {}", other.to()),
            };
            let mut names: Vec<String> = claimed.iter().map(name).collect();
            names.sort();
            names
        };
        let claimed = claim(house, 0).await;
        assert_eq!(
            told(&claimed),
            [
                "confirm to new@x.example",
                "will be new@x.example to old@x.example"
            ]
        );
        let confirm = claimed.iter().find_map(|claimed| match &claimed.message {
            Message::ConfirmAddress { token, .. } => token.parse().ok(),
            _ => None,
        });
        for claimed in &claimed {
            house
                .store
                .delivered(claimed, after(1))
                .await
                .expect("noted");
        }
        let mut write = house.write().await;
        let purpose = store::link::Purpose::ConfirmAddress;
        let holder = write
            .use_link(&confirm.expect("a token"), purpose, after(1))
            .await
            .expect("used");
        let employee = write.employee(id).await.expect("read").expect("there");
        let changed = employee
            .confirm_email(&holder.address, after(1))
            .expect("allowed");
        write.apply(changed).await.expect("written");
        write.commit().await.expect("committed");
        house
            .change_email(&own, id, "third@x.example")
            .await
            .expect("asked");
        house
            .change_email(&own, id, "fourth@x.example")
            .await
            .expect("asked");
        house.suspend(&house.system(), id).await.expect("suspended");
        let expected = [
            "is new@x.example to new@x.example",
            "is new@x.example to old@x.example",
            "will be fourth@x.example to new@x.example",
            "will be third@x.example to new@x.example",
        ];
        assert_eq!(
            told(&claim(house, 1).await),
            expected,
            "what tells goes out, what opens does not"
        );
    });
}

// Section 9: no server claims what is another organisation's.
#[test]
fn a_claim_is_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        invited(&next, "new@x.example").await;
        assert!(claim(house, 0).await.is_empty());
        assert!(
            !house
                .store
                .has_due(house.organisation, after(9))
                .await
                .expect("read")
        );
        assert_eq!(claim(&next, 0).await.len(), 1);
    });
}

// Robust: a claim takes no more than asked for, the oldest first.
#[test]
fn a_claim_takes_the_oldest_first() {
    everywhere(async |house| {
        for number in 0..5 {
            let id = house.pending(&format!("p{number}@x.example")).await;
            house
                .invite_at(id, true, after(number))
                .await
                .expect("invited");
        }
        let mut order = Vec::new();
        for _ in 0..3 {
            let claimed = house.store.claim(house.organisation, 2, after(9)).await;
            let mut part: Vec<String> = claimed
                .expect("claimed")
                .iter()
                .map(|c| c.message.to().to_string())
                .collect();
            part.sort();
            order.extend(part);
        }
        let expected: Vec<String> = (0..5)
            .map(|number| format!("p{number}@x.example"))
            .collect();
        assert_eq!(order, expected);
    });
}
