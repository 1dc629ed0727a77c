//! Announcing what ends: certificates of providers and our own, 30 and 7 days before.

use jiff::SignedDuration;
use std::time::Duration;
use store::outbox::Message;
use store::{Store, now};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(3_600);
/// How many days before the end it is announced, the nearest first.
const DAYS: [i64; 2] = [7, 30];

/// Looks once at the start and then every hour, until it is told to stop.
pub async fn run(store: Store, mut stopping: watch::Receiver<bool>) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = announce(&store, now()).await {
            tracing::warn!(%error, "what ends soon could not be announced");
        }
        if let Err(error) = forget(&store, now()).await {
            tracing::warn!(%error, "what is over could not be forgotten");
        }
    }
}

/// Forgets in every organisation what is over.
async fn forget(store: &Store, now: domain::Timestamp) -> store::Result<()> {
    for (organisation, _) in store.organisations().await? {
        let mut transaction = store.write(organisation, None).await?;
        transaction.forget_what_is_over(now).await?;
        transaction.commit_attempts().await?;
    }
    Ok(())
}

/// Announces in every organisation what ends within 30 days, and again within 7.
///
/// # Errors
/// When the database can't.
pub async fn announce(store: &Store, now: domain::Timestamp) -> store::Result<()> {
    for (organisation, _) in store.organisations().await? {
        let mut reading = store.read(organisation).await?;
        let mut ends = Vec::new();
        for provider in reading.providers().await? {
            let profile = provider.profile;
            let known = profile
                .certificates
                .iter()
                .filter_map(|pem| saml::Certificate::read(pem).ok());
            // With the next certificate in place, the end of the present one is nobody's concern.
            let last = known.map(|certificate| certificate.not_after()).max();
            // Of OpenID Connect, the end of the client secret that somebody entered.
            let last = last.or(profile.expires_at);
            ends.extend(last.map(|at| (format!("{} {at}", provider.id), profile.name, at)));
        }
        let own = reading.signing_key().await?;
        let own = own.and_then(|(_, pem)| saml::Certificate::read(&pem).ok());
        ends.extend(own.map(|own| {
            let at = own.not_after();
            (format!("own {at}"), String::new(), at)
        }));
        drop(reading);
        for (what, name, expires_at) in ends {
            let left = expires_at.duration_since(now);
            let due = DAYS
                .into_iter()
                .find(|days| left <= SignedDuration::from_hours(24 * days));
            let Some(days) = due else { continue };
            let mut transaction = store.write(organisation, None).await?;
            let message = |to| Message::Expiring {
                to,
                name: name.clone(),
                expires_at,
            };
            let what = format!("{what}: {days} days");
            if transaction.announce(&what, message, now).await? {
                transaction.commit().await?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
