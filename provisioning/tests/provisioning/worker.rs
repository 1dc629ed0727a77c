//! The worker: in time, in order, again until it succeeds, and whole after it was killed.

use crate::scene::Scene;
use provisioning::Provisioner;
use std::fs;
use std::time::Duration;
use store::contact_centre::change::Progress;
use store::now;
use tokio::sync::watch;

const SECOND: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(20);

async fn progress(scene: &Scene) -> Vec<Progress> {
    scene
        .changes()
        .await
        .iter()
        .map(|one| one.progress)
        .collect()
}

async fn all_applied(scene: &Scene) -> bool {
    progress(scene)
        .await
        .iter()
        .all(|one| *one == Progress::Applied)
}

// C-17, C-18: within a second of the commit that suspends somebody, the PBX's files are without them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_person_is_out_within_a_second() {
    let scene = Scene::new().await;
    let (kim, _) = scene.person("Kim", "301").await;
    scene.person("Lou", "302").await;
    let reload = scene.program("echo \"$#:$1\" >> $ROOT/called");
    let (stop, stopping) = watch::channel(false);
    let working = tokio::spawn(scene.provisioner(Some(reload)).run(stopping));
    scene.until(LONG, async || all_applied(&scene).await).await;
    assert!(scene.file("queues_staffroom.conf").contains("301"));
    let called = scene.said("called").lines().count();

    let out = async || !scene.file("queues_staffroom.conf").contains("301");
    let mut waiting =
        Box::pin(scene.until(SECOND, async || out().await && all_applied(&scene).await));
    // It watches before the change is committed.
    assert!(futures_pending(&mut waiting).await);
    scene.suspend(kim).await;
    waiting.await;
    assert!(scene.file("queues_staffroom.conf").contains("302"));
    assert!(!scene.file("pjsip_staffroom.conf").contains("Kim"));

    let said = scene.said("called");
    assert_eq!(
        said.lines().count(),
        called + 1,
        "once for one change: {said}"
    );
    let folder = format!("1:{}", scene.folder().display());
    assert!(said.lines().all(|line| line == folder), "{said}");
    stop.send_replace(true);
    working.await.unwrap();
}

/// Lets something begin.
async fn futures_pending(waiting: &mut (impl Future<Output = ()> + Unpin)) -> bool {
    tokio::select! {
        biased;
        () = waiting => false,
        () = tokio::task::yield_now() => true,
    }
}

// C-17: what fails says why, and is tried again, after a pause or with the next change.
#[tokio::test]
async fn a_failing_program_is_called_again() {
    let scene = Scene::new().await;
    let reload = scene.program("[ -e $ROOT/well ] && exit 0\necho no 'such  module' >&2\nexit 3");
    let worker = scene.provisioner(Some(reload));
    worker.apply_due(None).await.unwrap();
    let changes = scene.changes().await;
    assert_eq!(changes.len(), 2);
    for change in &changes {
        assert_eq!((change.progress, change.attempts), (Progress::Failed, 1));
        let why = change.failure.as_deref().unwrap();
        assert_eq!(why, "the reload program: it ended with 3: no such module");
        assert!(change.due_at > now());
    }
    assert!(
        scene
            .file("queues_staffroom.conf")
            .contains("strategy = rrmemory"),
        "written all the same"
    );
    worker.apply_due(None).await.unwrap();
    assert_eq!(scene.changes().await[0].attempts, 1, "not before it is due");
    scene.is_due().await;
    worker.apply_due(None).await.unwrap();
    let again = scene.changes().await;
    assert_eq!(again[0].attempts, 2);
    assert!(
        again[0].due_at > now() + jiff::SignedDuration::from_secs(15),
        "a longer pause"
    );
    fs::write(scene.root().join("well"), "").unwrap();
    scene.rewrite().await;
    worker.apply_due(None).await.unwrap();
    assert_eq!(progress(&scene).await, [Progress::Applied; 3]);
    assert!(
        scene
            .changes()
            .await
            .iter()
            .all(|one| one.failure.is_none())
    );
}

