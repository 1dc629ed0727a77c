//! Tables that can't be written, or were not until now.

use crate::realtime::{on_both, on_postgres};
use crate::scene::Scene;
use provisioning::{Extent, Place, Provisioner, Tables};
use std::fs;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

// C-17: a database that fails in the middle leaves everything as it was, says why without a secret, and
// is tried again.
#[tokio::test]
async fn a_failing_database_leaves_the_old_state() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (kim, _) = scene.person("Kim", "301").await;
        let (_, secret) = scene.person("Lou", "302").await;
        let worker = realtime.provisioner();
        worker.apply_due(None).await.unwrap();
        // The last table of all, when the others are already written.
        let refuse = match realtime.is_sqlite() {
            true => format!(
                "CREATE TRIGGER refuse BEFORE DELETE ON extensions
                 BEGIN SELECT RAISE(ABORT, 'not {secret} now'); END"
            ),
            false => format!(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN RAISE EXCEPTION 'not {secret} now'; END $$;
                 CREATE TRIGGER refuse BEFORE DELETE ON extensions FOR EACH ROW EXECUTE FUNCTION refuse()"
            ),
        };
        realtime.run(&refuse).await;
        let before = realtime.expected().await;
        let hints = scene.file("extensions_staffroom.conf");
        scene.suspend(kim).await;
        worker.apply_due(None).await.unwrap();
        let change = scene.changes().await.pop().unwrap();
        assert_eq!(change.failure.unwrap(), "the tables: not (secret) now");
        for table in &before.tables {
            assert_eq!(realtime.all(table).await.len(), table.rows.len(), "{}", table.name);
        }
        assert_eq!(scene.file("extensions_staffroom.conf"), hints);
        let end = match realtime.is_sqlite() {
            true => "DROP TRIGGER refuse",
            false => "DROP TRIGGER refuse ON extensions",
        };
        realtime.run(end).await;
        scene.is_due().await;
        worker.apply_due(None).await.unwrap();
        let change = scene.changes().await.pop().unwrap();
        assert_eq!((change.failure, change.attempts), (None, 2));
        realtime.holds_what_is_expected().await;
        assert!(!scene.file("extensions_staffroom.conf").contains("301"));
    })
    .await;
}

/// What is said of the last change once it was tried.
async fn why(scene: &Scene, place: Place) -> String {
    scene.is_due().await;
    let worker = Provisioner::new(scene.store.clone(), place);
    worker.apply_due(None).await.unwrap();
    scene.changes().await.pop().unwrap().failure.unwrap()
}

// C-17: a database that is not there, or never answers, is said without its address, and no file is
// written before it answers.
#[tokio::test]
async fn a_database_that_does_not_answer_is_said() {
    let scene = Scene::new().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let place = |port: u16| {
        let address = format!("postgres://me:pa55@127.0.0.1:{port}/name");
        let mut place = scene.place(None);
        place.tables = Tables::read(&address);
        place.timeout = Duration::from_millis(50);
        place
    };
    assert_eq!(
        why(&scene, place(port)).await,
        "the tables: no answer within 0 s"
    );
    drop(silent);
    let refused = why(&scene, place(port)).await;
    let said = "the tables: the database can't be reached: ";
    assert!(refused.starts_with(said), "{refused}");
    assert!(
        !refused.contains("pa55") && !refused.contains("127.0.0.1"),
        "{refused}"
    );
    let mut nowhere = scene.place(None);
    nowhere.tables = Some(Tables::Sqlite);
    fs::create_dir_all(scene.folder().join("realtime.sqlite3")).unwrap();
    let broken = why(&scene, nowhere).await;
    assert!(broken.starts_with("the tables: "), "{broken}");
    assert!(!broken.contains("pbxs"), "{broken}");
    assert_eq!(scene.file("README"), "");
}

// C-17: a PBX whose folder was written before tables were set gets them when the server starts, and
// loses the files that would say the same again; so do tables that a server left before the PBX had read
// the hints of their members; without the setting, all is in files again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_that_are_set_later_are_filled() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        scene.person("Kim", "301").await;
        scene.provisioner(None).apply_due(None).await.unwrap();
        let theirs = scene.folder().join("pjsip_trunk.conf");
        fs::write(&theirs, "[trunk]").unwrap();
        let fifo = scene.root().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        assert!(made.unwrap().success());
        let reload = scene.program("echo done > $ROOT/fifo");
        for (place, left) in [
            (realtime.place_with(Some(reload.clone())), ""),
            (
                realtime.place_with(Some(reload.clone())),
                "DELETE FROM queue_members;
                 DELETE FROM staffroom_tables WHERE table_name IN ('dialplan', 'queue_members')",
            ),
            (scene.place(Some(reload)), ""),
        ] {
            if !left.is_empty() {
                realtime.run(left).await;
            }
            let (stop, stopping) = watch::channel(false);
            let has_tables = place.tables.is_some();
            let worker = Provisioner::new(scene.store.clone(), place);
            let working = tokio::spawn(worker.run(stopping));
            let fifo = fifo.clone();
            let done = tokio::task::spawn_blocking(move || fs::read_to_string(fifo).unwrap());
            let done = tokio::time::timeout(Duration::from_secs(20), done).await;
            assert_eq!(done.unwrap().unwrap(), "done\n");
            // Members come once the program has ended.
            let all_there = async { while has_tables && !realtime.drift().await.is_empty() {} };
            let all_there = tokio::time::timeout(Duration::from_secs(20), all_there).await;
            all_there.expect("members in time");
            stop.send_replace(true);
            working.await.unwrap();
            assert_eq!(scene.file("pjsip_staffroom.conf").is_empty(), has_tables);
            assert_eq!(scene.file("queues_staffroom.conf").is_empty(), has_tables);
            if has_tables {
                realtime.holds_what_is_expected().await;
            }
            assert_eq!(fs::read_to_string(&theirs).unwrap(), "[trunk]");
        }
    })
    .await;
}

// C-17: who may write into a schema need not be allowed to make one.
#[tokio::test]
async fn a_schema_that_is_given_is_enough() {
    on_postgres(async |realtime| {
        realtime.scene.person("Kim", "301").await;
        let (schema, role) = (realtime.schema(), format!("{}_writer", realtime.schema()));
        let given = format!(
            "CREATE ROLE {role} LOGIN; CREATE SCHEMA {schema};
             GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}"
        );
        realtime.run(&given).await;
        let address = std::env::var("STAFFROOM_TEST_POSTGRES").unwrap();
        let mut place = realtime.place();
        place.tables = Tables::read(&address.replace("//staffroom@", &format!("//{role}@")));
        let expected = realtime.expected().await;
        place
            .write(realtime.scene.pbx, expected, Extent::Everything)
            .await
            .unwrap();
        realtime.holds_what_is_expected().await;
        let gone = format!("DROP SCHEMA {schema} CASCADE; DROP ROLE {role}");
        realtime.run(&gone).await;
    })
    .await;
}
