//! What ends is announced once for each of the two dates, to those who can do something about it.

use super::announce;
use crate::demo::house::House;
use domain::provider::{Profile, Protocol, ProviderCreated};
use domain::{Actor, ProviderId, Timestamp};
use jiff::SignedDuration;
use store::Store;
use store::outbox::Message;

async fn announced(store: &Store, now: Timestamp) -> Vec<String> {
    announce(store, now).await.unwrap();
    let (organisation, _) = store.organisations().await.unwrap()[0];
    let claimed = store.claim(organisation, 100, now).await.unwrap();
    let mut said = Vec::new();
    for one in claimed {
        if let Message::Expiring { to, name, .. } = &one.message {
            said.push(format!("{to}: {name}"));
        }
        store.delivered(&one, now).await.unwrap();
    }
    said
}

// a certificate's end is announced 30 and 7 days before, each once.
#[tokio::test]
async fn the_end_of_a_certificate_is_announced_twice() {
    let now = store::now();
    let house = House::new("expiry", now).await;
    let (store, organisation) = (&house.store, house.organisation);
    let certificate = saml::SigningKey::generate("idp.example", now, 100).unwrap();
    let profile = Profile {
        name: "Acme".into(),
        issuer: "https://idp.example".into(),
        address: "https://idp.example/sso".into(),
        certificates: vec![certificate.certificate().pem()],
        ..Profile::default()
    };
    let id = ProviderId(store::new_id());
    let system = Actor::system(organisation);
    let created = ProviderCreated::allow(&system, id, Protocol::Saml, profile, None, now);
    let mut transaction = store.write(organisation, None).await.unwrap();
    transaction.apply(created.unwrap()).await.unwrap();
    transaction.commit().await.unwrap();

    let day = |number: i64| now + SignedDuration::from_hours(24 * number);
    let _ = announced(store, now).await; // the demo's own mails
    assert_eq!(announced(store, day(69)).await, [""; 0]);
    let ada = ["ada@demo.example: Acme"];
    assert_eq!(announced(store, day(71)).await, ada);
    assert_eq!(announced(store, day(72)).await, [""; 0], "once");
    assert_eq!(announced(store, day(94)).await, ada);
    assert_eq!(announced(store, day(95)).await, [""; 0], "once more");
}
