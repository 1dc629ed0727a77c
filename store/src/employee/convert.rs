//! What is written when an account is turned over to single sign-on, and back.

use crate::database::on;
use crate::outbox::{self, Message, News};
use crate::{At, Reading, Result, Transaction, Write, factor, link, session};
use domain::employee::{Exempted, Recovered, TurnedBack, TurnedOver};
use domain::field::Email;
use domain::sign_in::AdministratorsWay;
use domain::{Allowed, EmployeeId, ProviderId, Refusal, SignIn};
use sqlx::FromRow;

#[derive(FromRow)]
struct Way {
    id: EmployeeId,
    email: Email,
    sign_in: i32,
    provider: Option<ProviderId>,
    exempt: bool,
}

impl Reading {
    /// Who is excepted from required single sign-on, by name. Whoever asks may change
    /// settings.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn exempt(&mut self) -> Result<Vec<(EmployeeId, String)>> {
        let organisation = self.organisation;
        let rows: Vec<(EmployeeId, String)> = on!(self, connection => sqlx::query_as(
            "SELECT id, CASE WHEN first_name = '' AND last_name = '' THEN email
                 ELSE first_name || ' ' || last_name END
             FROM employee WHERE organisation = $1 AND exempt ORDER BY name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let trimmed = |(id, name): (EmployeeId, String)| (id, name.trim().to_owned());
        Ok(rows.into_iter().map(trimmed).collect())
    }

    /// How each active Administrator gets in.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn administrators_ways(&mut self) -> Result<Vec<AdministratorsWay>> {
        let organisation = self.organisation;
        let rows: Vec<Way> = on!(self, connection => sqlx::query_as(
            "SELECT id, email, sign_in, provider, exempt FROM employee
             WHERE organisation = $1 AND (roles & 4) <> 0 AND status = 2
                 AND (sign_in = 2 OR password IS NOT NULL) ORDER BY id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let way = |row: Way| {
            Some(AdministratorsWay {
                employee: row.id,
                email: row.email,
                sign_in: SignIn::from_bit(row.sign_in)?,
                provider: row.provider,
                exempt: row.exempt,
            })
        };
        Ok(rows.into_iter().filter_map(way).collect())
    }
}

impl Write<TurnedOver> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<TurnedOver>) -> Result<()> {
        let (organisation, id, at) = (self.organisation, change.employee, change.at());
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET sign_in = 2, provider = $3, password = NULL,
                 password_short = false, status = $4, email_wanted = NULL,
                 activated_at = COALESCE(activated_at, $5)
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.provider)
        .bind(change.status.bit())
        .bind(At(at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        factor::forget_all(self, id).await?;
        session::end_all(self, id).await?;
        link::revoke_all(self, id, at).await?;
        let employee = self.employee(id).await?.ok_or(Refusal::NotFound)?;
        let message = Message::News {
            to: employee.email.clone(),
            news: News::TurnedOver,
        };
        outbox::queue(self, Some(id), &message, at).await
    }
}

impl Write<TurnedBack> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<TurnedBack>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET sign_in = 1, provider = NULL, status = 1, activated_at = NULL,
                 email_wanted = NULL
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        session::end_all(self, id).await?;
        link::revoke_all(self, id, change.at()).await
    }
}

impl Write<Recovered> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Recovered>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET sign_in = 1, provider = NULL, exempt = true, password = NULL,
                 password_short = false, status = 1, activated_at = NULL, email_wanted = NULL
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        factor::forget_all(self, id).await?;
        session::end_all(self, id).await?;
        link::revoke_all(self, id, change.at()).await
    }
}

impl Write<Exempted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Exempted>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET exempt = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.exempt)
        .execute(connection)
        .await
        .map(|_| ()))?;
        match change.exempt {
            true => Ok(()),
            false => session::end_all(self, id).await,
        }
    }
}
