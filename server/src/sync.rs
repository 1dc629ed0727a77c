//! Linked calendars in the background: busy times come in, copies of appointments go out (O-06).

mod link;
#[cfg(test)]
mod tests;

use crate::config::{PublicUrl, WrongSetting};
use calendars::{Client, Inward};
use domain::OrganisationId;
use futures::{StreamExt, stream};
use std::collections::BTreeSet;
use std::time::Duration;
use store::calendar::Claimed;
use store::{Store, now};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often it is looked at which links are due.
const TICK: Duration = Duration::from_secs(15);
/// How long a change of appointments waits for those that follow it.
const GATHER: Duration = Duration::from_secs(1);
/// How many links are claimed at once.
const BATCH: i64 = 8;
/// How many of them are synchronized at the same time, so that all of a batch have had their time before
/// its lease ends.
const AT_ONCE: usize = 4;
/// How many organisations are looked after at the same time, so that slow servers hold up few.
const ORGANISATIONS: usize = 4;

/// The client that calls calendars; those at addresses of private networks only where the operator
/// allows it.
///
/// # Errors
/// When the machine has no trusted certificates.
pub fn client(inward: bool) -> Result<Client, WrongSetting> {
    let inward = match inward {
        true => Inward::Allowed,
        false => Inward::Refused,
    };
    Client::new(inward).map_err(|fault| WrongSetting::new("inward-addresses", fault.to_string()))
}

/// Synchronizes what is linked, in every organisation.
#[derive(Debug)]
pub struct Sync {
    store: Store,
    client: Client,
    public_url: PublicUrl,
}

impl Sync {
    /// What synchronizes through `client`, with links that begin with `public_url`.
    pub fn new(store: Store, client: Client, public_url: PublicUrl) -> Self {
        Self {
            store,
            client,
            public_url,
        }
    }

    /// Synchronizes until it is told to stop. What is under way then is dropped: nothing of it is
    /// kept by half, and the next server does it again.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        if let Err(error) = self.store.release_calendars().await {
            tracing::warn!(%error, "what was synchronized when the server ended waits for its lease");
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => {}
            () = self.go_on() => {}
        }
    }

    async fn go_on(&self) {
        let mut changes = self.store.changes();
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let changed = tokio::select! {
                _ = tick.tick() => None,
                change = changes.recv() => match change {
                    Ok(organisation) => {
                        sleep(GATHER).await;
                        Some(organisation)
                    }
                    Err(RecvError::Lagged(_)) => None,
                    Err(RecvError::Closed) => return,
                },
            };
            let mut organisations: BTreeSet<_> = changed.into_iter().collect();
            let mut all = changed.is_none();
            loop {
                match changes.try_recv() {
                    Ok(organisation) => _ = organisations.insert(organisation),
                    Err(TryRecvError::Lagged(_)) => all = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            let only = (!all).then_some(&organisations);
            if let Err(error) = self.sync_due(only).await {
                tracing::warn!(%error, "linked calendars could not be read");
            }
        }
    }

    /// Synchronizes what is due, and where copies are old, in these organisations or in all.
    ///
    /// # Errors
    /// When the database can't.
    pub(crate) async fn sync_due(
        &self,
        only: Option<&BTreeSet<OrganisationId>>,
    ) -> store::Result<()> {
        let organisations = self.store.organisations().await?;
        let alone = organisations.len() == 1;
        let wanted = organisations
            .into_iter()
            .filter(|(organisation, _)| only.is_none_or(|only| only.contains(organisation)));
        let looked_after = stream::iter(wanted).for_each_concurrent(ORGANISATIONS, |(organisation, host)| async move {
            let url = match host {
                Some(host) if !alone => self.public_url.at_host(&host),
                _ => self.public_url.clone(),
            };
            if let Err(error) = self.sync_organisation(organisation, &url).await {
                tracing::warn!(%error, %organisation, "linked calendars could not be synchronized");
            }
        });
        looked_after.await;
        Ok(())
    }

    async fn sync_organisation(
        &self,
        organisation: OrganisationId,
        url: &PublicUrl,
    ) -> store::Result<()> {
        self.notice_old_copies(organisation).await?;
        let url = url.to_string();
        while self.store.has_due_calendars(organisation, now()).await? {
            let claimed = self.store.claim_calendars(organisation, BATCH, now());
            let claimed = claimed.await?;
            if claimed.is_empty() {
                break;
            }
            let synced = stream::iter(&claimed).for_each_concurrent(AT_ONCE, |link| async {
                if let Err(error) = self.sync(link, &url).await {
                    tracing::warn!(%error, "what became of a linked calendar could not be noted");
                }
            });
            synced.await;
        }
        Ok(())
    }

    async fn notice_old_copies(&self, organisation: OrganisationId) -> store::Result<()> {
        let mut reading = self.store.read(organisation).await?;
        let links = reading.links_with_old_copies(now()).await?;
        drop(reading);
        match links.is_empty() {
            true => Ok(()),
            false => {
                self.store
                    .calendars_are_due(organisation, &links, now())
                    .await
            }
        }
    }

    async fn sync(&self, claimed: &Claimed, url: &str) -> store::Result<()> {
        match self.talk(claimed, url).await? {
            Ok(synced) => self.store.synced(claimed, &synced, now()).await,
            Err(failed) => {
                let link = claimed.id;
                tracing::info!(%link, failure = failed.code, "a linked calendar does not answer");
                let (code, for_good) = (failed.code, failed.for_good);
                self.store.sync_failed(claimed, code, for_good, now()).await
            }
        }
    }
}
