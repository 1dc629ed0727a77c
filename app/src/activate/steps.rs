//! The steps of an activation; the hash is made before the transaction begins.

use crate::error::AppError;
use crate::password;
use crate::request::{asker, deployment};
use crate::sign_in::session;
use domain::credential::PasswordHash;
use domain::sign_in::{Proof, Step};
use domain::{Employee, Field, Refusal, Timestamp};
use store::link::Purpose;
use store::secret::Token;

/// Somebody who holds a living invitation.
pub(super) struct Holder {
    pub employee: Employee,
    pub organisation: String,
}

pub(super) async fn guest(token: &str) -> Result<Option<Holder>, AppError> {
    let (Ok(token), asker) = (token.parse::<Token>(), asker()?) else {
        return Ok(None);
    };
    let mut reading = deployment().store.read(asker.organisation).await?;
    let Some(holder) = reading.link(&token, Purpose::Invitation, asker.now).await? else {
        return Ok(None);
    };
    let Some(employee) = reading.employee(holder.employee).await? else {
        return Ok(None);
    };
    let waits = trial(
        &employee,
        &employee.profile.first_name,
        &employee.profile.last_name,
        asker.now,
    );
    if holder.address != employee.email || waits == Err(Refusal::DeadLink) {
        return Ok(None);
    }
    let organisation = reading.organisation().await?.settings.name;
    Ok(Some(Holder {
        employee,
        organisation,
    }))
}

/// What the rule says before there is a hash.
fn trial(
    employee: &Employee,
    first_name: &str,
    last_name: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let none = PasswordHash(String::new());
    employee
        .activate(&employee.email, first_name, last_name, none, now)
        .map(|_| ())
}

pub(super) async fn activate(
    token: &str,
    first_name: &str,
    last_name: &str,
    password: String,
) -> Result<(), AppError> {
    let guest = guest(token).await?.ok_or(Refusal::DeadLink)?;
    let asker = asker()?;
    let mut problems = match trial(&guest.employee, first_name, last_name, asker.now) {
        Ok(()) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems,
        Err(refusal) => return Err(refusal.into()),
    };
    let email = guest.employee.email.as_str();
    let owner = password::Owner::named(first_name, last_name, email, &guest.organisation);
    let weak = password::check(Field::Password, &password, &owner, false).await;
    if let Err(Refusal::Invalid(more)) = weak {
        problems.extend(more);
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let hash = password::hash(password)
        .await
        .map_err(|_| AppError::Unavailable)?;
    let token: Token = token.parse().map_err(|()| Refusal::DeadLink)?;
    let mut transaction = deployment()
        .store
        .write(asker.organisation, asker.address.clone())
        .await?;
    let holder = transaction
        .use_link(&token, Purpose::Invitation, asker.now)
        .await?;
    let employee = transaction
        .employee(holder.employee)
        .await?
        .ok_or(Refusal::DeadLink)?;
    let activated = employee.activate(&holder.address, first_name, last_name, hash, asker.now)?;
    transaction.apply(activated).await?;
    let employee = transaction
        .employee(holder.employee)
        .await?
        .ok_or(Refusal::DeadLink)?;
    // Where only a provider lets them in, the account is there, and they go to the sign-in.
    let step = session::step(&mut transaction, &employee, Proof::Password, &asker).await;
    let token = match step {
        Ok(Step::In(allowed)) => Some(session::begin(&mut transaction, allowed, &asker).await?),
        Ok(Step::SecondFactor) | Err(AppError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    transaction.commit().await?;
    token.map_or(Ok(()), |token| session::keep(&token))
}
