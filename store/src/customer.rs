//! What is kept of customers: found by their email or number, handed out, and erased (P-08).

use crate::database::on;
use crate::many::{self, ROWS};
use crate::{At, Reading, Result, Transaction, Write};
use domain::customer::{CustomerErased, CustomerExported, Kept, Known};
use domain::fold::fold;
use domain::{Allowed, AppointmentId, Timestamp};
use sqlx::AssertSqlSafe;

impl Reading {
    /// The latest appointment of whoever left this email or number.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn appointment_of_customer(
        &mut self,
        known: &Known,
    ) -> Result<Option<AppointmentId>> {
        let organisation = self.organisation;
        let (sql, value) = match known {
            Known::Email(email) => (
                "SELECT id FROM appointment WHERE organisation = $1 AND customer_email_folded = $2
                 ORDER BY begins_at DESC, id LIMIT 1",
                fold(email.as_str()),
            ),
            Known::Phone(phone) => (
                "SELECT id FROM appointment
                 WHERE organisation = $1 AND customer_phone = $2 AND customer_phone <> ''
                 ORDER BY begins_at DESC, id LIMIT 1",
                phone.as_str().to_owned(),
            ),
        };
        let row: Option<(AppointmentId,)> = on!(self, connection => sqlx::query_as(sql)
            .bind(organisation)
            .bind(value)
            .fetch_optional(connection)
            .await)?;
        Ok(row.map(|(id,)| id))
    }

    /// What is kept of the customer of an appointment, with the names of the agents; `None` where
    /// there is no such appointment, or nobody knows any more whose it was.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn customer_of(&mut self, id: AppointmentId) -> Result<Option<(Kept, Vec<String>)>> {
        let organisation = self.organisation;
        let Some(one) = self.listed_appointment(id).await? else {
            return Ok(None);
        };
        let Some(known) = Known::of(&one.appointment) else {
            return Ok(None);
        };
        let listed = self.appointments_of(&known).await?;
        let (appointments, agents) = listed
            .into_iter()
            .map(|one| (one.appointment, one.agent))
            .unzip();
        let kept = Kept {
            organisation,
            known,
            appointments,
        };
        Ok(Some((kept, agents)))
    }

    /// Appointments that ended before a time, at most `most`, of which it is still known who came.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn customers_overdue(
        &mut self,
        before: Timestamp,
        most: i64,
    ) -> Result<Vec<AppointmentId>> {
        let organisation = self.organisation;
        let overdue: Vec<(AppointmentId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM appointment WHERE organisation = $1 AND customer_name <> ''
                 AND ends_at < $2 ORDER BY ends_at LIMIT $3",
        )
        .bind(organisation)
        .bind(At(before))
        .bind(most)
        .fetch_all(connection)
        .await)?;
        Ok(overdue.into_iter().map(|(id,)| id).collect())
    }
}

impl Write<CustomerExported> for Transaction {
    type Output = ();

    /// Nothing changes but the trail.
    async fn write(&mut self, _: &Allowed<CustomerExported>) -> Result<()> {
        Ok(())
    }
}

impl Write<CustomerErased> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CustomerErased>) -> Result<()> {
        for ids in change.appointments.chunks(ROWS) {
            self.forget_customers(ids).await?;
        }
        Ok(())
    }
}

impl Transaction {
    async fn forget_customers(&mut self, ids: &[AppointmentId]) -> Result<()> {
        // No hash is as short as an id, so that no link opens it any more.
        let token = match self.store.is_alone() {
            true => "id",
            false => "uuid_send(id)",
        };
        let (among, ids) = many::list(2, ids);
        let statements = [
            format!(
                "UPDATE appointment SET version = version + 1, customer_name = '',
                     customer_email = '', customer_email_folded = '', customer_phone = '',
                     customer_language = '', answers = '[]', remark = '', note = '', reason = '',
                     consented_at = NULL, remind_at = NULL, token = {token}, token_sealed = {token}
                 WHERE organisation = $1 AND id IN ({among})"
            ),
            // Also those that left: why they did not at first may name the customer.
            format!("DELETE FROM outbox WHERE organisation = $1 AND appointment IN ({among})"),
        ];
        let organisation = self.organisation;
        for sql in statements {
            on!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organisation);
                for id in &ids {
                    query = query.bind(*id);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
