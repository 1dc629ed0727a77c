//! What is written of contact-centre users.

use crate::database::on;
use crate::secret::Token;
use crate::transaction::exactly_one;
use crate::{At, Result, Transaction, Write};
use domain::contact_centre::license::Held;
use domain::contact_centre::number::Environment;
use domain::contact_centre::user::{
    ContactUserCreated, ContactUserRemoved, ContactUserRevised, EndpointAdded, EndpointRemoved,
    Settings, StateSet, SupervisionChanged,
};
use domain::{Allowed, EmployeeId, PbxId, Version};

/// What somebody holds, as its columns: Contact Center, Engage (CC), Work license.
fn columns(held: &Held) -> (bool, bool, Option<&str>) {
    match held {
        Held::None => (false, false, None),
        Held::ContactCenter => (true, false, None),
        Held::Engage { plan } => (false, true, Some(plan)),
    }
}

impl Transaction {
    /// Gives up number and extension in both environments.
    async fn hang_up(&mut self, id: EmployeeId) -> Result<()> {
        let organisation = self.organisation;
        for sql in [
            "DELETE FROM extension WHERE organisation = $1 AND employee = $2",
            "DELETE FROM number_use WHERE organisation = $1 AND employee = $2",
        ] {
            on!(self, connection => sqlx::query(sql)
                .bind(organisation)
                .bind(id)
                .execute(connection)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// Takes the numbers and extensions of the settings; the keys refuse what somebody has.
    async fn connect(&mut self, id: EmployeeId, pbx: PbxId, settings: &Settings) -> Result<()> {
        let organisation = self.organisation;
        for environment in Environment::ALL {
            let line = settings.line(environment);
            if let Some(extension) = &line.extension {
                on!(self, connection => sqlx::query(
                    "INSERT INTO extension (organisation, pbx, extension, employee, environment)
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(organisation)
                .bind(pbx)
                .bind(extension)
                .bind(id)
                .bind(environment.number())
                .execute(connection)
                .await
                .map(|_| ()))?;
            }
            if let Some(number) = &line.number {
                on!(self, connection => sqlx::query(
                    "INSERT INTO number_use (organisation, number, employee, environment)
                     VALUES ($1, $2, $3, $4)",
                )
                .bind(organisation)
                .bind(number)
                .bind(id)
                .bind(environment.number())
                .execute(connection)
                .await
                .map(|_| ()))?;
            }
        }
        Ok(())
    }

    async fn leave_queues(&mut self, id: EmployeeId) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM queue_member WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Raises the version of a user that is still as it was read.
    async fn raise(&mut self, id: EmployeeId, from: Version) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE contact_user SET version = version + 1
             WHERE organisation = $1 AND employee = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<ContactUserCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ContactUserCreated>) -> Result<()> {
        let (user, settings) = (&change.user, &change.user.settings);
        let (contact_center, engage, plan) = columns(&settings.license);
        on!(self, connection => sqlx::query(
            "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department,
                 site, contact_center, engage, plan, call_waiting, shows_cli, agent_group,
                 supervisor, may_monitor, may_whisper, may_barge, state, state_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19, $20)",
        )
        .bind(change.organisation())
        .bind(user.employee)
        .bind(Version::FIRST)
        .bind(settings.tenant)
        .bind(user.pbx)
        .bind(&settings.department)
        .bind(&settings.site)
        .bind(contact_center)
        .bind(engage)
        .bind(plan)
        .bind(settings.call_waiting)
        .bind(settings.shows_cli)
        .bind(settings.agent_group)
        .bind(false)
        .bind(false)
        .bind(false)
        .bind(false)
        .bind(user.state.number())
        .bind(At(user.state_at))
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.connect(user.employee, user.pbx, settings).await
    }
}

impl Write<ContactUserRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ContactUserRevised>) -> Result<()> {
        let (id, settings) = (change.before.employee, &change.settings);
        self.raise(id, change.before.version).await?;
        if !change.leaves.is_empty() {
            self.leave_queues(id).await?;
        }
        self.hang_up(id).await?;
        let (contact_center, engage, plan) = columns(&settings.license);
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE contact_user SET tenant = $3, pbx = $4, department = $5, site = $6,
                 contact_center = $7, engage = $8, plan = $9, call_waiting = $10, shows_cli = $11,
                 agent_group = $12
             WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(settings.tenant)
        .bind(change.pbx)
        .bind(&settings.department)
        .bind(&settings.site)
        .bind(contact_center)
        .bind(engage)
        .bind(plan)
        .bind(settings.call_waiting)
        .bind(settings.shows_cli)
        .bind(settings.agent_group)
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.connect(id, change.pbx, settings).await
    }
}

impl Write<ContactUserRemoved> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ContactUserRemoved>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.user.employee);
        self.raise(id, change.user.version).await?;
        // Memberships, scopes, numbers, extensions and endpoints go with the row.
        on!(self, connection => sqlx::query(
            "DELETE FROM contact_user WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<StateSet> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<StateSet>) -> Result<()> {
        let organisation = self.organisation;
        // Not a new version: whoever edits the settings meanwhile is not disturbed by a break.
        let changed = on!(self, connection => sqlx::query(
            "UPDATE contact_user SET state = $3, state_at = $4
             WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(change.employee)
        .bind(change.state.number())
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<SupervisionChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SupervisionChanged>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.before.employee);
        let after = &change.after;
        self.raise(id, change.before.version).await?;
        for sql in [
            "DELETE FROM supervised_queue WHERE organisation = $1 AND employee = $2",
            "DELETE FROM supervised_group WHERE organisation = $1 AND employee = $2",
        ] {
            on!(self, connection => sqlx::query(sql)
                .bind(organisation)
                .bind(id)
                .execute(connection)
                .await
                .map(|_| ()))?;
        }
        on!(self, connection => sqlx::query(
            "UPDATE contact_user SET supervisor = $3, may_monitor = $4, may_whisper = $5,
                 may_barge = $6
             WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(after.on)
        .bind(after.rights.monitor)
        .bind(after.rights.whisper)
        .bind(after.rights.barge)
        .execute(connection)
        .await
        .map(|_| ()))?;
        let queues = after.queues.iter().map(|(id, enabled)| (id.0, *enabled));
        let queues: Vec<_> = queues.collect();
        self.oversee(
            "INSERT INTO supervised_queue (organisation, employee, queue, supervisor, enabled)",
            id,
            &queues,
        )
        .await?;
        let groups = after.groups.iter().map(|(id, enabled)| (id.0, *enabled));
        let groups: Vec<_> = groups.collect();
        self.oversee(
            "INSERT INTO supervised_group (organisation, employee, agent_group, supervisor, enabled)",
            id,
            &groups,
        )
        .await
    }
}

impl Transaction {
    async fn oversee(
        &mut self,
        begin: &'static str,
        id: EmployeeId,
        scopes: &[(uuid::Uuid, bool)],
    ) -> Result<()> {
        let organisation = self.organisation;
        for chunk in scopes.chunks(crate::many::ROWS) {
            let sql = crate::many::insert(begin, 5, chunk.len(), "");
            on!(self, connection => {
                let mut query = sqlx::query(sql);
                for (scope, enabled) in chunk {
                    query = query.bind(organisation).bind(id).bind(*scope).bind(true).bind(*enabled);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}

impl Write<EndpointAdded> for Transaction {
    /// The secret with which the endpoint registers: shown once, kept sealed.
    type Output = String;

    async fn write(&mut self, change: &Allowed<EndpointAdded>) -> Result<String> {
        let endpoint = &change.0;
        let secret = Token::random()?.reveal().to_owned();
        let sealed = self.store.key().seal(secret.as_bytes())?;
        on!(self, connection => sqlx::query(
            "INSERT INTO endpoint (organisation, id, employee, kind, name, username, secret,
                 created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(change.organisation())
        .bind(endpoint.id)
        .bind(endpoint.employee)
        .bind(endpoint.kind.number())
        .bind(&endpoint.name)
        .bind(&endpoint.username)
        .bind(sealed.clone())
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(secret)
    }
}

impl Write<EndpointRemoved> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<EndpointRemoved>) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "DELETE FROM endpoint WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(change.0.id)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}
