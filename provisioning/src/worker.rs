//! The worker: tells each PBX of what changed, in order, until it is told.

use crate::{Extent, Fault, Place};
use domain::{OrganisationId, PbxId};
use futures::{StreamExt, stream};
use std::collections::BTreeSet;
use std::time::Duration;
use store::contact_centre::change::Claimed;
use store::{Store, now};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked for what failed before, or what another server left.
const TICK: Duration = Duration::from_secs(5);
/// How often what could not be written at the start is tried again, and what deleted PBXs left is
/// looked for.
const AGAIN: Duration = Duration::from_secs(60);
/// How many organisations are looked after at the same time, so that a slow PBX holds up no other's.
const ORGANISATIONS: usize = 4;

/// Tells PBXs, in every organisation.
#[derive(Debug)]
pub struct Provisioner {
    store: Store,
    place: Place,
}

impl Provisioner {
    /// What writes into this place.
    pub fn new(store: Store, place: Place) -> Self {
        Self { store, place }
    }

    /// Tells PBXs until it is told to stop. What is under way then is dropped: each file is whole, and
    /// the next server does it again.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        if let Err(error) = self.store.release_pbxs().await {
            tracing::warn!(%error, "what was applied when the server ended waits for its lease");
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => {}
            () = self.go_on() => {}
        }
    }

    async fn go_on(&self) {
        let mut changes = self.store.changes();
        let (mut tick, mut again) = (interval(TICK), interval(AGAIN));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        again.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut all_written = false;
        loop {
            let changed = tokio::select! {
                _ = again.tick() => {
                    all_written = all_written || self.write_missing().await;
                    if let Err(fault) = self.clear_deleted().await {
                        tracing::warn!(%fault, "what deleted PBXs left could not be taken away");
                    }
                    continue;
                }
                _ = tick.tick() => None,
                change = changes.recv() => match change {
                    Ok(organisation) => Some(organisation),
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
            if let Err(error) = self.apply_due(only).await {
                tracing::warn!(%error, "changes of PBXs could not be read");
            }
        }
    }

    /// Applies what is due in these organisations, or in all of them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn apply_due(&self, only: Option<&BTreeSet<OrganisationId>>) -> store::Result<()> {
        let organisations = self.store.organisations().await?;
        let due = organisations
            .into_iter()
            .map(|(organisation, _)| organisation)
            .filter(|organisation| only.is_none_or(|only| only.contains(organisation)));
        let told =
            stream::iter(due).for_each_concurrent(ORGANISATIONS, |organisation| async move {
                if let Err(error) = self.apply_due_of(organisation).await {
                    tracing::warn!(%error, %organisation, "changes of PBXs could not be noted");
                }
            });
        told.await;
        Ok(())
    }

    async fn apply_due_of(&self, organisation: OrganisationId) -> store::Result<()> {
        while let Some(pbx) = self.store.pbx_with_due_changes(organisation, now()).await? {
            let claimed = self.store.claim_pbx(organisation, pbx, now()).await?;
            let Some(claimed) = claimed else { break };
            self.apply(&claimed).await?;
        }
        Ok(())
    }

    async fn apply(&self, claimed: &Claimed) -> store::Result<()> {
        let extent = match claimed.anew {
            true => Extent::Everything,
            false => Extent::Changed,
        };
        match self.tell(claimed.organisation, claimed.pbx, extent).await {
            Ok(()) => self.store.pbx_applied(claimed, now()).await,
            Err(fault) => {
                tracing::warn!(pbx = %claimed.pbx, attempt = claimed.attempts, %fault, "a PBX was not told");
                let why = fault.to_string();
                self.store.pbx_failed(claimed, &why, now()).await
            }
        }
    }

    /// Writes everything as it stands now, which is at least what was claimed.
    async fn tell(
        &self,
        organisation: OrganisationId,
        pbx: PbxId,
        extent: Extent,
    ) -> Result<(), Fault> {
        let mut reading = self.store.read(organisation).await?;
        let expected = self.place.expected(&mut reading, pbx).await?;
        drop(reading);
        match expected {
            Some(expected) => self.place.write(pbx, expected, extent).await,
            // Deleted since.
            None => Ok(()),
        }
    }

    /// Writes PBXs that were never written here, such as those from before there was a place, or before
    /// it had tables; `false` where that has to be tried again.
    async fn write_missing(&self) -> bool {
        let pbxs = match self.pbxs().await {
            Ok(pbxs) => pbxs,
            Err(error) => {
                tracing::warn!(%error, "PBXs could not be read");
                return false;
            }
        };
        let mut all_written = true;
        for (organisation, pbx) in pbxs {
            let told = match self.place.has(pbx).await {
                Ok(true) => continue,
                Ok(false) => self.tell(organisation, pbx, Extent::Everything).await,
                Err(fault) => Err(fault),
            };
            if let Err(fault) = told {
                tracing::warn!(%pbx, %fault, "a PBX was never written here");
                all_written = false;
            }
        }
        all_written
    }

    /// Takes away what PBXs left that are deleted. Another database may write into the same directory,
    /// so a folder is touched only if the audit trail of this one says that its PBX was deleted.
    ///
    /// # Errors
    /// When the database, the folder or the tables can't.
    pub async fn clear_deleted(&self) -> Result<(), Fault> {
        let place = self.place.clone();
        let written = spawn_blocking(move || match place.directory.exists() {
            true => place.written(),
            false => Ok(Vec::new()),
        });
        let written = written.await.map_err(|_| Fault::Interrupted)?;
        let written = written.map_err(Fault::Folder)?;
        let existing: BTreeSet<_> = self.pbxs().await?.into_iter().map(|(_, pbx)| pbx).collect();
        for pbx in written.into_iter().filter(|pbx| !existing.contains(pbx)) {
            for (organisation, _) in self.store.organisations().await? {
                let mut reading = self.store.read(organisation).await?;
                if reading.was_deleted(pbx).await? {
                    drop(reading);
                    self.place.clear(pbx).await?;
                    break;
                }
            }
        }
        Ok(())
    }

    async fn pbxs(&self) -> store::Result<Vec<(OrganisationId, PbxId)>> {
        let mut all = Vec::new();
        for (organisation, _) in self.store.organisations().await? {
            let pbxs = self.store.read(organisation).await?.pbxs().await?;
            all.extend(pbxs.into_iter().map(|pbx| (organisation, pbx.id)));
        }
        Ok(all)
    }
}
