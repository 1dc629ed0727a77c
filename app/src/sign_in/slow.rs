//! Slowing down whoever fails again and again, without locking anybody out.

use crate::error::AppError;
use crate::request::{Asker, deployment};
use domain::fold::fold;
use domain::throttle::{Counted, network};
use domain::{EmployeeId, Refusal, Timestamp};
use store::Transaction;
use store::attempt::Key;

/// What a try at a password is counted for.
pub struct Tries {
    pair: Key,
    /// Not asked where the owner came from before, so that no stranger locks them out.
    account: Key,
    /// None where the address is not known.
    address: Option<Key>,
    email: String,
    from: String,
}

impl Tries {
    /// The counts of an account, which may be nobody's, tried by whoever asks.
    pub fn new(asker: &Asker, email: &str) -> Self {
        let email = fold(email.trim());
        let from = asker.address.as_deref().map(network).unwrap_or_default();
        Self {
            pair: Key::new(Counted::Pair, &[&email, &from]),
            account: Key::new(Counted::Account, &[&email]),
            address: of_address(asker, Counted::Address),
            email,
            from,
        }
    }

    /// Counts a try before it is made, so that many at the same moment are no way around.
    ///
    /// # Errors
    /// [`Refusal::TooOften`].
    pub async fn begin(&self, asker: &Asker) -> Result<(), AppError> {
        let store = deployment().store;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let mut asked = vec![&self.pair];
        if !transaction
            .came_from(&self.email, &self.from, asker.now)
            .await?
        {
            asked.push(&self.account);
            asked.extend(&self.address);
        }
        for key in asked {
            let blocked = transaction.failures(key).await?.blocked(asker.now);
            refuse(blocked, asker.now)?;
        }
        for key in [&self.pair, &self.account].into_iter().chain(&self.address) {
            transaction.failed_attempt(key, asker.now).await?;
        }
        Ok(transaction.commit_attempts().await?)
    }

    /// Forgets what strangers tried, since somebody proved to read the account's mail.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn reset(&self, transaction: &mut Transaction) -> Result<(), AppError> {
        transaction.forget_attempts(&self.pair).await?;
        Ok(transaction.forget_attempts(&self.account).await?)
    }

    /// Takes the try back, since it was no failure.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn succeeded(&self, transaction: &mut Transaction) -> Result<(), AppError> {
        transaction.forget_attempts(&self.pair).await?;
        for key in std::iter::once(&self.account).chain(&self.address) {
            transaction.take_back(key).await?;
        }
        Ok(())
    }
}

/// What an address is counted for; nothing where it is not known.
pub fn of_address(asker: &Asker, counted: Counted) -> Option<Key> {
    let address = asker.address.as_deref()?;
    Some(Key::new(counted, &[&network(address)]))
}

/// The count of codes tried for a second factor.
pub fn of_second_factor(id: EmployeeId) -> Key {
    Key::new(Counted::SecondFactor, &[&id.to_string()])
}

/// The count of mails that somebody asked for, for an address that may be nobody's.
pub fn of_mails(email: &str) -> Key {
    Key::new(Counted::Mail, &[&fold(email.trim())])
}

/// Counts one try for `key` before it is made.
///
/// # Errors
/// [`Refusal::TooOften`].
pub async fn count(asker: &Asker, key: &Key) -> Result<(), AppError> {
    let store = deployment().store;
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    count_in(&mut transaction, asker, key).await?;
    Ok(transaction.commit_attempts().await?)
}

/// The same in a transaction that goes on.
///
/// # Errors
/// [`Refusal::TooOften`].
pub async fn count_in(
    transaction: &mut Transaction,
    asker: &Asker,
    key: &Key,
) -> Result<(), AppError> {
    let failures = transaction.failures(key).await?;
    refuse(failures.blocked(asker.now), asker.now)?;
    transaction.failed_attempt(key, asker.now).await?;
    Ok(())
}

/// Counts that somebody who is not signed in begins something, in its transaction.
///
/// # Errors
/// [`Refusal::TooOften`].
pub async fn begins(transaction: &mut Transaction, asker: &Asker) -> Result<(), AppError> {
    match of_address(asker, Counted::Begun) {
        Some(key) => count_in(transaction, asker, &key).await,
        None => Ok(()),
    }
}

fn refuse(blocked: Option<Timestamp>, now: Timestamp) -> Result<(), AppError> {
    match blocked {
        None => Ok(()),
        Some(until) => {
            let seconds = until.duration_since(now).as_secs();
            Err(Refusal::TooOften(1 + (seconds - 1).max(0) / 60).into())
        }
    }
}
