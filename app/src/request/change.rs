//! A request that writes.

use super::{Asker, Deployment, asker, cookie, deployment, enrolling_session, lately};
use crate::error::AppError;
use axum::http::request::Parts;
use domain::audit::Recorded;
use domain::{Actor, Allowed, Employee, EmployeeId, Office, OfficeId, Refusal, Timestamp};
use leptos::prelude::use_context;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use store::session::Session;
use store::{Transaction, Write};

/// A request that writes, alone in its organisation until it commits.
pub struct Change {
    pub session: Arc<Session>,
    /// The asker with the roles they hold inside this very transaction.
    pub actor: Actor,
    pub now: Timestamp,
    transaction: Transaction,
}

impl Change {
    /// Begins a transaction on behalf of whoever is signed in, whose session and roles are read
    /// again inside it.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::Unavailable`].
    pub async fn begin() -> Result<Self, AppError> {
        let (asker, parts) = (asker()?, use_context::<Parts>());
        let parts = parts.ok_or(AppError::Unavailable)?;
        Self::of(&deployment(), &asker, &parts).await
    }

    /// The same for a request that is no server function's.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::Unavailable`].
    pub async fn of(
        deployment: &Deployment,
        asker: &Asker,
        parts: &Parts,
    ) -> Result<Self, AppError> {
        let session = asker.signed_in()?;
        let change = Self::read_again(deployment, asker, parts, &session).await?;
        match change.session.lacks_factor {
            true => Err(Refusal::SecondFactorRequired.into()),
            false => Ok(change),
        }
    }

    /// The same, also for those who have to register a second factor first.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::Unavailable`].
    pub async fn begin_enrolling() -> Result<Self, AppError> {
        let (asker, parts) = (asker()?, use_context::<Parts>());
        let parts = parts.ok_or(AppError::Unavailable)?;
        Self::read_again(&deployment(), &asker, &parts, &*enrolling_session()?).await
    }

    async fn read_again(
        deployment: &Deployment,
        asker: &Asker,
        parts: &Parts,
        session: &Session,
    ) -> Result<Self, AppError> {
        let token = cookie(parts, deployment.cookie_name()).ok_or(AppError::NotSignedIn)?;
        let mut transaction = deployment
            .store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let fresh = transaction
            .session(&token, asker.now)
            .await?
            .ok_or(AppError::NotSignedIn)?;
        if fresh.employee != session.employee {
            return Err(AppError::NotSignedIn);
        }
        Ok(Self {
            actor: fresh.actor.clone(),
            session: Arc::new(fresh),
            now: asker.now,
            transaction,
        })
    }

    /// Refuses what needs a sign-in of the last minutes, when that lies longer back (step-up).
    ///
    /// # Errors
    /// [`Refusal::SignInAgain`].
    pub fn signed_in_lately(&self) -> Result<(), AppError> {
        lately(&self.session, self.now)
    }

    /// An employee whom the asker may know of.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for others, and where there is none.
    pub async fn employee(&mut self, id: EmployeeId) -> Result<Employee, AppError> {
        let employee = self
            .transaction
            .employee(id)
            .await?
            .ok_or(Refusal::NotFound)?;
        self.actor
            .may(domain::Action::ViewEmployee, employee.target())?;
        Ok(employee)
    }

    /// An employee of whom the asker may know only if the rule that is asked next says so.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none.
    pub async fn anybody(&mut self, id: EmployeeId) -> Result<Employee, AppError> {
        let found = self.transaction.employee(id).await?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }

    /// An employee as they are now, if the asker may still know of them: who takes somebody out of
    /// their own office may not.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn still_seen(&mut self, id: EmployeeId) -> Result<Option<Employee>, AppError> {
        match self.employee(id).await {
            Ok(employee) => Ok(Some(employee)),
            Err(AppError::Refused(Refusal::NotFound | Refusal::Forbidden)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The employee who asks.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn me(&mut self) -> Result<Employee, AppError> {
        let id = self.actor.id().ok_or(AppError::NotSignedIn)?;
        self.employee(id).await
    }

    /// An office, if there is one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn office(&mut self, id: OfficeId) -> Result<Office, AppError> {
        Ok(self
            .transaction
            .office(id)
            .await?
            .ok_or(Refusal::NotFound)?)
    }

    /// Writes what a rule allowed.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn apply<C: Recorded + Sync>(
        &mut self,
        change: Allowed<C>,
    ) -> Result<<Transaction as Write<C>>::Output, AppError>
    where
        Transaction: Write<C>,
    {
        Ok(self.transaction.apply(change).await?)
    }

    /// Commits, and answers only once it is on disk.
    ///
    /// # Errors
    /// [`AppError::Unavailable`]; then nothing was written.
    pub async fn commit(self) -> Result<(), AppError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Change {
    type Target = Transaction;
    fn deref(&self) -> &Transaction {
        &self.transaction
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.transaction
    }
}
