//! How the organisation takes bookings, as it was last decided.

mod page;

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{Error, Reading, Result, Transaction, Write};
use domain::Allowed;
use domain::booking::{BookingChanged, Bookings, LogoChanged, Settings};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    version: i64,
    content: String,
    has_logo: bool,
}

impl Reading {
    /// The settings of bookings; the usual ones while nobody has changed any.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookings(&mut self) -> Result<Bookings> {
        let organisation = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT version, content, logo IS NOT NULL AS has_logo FROM booking_settings
             WHERE organisation = $1",
        )
        .bind(organisation)
        .fetch_optional(connection)
        .await)?;
        let Some(row) = row else {
            return Ok(Bookings::default());
        };
        Ok(Bookings {
            version: row.version,
            settings: serde_json::from_str(&row.content)
                .map_err(|error| Error::Unreadable(error.to_string()))?,
            has_logo: row.has_logo,
        })
    }

    /// The logo that customers see, as it was stored: a picture that Staffroom encoded itself.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn booking_logo(&mut self) -> Result<Option<Vec<u8>>> {
        let organisation = self.organisation;
        let row: Option<(Option<Vec<u8>>,)> = on!(self, connection => sqlx::query_as(
            "SELECT logo FROM booking_settings WHERE organisation = $1",
        )
        .bind(organisation)
        .fetch_optional(connection)
        .await)?;
        Ok(row.and_then(|(logo,)| logo))
    }
}

impl Write<BookingChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<BookingChanged>) -> Result<()> {
        let organisation = self.organisation;
        let content = serde_json::to_string(&change.settings)
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        let sql = match change.from {
            0 => {
                "INSERT INTO booking_settings (organisation, version, content)
                 VALUES ($1, $2 + 1, $3) ON CONFLICT (organisation) DO NOTHING"
            }
            _ => {
                "UPDATE booking_settings SET version = version + 1, content = $3
                 WHERE organisation = $1 AND version = $2"
            }
        };
        let changed = on!(self, connection => sqlx::query(sql)
            .bind(organisation)
            .bind(change.from)
            .bind(content)
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<LogoChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<LogoChanged>) -> Result<()> {
        let organisation = self.organisation;
        let usual = serde_json::to_string(&Settings::default())
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        let changed = on!(self, connection => sqlx::query(
            "INSERT INTO booking_settings (organisation, version, content, logo)
             VALUES ($1, $2 + 1, $3, $4)
             ON CONFLICT (organisation) DO UPDATE SET version = booking_settings.version + 1,
                 logo = excluded.logo WHERE booking_settings.version = $2",
        )
        .bind(organisation)
        .bind(change.from)
        .bind(usual)
        .bind(change.logo.as_ref())
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}
