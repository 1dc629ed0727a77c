//! What is announced to the Administrators, each thing once.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::field::Email;
use store::Result;
use store::outbox::Message;

/// How often each race is run.
const ROUNDS: usize = 8;

fn ends(to: Email) -> Message {
    Message::Expiring {
        to,
        name: "idp".into(),
        expires_at: after(86_400),
    }
}

async fn announce(house: &House, what: &str) -> Result<bool> {
    let mut write = house.write().await;
    let new = write.announce(what, ends, noon()).await?;
    write.commit().await?;
    Ok(new)
}

/// To whom the mails go that wait.
async fn told(house: &House) -> Vec<String> {
    let mails = house.mails().await;
    let expiring = mails.iter().map(|mail| {
        assert_eq!(*mail, ends(mail.to().clone()));
        mail.to().to_string()
    });
    let mut told: Vec<_> = expiring.collect();
    told.sort();
    told
}

// every active Administrator is told once, and nobody else.
#[test]
fn each_active_administrator_is_told_once() {
    everywhere(async |house| {
        let system = house.system();
        let provider = house.provider("idp").await;
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        house.turn_over(bob, provider, "S-1").await;
        let gone = house.administrator("gone@x.example", "Gus Maes").await;
        house.suspend(&system, gone).await.expect("suspended");
        house.active("sam@x.example", "Sam Peeters").await;
        let next = house.neighbour().await;
        house.mails().await;

        assert!(announce(house, "idp 30").await.expect("announced"));
        assert_eq!(told(house).await, ["bob@x.example", "owner@house.example"]);
        for _ in 0..2 {
            assert!(!announce(house, "idp 30").await.expect("asked"));
            assert!(told(house).await.is_empty(), "nobody is told twice");
        }
        house.delete(&system, bob).await.expect("deleted");
        assert!(announce(house, "idp 7").await.expect("announced"));
        assert_eq!(told(house).await, ["owner@house.example"]);

        assert!(told(&next).await.is_empty(), "nor in another organisation");
        assert!(announce(&next, "idp 30").await.expect("announced"));
        assert_eq!(told(&next).await, ["owner@house.example"]);
        assert!(told(house).await.is_empty());
    });
}

// what was not committed was not announced.
#[test]
fn what_was_not_committed_was_not_announced() {
    everywhere(async |house| {
        let mut write = house.write().await;
        let new = write.announce("idp 30", ends, noon()).await;
        assert!(new.expect("announced"));
        drop(write);
        assert!(told(house).await.is_empty());
        assert!(announce(house, "idp 30").await.expect("announced"));
        assert_eq!(told(house).await.len(), 1);
    });
}

// two servers that look at the same moment announce it once.
#[test]
fn one_of_two_servers_announces() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let won = winners(house, |house, _| async move {
                announce(&house, &format!("idp {round}")).await
            });
            assert_eq!(won.await, 1);
            assert_eq!(told(house).await.len(), 1);
        }
    });
}
