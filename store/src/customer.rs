//! What is kept of customers: found by their email, handed out, and erased (P-08).

use crate::database::on;
use crate::many::{self, ROWS};
use crate::{At, Reading, Result, Transaction, Write};
use domain::customer::{CustomerErased, CustomerExported, Kept};
use domain::field::Email;
use domain::fold::fold;
use domain::{Allowed, AppointmentId, Timestamp};
use sqlx::AssertSqlSafe;

impl Reading {
    /// What is kept of the customer with this email, with the names of the agents.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn customer(&mut self, email: &Email) -> Result<(Kept, Vec<String>)> {
        let organisation = self.organisation;
        let listed = self.appointments_of(&fold(email.as_str())).await?;
        let (appointments, agents) = listed
            .into_iter()
            .map(|one| (one.appointment, one.agent))
            .unzip();
        let kept = Kept {
            organisation,
            email: email.clone(),
            appointments,
        };
        Ok((kept, agents))
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
