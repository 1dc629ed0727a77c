//! Queues, and what the schema itself refuses of them.

mod people;

use crate::cast::*;
use crate::contact_centre::{OTHER_PBX, PBX, assigned, queue_draft};
use crate::house::{everywhere, in_every_house};
use domain::contact_centre::membership::Membership;
use domain::contact_centre::offer::PostProcessing;
use domain::{Field, Refusal, Why};
use uuid::Uuid;

// C-09: queues are listed by name with how many are in them, edited, and deleted with their members.
#[test]
fn queues_are_kept() {
    everywhere(async |house| {
        house.contact_centre().await;
        let (sales, care) = (
            house.queue("Sales", "30").await,
            house.queue("Care", "manual").await,
        );
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let enabled = Membership {
            enabled: true,
            priority: Some(1),
            ..assigned(sales, kim)
        };
        house
            .put(&[enabled, assigned(care, kim)])
            .await
            .expect("put");
        let listed = house.read().await.queues().await.expect("read");
        let shown: Vec<_> = listed
            .iter()
            .map(|one| {
                (
                    one.queue.name.as_str(),
                    one.assigned,
                    one.enabled,
                    one.engage,
                )
            })
            .collect();
        assert_eq!(shown, [("Care", 1, 0, 0), ("Sales", 1, 1, 0)]);
        assert_eq!(listed[0].pbx_name, "North");
        assert_eq!(listed[0].queue.post_processing, PostProcessing::Manual);
        let taken = refusal(house.revise_queue(care, &queue_draft("SALES", "5")).await);
        assert_eq!(taken, Refusal::field(Field::Name, Why::Taken));
        house
            .revise_queue(care, &queue_draft("Care", "7"))
            .await
            .expect("revised");
        let now = house
            .read()
            .await
            .queue(care)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(now.queue.post_processing, PostProcessing::Seconds(7));
        let (found, count) = house
            .read()
            .await
            .queues_named("SAL", 0, 9)
            .await
            .expect("read");
        assert_eq!((found.len(), count, found[0].id), (1, 1, sales));
        let (second, count) = house
            .read()
            .await
            .queues_named("", 1, 1)
            .await
            .expect("read");
        assert_eq!((second[0].id, count), (sales, 2));
        house
            .apply(now.queue.delete(&house.system(), vec![], noon()))
            .await
            .expect("deleted");
        let left = house.read().await.memberships_of(kim).await.expect("read");
        assert_eq!(left.len(), 1);
        assert_eq!(
            (left[0].queue, left[0].enabled, left[0].priority),
            (sales, true, 1)
        );
        let neighbour = house.neighbour().await;
        assert!(
            neighbour
                .read()
                .await
                .queues()
                .await
                .expect("read")
                .is_empty()
        );
    });
}

// C-09, case 15: a queue with an Engage user, suspended and not enabled as they may be, does not
// become Manual; with them gone it does.
#[test]
fn a_queue_with_an_engage_user_never_becomes_manual() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        house.put(&[assigned(sales, sam)]).await.expect("put");
        house
            .suspend(&house.system(), sam)
            .await
            .expect("suspended");
        for typed in ["manual", "7", "65"] {
            let refused = refusal(
                house
                    .revise_queue(sales, &queue_draft("Sales", typed))
                    .await,
            );
            let Refusal::Invalid(problems) = refused else {
                panic!("{typed}: {refused}")
            };
            assert_eq!(problems[0].field, Field::PostProcessing, "{typed}");
        }
        house
            .revise_queue(sales, &queue_draft("Sales", "60"))
            .await
            .expect("revised");
        let away = Membership {
            assigned: false,
            ..assigned(sales, sam)
        };
        house.put(&[away]).await.expect("taken out");
        house
            .revise_queue(sales, &queue_draft("Sales", "manual"))
            .await
            .expect("revised");
        let refused = refusal(house.put(&[assigned(sales, sam)]).await);
        let why = Why::QueueUnsuited {
            user: "Sam Peeters".into(),
            queue: "Sales".into(),
        };
        assert_eq!(refused, Refusal::field(Field::Members, why));
    });
}

