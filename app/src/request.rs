//! A request on the server: who asks, since when they may, and the reading or transaction they get.

use crate::error::AppError;
use crate::messages::Language;
use axum::http::{header, request::Parts};
use domain::audit::Recorded;
use domain::{
    Actor, Allowed, Employee, EmployeeId, Office, OfficeId, OrganisationId, Refusal, Timestamp,
};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use leptos::prelude::{expect_context, use_context};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use store::employee::WithOffices;
use store::secret::Token;
use store::session::Session;
use store::{Reading, Store, Transaction, Write};

/// What the server gives to every page and server function.
#[derive(Clone, Debug)]
pub struct Deployment {
    pub store: Store,
    /// Where people reach it, without a slash at the end; links in mails begin with it.
    pub public_url: Arc<str>,
    /// Identity providers that are called.
    pub openid: crate::sso::OpenId,
    /// Calls the calendars that people link.
    pub calendars: calendars::Client,
    /// Where PBXs are told, if the operator said where.
    pub pbx_place: Option<provisioning::Place>,
    /// Who is on a call, of the PBXs that are listened to.
    pub presence: provisioning::Presence,
    /// Where the demo's mails can be read, if they can.
    pub demo_mail: bool,
}

impl Deployment {
    /// The name of the session cookie; over https it is bound to this very host.
    pub fn cookie_name(&self) -> &'static str {
        if self.is_secure() {
            "__Host-staffroom"
        } else {
            "staffroom"
        }
    }

    /// Whether people reach it over https.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What the server's middleware found out about a request, once for everything that runs in it.
#[derive(Clone, Debug)]
pub struct Asker {
    pub organisation: OrganisationId,
    /// Nobody, on a page that anybody may open.
    pub session: Option<Arc<Session>>,
    /// Somebody who has to register a second factor before they may do anything else.
    pub enrolling: Option<Arc<Session>>,
    pub now: Timestamp,
    /// From which address the request came.
    pub address: Option<String>,
    /// Where people reach this organisation, without a slash at the end: the configured address, at
    /// the organisation's host where there are several. Never from the Host header.
    pub url: Arc<str>,
}

impl Asker {
    fn signed_in(&self) -> Result<Arc<Session>, AppError> {
        match (&self.session, &self.enrolling) {
            (Some(session), _) => Ok(session.clone()),
            (None, Some(_)) => Err(Refusal::SecondFactorRequired.into()),
            (None, None) => Err(AppError::NotSignedIn),
        }
    }

    /// Whether people reach it over https.
    pub fn is_secure(&self) -> bool {
        self.url.starts_with("https://")
    }
}

/// How long ago somebody may have signed in for what asks for it (step-up).
pub const LATELY: SignedDuration = SignedDuration::from_mins(30);

/// Why a form came back, in a page that is shown again after a plain post.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The path of the server function.
    pub to: String,
    pub error: AppError,
    /// What was typed, by input name, without passwords.
    pub typed: Vec<(String, String)>,
}

/// What the middleware found out.
///
/// # Errors
/// When the request passed no middleware.
pub fn asker() -> Result<Asker, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Unavailable)?;
    parts
        .extensions
        .get::<Asker>()
        .cloned()
        .ok_or(AppError::Unavailable)
}

/// The session of whoever asks.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub fn session() -> Result<Arc<Session>, AppError> {
    asker()?.signed_in()
}

/// The session of whoever asks, also when they have to register a second factor first.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub fn enrolling_session() -> Result<Arc<Session>, AppError> {
    let asker = asker()?;
    asker
        .session
        .or(asker.enrolling)
        .ok_or(AppError::NotSignedIn)
}

/// The token of the session cookie, as the browser sent it.
pub fn cookie(parts: &Parts, name: &str) -> Option<Token> {
    let cookies = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| value.parse().ok())
}

/// The deployment this request is to.
pub fn deployment() -> Deployment {
    expect_context::<Deployment>()
}

/// A request that reads.
pub struct Read {
    pub session: Arc<Session>,
    pub now: Timestamp,
    reading: Reading,
}

/// A request that writes, alone in its organisation until it commits.
pub struct Change {
    pub session: Arc<Session>,
    /// The asker with the roles they hold inside this very transaction.
    pub actor: Actor,
    pub now: Timestamp,
    transaction: Transaction,
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

/// The time zone of a session's person, else of the organisation.
pub fn zone(session: &Session) -> TimeZone {
    let name = session
        .time_zone
        .as_ref()
        .unwrap_or(&session.organisation.settings.time_zone);
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The language of a session's person, else of the organisation.
pub fn language(session: &Session) -> Language {
    let code = session
        .language
        .as_ref()
        .unwrap_or(&session.organisation.settings.language);
    Language::from_code(code).unwrap_or_default()
}

fn lately(session: &Session, now: Timestamp) -> Result<(), AppError> {
    let proved = session.proved_at;
    match proved.is_some_and(|at| now.duration_since(at) < LATELY) {
        true => Ok(()),
        false => Err(Refusal::SignInAgain.into()),
    }
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
