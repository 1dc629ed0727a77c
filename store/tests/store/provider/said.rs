//! What a provider said is heard once, and noted.

use super::*;

// A-05, case 6: what a provider said once is not heard again, until nobody would accept it any more.
#[test]
fn an_assertion_is_used_once() {
    everywhere(async |house| {
        let said = async |issuer, id, now| house.said(issuer, id, 300, now).await.expect("noted");
        assert!(said("https://idp.example", "_1", 0).await);
        for now in [0, 1, 299, 300] {
            assert!(!said("https://idp.example", "_1", now).await, "at {now}");
        }
        assert!(said("https://idp.example", "_2", 1).await, "another one");
        assert!(said("https://other.example", "_1", 1).await, "of another");
        let next = house.neighbour().await;
        let there = next.said("https://idp.example", "_1", 300, 1).await;
        assert!(there.expect("noted"), "in another organisation");
        let rows = "SELECT count(*) FROM used_assertion";
        assert_eq!(house.raw().await.count(rows).await, 4);
        assert!(said("https://idp.example", "_3", 301).await);
        assert_eq!(house.raw().await.count(rows).await, 2, "forgotten here");
    });
}

// A-05, case 6: of two who say the same at the same moment, one is heard.
#[test]
fn an_assertion_is_used_by_one_of_two() {
    everywhere(async |house| {
        for round in 0..ROUNDS {
            let won = winners(house, |house, _| async move {
                let id = format!("_{round}");
                house.said("https://idp.example", &id, 300, 0).await
            });
            assert_eq!(won.await, 1);
        }
    });
}

// A-05, E-23: a sign-in that was refused is noted with its reason, under the provider's name.
#[test]
fn what_becomes_of_a_provider_is_in_the_trail() {
    everywhere(async |house| {
        let id = house.provider("idp").await;
        let provider = house.find_provider(id).await.expect("there");
        house
            .apply(Ok(provider.refused("replayed", "", noon())))
            .await
            .expect("noted");
        let ada = house.ada().await;
        let query = Query {
            subject: Some(About::Provider(id)),
            ..Query::default()
        };
        let visibility = ada.visibility(Action::ReadAudit);
        let lines = house.read().await.audit(visibility, &query).await;
        let lines = lines.expect("the trail");
        let events: Vec<_> = lines.iter().map(|line| line.event).collect();
        assert_eq!(
            events,
            [
                Event::SignInRefused,
                Event::ProviderEnabled,
                Event::ProviderCreated
            ]
        );
        assert_eq!(lines[0].values[0].after.as_deref(), Some("replayed"));
        assert_eq!(lines[0].subject_name.as_deref(), Some("idp"));
    });
}
