//! What is written of somebody's own account: password, picture, preferences.

use crate::database::on;
use crate::outbox::{self, Message, News};
use crate::{Reading, Result, Transaction, Write, link, session};
use domain::employee::{PasswordChanged, PictureChanged, Preferences};
use domain::{Allowed, Employee, EmployeeId, Refusal};

impl Reading {
    /// The stored password hash in PHC form; `None` for those who have none.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn password_hash(&mut self, id: EmployeeId) -> Result<Option<String>> {
        let organisation = self.organisation;
        let found: Option<(Option<String>,)> = on!(self, connection => sqlx::query_as(
            "SELECT password FROM employee WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(found.and_then(|(hash,)| hash))
    }

    /// The employee who signs in with this address, and `true`; or else, with `false`, a colleague
    /// who stands in for nobody: whatever is then asked of either takes as long. `None` in
    /// an organisation without employees.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee_or_stand_in(&mut self, email: &str) -> Result<Option<(Employee, bool)>> {
        let organisation = self.organisation;
        let found: Option<(EmployeeId, bool)> = on!(self, connection => sqlx::query_as(
            "SELECT id, email_folded = $2 FROM employee WHERE organisation = $1 AND id = coalesce(
                 (SELECT id FROM employee WHERE organisation = $1 AND email_folded = $2),
                 (SELECT id FROM employee WHERE organisation = $1 ORDER BY id LIMIT 1))",
        )
        .bind(organisation)
        .bind(domain::fold::fold(email))
        .fetch_optional(connection)
        .await)?;
        let Some((id, theirs)) = found else {
            return Ok(None);
        };
        let employee = self.employee(id).await?;
        Ok(employee.map(|employee| (employee, theirs)))
    }
}

impl Transaction {
    /// Keeps the same password under today's parameters; not a change of anything a
    /// person could see, so it has no rule and no audit entry.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn rehash(&mut self, id: EmployeeId, old: &str, new: &str) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET password = $4
             WHERE organisation = $1 AND id = $2 AND password = $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(old)
        .bind(new)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<PasswordChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PasswordChanged>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        session::end_all(self, id).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET password = $3, password_short = $4
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(&change.password.0)
        .bind(change.short)
        .execute(connection)
        .await
        .map(|_| ()))?;
        link::revoke_resets(self, id, change.at()).await?;
        let employee = self.employee(id).await?.ok_or(Refusal::NotFound)?;
        let message = Message::News {
            to: employee.email.clone(),
            news: News::PasswordChanged,
        };
        outbox::queue(self, Some(id), &message, change.at()).await
    }
}

impl Write<PictureChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PictureChanged>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "DELETE FROM picture WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        if let Some((picture, jpeg)) = &change.picture {
            on!(self, connection => sqlx::query(
                "INSERT INTO picture (organisation, employee, id, jpeg) VALUES ($1, $2, $3, $4)",
            )
            .bind(organisation)
            .bind(id)
            .bind(picture)
            .bind(jpeg)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        on!(self, connection => sqlx::query(
            "UPDATE employee SET picture = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.picture.as_ref().map(|(picture, _)| *picture))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<Preferences> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Preferences>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET language = $3, time_zone = $4, mails_day = $5,
                 mails_attention = $6
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.choices.language.as_deref())
        .bind(change.choices.time_zone.as_deref())
        .bind(change.choices.mails_day)
        .bind(change.choices.mails_attention)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
