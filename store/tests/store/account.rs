//! Somebody's own account: password, picture, preferences.

use crate::cast::*;
use crate::house::everywhere;
use domain::credential::PasswordHash;
use domain::employee::Choices;
use domain::{PictureId, Refusal};
use uuid::Uuid;

// the hash is kept and replaced; rehashing keeps only what it was made of.
#[test]
fn a_password_is_kept_and_replaced() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let hash = async || house.read().await.password_hash(id).await.expect("read");
        assert_eq!(hash().await.as_deref(), Some("$hash$of$Sam Peeters"));
        let own = house.actor(id).await;
        let changed =
            house
                .get(id)
                .await
                .change_password(&own, PasswordHash("$new".into()), false, noon());
        let mut write = house.write().await;
        write
            .apply(changed.expect("allowed"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        assert_eq!(hash().await.as_deref(), Some("$new"));
        for (old, new, kept) in [
            ("$other", "$rehashed", "$new"),
            ("$new", "$rehashed", "$rehashed"),
        ] {
            let mut write = house.write().await;
            write.rehash(id, old, new).await.expect("written");
            write.commit().await.expect("committed");
            assert_eq!(hash().await.as_deref(), Some(kept));
        }
        let pending = house.pending("new@x.example").await;
        assert_eq!(
            house
                .read()
                .await
                .password_hash(pending)
                .await
                .expect("read"),
            None
        );
    });
}

// E-18: a picture is one's own, replaced by a new one under a new id, and taken away.
#[test]
fn a_picture_is_replaced_and_taken_away() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        let other = house.active("kim@x.example", "Kim Claes").await;
        let change = async |picture: Option<(PictureId, Vec<u8>)>| {
            let changed = house.get(id).await.change_picture(&own, picture, noon());
            let mut write = house.write().await;
            write
                .apply(changed.expect("allowed"))
                .await
                .expect("written");
            write.commit().await.expect("committed");
        };
        let kept = async |of, picture| house.read().await.picture(of, picture).await.expect("read");
        let (first, second) = (PictureId(Uuid::now_v7()), PictureId(Uuid::now_v7()));
        change(Some((first, vec![0, 1, 255]))).await;
        assert_eq!(kept(id, first).await, Some(vec![0, 1, 255]));
        assert_eq!(kept(other, first).await, None, "only under its owner");
        change(Some((second, vec![2]))).await;
        assert_eq!(
            (kept(id, first).await, kept(id, second).await),
            (None, Some(vec![2]))
        );
        assert_eq!(house.get(id).await.picture, Some(second));
        change(None).await;
        assert_eq!(
            (kept(id, second).await, house.get(id).await.picture),
            (None, None)
        );
    });
}

// E-18, P-07, P-09: what one chooses is kept, and taken back to what the organisation has.
#[test]
fn preferences_are_kept() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        let chosen = Choices {
            language: Some("de".into()),
            time_zone: Some("Europe/Berlin".into()),
            mails_day: Some(false),
            mails_attention: Some(true),
        };
        for choices in [chosen, Choices::default()] {
            let employee = house.get(id).await;
            let wish = employee.prefer(&own, choices.clone(), &["de"], |_| true, noon());
            let mut write = house.write().await;
            write.apply(wish.expect("allowed")).await.expect("written");
            write.commit().await.expect("committed");
            let now = house.get(id).await;
            let kept = Choices {
                language: now.language.clone(),
                time_zone: now.time_zone.clone(),
                mails_day: now.mails_day,
                mails_attention: now.mails_attention,
            };
            assert_eq!(kept, choices);
        }
    });
}

// E-20: of two changes to one's own account decided at the same time, the second is told.
#[test]
fn a_stale_password_change_is_refused() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let (own, stale) = (house.actor(id).await, house.get(id).await);
        for (hash, stands) in [("$first", true), ("$second", false)] {
            let changed = stale.change_password(&own, PasswordHash(hash.into()), false, noon());
            let mut write = house.write().await;
            let done = write.apply(changed.expect("allowed")).await;
            match stands {
                true => write.commit().await.expect("committed"),
                false => assert_eq!(refusal(done), Refusal::Stale),
            }
        }
        let hash = house.read().await.password_hash(id).await.expect("read");
        assert_eq!(hash.as_deref(), Some("$first"));
    });
}
