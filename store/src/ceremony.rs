//! What waits for its second half, bound to the browser that began it: kept sealed, taken once.

use crate::database::on;
use crate::secret::Token;
use crate::{At, Error, Reading, Result, Transaction};
use domain::Timestamp;
use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};

/// How long somebody has for the second half.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// What a ceremony is for; it serves for nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A sign-in that went to a SAML provider.
    Saml,
    /// A sign-in that went to an OpenID Connect provider.
    OpenId,
    /// A right password that waits for a second factor.
    SecondFactor,
    /// A challenge for signing in with a passkey.
    PasskeySignIn,
    /// The registration of a passkey.
    PasskeyRegistration,
    /// The registration of an authenticator app.
    Authenticator,
    /// Recovery codes that are shown once.
    RecoveryCodes,
    /// What a provider said in a test, for the Administrator who ran it.
    Tested,
    /// The address of a feed that is shown once.
    Feed,
    /// The secret of an endpoint that is shown once.
    Endpoint,
}

impl Purpose {
    const fn number(self) -> i32 {
        match self {
            Self::Saml => 1,
            Self::OpenId => 2,
            Self::SecondFactor => 3,
            Self::PasskeySignIn => 4,
            Self::PasskeyRegistration => 5,
            Self::Authenticator => 6,
            Self::RecoveryCodes => 7,
            Self::Tested => 8,
            Self::Feed => 9,
            Self::Endpoint => 10,
        }
    }
}

fn readable<T: DeserializeOwned>(plain: &[u8]) -> Result<T> {
    serde_json::from_slice(plain).map_err(|error| Error::Unreadable(error.to_string()))
}

impl Reading {
    /// What this browser began last for `purpose`, without taking it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn ceremony<T: DeserializeOwned>(
        &mut self,
        browser: &Token,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<T>> {
        let organisation = self.organisation;
        let found: Option<(Vec<u8>,)> = on!(self, connection => sqlx::query_as(
            "SELECT content FROM ceremony WHERE organisation = $1 AND browser = $2
                 AND purpose = $3 AND expires_at > $4 ORDER BY expires_at DESC LIMIT 1",
        )
        .bind(organisation)
        .bind(browser.hash())
        .bind(purpose.number())
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        let Some((sealed,)) = found else {
            return Ok(None);
        };
        readable(&self.store.key().open(&sealed)?).map(Some)
    }
}

impl Reading {
    /// Whether this browser has begun anything for `purpose`, asked before anything is written.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_ceremony(
        &mut self,
        browser: &Token,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<bool> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM ceremony WHERE organisation = $1 AND browser = $2
                 AND purpose = $3 AND expires_at > $4",
        )
        .bind(organisation)
        .bind(browser.hash())
        .bind(purpose.number())
        .bind(At(now))
        .fetch_one(connection)
        .await)?;
        Ok(count > 0)
    }
}

impl Transaction {
    /// Begins something in a browser. `token` is what the second half has to name, for what comes
    /// back from elsewhere; without one, it takes the place of what the browser began before for
    /// the same purpose.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn begin_ceremony<T: Serialize + Sync>(
        &mut self,
        browser: &Token,
        purpose: Purpose,
        token: Option<&Token>,
        content: &T,
        now: Timestamp,
    ) -> Result<()> {
        let organisation = self.organisation;
        let plain =
            serde_json::to_vec(content).map_err(|error| Error::Unreadable(error.to_string()))?;
        let sealed = self.store.key().seal(&plain)?;
        if token.is_none() {
            self.forget_ceremonies(browser, Some(purpose)).await?;
        }
        let own = Token::random()?;
        on!(self, connection => sqlx::query(
            "INSERT INTO ceremony (organisation, token, browser, purpose, content, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(organisation)
        .bind(token.unwrap_or(&own).hash())
        .bind(browser.hash())
        .bind(purpose.number())
        .bind(sealed)
        .bind(At(now + PATIENCE))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets what a browser began for `purpose`, or for any.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_ceremonies(
        &mut self,
        browser: &Token,
        purpose: Option<Purpose>,
    ) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM ceremony WHERE organisation = $1 AND browser = $2
                 AND ($3 = 0 OR purpose = $3)",
        )
        .bind(organisation)
        .bind(browser.hash())
        .bind(purpose.map_or(0, Purpose::number))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets what is over: what waited for its second half, what was counted, addresses that are
    /// known no more, and assertions that nobody would accept again.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_what_is_over(&mut self, now: Timestamp) -> Result<()> {
        let organisation = self.organisation;
        for (sql, before) in [
            (
                "DELETE FROM ceremony WHERE organisation = $1 AND expires_at <= $2",
                now,
            ),
            (
                "DELETE FROM attempt WHERE organisation = $1 AND last_at <= $2",
                now - domain::throttle::MEMORY,
            ),
            (
                "DELETE FROM known_address WHERE organisation = $1 AND seen_at <= $2",
                now - crate::attempt::KNOWN,
            ),
            (
                "DELETE FROM used_assertion WHERE organisation = $1 AND until <= $2",
                now,
            ),
        ] {
            on!(self, connection => sqlx::query(sql)
                .bind(organisation)
                .bind(At(before))
                .execute(connection)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// Takes what this browser began: by the `token` that it named, or, for purposes that name none,
    /// the only one there is. Of two requests one gets it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn take_ceremony<T: DeserializeOwned>(
        &mut self,
        browser: &Token,
        purpose: Purpose,
        token: Option<&Token>,
        now: Timestamp,
    ) -> Result<Option<T>> {
        let organisation = self.organisation;
        let taken: Option<(Vec<u8>,)> = on!(self, connection => sqlx::query_as(
            "DELETE FROM ceremony WHERE organisation = $1 AND browser = $2 AND purpose = $3
                 AND expires_at > $4 AND ($6 OR token = $5) RETURNING content",
        )
        .bind(organisation)
        .bind(browser.hash())
        .bind(purpose.number())
        .bind(At(now))
        .bind(token.map(Token::hash).unwrap_or_default())
        .bind(token.is_none())
        .fetch_optional(connection)
        .await)?;
        let Some((sealed,)) = taken else {
            return Ok(None);
        };
        readable(&self.store.key().open(&sealed)?).map(Some)
    }
}
