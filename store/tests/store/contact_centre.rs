//! A contact centre in a house: PBXs, users and queues.

use crate::cast::*;
use crate::house::House;
use domain::contact_centre::membership::{Membership, change_memberships};
use domain::contact_centre::queue::{Draft, QueueCreated};
use domain::{EmployeeId, PbxId, QueueId};
use store::Result;
use uuid::Uuid;

/// Ids of what [`House::contact_centre`] makes.
pub const PBX: PbxId = PbxId(Uuid::from_u128(0x40));
pub const OTHER_PBX: PbxId = PbxId(Uuid::from_u128(0x41));
pub const UNGROUPED: Uuid = Uuid::from_u128(0x60);

impl House {
    /// Two PBXs with a tenant each, the default agent group, and licenses with 100 seats each.
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
        let draft = queue_draft(name, post_processing);
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
}

pub fn queue_draft(name: &str, post_processing: &str) -> Draft {
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
