//! How much of the tables a change costs.

use crate::realtime::on_both;

// C-17: a change is written into the tables that it concerns, and others are not even looked at; what
// was changed there by hand is mended when everything is wanted anew.
#[tokio::test]
async fn a_change_leaves_other_tables_alone() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (kim, _) = scene.person("Kim", "301").await;
        scene.person("Bo", "302").await;
        let provisioner = realtime.provisioner();
        let tell = async || provisioner.apply_due(None).await.unwrap();
        scene.rewrite().await;
        tell().await;
        let nothing = Vec::<[String; 3]>::new();
        assert_eq!(realtime.drift().await, nothing);
        let by_hand = "UPDATE ps_endpoints SET context = 'elsewhere'";
        realtime.run(by_hand).await;
        let members = async || {
            realtime
                .ask("SELECT interface FROM queue_members")
                .await
                .len()
        };
        assert_eq!(members().await, 2);
        scene.put(kim, false).await;
        tell().await;
        assert_eq!(members().await, 1);
        let still = realtime.drift().await;
        assert_eq!(still.len(), 2, "{still:?}");
        assert!(
            still
                .iter()
                .all(|[table, _, column]| table == "ps_endpoints" && column == "context")
        );
        scene.put(kim, true).await;
        tell().await;
        assert_eq!(members().await, 2);
        scene.rewrite().await;
        tell().await;
        assert_eq!(realtime.drift().await, nothing);
    })
    .await;
}
