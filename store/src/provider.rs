//! Identity providers, their secrets, our own key, and what they said once.

use crate::database::on;
use crate::error::taken;
use crate::transaction::exactly_one;
use crate::{At, Error, Reading, Result, Transaction, Write};
use domain::fold::fold;
use domain::provider::{
    ClientSecret, Profile, Protocol, Provider, ProviderCreated, ProviderDeleted, ProviderRevised,
    ProviderSwitched, SignInRefused,
};
use domain::{Allowed, Field, OrganisationId, ProviderId, Refusal, Timestamp, Version, Why};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: ProviderId,
    version: Version,
    protocol: i32,
    name: String,
    enabled: bool,
    issuer: String,
    address: String,
    certificates: String,
    expires_at: Option<At>,
    sign_requests: bool,
    client_id: String,
    client_secret: Option<Vec<u8>>,
}

const COLUMNS: &str = "organisation, id, version, protocol, name, enabled, issuer, address,
    certificates, expires_at, sign_requests, client_id, client_secret";

/// How a certificate ends in PEM.
const END: &str = "-----END CERTIFICATE-----";

impl Row {
    fn known(self) -> Result<Provider> {
        let unreadable = || Error::Unreadable(format!("provider {}", self.id));
        let certificates = self.certificates.split_inclusive(END).map(str::trim);
        Ok(Provider {
            organisation: self.organisation,
            id: self.id,
            version: self.version,
            protocol: Protocol::from_number(self.protocol).ok_or_else(unreadable)?,
            enabled: self.enabled,
            profile: Profile {
                certificates: certificates
                    .filter(|pem| !pem.is_empty())
                    .map(str::to_owned)
                    .collect(),
                name: self.name,
                issuer: self.issuer,
                address: self.address,
                expires_at: self.expires_at.map(|at| at.0),
                sign_requests: self.sign_requests,
                client_id: self.client_id,
            },
            has_secret: self.client_secret.is_some(),
        })
    }
}

impl Reading {
    /// Every provider, by name. What of them may be seen is the caller's question to the actor;
    /// anybody may know the names of those that are enabled.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn providers(&mut self) -> Result<Vec<Provider>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT {COLUMNS} FROM provider WHERE organisation = $1 ORDER BY name_folded, id"
        );
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(organisation)
            .fetch_all(connection)
            .await)?;
        rows.into_iter().map(Row::known).collect()
    }

    /// One provider.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn provider(&mut self, id: ProviderId) -> Result<Option<Provider>> {
        let all = self.providers().await?;
        Ok(all.into_iter().find(|provider| provider.id == id))
    }

    /// The client secret of a provider.
    ///
    /// # Errors
    /// When the database can't, or it was sealed with another key.
    pub async fn client_secret(&mut self, id: ProviderId) -> Result<Option<ClientSecret>> {
        let organisation = self.organisation;
        let row: Option<(Option<Vec<u8>>,)> = on!(self, connection => sqlx::query_as(
            "SELECT client_secret FROM provider WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        let Some(sealed) = row.and_then(|(sealed,)| sealed) else {
            return Ok(None);
        };
        let plain = String::from_utf8(self.store.key().open(&sealed)?);
        let plain = plain.map_err(|_| Error::Unreadable("a client secret".into()))?;
        Ok(Some(ClientSecret(plain)))
    }

    /// How many employees sign in by a provider.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn users_of(&mut self, id: ProviderId) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM employee WHERE organisation = $1 AND provider = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }

    /// Our own key for signed requests and its certificate in PEM; `None` until one was made.
    ///
    /// # Errors
    /// When the database can't, or it was sealed with another key.
    pub async fn signing_key(&mut self) -> Result<Option<(Vec<u8>, String)>> {
        let organisation = self.organisation;
        let row: Option<(Vec<u8>, String)> = on!(self, connection => sqlx::query_as(
            "SELECT content, certificate FROM signing_key WHERE organisation = $1",
        )
        .bind(organisation)
        .fetch_optional(connection)
        .await)?;
        row.map(|(sealed, certificate)| Ok((self.store.key().open(&sealed)?, certificate)))
            .transpose()
    }
}

