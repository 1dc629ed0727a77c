//! What a sign-in leaves behind, on the server: a session, and the cookie that is its key.

use super::slow::Tries;
use super::{browser, second};
use crate::error::AppError;
use crate::password;
use crate::request::{Asker, asker, cookie, deployment};
use axum::http::{HeaderValue, header, request::Parts};
use domain::field::Problems;
use domain::sign_in::{Proof, SignedIn, Step};
use domain::{Allowed, Employee, Field, Refusal, Why};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::Transaction;
use store::secret::Token;
use store::session::{AGE, Device};

/// The most characters that are kept of what a browser says it is.
const AGENT_MAX: usize = 300;

/// What comes after a right password.
pub(super) enum Next {
    In,
    SecondFactor,
}

/// Signs in whoever knows the password; it takes the same time and gives the same answer whether
/// the account is unknown, suspended, pending or signs in elsewhere.
pub(super) async fn sign_in(email: &str, password: String) -> Result<Next, AppError> {
    let missing = [
        (Field::Email, email.trim().is_empty()),
        (Field::Password, password.is_empty()),
    ];
    let mut problems = Problems::default();
    missing
        .into_iter()
        .filter(|(_, missing)| *missing)
        .for_each(|(field, _)| problems.add(field, Why::Required));
    problems.none()?;
    let asker = asker()?;
    let tries = Tries::new(&asker, email);
    tries.begin(&asker).await?;
    let wrong = || AppError::from(Refusal::WrongCredentials);
    let known = known(&asker, email).await?;
    let hash = known.as_ref().map(|(_, hash)| hash.as_str());
    let verified = password::verify(password.clone(), hash).await;
    let (employee, hash) = known.filter(|_| verified.matches).ok_or_else(wrong)?;
    let newer = match verified.outdated {
        true => password::hash(password).await.ok(),
        false => None,
    };
    let mut transaction = deployment()
        .store
        .write(asker.organisation, asker.address.clone())
        .await?;
    let employee = transaction.employee(employee.id).await?.ok_or_else(wrong)?;
    if transaction.password_hash(employee.id).await?.as_deref() != Some(&hash) {
        return Err(wrong());
    }
    if let Some(newer) = newer {
        transaction.rehash(employee.id, &hash, &newer.0).await?;
    }
    tries.succeeded(&mut transaction).await?;
    let step = step(&mut transaction, &employee, Proof::Password, &asker).await?;
    match step {
        Step::In(allowed) => {
            let token = begin(&mut transaction, allowed, &asker).await?;
            transaction.commit().await?;
            keep(&token)?;
            Ok(Next::In)
        }
        Step::SecondFactor => {
            let browser = browser::remembered()?;
            second::wait(&mut transaction, &browser, &employee, &asker).await?;
            transaction.commit().await?;
            Ok(Next::SecondFactor)
        }
    }
}

/// What the rule says of a proof, with what it has to know read in the same transaction.
///
/// # Errors
/// [`Refusal::WrongCredentials`], [`AppError::Unavailable`].
pub async fn step(
    transaction: &mut Transaction,
    employee: &Employee,
    proof: Proof<'_>,
    asker: &Asker,
) -> Result<Step, AppError> {
    let policy = transaction.organisation().await?.policy;
    let has_second_factor = transaction.has_second_factor(employee.id).await?;
    Ok(employee.sign_in(proof, has_second_factor, &policy, asker.now)?)
}

/// The employee of an address who may sign in by password, with the hash of it. Where there is
/// nobody, the same is read of a stand-in, since what is left out could be measured.
async fn known(asker: &Asker, email: &str) -> Result<Option<(Employee, String)>, AppError> {
    let mut reading = deployment().store.read(asker.organisation).await?;
    let policy = reading.organisation().await?.policy;
    let Some((employee, theirs)) = reading.employee_or_stand_in(email).await? else {
        return Ok(None);
    };
    let hash = reading.password_hash(employee.id).await?;
    let proof = Proof::Password;
    let may = employee.sign_in(proof, false, &policy, asker.now).is_ok();
    Ok(hash.filter(|_| theirs && may).map(|hash| (employee, hash)))
}

/// Begins a session in place of the one that this browser had.
///
/// # Errors
/// [`AppError::Unavailable`].
pub async fn begin(
    transaction: &mut Transaction,
    allowed: Allowed<SignedIn>,
    asker: &Asker,
) -> Result<Token, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Unavailable)?;
    let before = cookie(&parts, deployment().cookie_name());
    // Whoever sits here next is not half signed in.
    if let Some(browser) = browser::known()? {
        let purpose = Some(store::ceremony::Purpose::SecondFactor);
        transaction.forget_ceremonies(&browser, purpose).await?;
    }
    let device = device(&parts, asker);
    Ok(transaction
        .begin_session(allowed, &device, before.as_ref())
        .await?)
}

/// Begins a session of somebody whose others all ended, in the browser that they proved themselves
/// in, as far as the rule lets them.
///
/// # Errors
/// [`AppError::NotSignedIn`] where it does not.
pub async fn renew(
    transaction: &mut Transaction,
    employee: &Employee,
    proof: Proof<'_>,
    asker: &Asker,
) -> Result<Token, AppError> {
    match step(transaction, employee, proof, asker).await? {
        Step::In(allowed) => begin(transaction, allowed, asker).await,
        Step::SecondFactor => Err(AppError::NotSignedIn),
    }
}

/// What is noted of the device that asks.
pub fn device(parts: &Parts, asker: &Asker) -> Device {
    let agent = parts
        .headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    Device {
        agent: agent.unwrap_or_default().chars().take(AGENT_MAX).collect(),
        address: asker.address.clone().unwrap_or_default(),
    }
}

/// Gives the browser the key of its session, once that is committed.
///
/// # Errors
/// [`AppError::Unavailable`].
pub fn keep(token: &Token) -> Result<(), AppError> {
    set(deployment().cookie_name(), token.reveal(), AGE.as_secs())
}

/// Ends the session of this browser, if it has one, and takes the key away.
pub(super) async fn end() -> Result<(), AppError> {
    let asker = asker()?;
    let parts = use_context::<Parts>().ok_or(AppError::Unavailable)?;
    let deployment = deployment();
    if let Some(token) = cookie(&parts, deployment.cookie_name()) {
        let mut transaction = deployment
            .store
            .write(asker.organisation, asker.address)
            .await?;
        transaction.end_session(&token).await?;
        if let Some(browser) = browser::known()? {
            transaction.forget_ceremonies(&browser, None).await?;
        }
        transaction.commit().await?;
    }
    set(deployment.cookie_name(), "", 0)
}

/// The header that sets a cookie of ours. `Lax`, so that a link in a mail finds one signed in; no
/// other site's form carries it.
pub fn cookie_header(name: &str, value: &str, seconds: i64, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).ok()
}

pub(super) fn set(name: &str, value: &str, seconds: i64) -> Result<(), AppError> {
    let header = cookie_header(name, value, seconds, deployment().is_secure());
    let response = use_context::<ResponseOptions>().ok_or(AppError::Unavailable)?;
    response.append_header(header::SET_COOKIE, header.ok_or(AppError::Unavailable)?);
    Ok(())
}
