//! What is written of employees: creation, revision, roles, suspension, deletion.

use super::insert::{insert, place};
use crate::database::on;
use crate::error::taken;
use crate::transaction::exactly_one;
use crate::{At, Reading, Result, Transaction, Write, audit, link, newcomer, session};
use domain::employee::{
    Activated, Assigned, Created, Deleted, EmailChanged, EmailRequested, Profile, Reactivated,
    Revised, Suspended,
};
use domain::field::Email;
use domain::fold::fold;
use domain::{Allowed, EmployeeId, Field, OfficeId, Refusal, Role, Roles, Status, Version, Why};

/// What lists show and sort by, and what search looks in.
pub(super) fn folded(profile: &Profile, email: &Email) -> (String, String) {
    let (name, email) = (fold(&profile.name()), fold(email.as_str()));
    let search = format!("{name} {email}");
    (if name.is_empty() { email } else { name }, search)
}

impl Reading {
    /// Refuses an address or an External ID that another employee has.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] that names each field.
    pub async fn refuse_taken(
        &mut self,
        email: Option<&Email>,
        external_id: Option<&str>,
        except: Option<EmployeeId>,
    ) -> Result<()> {
        let organisation = self.organisation;
        let folded = email.map(|email| fold(email.as_str()));
        let holders: Vec<(EmployeeId, String, Option<String>)> = on!(self, connection => sqlx::query_as(
            "SELECT id, email_folded, external_id FROM employee WHERE organisation = $1
                 AND (email_folded = $2 OR external_id = $3)",
        )
        .bind(organisation)
        .bind(folded.clone())
        .bind(external_id)
        .fetch_all(connection)
        .await)?;
        let others = || holders.iter().filter(|(id, _, _)| Some(*id) != except);
        let mut problems = domain::field::Problems::default();
        if others().any(|(_, holder, _)| Some(holder) == folded.as_ref()) {
            problems.add(Field::Email, Why::Taken);
        }
        if external_id.is_some() && others().any(|(_, _, holder)| holder.as_deref() == external_id)
        {
            problems.add(Field::ExternalId, Why::Taken);
        }
        Ok(problems.none()?)
    }
}

impl Transaction {
    pub(super) async fn bump(&mut self, id: EmployeeId, from: Version) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE employee SET version = version + 1
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        self.touched.push(id);
        exactly_one(changed)
    }

    async fn set_status(&mut self, id: EmployeeId, status: Status) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET status = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(status.bit())
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    async fn set_profile(
        &mut self,
        id: EmployeeId,
        profile: &Profile,
        email: &Email,
    ) -> Result<()> {
        let organisation = self.organisation;
        let (name_folded, search) = folded(profile, email);
        on!(self, connection => sqlx::query(
            "UPDATE employee SET first_name = $3, last_name = $4, name_folded = $5, search = $6,
                 phone = $7, external_id = $8, online_planning = $9, \"function\" = $10,
                 introduction = $11, video_link = $12
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(&profile.first_name)
        .bind(&profile.last_name)
        .bind(name_folded)
        .bind(search)
        .bind(profile.phone.as_ref().map(|phone| phone.as_str()))
        .bind(profile.external_id.as_deref())
        .bind(profile.online_planning)
        .bind(&profile.function)
        .bind(&profile.introduction)
        .bind(&profile.video_link)
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)
    }
}

impl Write<Created> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Created>) -> Result<()> {
        let external_id = change.profile.external_id.as_deref();
        self.refuse_taken(Some(&change.email), external_id, None)
            .await?;
        insert(self, &[(&newcomer::record(change), None)]).await
    }
}

impl Write<Revised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Revised>) -> Result<()> {
        let id = change.employee;
        self.bump(id, change.from).await?;
        let new = &change.profile.external_id;
        if *new != change.before.external_id {
            self.refuse_taken(None, new.as_deref(), Some(id)).await?;
            // Whom the provider knew by the old one is not who it knows by the new one.
            session::end_all_of_providers(self, id).await?;
        }
        self.set_profile(id, &change.profile, &change.email).await
    }
}

impl Write<Activated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Activated>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        self.set_profile(id, &change.profile, &change.email).await?;
        self.set_status(id, Status::Active).await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET activated_at = $3, password = $4
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(change.at()))
        .bind(&change.password.0)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<Assigned> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Assigned>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        let gone = change
            .before
            .iter()
            .filter(|p| !change.places.iter().any(|q| q.office == p.office));
        for place in gone {
            on!(self, connection => sqlx::query(
                "DELETE FROM assignment WHERE organisation = $1 AND employee = $2 AND office = $3",
            )
            .bind(organisation)
            .bind(id)
            .bind(place.office)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        let new = change
            .places
            .iter()
            .filter(|place| !change.before.contains(place));
        let new: Vec<_> = new.map(|place| (id, *place)).collect();
        for (_, place) in &new {
            self.refuse_unknown_office(place.office).await?;
        }
        place(self, &new).await?;
        let held = change
            .places
            .iter()
            .fold(Roles::NONE, |all, place| all.and(place.roles));
        on!(self, connection => sqlx::query(
            "UPDATE employee SET roles = $3, wanted = $4 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(held.set(Role::Administrator, change.administrator))
        .bind(change.wanted)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Transaction {
    async fn refuse_unknown_office(&mut self, office: OfficeId) -> Result<()> {
        match self.office(office).await? {
            Some(_) => Ok(()),
            None => Err(Refusal::field(Field::Offices, Why::UnknownChoice).into()),
        }
    }
}

impl Write<Suspended> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Suspended>) -> Result<()> {
        self.bump(change.employee, change.from).await?;
        self.set_status(change.employee, Status::Suspended).await?;
        session::end_all(self, change.employee).await?;
        link::revoke_all(self, change.employee, change.at()).await
    }
}

impl Write<Reactivated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Reactivated>) -> Result<()> {
        self.bump(change.employee, change.from).await?;
        self.set_status(change.employee, change.status).await
    }
}

impl Write<Deleted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Deleted>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        audit::erase(self, id).await?;
        self.forget_agent(id).await?;
        // Sessions, links, roles, queued mails and the picture go with the row.
        on!(self, connection => sqlx::query(
            "DELETE FROM employee WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.count_employees(-1).await
    }
}

impl Write<EmailRequested> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<EmailRequested>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        self.refuse_taken(Some(&change.wanted), None, Some(id))
            .await?;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET email_wanted = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.wanted.as_str())
        .execute(connection)
        .await
        .map(|_| ()))?;
        link::confirm_address(self, id, change).await
    }
}

impl Write<EmailChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<EmailChanged>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        self.bump(id, change.from).await?;
        self.refuse_taken(Some(&change.email), None, Some(id))
            .await?;
        let employee = self.employee(id).await?.ok_or(Refusal::NotFound)?;
        let (name_folded, search) = folded(&employee.profile, &change.email);
        on!(self, connection => sqlx::query(
            "UPDATE employee SET email = $3, email_folded = $4, email_wanted = NULL,
                 name_folded = $5, search = $6
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(change.email.as_str())
        .bind(fold(change.email.as_str()))
        .bind(name_folded)
        .bind(search)
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        link::revoke_all(self, id, change.at()).await?;
        if employee.status == Status::Active {
            link::tell_of_change(self, id, change).await?;
        }
        Ok(())
    }
}
