//! What a deleted PBX leaves.

use crate::realtime::{Realtime, Row, on_both, schema};
use crate::scene::Scene;
use domain::PbxId;
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::pbx::{Draft, PbxCreated};
use provisioning::Extent;
use std::fs;
use store::now;

impl Scene {
    /// A second PBX, on which nothing hangs.
    async fn another(&self, name: &str) -> PbxId {
        let id = PbxId(store::new_id());
        let draft = Draft {
            name: name.into(),
            host: "pbx.example".into(),
        };
        let nobody = Elsewhere {
            people: Vec::new(),
            more: 0,
        };
        let created = PbxCreated::allow(&self.system(), id, &draft, 0, &nobody, now());
        self.apply(created.unwrap()).await;
        id
    }

    async fn delete(&self, pbx: PbxId) {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let standing = reading.standing_of_pbx(pbx).await.unwrap();
        let pbx = reading.pbx(pbx).await.unwrap().unwrap();
        drop(reading);
        let deleted = pbx.delete(&self.system(), standing, now());
        self.apply(deleted.unwrap()).await;
    }
}

impl Realtime {
    /// Names in the folder of a PBX.
    fn names(&self, pbx: PbxId) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.place().folder(pbx)) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

// C-17: files and rows of a deleted PBX go, also if the server was down when it was deleted; the
// operator's stay, and so do folders of which this database knows no deleted PBX.
#[tokio::test]
async fn what_a_deleted_pbx_left_is_taken_away() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        scene.person("Kim", "301").await;
        let (south, west) = (scene.another("South").await, scene.another("West").await);
        let (place, worker) = (realtime.place(), realtime.provisioner());
        worker.apply_due(None).await.unwrap();
        // What was not told any more before it was deleted.
        for pbx in [south, west] {
            place
                .write(pbx, realtime.expected().await, Extent::Everything)
                .await
                .unwrap();
        }
        let strangers = place.directory.join(store::new_id().to_string());
        fs::create_dir(&strangers).unwrap();
        fs::write(strangers.join("README"), "theirs").unwrap();
        fs::write(place.folder(west).join("pjsip_trunk.conf"), "[trunk]").unwrap();
        let trunk = "INSERT INTO ps_auths (id, password) VALUES ('trunk', 'theirs')";
        realtime.raw_of(west).await.run(trunk).await;

        let before = realtime.names(south);
        worker.clear_deleted().await.unwrap();
        assert_eq!(realtime.names(south), before, "nothing is deleted yet");
        scene.delete(south).await;
        scene.delete(west).await;
        worker.clear_deleted().await.unwrap();

        assert!(!place.folder(south).exists());
        let mut left = vec!["pjsip_trunk.conf"];
        if realtime.is_sqlite() {
            left.push("realtime.sqlite3");
        }
        assert_eq!(realtime.names(west), left);
        let mut raw = realtime.raw_of(west).await;
        let phones = raw.ask("SELECT id FROM ps_auths").await;
        assert_eq!(phones, [Row::from([("id".into(), "trunk".into())])]);
        for table in [
            "ps_endpoints",
            "queues",
            "queue_members",
            "extensions",
            "staffroom_rows",
        ] {
            let sql = format!("SELECT * FROM {table}");
            assert_eq!(raw.ask(&sql).await, [], "{table}");
        }
        assert_eq!(
            fs::read_to_string(strangers.join("README")).unwrap(),
            "theirs"
        );
        realtime.holds_what_is_expected().await;
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
        worker.clear_deleted().await.unwrap();
        if !realtime.is_sqlite() {
            let gone = format!("DROP SCHEMA {}, {} CASCADE", schema(south), schema(west));
            raw.run(&gone).await;
        }
    })
    .await;
}

// C-17: so do the files where there are no tables.
#[tokio::test]
async fn files_of_a_deleted_pbx_are_taken_away() {
    let scene = Scene::new().await;
    let south = scene.another("South").await;
    let worker = scene.provisioner(None);
    worker.clear_deleted().await.unwrap();
    worker.apply_due(None).await.unwrap();
    scene.delete(south).await;
    worker.clear_deleted().await.unwrap();
    assert!(!scene.place(None).folder(south).exists());
    assert!(
        scene
            .file("queues_staffroom.conf")
            .contains("strategy = rrmemory")
    );
}
