//! Listens to PBXs on their manager interfaces, and tells them of breaks as they begin and end (C-14).

use crate::manager::{self, Access, Deaf, Manager, Message};
use crate::presence::{Link, Presence};
use domain::{OrganisationId, PbxId};
use futures::future::join_all;
use pbx::{Extension, HINTS, member_interface};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::time::Duration;
use store::{Store, now};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep, sleep_until, timeout};

/// How long news of phones are gathered before anybody is told.
const GATHER: Duration = Duration::from_millis(500);
/// How long a change waits for those that follow it.
const SETTLE: Duration = Duration::from_millis(100);
/// How often all phones are listed anew.
const LIST: Duration = Duration::from_secs(60);
/// How often it is asked whether a PBX is still there, and how long it may say nothing.
const PING: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(50);
/// How long it takes to the next attempt after the first that failed, and at most.
const FIRST: Duration = Duration::from_secs(1);
const MOST: Duration = Duration::from_secs(60);
/// Why we paused somebody, so that we end no pause of another's.
const REASON: &str = "staffroom";
/// What our actions are called.
const PHONES: &str = "phones";
const PAUSE: &str = "pause";

/// Listens to every PBX that the operator named.
#[derive(Debug)]
pub struct Listener {
    store: Store,
    managers: BTreeMap<PbxId, Access>,
    presence: Presence,
}

/// A PBX that is listened to.
struct Line<'a> {
    listener: &'a Listener,
    pbx: PbxId,
    organisation: OrganisationId,
}

impl Listener {
    /// What notes in `presence` what `managers` say.
    pub fn new(store: Store, managers: BTreeMap<PbxId, Access>, presence: Presence) -> Self {
        Self {
            store,
            managers,
            presence,
        }
    }

    /// Listens until it is told to stop.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        let listening = self.managers.iter();
        let listening = join_all(listening.map(|(pbx, access)| self.listen(*pbx, access)));
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => {}
            _ = listening => {}
        }
    }

    /// Listens to a PBX, again and again.
    async fn listen(&self, pbx: PbxId, access: &Access) {
        let mut wait = FIRST;
        self.presence.links(pbx, Link::Trying);
        loop {
            let begun = Instant::now();
            let organisation = match self.organisation(pbx).await {
                Ok(Some(organisation)) => organisation,
                missing => {
                    tracing::warn!(%pbx, ?missing, "a PBX to listen to is not found");
                    sleep(MOST).await;
                    continue;
                }
            };
            self.presence.belongs(pbx, organisation);
            let line = Line {
                listener: self,
                pbx,
                organisation,
            };
            let fault = line.follow(access).await;
            tracing::warn!(%pbx, %fault, "a PBX is not heard");
            self.presence.links(pbx, Link::Down(fault.to_string()));
            self.presence.tell(organisation);
            if begun.elapsed() > MOST {
                wait = FIRST;
            }
            sleep(wait).await;
            wait = (wait * 2).min(MOST);
        }
    }

    /// Whose PBX it is.
    async fn organisation(&self, pbx: PbxId) -> store::Result<Option<OrganisationId>> {
        for (organisation, _) in self.store.organisations().await? {
            if self
                .store
                .read(organisation)
                .await?
                .pbx(pbx)
                .await?
                .is_some()
            {
                return Ok(Some(organisation));
            }
        }
        Ok(None)
    }
}

