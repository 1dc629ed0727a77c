//! Members and hints: nobody is in a queue whose hint the PBX has not read.

use crate::realtime::{Realtime, on_both};
use provisioning::{Extent, Fault};
use std::path::Path;

impl Realtime {
    /// The extensions of those who are in a queue, each with the number by which Asterisk knows them.
    async fn members(&self) -> Vec<(String, String)> {
        let sql = "SELECT interface, uniqueid FROM queue_members ORDER BY interface";
        let members = self.ask(sql).await.into_iter();
        let extension = |interface: &str| interface["Local/".len()..][..3].to_owned();
        members
            .map(|row| (extension(&row["interface"]), row["uniqueid"].clone()))
            .collect()
    }

    async fn extensions(&self) -> Vec<String> {
        let members = self.members().await.into_iter();
        members.map(|(extension, _)| extension).collect()
    }

    /// Tells the PBX, which reads the folder with this program.
    async fn tell(&self, program: &Path) -> Result<(), Fault> {
        let (place, expected) = (
            self.place_with(Some(program.to_owned())),
            self.expected().await,
        );
        place.write(self.scene.pbx, expected, Extent::Changed).await
    }
}

// C-17: who is new waits until the PBX has read their hint, since a queue that meets them before keeps
// them as invalid; who leaves does not wait, and who was there stays.
#[tokio::test]
async fn a_member_comes_after_their_hint() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (works, fails) = (scene.program("exit 0"), scene.program("exit 1"));
        let (kim, _) = scene.person("Kim", "301").await;
        assert!(realtime.tell(&fails).await.is_err());
        assert!(realtime.extensions().await.is_empty());
        realtime.tell(&works).await.expect("told");
        assert_eq!(realtime.extensions().await, ["301"]);
        scene.person("Lou", "302").await;
        // The second time the hint stands in the folder, and still nobody knows whether it was read.
        for _ in 0..2 {
            assert!(realtime.tell(&fails).await.is_err());
            assert_eq!(realtime.extensions().await, ["301"]);
            let phones = realtime.ask("SELECT id FROM ps_endpoints").await;
            assert_eq!(phones.len(), 2, "only the member waits");
        }
        realtime.tell(&works).await.expect("told");
        assert_eq!(realtime.extensions().await, ["301", "302"]);
        assert!(realtime.drift().await.is_empty());
        scene.suspend(kim).await;
        assert!(realtime.tell(&fails).await.is_err());
        assert_eq!(realtime.extensions().await, ["302"]);
    })
    .await;
}

// C-17: whose hint the PBX has read comes at once; whoever comes back is somebody new to it, so that it
// looks for their hint anew.
#[tokio::test]
async fn who_comes_back_has_another_number() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (works, fails) = (scene.program("exit 0"), scene.program("exit 1"));
        let (kim, _) = scene.person("Kim", "301").await;
        scene.person("Lou", "302").await;
        realtime.tell(&works).await.expect("told");
        let before = realtime.members().await;
        scene.put(kim, false).await;
        realtime.tell(&works).await.expect("told");
        assert_eq!(realtime.members().await, before[1..]);
        scene.put(kim, true).await;
        assert!(realtime.tell(&fails).await.is_err());
        let after = realtime.members().await;
        assert_eq!(after[0].0, "301");
        assert_ne!(after[0].1, before[0].1);
        assert_eq!(after[1], before[1], "who stays keeps theirs");
        realtime.write().await;
        assert_eq!(realtime.members().await, after);
        assert!(realtime.drift().await.is_empty());
    })
    .await;
}

// C-17: a number that was taken away by hand is missed, without which Asterisk passes over the row.
#[tokio::test]
async fn a_missing_number_is_given_again() {
    on_both(async |realtime| {
        realtime.scene.person("Kim", "301").await;
        realtime.write().await;
        realtime
            .run("UPDATE queue_members SET uniqueid = NULL")
            .await;
        let drift = realtime.drift().await;
        assert_eq!(drift.len(), 1, "{drift:?}");
        assert_eq!(drift[0][2], "uniqueid");
        realtime.write().await;
        assert!(realtime.drift().await.is_empty());
        realtime.holds_what_is_expected().await;
    })
    .await;
}
