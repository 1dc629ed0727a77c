//! The private feed of an agent.

use super::*;

// O-06: an agent's feed has one address, which can be taken back; only its hash is kept.
#[test]
fn a_feed_has_one_address() {
    everywhere(async |house| {
        let (id, ..) = agent(house).await;
        let make = async || {
            let (employee, actor) = (house.get(id).await, house.actor(id).await);
            house
                .apply(employee.make_feed(&actor, noon()))
                .await
                .expect("made")
        };
        let owner = async |token: &Token| house.read().await.feed_owner(token).await.expect("read");
        let first = make().await;
        assert_eq!(owner(&first).await, Some(id));
        assert!(!house.holds(first.reveal()).await);
        assert_eq!(
            house
                .neighbour()
                .await
                .read()
                .await
                .feed_owner(&first)
                .await
                .expect("read"),
            None
        );
        let second = make().await;
        assert_eq!(
            (owner(&first).await, owner(&second).await),
            (None, Some(id))
        );
        assert_eq!(
            house.read().await.feed_since(id).await.expect("read"),
            Some(noon())
        );
        let ada = house.ada().await;
        house.suspend(&ada, id).await.expect("suspended");
        assert_eq!(owner(&second).await, None);
        house.reactivate(&ada, id).await.expect("active");
        assert_eq!(owner(&second).await, Some(id));
        let ended = house.get(id).await.end_feed(&ada, noon());
        house.apply(ended).await.expect("ended");
        assert_eq!(owner(&second).await, None);
        assert_eq!(house.read().await.feed_since(id).await.expect("read"), None);
    });
}
