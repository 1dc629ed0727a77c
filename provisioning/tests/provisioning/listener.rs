//! What is heard on a manager interface, and what is told there.

use crate::asterisk::Asterisk;
use crate::scene::Scene;
use domain::OrganisationId;
use domain::contact_centre::monitor::Phone;
use domain::contact_centre::user::State;
use provisioning::{Access, Link, Listener, Presence};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Listens to `pbx` with this secret, until what it answers with is dropped.
fn listen(scene: &Scene, pbx: &Asterisk, secret: &str) -> (Presence, watch::Sender<bool>) {
    let presence = Presence::default();
    let access = Access {
        address: pbx.address.to_string(),
        username: "staffroom".into(),
        secret: secret.into(),
    };
    let managers = BTreeMap::from([(scene.pbx, access)]);
    let listener = Listener::new(scene.store.clone(), managers, presence.clone());
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(listener.run(stopping));
    (presence, stop)
}

/// Waits until it is so; each piece of news is a reason to look again.
async fn until(presence: &Presence, what: &str, so: impl Fn(&Presence) -> bool) {
    let mut news = presence.news();
    let waiting = async {
        while !so(presence) {
            // Between what is noted and what is told, and where nothing is told.
            let _ = timeout(Duration::from_millis(50), news.recv()).await;
        }
    };
    let waited = timeout(Duration::from_secs(10), waiting).await;
    assert!(waited.is_ok(), "{what}: {presence:?}");
}

fn stands(scene: &Scene, presence: &Presence, extension: &str, phone: Option<Phone>) -> bool {
    presence.phone(scene.pbx, extension).map(|(phone, _)| phone) == phone
}

// C-14: states of calls arrive from the PBX, as they stand and as they change.
#[tokio::test]
async fn phones_are_heard() {
    let scene = Scene::new().await;
    let mut pbx = Asterisk::start("s3cret").await;
    pbx.has("301", 0);
    pbx.has("302", 8);
    let (presence, _stop) = listen(&scene, &pbx, "s3cret");
    until(&presence, "the list", |heard| {
        stands(&scene, heard, "301", Some(Phone::Free))
            && stands(&scene, heard, "302", Some(Phone::Ringing))
    })
    .await;
    assert_eq!(presence.link(scene.pbx), Some(Link::Up));
    assert!(presence.on_call(scene.organisation).unwrap()[&scene.pbx].is_empty());

    let mut news = presence.news();
    pbx.says("301", "staffroom-hints", 1).await;
    pbx.says("302", "others", 1).await;
    let told = timeout(Duration::from_secs(10), news.recv()).await;
    assert_eq!(told.unwrap().unwrap(), scene.organisation);
    until(&presence, "a call", |heard| {
        stands(&scene, heard, "301", Some(Phone::OnCall))
    })
    .await;
    assert_eq!(
        presence.on_call(scene.organisation).unwrap()[&scene.pbx],
        ["301"]
    );
    let neighbour = OrganisationId(store::new_id());
    assert_eq!(presence.on_call(neighbour), None);
    assert!(
        stands(&scene, &presence, "302", Some(Phone::Ringing)),
        "another context is no phone of ours"
    );
}

// C-14: what is not heard is not shown as if it were, and is heard again once it is there.
#[tokio::test]
async fn a_pbx_that_goes_and_comes_back() {
    let scene = Scene::new().await;
    let mut pbx = Asterisk::start("s3cret").await;
    pbx.has("301", 1);
    let (presence, _stop) = listen(&scene, &pbx, "s3cret");
    until(&presence, "a call", |heard| {
        stands(&scene, heard, "301", Some(Phone::OnCall))
    })
    .await;
    pbx.hang_up().await;
    until(&presence, "nothing", |heard| {
        matches!(heard.link(scene.pbx), Some(Link::Down(_)))
    })
    .await;
    assert!(
        stands(&scene, &presence, "301", None) && presence.on_call(scene.organisation).is_none()
    );
    until(&presence, "the call again", |heard| {
        stands(&scene, heard, "301", Some(Phone::OnCall))
    })
    .await;
}

#[tokio::test]
async fn a_wrong_secret_is_said() {
    let scene = Scene::new().await;
    let pbx = Asterisk::start("s3cret").await;
    let (presence, _stop) = listen(&scene, &pbx, "guessed");
    until(&presence, "a refusal", |heard| {
        heard.link(scene.pbx) == Some(Link::Down("it refused: Authentication failed".into()))
    })
    .await;
}

// C-14: a break begins and ends in the PBX when it does here, at once.
#[tokio::test]
async fn breaks_are_told() {
    let scene = Scene::new().await;
    let (kim, _) = scene.person("Kim", "301").await;
    let (lou, _) = scene.person("Lou", "302").await;
    scene.person("Bo", "303").await;
    scene.set_state(lou, State::OnBreak).await;
    let mut pbx = Asterisk::start("s3cret").await;
    // A break of Bo's that ended while nobody listened, and a pause that is none of ours.
    pbx.has_paused("303", "staffroom");
    pbx.has_paused("301", "post-processing");
    let (_presence, _stop) = listen(&scene, &pbx, "s3cret");
    let mut first = [pbx.pause().await, pbx.pause().await];
    first.sort();
    assert_eq!(first, ["302 true staffroom", "303 false staffroom"]);

    scene.set_state(kim, State::WorkingOffline).await;
    assert_eq!(pbx.pause().await, "301 true staffroom");
    scene.set_state(kim, State::OnBreak).await;
    scene.set_state(lou, State::Available).await;
    assert_eq!(
        pbx.pause().await,
        "302 false staffroom",
        "from one break into the next is nothing new"
    );
}
