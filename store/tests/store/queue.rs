//! Queues and who is in them, and what the schema itself refuses.

use crate::cast::*;
use crate::house::{House, Raw, everywhere, in_every_house};
use domain::contact_centre::membership::{Membership, change_memberships};
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{Draft, QueueCreated};
use domain::{EmployeeId, Field, PbxId, QueueId, Refusal, Why};
use store::Result;
use uuid::Uuid;

/// Ids of what a contact centre begins with: one PBX with its default tenant, and the default group.
pub const PBX: PbxId = PbxId(Uuid::from_u128(0x40));
pub const OTHER_PBX: PbxId = PbxId(Uuid::from_u128(0x41));
pub const UNGROUPED: Uuid = Uuid::from_u128(0x60);

impl House {
    /// An id as it is written in SQL.
    pub fn literal(&self, id: Uuid) -> String {
        match self.is_sqlite() {
            true => format!("x'{}'", id.simple()),
            false => format!("'{id}'"),
        }
    }

    /// Two PBXs with a tenant each, and the default agent group.
    pub async fn contact_centre(&self) {
        let us = self.literal(self.organisation.0);
        let mut raw = self.raw().await;
        let at = "'2026-01-01T00:00:00.000000Z'";
        for (pbx, tenant, name, default) in [
            (PBX.0, 0x50, "North", true),
            (OTHER_PBX.0, 0x51, "South", false),
        ] {
            let (pbx, tenant) = (self.literal(pbx), self.literal(Uuid::from_u128(tenant)));
            let folded = name.to_lowercase();
            raw.run(&format!(
                "INSERT INTO pbx (organisation, id, version, name, name_folded, host, created_at)
                 VALUES ({us}, {pbx}, 1, '{name}', '{folded}', 'pbx.example', {at})"
            ))
            .await;
            raw.run(&format!(
                "INSERT INTO tenant (organisation, id, version, pbx, name, name_folded, is_default,
                     shows_cli, created_at)
                 VALUES ({us}, {tenant}, 1, {pbx}, '{name}', '{folded}', {default}, false, {at})"
            ))
            .await;
        }
        let group = self.literal(UNGROUPED);
        raw.run(&format!(
            "INSERT INTO agent_group (organisation, id, version, name, name_folded, is_default,
                 created_at)
             VALUES ({us}, {group}, 1, 'Ungrouped', 'ungrouped', true, {at})"
        ))
        .await;
        for (code, kind) in [("contact_center", 1), ("engage", 2), ("engage_bundled", 3)] {
            raw.run(&format!(
                "INSERT INTO license (organisation, code, version, kind, name, seats)
                 VALUES ({us}, '{code}', 1, {kind}, '', 100)"
            ))
            .await;
        }
    }

    /// An employee who is a contact-centre user on a PBX.
    pub async fn contact_user(&self, name: &str, engage: bool, pbx: PbxId) -> EmployeeId {
        let email = format!("{}@x.example", name.to_lowercase().replace(' ', "."));
        let id = self.active(&email, name).await;
        let us = self.literal(self.organisation.0);
        let employee = self.literal(id.0);
        let tenant = if pbx == PBX { 0x50 } else { 0x51 };
        let (tenant, pbx) = (self.literal(Uuid::from_u128(tenant)), self.literal(pbx.0));
        let plan = if engage { "'engage_bundled'" } else { "NULL" };
        let (at, formal) = ("'2026-01-01T00:00:00.000000Z'", !engage);
        let group = self.literal(UNGROUPED);
        self.raw()
            .await
            .run(&format!(
                "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department,
                     site, contact_center, engage, plan, call_waiting, shows_cli, agent_group,
                     supervisor, may_monitor, may_whisper, may_barge, state, state_at, created_at)
                 VALUES ({us}, {employee}, 1, {tenant}, {pbx}, '', '', {formal}, {engage}, {plan},
                     false, false, {group}, false, false, false, false, 1, {at}, {at})"
            ))
            .await;
        id
    }

    pub async fn queue(&self, name: &str, post_processing: &str) -> QueueId {
        let id = QueueId(store::new_id());
        let pbxs = [PBX, OTHER_PBX];
        let draft = draft(name, post_processing);
        let created = QueueCreated::allow(&self.system(), id, (Some(PBX), &pbxs), &draft, noon());
        self.apply(created).await.expect("created");
        id
    }

    /// What the page of the queue does.
    pub async fn revise_queue(&self, id: QueueId, draft: &Draft) -> Result<()> {
        let mut write = self.write().await;
        let listed = write.queue(id).await?.expect("there");
        let revised = listed
            .queue
            .revise(&self.system(), draft, listed.engage, noon())?;
        if let Some(revised) = revised {
            write.apply(revised).await?;
        }
        write.commit().await
    }

    /// What every page does that puts users into queues.
    pub async fn put(&self, wanted: &[Membership]) -> Result<()> {
        let mut write = self.write().await;
        let queues: Vec<_> = wanted.iter().map(|one| one.queue).collect();
        let users: Vec<_> = wanted.iter().map(|one| one.employee).collect();
        let facts = write.membership_facts(&queues, &users).await?;
        for change in change_memberships(&self.system(), wanted, &facts, noon())? {
            write.apply(change).await?;
        }
        write.commit().await
    }

    /// A connection past the store on which keys and checks hold.
    pub async fn guarded(&self) -> Raw {
        let mut raw = self.raw().await;
        let guards = match self.is_sqlite() {
            true => "PRAGMA foreign_keys = ON",
            false => "SET session_replication_role = origin",
        };
        raw.run(guards).await;
        raw
    }
}

