//! Reminders to customers, the mails of the morning, and forgetting customers in time (P-07, P-08, P-09).

use domain::customer::CustomerErased;
use domain::{OrganisationId, Timestamp};
use jiff::SignedDuration;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::time::Duration;
use store::appointment::Day;
use store::{Store, now};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(60);
/// How many reminders or customers are written in one transaction, so that others get their turn.
const BATCH: i64 = 100;
/// When agents get their day.
const DAY: Time = time(6, 30, 0, 0);
/// When people get what needs attention.
const ATTENTION: Time = time(7, 0, 0, 0);
/// A server that was down in the morning writes these mails until then.
const LATEST: Time = time(12, 0, 0, 0);

/// How many mornings are remembered at most.
const REMEMBERED: usize = 1_000;

/// Looks at once and then every minute, until it is told to stop.
pub async fn run(store: Store, mut stopping: watch::Receiver<bool>) {
    let mut notices = Notices::new(store);
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            _ = tick.tick() => {}
        }
        notices.look(now()).await;
    }
}

/// What this server remembers, so that it seldom asks.
pub struct Notices {
    store: Store,
    /// The mornings that were written, by this server or another.
    mornings: HashSet<(OrganisationId, String)>,
    /// When customers were last forgotten.
    forgot_at: Option<Timestamp>,
}

impl Notices {
    /// Remembers nothing yet.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            mornings: HashSet::new(),
            forgot_at: None,
        }
    }

    /// Writes in every organisation what is due at `now`. What one of them can't get is told to the log
    /// and holds nothing else up.
    pub async fn look(&mut self, now: Timestamp) {
        let organisations = match self.store.organisations().await {
            Ok(organisations) => organisations,
            Err(error) => return tracing::warn!(%error, "notices: no organisation can be read"),
        };
        let hour = SignedDuration::from_hours(1);
        let forgets = self
            .forgot_at
            .is_none_or(|at| now.duration_since(at) >= hour);
        for (organisation, _) in organisations {
            let tell = |what, outcome: store::Result<()>| {
                if let Err(error) = outcome {
                    tracing::warn!(%error, %organisation, what, "a notice could not be written");
                }
            };
            tell("reminders", self.remind(organisation, now).await);
            tell(
                "mails of the morning",
                self.mornings(organisation, now).await,
            );
            if forgets {
                tell("erasure in time", self.forget(organisation, now).await);
            }
        }
        if forgets {
            self.forgot_at = Some(now);
        }
    }

    /// Reminds customers, each once.
    async fn remind(&self, organisation: OrganisationId, now: Timestamp) -> store::Result<()> {
        loop {
            let mut reading = self.store.read(organisation).await?;
            if !reading.has_reminders(now).await? {
                return Ok(());
            }
            drop(reading);
            let mut transaction = self.store.write(organisation, None).await?;
            transaction.remind(BATCH, now).await?;
            transaction.commit().await?;
        }
    }

    /// Writes the mails of this morning, wherever it is one.
    async fn mornings(
        &mut self,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> store::Result<()> {
        if self.mornings.len() > REMEMBERED {
            self.mornings.clear();
        }
        let mut reading = self.store.read(organisation).await?;
        let settings = reading.organisation().await?.settings;
        let mut zones = reading.own_zones().await?;
        drop(reading);
        let usual = settings.time_zone;
        if is_morning(&usual, ATTENTION, now) {
            self.attention(organisation, &usual, now).await?;
        }
        zones.push(usual);
        zones.retain(|zone| is_morning(zone, DAY, now));
        zones.sort_unstable();
        zones.dedup();
        for zone in zones {
            self.days(organisation, &zone, now).await?;
        }
        Ok(())
    }

    async fn attention(
        &mut self,
        organisation: OrganisationId,
        zone: &str,
        now: Timestamp,
    ) -> store::Result<()> {
        let Some(day) = day(zone, now) else {
            return Ok(());
        };
        let key = (organisation, format!("attention {}", day.on));
        if self.mornings.contains(&key) {
            return Ok(());
        }
        let usual = self.usual(organisation).await?;
        let mut transaction = self.store.write(organisation, None).await?;
        if transaction.mail_attention(day.on, usual, now).await? {
            transaction.commit().await?;
        }
        self.mornings.insert(key);
        Ok(())
    }

    async fn days(
        &mut self,
        organisation: OrganisationId,
        zone: &str,
        now: Timestamp,
    ) -> store::Result<()> {
        let Some(day) = day(zone, now) else {
            return Ok(());
        };
        let key = (organisation, format!("day {} {zone}", day.on));
        if self.mornings.contains(&key) {
            return Ok(());
        }
        let usual = self.usual(organisation).await?;
        let mut transaction = self.store.write(organisation, None).await?;
        if transaction.mail_days(day, usual, now).await? {
            transaction.commit().await?;
        }
        self.mornings.insert(key);
        Ok(())
    }

    /// Whether people get mails of the morning who leave it to the organisation.
    async fn usual(&self, organisation: OrganisationId) -> store::Result<bool> {
        let mut reading = self.store.read(organisation).await?;
        Ok(reading.bookings().await?.settings.digest)
    }

    /// Erases customers of whom the organisation keeps nothing any longer.
    async fn forget(&self, organisation: OrganisationId, now: Timestamp) -> store::Result<()> {
        loop {
            let mut reading = self.store.read(organisation).await?;
            let Some(days) = reading.bookings().await?.settings.retention_days else {
                return Ok(());
            };
            let before = now - SignedDuration::from_hours(24 * i64::from(days));
            let overdue = reading.customers_overdue(before, BATCH).await?;
            drop(reading);
            let Some(erased) = CustomerErased::overdue(organisation, overdue, now) else {
                return Ok(());
            };
            let mut transaction = self.store.write(organisation, None).await?;
            transaction.apply(erased).await?;
            transaction.commit().await?;
        }
    }
}

/// Whether it is between `from` and noon in a time zone.
fn is_morning(zone: &str, from: Time, now: Timestamp) -> bool {
    let Ok(zone) = TimeZone::get(zone) else {
        return false;
    };
    let clock = now.to_zoned(zone).time();
    clock >= from && clock < LATEST
}

/// Today in a time zone.
fn day(zone: &str, now: Timestamp) -> Option<Day<'_>> {
    let clock = TimeZone::get(zone).ok()?;
    let on = now.to_zoned(clock.clone()).date();
    let midnight = |day: jiff::civil::Date| day.to_zoned(clock.clone()).ok();
    Some(Day {
        on,
        zone,
        from: midnight(on)?.timestamp(),
        until: midnight(on.tomorrow().ok()?)?.timestamp(),
    })
}

#[cfg(test)]
pub(crate) mod tests;
