//! Organisations and their settings.

use crate::cast::*;
use crate::house::everywhere;
use domain::Refusal;
use domain::organisation::Settings;

// A-01, section 8: settings are kept, and the second of two editors is told.
#[test]
fn settings_are_kept() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let before = house.read().await.organisation().await.expect("read");
        assert_eq!(before.settings, settings());
        let other = Settings {
            name: "Other".into(),
            time_zone: "Europe/London".into(),
            country: "GB".into(),
            language: "en".into(),
            invitation_hours: 24,
        };
        for stands in [true, false] {
            let changed = before.change_settings(&ada, other.clone(), known(), noon());
            let mut write = house.write().await;
            let done = write
                .apply(changed.expect("allowed").expect("a change"))
                .await;
            match stands {
                true => write.commit().await.expect("committed"),
                false => assert_eq!(refusal(done), Refusal::Stale),
            }
        }
        let now = house.read().await.organisation().await.expect("read");
        assert_eq!((now.settings, now.version), (other, before.version.next()));
    });
}

// Architecture: a deployment can hold many organisations, told apart by the host name.
#[test]
fn organisations_are_told_apart_by_host() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let all = house.store.organisations().await.expect("the list");
        let ours = |id| (id, Some(format!("{id}.example")));
        assert_eq!(all, [ours(house.organisation), ours(next.organisation)]);
        next.pending("sam@x.example").await;
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            1
        );
        assert_eq!(
            next.read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            2
        );
        let nowhere = domain::OrganisationId(uuid::Uuid::now_v7());
        let mut reading = house.store.read(nowhere).await.expect("a reading");
        assert_eq!(refusal(reading.organisation().await), Refusal::NotFound);
    });
}

// M-04: demo data says that it is some, since everybody knows its passwords.
#[test]
fn demo_data_is_marked() {
    everywhere(async |house| {
        assert!(!house.store.holds_demo_data().await.expect("read"));
        let mut write = house.write().await;
        write.mark_as_demo().await.expect("marked");
        write.commit().await.expect("committed");
        assert!(house.store.holds_demo_data().await.expect("read"));
    });
}

// Architecture: a commit wakes those who watch, on this server and on others.
#[test]
fn a_commit_wakes_those_who_watch() {
    everywhere(async |house| {
        let mut watch = house.store.changes();
        house.office("Ghent").await;
        let woken = tokio::time::timeout(std::time::Duration::from_secs(20), watch.recv()).await;
        assert_eq!(
            woken.expect("woken in time").expect("a change"),
            house.organisation
        );
    });
}
