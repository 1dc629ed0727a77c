//! What PBXs must be told: queued with each change, claimed by one server, applied in order.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::contact_centre::pbx::Standing;
use domain::{EmployeeId, Event, PbxId};
use store::contact_centre::change::{LEASE, Progress};

impl House {
    async fn pbx_events(&self, pbx: PbxId) -> Vec<(Event, Progress)> {
        let mut changes = self.read().await.pbx_changes(pbx, 99).await.expect("read");
        changes.reverse();
        changes
            .iter()
            .map(|one| (one.event, one.progress))
            .collect()
    }

    /// Makes somebody a contact-centre user of a PBX's tenant, past the rules.
    async fn contact_user_raw(&self, id: EmployeeId) {
        let employee = self.literal(id.0);
        self.raw()
            .await
            .run(&format!(
                "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department,
                     site, contact_center, engage, plan, call_waiting, shows_cli, agent_group,
                     supervisor, may_monitor, may_whisper, may_barge, state, state_at, created_at)
                 SELECT t.organisation, {employee}, 1, t.id, t.pbx, '', '', true, false, NULL, false,
                     false, g.id, false, false, false, false, 1, t.created_at, t.created_at
                 FROM tenant t JOIN agent_group g ON g.organisation = t.organisation"
            ))
            .await;
    }
}

// C-17, C-18: the PBX that somebody belongs to is told of what happens to them, also of their deletion;
// of others it is told nothing.
#[test]
fn changes_are_queued_for_the_pbx_concerned() {
    everywhere(async |house| {
        let pbx = house.add_pbx("Ghent").await.expect("created");
        house.add_tenant("Care", pbx).await.expect("created");
        let (kim, lou) = (
            house.active("kim@x.example", "Kim Wu").await,
            house.active("lou@x.example", "Lou Ra").await,
        );
        house.contact_user_raw(kim).await;
        let other = house.add_pbx("Antwerp").await.expect("created");
        let ada = house.ada().await;
        house.suspend(&ada, kim).await.expect("suspended");
        house.suspend(&ada, lou).await.expect("suspended");
        house.delete(&ada, kim).await.expect("deleted");
        let events: Vec<Event> = house
            .pbx_events(pbx)
            .await
            .iter()
            .map(|one| one.0)
            .collect();
        let told = [
            Event::PbxCreated,
            Event::EmployeeSuspended,
            Event::EmployeeDeleted,
        ];
        assert_eq!(events, told);
        let events = house.pbx_events(other).await;
        assert_eq!(events, [(Event::PbxCreated, Progress::Waiting)]);
        let export = house.read().await.export_pbx(pbx).await.expect("read");
        assert_eq!(export.expect("there").people.len(), 0);
    });
}

// C-17: of two servers one claims a PBX; what came meanwhile waits for it, and is applied after.
#[test]
fn one_server_tells_a_pbx() {
    everywhere(async |house| {
        let pbx = house.add_pbx("Ghent").await.expect("created");
        let (us, other) = (house.organisation, house.second_server().await);
        let claimed = house
            .store
            .claim_pbx(us, pbx, noon())
            .await
            .expect("claims");
        let claimed = claimed.expect("due");
        let rewrite = house
            .read()
            .await
            .pbx(pbx)
            .await
            .expect("read")
            .expect("there");
        house
            .apply(rewrite.rewrite(&house.system(), noon()))
            .await
            .expect("queued");
        let due = other
            .store
            .pbx_with_due_changes(us, noon())
            .await
            .expect("read");
        assert_eq!(due, None, "the first server is at it");
        assert_eq!(
            other.store.claim_pbx(us, pbx, noon()).await.expect("read"),
            None
        );
        let later = noon() + LEASE;
        let taken = other.store.claim_pbx(us, pbx, later).await.expect("read");
        assert_eq!(taken.expect("the lease is over").attempts, 2);

        house
            .store
            .pbx_applied(&claimed, after(1))
            .await
            .expect("noted");
        let mark = house.read().await.progress_of_pbxs().await.expect("read");
        let stands = house.pbx_events(pbx).await;
        assert_eq!(stands[0], (Event::PbxCreated, Progress::Applied));
        assert_eq!(stands[1], (Event::PbxRewritten, Progress::Waiting));
        assert_eq!(
            house
                .read()
                .await
                .unapplied_changes(pbx)
                .await
                .expect("read"),
            1
        );

        let claimed = house
            .store
            .claim_pbx(us, pbx, later + LEASE)
            .await
            .expect("claims");
        let claimed = claimed.expect("due");
        house
            .store
            .pbx_failed(&claimed, "no route", later)
            .await
            .expect("noted");
        let changes = house.read().await.pbx_changes(pbx, 1).await.expect("read");
        assert_eq!(changes[0].progress, Progress::Failed);
        assert_eq!(changes[0].failure.as_deref(), Some("no route"));
        assert!(changes[0].due_at > later);
        assert_ne!(
            house.read().await.progress_of_pbxs().await.expect("read"),
            mark
        );
        let due = house
            .store
            .pbx_with_due_changes(us, later)
            .await
            .expect("read");
        assert_eq!(due, None, "it pauses");
        let due = house
            .store
            .pbx_with_due_changes(us, changes[0].due_at)
            .await;
        assert_eq!(due.expect("read"), Some(pbx));
    });
}

// C-17: the audit trail tells a deleted PBX from one that is there, and from one of another database.
#[test]
fn a_deleted_pbx_is_known() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        let spare = house.add_pbx("Spare").await.expect("created");
        let one = house.one_pbx(spare).await;
        let free = Standing::default();
        house
            .apply(one.delete(&house.system(), free, noon()))
            .await
            .expect("deleted");
        let mut reading = house.read().await;
        let strange = PbxId(store::new_id());
        for (pbx, deleted) in [(spare, true), (ghent, false), (strange, false)] {
            assert_eq!(reading.was_deleted(pbx).await.expect("read"), deleted);
        }
    });
}
