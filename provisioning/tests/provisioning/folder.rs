//! The folder on disk: whole files, readable by the group alone, and what of it is compared.

use crate::scene::Scene;
use pbx::{Folder, files};
use provisioning::{Content, Extent, configuration};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Files alone.
fn content(files: &Folder) -> Content {
    Content {
        files: files.clone(),
        ..Content::default()
    }
}

// C-17: files are there for the owner and the group, and nothing else is.
#[tokio::test]
async fn files_are_kept_from_others() {
    let scene = Scene::new().await;
    scene.person("Kim", "301").await;
    let expected = files(&configuration(&scene.export().await));
    let place = scene.place(None);
    place
        .write(scene.pbx, content(&expected), Extent::Everything)
        .await
        .unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(scene.folder()) & 0o027, 0);
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(scene.folder()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(mode(entry.path()), 0o640);
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, expected.keys().cloned().collect::<Vec<_>>());
    assert_eq!(
        scene.file("pjsip_staffroom.conf"),
        expected["pjsip_staffroom.conf"]
    );
}

// C-17: what an earlier server left in the middle is cleared away, and a file that is as it should be
// is not touched.
#[tokio::test]
async fn drafts_of_the_dead_are_cleared_away() {
    let scene = Scene::new().await;
    let expected = files(&configuration(&scene.export().await));
    let place = scene.place(None);
    place
        .write(scene.pbx, content(&expected), Extent::Everything)
        .await
        .unwrap();
    let drafts = scene.folder().join(".new");
    fs::create_dir(&drafts).unwrap();
    fs::write(drafts.join("queues_staffroom.conf"), "[hal").unwrap();
    let changed = |name: &str| {
        fs::metadata(scene.folder().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = changed("extensions_staffroom.conf");
    scene.person("Kim", "301").await;
    let mut expected = files(&configuration(&scene.export().await));
    expected.insert(
        "extensions_staffroom.conf".into(),
        scene.file("extensions_staffroom.conf"),
    );
    place
        .write(scene.pbx, content(&expected), Extent::Everything)
        .await
        .unwrap();
    assert!(!drafts.exists());
    assert_eq!(
        scene.file("queues_staffroom.conf"),
        expected["queues_staffroom.conf"]
    );
    assert_eq!(changed("extensions_staffroom.conf"), before);
}

// C-17: what somebody changed by hand is told by file, section and key; a secret never is.
#[tokio::test]
async fn drift_is_told_without_secrets() {
    let scene = Scene::new().await;
    let (_, secret) = scene.person("Kim", "301").await;
    let expected = files(&configuration(&scene.export().await));
    let place = scene.place(None);
    let missing = place.drift(scene.pbx, content(&expected)).await.unwrap();
    assert!(
        missing
            .iter()
            .all(|one| one.found.is_none() && one.section.is_empty())
    );
    assert!(!missing.is_empty());
    place
        .write(scene.pbx, content(&expected), Extent::Everything)
        .await
        .unwrap();
    assert_eq!(
        place.drift(scene.pbx, content(&expected)).await.unwrap(),
        []
    );
    for (name, from, to) in [
        (
            "queues_staffroom.conf",
            "wrapuptime = 30",
            "wrapuptime = 99",
        ),
        ("pjsip_staffroom.conf", secret.as_str(), "stolen"),
    ] {
        let text = scene.file(name);
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(scene.folder().join(name), text.replace(from, to)).unwrap();
    }
    let told = place.drift(scene.pbx, content(&expected)).await.unwrap();
    let text = format!("{told:?}");
    assert_eq!(told.len(), 2, "{text}");
    assert!(
        !text.contains(&secret) && !text.contains("stolen"),
        "{text}"
    );
    let wrapup = told.iter().find(|one| one.key == "wrapuptime").unwrap();
    assert_eq!(wrapup.expected.as_deref(), Some("30"));
    assert_eq!(wrapup.found.as_deref(), Some("99"));
}