impl Transaction {
    /// Keeps our own key, unless there is one already, which stays.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn keep_signing_key(
        &mut self,
        key: &[u8],
        certificate: &str,
        at: Timestamp,
    ) -> Result<()> {
        let organisation = self.organisation;
        let sealed = self.store.key().seal(key)?;
        on!(self, connection => sqlx::query(
            "INSERT INTO signing_key (organisation, content, certificate, created_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT (organisation) DO NOTHING",
        )
        .bind(organisation)
        .bind(sealed)
        .bind(certificate)
        .bind(At(at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Remembers an assertion until nobody would accept it any more; whether it is new. Of two
    /// requests with the same one, one is told so.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn use_assertion(
        &mut self,
        issuer: &str,
        id: &str,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM used_assertion WHERE organisation = $1 AND until < $2",
        )
        .bind(organisation)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        let new = on!(self, connection => sqlx::query(
            "INSERT INTO used_assertion (organisation, issuer, id, until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (organisation, issuer, id) DO NOTHING",
        )
        .bind(organisation)
        .bind(issuer)
        .bind(id)
        .bind(At(until))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(new == 1)
    }

    async fn refuse_taken_provider(&mut self, id: ProviderId, profile: &Profile) -> Result<()> {
        let others = self.providers().await?;
        let mut others = others.iter().filter(|other| other.id != id);
        let mut problems = domain::field::Problems::default();
        if others
            .clone()
            .any(|other| fold(&other.profile.name) == fold(&profile.name))
        {
            problems.add(Field::Name, Why::Taken);
        }
        if others.any(|other| other.profile.issuer == profile.issuer) {
            problems.add(Field::Issuer, Why::Taken);
        }
        Ok(problems.none()?)
    }

    /// Those who were added while no provider was switched on are of the first one that is (E-08).
    async fn adopt(&mut self, id: ProviderId) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE employee SET provider = $2
             WHERE organisation = $1 AND sign_in = 2 AND provider IS NULL AND NOT EXISTS (
                 SELECT 1 FROM provider p WHERE p.organisation = $1 AND p.enabled AND p.id <> $2)",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    async fn put_secret(&mut self, id: ProviderId, secret: Option<&ClientSecret>) -> Result<()> {
        let Some(secret) = secret else { return Ok(()) };
        let organisation = self.organisation;
        let sealed = self.store.key().seal(secret.0.as_bytes())?;
        on!(self, connection => sqlx::query(
            "UPDATE provider SET client_secret = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(sealed)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<ProviderCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ProviderCreated>) -> Result<()> {
        let (organisation, profile) = (self.organisation, &change.profile);
        self.refuse_taken_provider(change.id, profile).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO provider (organisation, id, version, protocol, name, name_folded, enabled,
                 issuer, address, certificates, expires_at, sign_requests, client_id, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, false, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.protocol.number())
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(&profile.issuer)
        .bind(&profile.address)
        .bind(profile.certificates.join("\n"))
        .bind(profile.expires_at.map(At))
        .bind(profile.sign_requests)
        .bind(&profile.client_id)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        self.put_secret(change.id, change.secret.as_ref()).await?;
        Ok(())
    }
}

impl Write<ProviderRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ProviderRevised>) -> Result<()> {
        let (organisation, profile) = (self.organisation, &change.profile);
        self.refuse_taken_provider(change.id, profile).await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE provider SET version = version + 1, name = $4, name_folded = $5, issuer = $6,
                 address = $7, certificates = $8, expires_at = $9, sign_requests = $10,
                 client_id = $11
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.from)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(&profile.issuer)
        .bind(&profile.address)
        .bind(profile.certificates.join("\n"))
        .bind(profile.expires_at.map(At))
        .bind(profile.sign_requests)
        .bind(&profile.client_id)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))
        .map_err(taken)?;
        exactly_one(changed)?;
        // What was a secret with one provider is not told to another.
        if change.before.issuer != profile.issuer {
            on!(self, connection => sqlx::query(
                "UPDATE provider SET client_secret = NULL WHERE organisation = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(change.id)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        self.put_secret(change.id, change.secret.as_ref()).await
    }
}

impl Write<ProviderSwitched> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ProviderSwitched>) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE provider SET version = version + 1, enabled = $4
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.from)
        .bind(change.enabled)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        if change.enabled {
            return self.adopt(change.id).await;
        }
        // Whom it vouched for is not vouched for any more.
        on!(self, connection => sqlx::query(
            "DELETE FROM session WHERE organisation = $1 AND method = 4 AND employee IN (
                 SELECT id FROM employee WHERE organisation = $1 AND provider = $2)",
        )
        .bind(organisation)
        .bind(change.id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<ProviderDeleted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ProviderDeleted>) -> Result<()> {
        let organisation = self.organisation;
        if self.users_of(change.id).await? > 0 {
            return Err(Refusal::WrongState.into());
        }
        let changed = on!(self, connection => sqlx::query(
            "DELETE FROM provider WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<SignInRefused> for Transaction {
    type Output = ();

    async fn write(&mut self, _: &Allowed<SignInRefused>) -> Result<()> {
        Ok(())
    }
}
