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
        on!(self, connection => sqlx::query(
            "DELETE FROM ceremony WHERE organisation = $1
                 AND (expires_at <= $2 OR ($5 AND browser = $3 AND purpose = $4))",
        )
        .bind(organisation)
        .bind(At(now))
        .bind(browser.hash())
        .bind(purpose.number())
        .bind(token.is_none())
        .execute(connection)
        .await
        .map(|_| ()))?;
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
