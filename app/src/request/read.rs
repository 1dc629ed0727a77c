//! A request that reads.

use super::{asker, deployment, enrolling_session, lately, session, zone};
use crate::error::AppError;
use domain::{Actor, Employee, EmployeeId, Refusal, Timestamp};
use jiff::tz::TimeZone;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use store::Reading;
use store::employee::WithOffices;
use store::session::Session;

/// A request that reads.
pub struct Read {
    pub session: Arc<Session>,
    pub now: Timestamp,
    reading: Reading,
}

impl Read {
    /// Begins to read on behalf of whoever is signed in.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::Unavailable`].
    pub async fn begin() -> Result<Self, AppError> {
        Self::of(session()?).await
    }

    /// The same, also for those who have to register a second factor first.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::Unavailable`].
    pub async fn begin_enrolling() -> Result<Self, AppError> {
        Self::of(enrolling_session()?).await
    }

    async fn of(session: Arc<Session>) -> Result<Self, AppError> {
        let asker = asker()?;
        let reading = deployment().store.read(asker.organisation).await?;
        Ok(Self {
            session,
            now: asker.now,
            reading,
        })
    }

    /// Refuses what needs a sign-in of the last minutes, when that lies longer back (step-up).
    ///
    /// # Errors
    /// [`Refusal::SignInAgain`].
    pub fn signed_in_lately(&self) -> Result<(), AppError> {
        lately(&self.session, self.now)
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.session.actor
    }

    /// An employee whom the asker may know of.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for others, and where there is none.
    pub async fn employee(&mut self, id: EmployeeId) -> Result<Employee, AppError> {
        let (employee, _) = self.employee_with_offices(id).await?;
        Ok(employee)
    }

    /// An employee whom the asker may know of, with the names of all their offices.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for others, and where there is none.
    pub async fn employee_with_offices(&mut self, id: EmployeeId) -> Result<WithOffices, AppError> {
        let found = self.reading.employee_with_offices(id).await?;
        let (employee, offices) = found.ok_or(Refusal::NotFound)?;
        self.actor()
            .may(domain::Action::ViewEmployee, employee.target())?;
        Ok((employee, offices))
    }

    /// The same, with how many appointments they have ahead and can't take as it stands, as far as the
    /// asker handles them (P-06).
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for others, and where there is none.
    pub async fn employee_with_stranded(
        &mut self,
        id: EmployeeId,
    ) -> Result<(WithOffices, usize), AppError> {
        let now = self.now;
        let found = self.reading.employee_with_stranded(id, now).await?;
        let ((employee, offices), stranded) = found.ok_or(Refusal::NotFound)?;
        let actor = self.actor().clone();
        actor.may(domain::Action::ViewEmployee, employee.target())?;
        let handles = domain::Action::HandleAppointments;
        let stranded = match usize::try_from(stranded).unwrap_or_default() {
            0 => 0,
            count if actor.reaches_all(handles) => count,
            _ => {
                let which = store::appointment::Which::Stranded;
                let left = self.reading.upcoming(id, which, now).await?;
                left.iter()
                    .filter(|one| one.appointment.may(&actor).is_ok())
                    .count()
            }
        };
        Ok(((employee, offices), stranded))
    }

    /// An employee whom the asker may know of; `None` for others, and where there is none.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn reading_employee(&mut self, id: EmployeeId) -> Result<Option<Employee>, AppError> {
        match self.employee(id).await {
            Ok(employee) => Ok(Some(employee)),
            Err(AppError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The time zone in which the asker reads times.
    pub fn zone(&self) -> TimeZone {
        zone(&self.session)
    }
}

impl Deref for Read {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}
