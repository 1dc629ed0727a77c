//! What ends is announced once for each of the two dates, to those who can do something about it.

use super::announce;
use crate::demo;
use domain::provider::{Profile, Protocol, ProviderCreated};
use domain::{Actor, ProviderId, Timestamp};
use jiff::SignedDuration;
use std::fs;
use store::Store;
use store::outbox::Message;
use store::secret::Key;

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
    let folder = std::env::temp_dir().join(format!("staffroom-expiry-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let database = format!("sqlite:{}", folder.join("staffroom.db").display());
    let key = Key::new(&[7; Key::LENGTH]).unwrap();
    let store = Store::open(&database, key).await.unwrap();
    let wish = demo::Wish {
        employees: demo::LEAST,
        seed: 1,
    };
    let now = store::now();
    let hash = domain::credential::PasswordHash("$".into());
    demo::fill(&store, wish, hash, now).await.unwrap();
    let (organisation, _) = store.organisations().await.unwrap()[0];
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
    let _ = announced(&store, now).await; // the demo's own mails
    assert_eq!(announced(&store, day(69)).await, [""; 0]);
    let ada = ["ada@demo.example: Acme"];
    assert_eq!(announced(&store, day(71)).await, ada);
    assert_eq!(announced(&store, day(72)).await, [""; 0], "once");
    assert_eq!(announced(&store, day(94)).await, ada);
    assert_eq!(announced(&store, day(95)).await, [""; 0], "once more");
    fs::remove_dir_all(&folder).unwrap();
}