impl Line<'_> {
    /// Listens and tells until something fails, and says what.
    async fn follow(&self, access: &Access) -> Deaf {
        match self.try_follow(access).await {
            Ok(never) => match never {},
            Err(fault) => fault,
        }
    }

    async fn try_follow(&self, access: &Access) -> Result<Infallible, Deaf> {
        let mut changes = self.listener.store.changes();
        let mut manager = Manager::sign_in(access).await?;
        let presence = &self.listener.presence;
        // Events of what changes come from now on, so nothing falls between them and the list.
        let mut paused = members_paused_by_us(&mut manager).await?;
        list_phones(&mut manager).await?;
        let mut listed = BTreeSet::new();
        presence.links(self.pbx, Link::Up);
        tracing::info!(pbx = %self.pbx, "a PBX is heard");
        // Whoever is on a break is paused by us from now on: a PBX that started knows of no pause.
        let on_break = self.on_break(&paused).await;
        for extension in on_break.union(&paused) {
            pause(&mut manager, extension, on_break.contains(extension)).await?;
        }
        paused = on_break;

        let (mut ping, mut list) = (interval(PING), interval(LIST));
        list.reset();
        let mut heard = Instant::now();
        let (mut tell, mut read) = (Some(heard), None);
        let mut refused = false;
        loop {
            tokio::select! {
                message = manager.next() => {
                    let message = message?;
                    heard = Instant::now();
                    if self.hear(&message, &mut listed) {
                        tell.get_or_insert(heard + GATHER);
                    }
                    if message.answers(PHONES) && message.is_error() {
                        return Err(message.refusal());
                    }
                    if is_forbidden_pause(&message) && !refused {
                        refused = true;
                        tracing::warn!(pbx = %self.pbx, "its manager interface lets us pause nobody: write = agent is missing");
                    }
                }
                change = changes.recv() => match change {
                    Ok(organisation) if organisation != self.organisation => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => {
                        read.get_or_insert(Instant::now() + SETTLE);
                    }
                    Err(RecvError::Closed) => return Err(Deaf::Ended),
                },
                () = at(tell) => {
                    tell = None;
                    presence.tell(self.organisation);
                }
                () = at(read) => {
                    read = None;
                    let on_break = self.on_break(&paused).await;
                    for extension in on_break.symmetric_difference(&paused) {
                        pause(&mut manager, extension, on_break.contains(extension)).await?;
                    }
                    paused = on_break;
                }
                _ = ping.tick() => manager.send(&[("Action", "Ping")]).await?,
                _ = list.tick() => {
                    listed.clear();
                    list_phones(&mut manager).await?;
                }
                () = sleep_until(heard + SILENCE) => return Err(Deaf::Silent),
            }
        }
    }

    /// Notes what an event says of a phone, and at the end of a list which there are; whether it is news.
    /// An extension that is gone says nothing any more: only the list tells.
    fn hear(&self, message: &Message, listed: &mut BTreeSet<String>) -> bool {
        let presence = &self.listener.presence;
        if message.is_event("ExtensionStateListComplete") {
            return presence.keeps(self.pbx, listed);
        }
        if !message.is_event("ExtensionStatus") || message.get("Context") != Some(HINTS) {
            return false;
        }
        let (Some(extension), Some(status)) = (message.get("Exten"), message.get("Status")) else {
            return false;
        };
        listed.insert(extension.to_owned());
        presence.hears(self.pbx, extension, manager::phone(status), now())
    }

    /// The extensions of those who are on a break or work offline; what was `known` where the database
    /// can't.
    async fn on_break(&self, known: &BTreeSet<Extension>) -> BTreeSet<Extension> {
        let read = async {
            let mut reading = self.listener.store.read(self.organisation).await?;
            reading.extensions_on_break(self.pbx).await
        };
        match read.await {
            Ok(extensions) => extensions
                .iter()
                .filter_map(|one| Extension::new(one))
                .collect(),
            Err(error) => {
                tracing::warn!(pbx = %self.pbx, %error, "breaks could not be read");
                known.clone()
            }
        }
    }
}

/// Waits for a moment, where there is one.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// Asks how all phones stand; the answers are among what comes next.
async fn list_phones(manager: &mut Manager) -> Result<(), Deaf> {
    let list = [("Action", "ExtensionStateList"), ("ActionID", PHONES)];
    manager.send(&list).await
}

/// The extensions of all members whom we paused.
async fn members_paused_by_us(manager: &mut Manager) -> Result<BTreeSet<Extension>, Deaf> {
    let mut paused = BTreeSet::new();
    manager.send(&[("Action", "QueueStatus")]).await?;
    loop {
        let message = timeout(SILENCE, manager.next());
        let message = message.await.map_err(|_| Deaf::Silent)??;
        if message.is_event("QueueStatusComplete") {
            return Ok(paused);
        }
        // A PBX that is just starting does not know this action yet.
        if message.is_error() {
            return Err(message.refusal());
        }
        paused.extend(paused_by_us(&message));
    }
}

/// The extension of a member that we paused.
fn paused_by_us(message: &Message) -> Option<Extension> {
    let ours = message.is_event("QueueMember")
        && message.get("Paused") == Some("1")
        && message.get("PausedReason") == Some(REASON);
    let interface = message
        .get("Location")
        .or_else(|| message.get("Interface"))?;
    let extension = interface.strip_prefix("Local/")?.split('@').next()?;
    let extension = Extension::new(extension)?;
    (ours && member_interface(&extension) == interface).then_some(extension)
}

/// Pauses a member in all queues, or not any more. Somebody who is in no queue is no fault.
async fn pause(manager: &mut Manager, extension: &Extension, paused: bool) -> Result<(), Deaf> {
    let action = [
        ("Action", "QueuePause"),
        ("ActionID", PAUSE),
        ("Interface", &member_interface(extension)),
        ("Paused", if paused { "true" } else { "false" }),
        ("Reason", REASON),
    ];
    manager.send(&action).await
}

fn is_forbidden_pause(message: &Message) -> bool {
    message.answers(PAUSE) && message.get("Message") == Some("Permission denied")
}