// C-09, C-10: the schema refuses the same from every side, whatever a program above it does.
#[test]
fn the_schema_guards_post_processing() {
    everywhere(async |house| {
        house.contact_centre().await;
        let (sales, care) = (
            house.queue("Sales", "30").await,
            house.queue("Care", "manual").await,
        );
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let far = house.contact_user("Far Away", false, OTHER_PBX).await;
        house
            .put(&[assigned(sales, sam), assigned(care, kim)])
            .await
            .expect("put");
        let mut raw = house.guarded().await;
        let us = house.literal(house.organisation.0);
        let [sales, care] = [sales.0, care.0].map(|id| house.literal(id));
        let [sam, kim, far] = [sam.0, kim.0, far.0].map(|id| house.literal(id));
        let (pbx, south) = (house.literal(PBX.0), house.literal(OTHER_PBX.0));
        let member = |queue: &str, who: &str, on: &str, suits: bool, engage: bool| {
            format!(
                "INSERT INTO queue_member (organisation, queue, employee, pbx, suits_engage, engage,
                     enabled, priority)
                 VALUES ({us}, {queue}, {who}, {on}, {suits}, {engage}, false, 5)"
            )
        };
        let to_engage = format!(
            "UPDATE contact_user SET contact_center = false, engage = true,
                 plan = 'engage_bundled' WHERE employee = {kim}"
        );
        for sql in [
            // The queue becomes Manual, with the mark and without.
            format!(
                "UPDATE queue SET post_processing = NULL, suits_engage = false WHERE id = {sales}"
            ),
            format!("UPDATE queue SET post_processing = NULL WHERE id = {sales}"),
            format!(
                "UPDATE queue SET post_processing = 7, suits_engage = false WHERE id = {sales}"
            ),
            format!("UPDATE queue SET post_processing = 65 WHERE id = {sales}"),
            // An Engage user comes into a Manual queue, honestly and with a lie.
            member(&care, &sam, &pbx, false, true),
            member(&care, &sam, &pbx, true, true),
            member(&care, &sam, &pbx, false, false),
            // A member of a Manual queue becomes an Engage user.
            to_engage,
            // Somebody of another PBX.
            member(&sales, &far, &pbx, true, false),
            member(&sales, &far, &south, true, false),
            format!("UPDATE queue_member SET priority = 11 WHERE employee = {kim}"),
        ] {
            assert!(raw.try_run(&sql).await.is_err(), "not refused: {sql}");
        }
        let suits = format!("UPDATE queue SET post_processing = 0 WHERE id = {sales}");
        assert_eq!(raw.run(&suits).await, 1, "what may be is not refused");
    });
}

// Case 15: of a queue that becomes Manual and an Engage user who comes into it at the same moment,
// exactly one wins.
#[test]
fn manual_and_an_engage_user_at_the_same_moment() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        for round in 0..4 {
            let name = format!("Queue {round}");
            let queue = house.queue(&name, "30").await;
            let won = winners(house, |house, number| {
                let name = name.clone();
                async move {
                    match number {
                        0 => {
                            house
                                .revise_queue(queue, &queue_draft(&name, "manual"))
                                .await?
                        }
                        _ => house.put(&[assigned(queue, sam)]).await?,
                    }
                    Ok(true)
                }
            });
            assert_eq!(won.await, 1);
            let now = house
                .read()
                .await
                .queue(queue)
                .await
                .expect("read")
                .expect("there");
            let manual = now.queue.post_processing == PostProcessing::Manual;
            assert_eq!(manual, now.engage == 0, "one of the two");
        }
    });
}

// C-19: which scripts lead to a queue, by name; the key refuses what the rule does not see.
#[test]
fn a_queue_knows_the_scripts_that_lead_to_it() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let (us, queue) = (house.literal(house.organisation.0), house.literal(sales.0));
        let (pbx, script) = (house.literal(PBX.0), house.literal(Uuid::from_u128(0x70)));
        let mut raw = house.guarded().await;
        raw.run(&format!(
            "INSERT INTO script (organisation, id, version, pbx, name, name_folded, content, created_at)
             VALUES ({us}, {script}, 1, {pbx}, 'Main line', 'main line', '[]',
                 '2026-01-01T00:00:00.000000Z')"
        ))
        .await;
        raw.run(&format!(
            "INSERT INTO script_target (organisation, script, position, pbx, queue)
             VALUES ({us}, {script}, 0, {pbx}, {queue}), ({us}, {script}, 1, {pbx}, {queue})"
        ))
        .await;
        let scripts = house.read().await.scripts_to_queue(sales).await;
        assert_eq!(scripts.expect("read"), ["Main line"]);
        let deletes = format!("DELETE FROM queue WHERE id = {queue}");
        assert!(raw.try_run(&deletes).await.is_err(), "the key holds it");
    });
}

// Robust: check finds what broke past the schema.
#[test]
fn check_finds_broken_memberships() {
    in_every_house(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        house.put(&[assigned(sales, sam)]).await.expect("put");
        assert!(house.findings().await.is_empty());
        let mut raw = house.raw().await;
        raw.run("UPDATE queue SET post_processing = NULL, suits_engage = false")
            .await;
        assert_eq!(
            house.findings().await,
            ["1 queues with Engage users who could not end post-processing"]
        );
        raw.run("UPDATE queue SET post_processing = 5, suits_engage = true")
            .await;
        let south = house.literal(OTHER_PBX.0);
        raw.run(&format!("UPDATE queue SET pbx = {south}")).await;
        assert_eq!(
            house.findings().await,
            ["1 members of queues on another PBX"]
        );
    });
}