pub fn draft(name: &str, post_processing: &str) -> Draft {
    Draft {
        name: name.into(),
        direction: "inbound".into(),
        post_processing: post_processing.into(),
        strategy: "in_turn".into(),
        ring_seconds: "20".into(),
    }
}

pub fn assigned(queue: QueueId, employee: EmployeeId) -> Membership {
    Membership {
        queue,
        employee,
        assigned: true,
        enabled: false,
        priority: None,
    }
}

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
        let taken = refusal(house.revise_queue(care, &draft("SALES", "5")).await);
        assert_eq!(taken, Refusal::field(Field::Name, Why::Taken));
        house
            .revise_queue(care, &draft("Care", "7"))
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
            let refused = refusal(house.revise_queue(sales, &draft("Sales", typed)).await);
            let Refusal::Invalid(problems) = refused else {
                panic!("{typed}: {refused}")
            };
            assert_eq!(problems[0].field, Field::PostProcessing, "{typed}");
        }
        house
            .revise_queue(sales, &draft("Sales", "60"))
            .await
            .expect("revised");
        let away = Membership {
            assigned: false,
            ..assigned(sales, sam)
        };
        house.put(&[away]).await.expect("taken out");
        house
            .revise_queue(sales, &draft("Sales", "manual"))
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
                        0 => house.revise_queue(queue, &draft(&name, "manual")).await?,
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

// C-10: people of a PBX and members of a queue, in pages, found by any part of name or email.
#[test]
fn members_come_in_pages() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let mut ids = Vec::new();
        for name in ["Ada Cole", "Élan Bos", "Zoe Dam"] {
            ids.push(house.contact_user(name, true, PBX).await);
        }
        house.contact_user("Far Away", false, OTHER_PBX).await;
        house.put(&[assigned(sales, ids[1])]).await.expect("put");
        let mut read = house.read().await;
        let first = read
            .contact_people(Some(PBX), "", None, 2)
            .await
            .expect("read");
        let names: Vec<_> = first.iter().map(|one| one.user.name.as_str()).collect();
        assert_eq!(names, ["Ada Cole", "Élan Bos"]);
        let after = Some(&first[1].cursor);
        let rest = read
            .contact_people(Some(PBX), "", after, 2)
            .await
            .expect("read");
        assert_eq!(rest.len(), 1);
        assert_eq!(
            read.contact_people(None, "", None, 9)
                .await
                .expect("read")
                .len(),
            4
        );
        let found = read
            .contact_people(None, "ELAN", None, 9)
            .await
            .expect("read");
        assert_eq!(found[0].user.employee, ids[1]);
        let members = read.queue_people(sales, "", None, 9).await.expect("read");
        assert_eq!(members.len(), 1);
        let held = read.members(&[sales], &ids).await.expect("read");
        assert_eq!(
            (held.len(), held[0].employee, held[0].priority),
            (1, ids[1], 5)
        );
        assert!(read.members(&[], &ids).await.expect("read").is_empty());
    });
}

// C-10: a page of everybody, each with their places in the queues that are asked for and in no other.
#[test]
fn people_come_with_their_places() {
    everywhere(async |house| {
        house.contact_centre().await;
        let mut queues = Vec::new();
        for name in ["Sales", "Care", "Night"] {
            queues.push(house.queue(name, "30").await);
        }
        let ada = house.contact_user("Ada Cole", true, PBX).await;
        let zoe = house.contact_user("Zoe Dam", false, PBX).await;
        let mut on = assigned(queues[0], zoe);
        on.enabled = true;
        let wanted = [on, assigned(queues[1], zoe), assigned(queues[2], ada)];
        house.put(&wanted).await.expect("put");
        let mut read = house.read().await;
        let asked = &queues[..2];
        let people = read.people_in_queues(asked, "", None, 9).await;
        let mut people = people.expect("read").into_iter();
        let (first, places) = people.next().expect("Ada");
        assert_eq!((first.user.employee, places), (ada, Vec::new()));
        let (second, mut places) = people.next().expect("Zoe");
        places.sort();
        let mut theirs = vec![(queues[0], true), (queues[1], false)];
        theirs.sort();
        assert_eq!((second.user.employee, places), (zoe, theirs));
        assert!(people.next().is_none());
        let after = Some(&first.cursor);
        let rest = read.people_in_queues(&[], "dam", after, 9).await;
        let rest = rest.expect("read");
        assert_eq!((rest.len(), rest[0].1.len()), (1, 0));
        assert_eq!(rest[0].0, second);
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