// C-17: a program that never ends does not hold up the worker, and one that is not there is said.
#[tokio::test]
async fn a_hanging_or_missing_program_fails() {
    let scene = Scene::new().await;
    let mut place = scene.place(Some(scene.program("exec tail -f /dev/null")));
    place.timeout = Duration::from_millis(50);
    let why = async |place: provisioning::Place| {
        scene.is_due().await;
        let worker = Provisioner::new(scene.store.clone(), place);
        worker.apply_due(None).await.unwrap();
        scene.changes().await[0].failure.clone().unwrap()
    };
    assert_eq!(
        why(place).await,
        "the reload program: it did not end within 0 s"
    );
    let missing = scene.place(Some(scene.root().join("nowhere")));
    assert!(
        why(missing)
            .await
            .starts_with("the reload program: it can't be started")
    );
    let mut unwritable = scene.place(None);
    unwritable.directory = scene.root().join("staffroom.db");
    assert!(why(unwritable).await.starts_with("the folder: "));
}

// C-17: the program gets nothing of the server's environment but what programs need.
#[tokio::test]
async fn the_program_does_not_get_the_environment() {
    let scene = Scene::new().await;
    let reload = scene.program("env > $ROOT/environment");
    scene
        .provisioner(Some(reload))
        .apply_due(None)
        .await
        .unwrap();
    let environment = scene.said("environment");
    assert!(environment.contains("PATH="));
    assert!(!environment.contains("CARGO"), "{environment}");
}

// C-17, case 24: a worker that is killed in the middle leaves whole files and changes that are not said
// to be applied; the next server applies them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_worker_leaves_nothing_half_done() {
    let scene = Scene::new().await;
    scene.person("Kim", "301").await;
    let fifo = scene.root().join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    // It says that it was called, and then waits for ever.
    let reload = scene.program("echo called > $ROOT/fifo\nexec tail -f /dev/null");
    let mut place = scene.place(Some(reload));
    place.timeout = Duration::from_secs(2);
    let worker = Provisioner::new(scene.store.clone(), place);
    let killed = tokio::spawn(async move { worker.apply_due(None).await });
    let called = tokio::task::spawn_blocking(move || fs::read_to_string(fifo).unwrap());
    assert_eq!(called.await.unwrap(), "called\n");
    killed.abort();
    assert!(killed.await.unwrap_err().is_cancelled());
    assert!(
        progress(&scene)
            .await
            .iter()
            .all(|one| *one == Progress::Waiting)
    );
    assert!(scene.file("queues_staffroom.conf").contains("301"));
    assert!(!scene.folder().join(".new").exists());

    let next = scene.provisioner(None);
    next.apply_due(None).await.unwrap();
    assert!(
        !all_applied(&scene).await,
        "the claim of the dead holds for a while"
    );
    scene.store.release_pbxs().await.unwrap();
    next.apply_due(None).await.unwrap();
    assert!(all_applied(&scene).await);
}

// C-17: "Write it again" mends what somebody changed by hand.
#[tokio::test]
async fn writing_again_mends() {
    let scene = Scene::new().await;
    let worker = scene.provisioner(None);
    worker.apply_due(None).await.unwrap();
    let file = scene.folder().join("queues_staffroom.conf");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, "[broken]\n").unwrap();
    worker.apply_due(None).await.unwrap();
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "[broken]\n",
        "nothing is due"
    );
    scene.rewrite().await;
    worker.apply_due(None).await.unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), good);
    assert!(all_applied(&scene).await);
}

// C-17: a PBX from before there was a place gets its folder when the server starts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_place_is_filled() {
    let scene = Scene::new().await;
    scene.provisioner(None).apply_due(None).await.unwrap();
    fs::remove_dir_all(scene.folder()).unwrap();
    let reload = scene.program("echo done > $ROOT/fifo");
    let fifo = scene.root().join("fifo");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let (stop, stopping) = watch::channel(false);
    let working = tokio::spawn(scene.provisioner(Some(reload)).run(stopping));
    let done = tokio::task::spawn_blocking(move || fs::read_to_string(fifo).unwrap());
    assert_eq!(
        tokio::time::timeout(LONG, done).await.unwrap().unwrap(),
        "done\n"
    );
    assert!(
        scene
            .file("queues_staffroom.conf")
            .contains("strategy = rrmemory")
    );
    stop.send_replace(true);
    working.await.unwrap();
}
