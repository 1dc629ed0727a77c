//! The outbox: what must leave the house is sent as soon as it is queued, and again until it is.

mod letter;
mod mail;
mod matter;
mod notice;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use text::escape;

use crate::config::{Config, PublicUrl, WrongSetting};
use app::messages::Language;
use domain::organisation::Settings;
use domain::{OrganisationId, Timestamp};
use futures::{StreamExt, stream};
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use mail::Post;
use std::collections::BTreeSet;
use std::time::Duration;
use store::appointment::{Letter, Reader};
use store::outbox::{Claimed, Message};
use store::{Store, now};
use text::Addressee;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often the outbox is looked through for what failed before, or what another server left.
const TICK: Duration = Duration::from_secs(5);
/// How many messages are claimed at once; each can take the mail server's timeout, and all
/// together must end before the lease of the claim does.
const BATCH: i64 = 16;
/// How many of them are on their way at the same time.
const AT_ONCE: usize = 4;

/// Sends what is queued, in every organisation.
#[derive(Debug)]
pub struct Outbox {
    store: Store,
    post: Post,
    public_url: PublicUrl,
    from: Mailbox,
}

impl Outbox {
    /// An outbox that sends as the settings say, with links that begin with `public_url`.
    ///
    /// # Errors
    /// When the settings `mail` and `mail-from` can't be used.
    pub fn new(store: Store, config: &Config, public_url: PublicUrl) -> Result<Self, WrongSetting> {
        let post = Post::new(&config.mail)?;
        let from = match &config.mail_from {
            Some(from) => from.clone(),
            None => mail::usual_from(public_url.host()),
        };
        Ok(Self {
            store,
            post,
            public_url,
            from,
        })
    }

    /// Sends until it is told to stop; what is on its way then is still finished.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        if let Err(error) = self.store.release_claims(now()).await {
            tracing::warn!(%error, "what was on its way when the server ended waits for its lease");
        }
        let mut changes = self.store.changes();
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let changed = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
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
            if let Err(error) = self.send_due(only, &stopping).await {
                tracing::warn!(%error, "the outbox could not be read");
            }
        }
    }

    /// Sends what is due in these organisations, or in all of them.
    ///
    /// # Errors
    /// When the database can't.
    pub(crate) async fn send_due(
        &self,
        only: Option<&BTreeSet<OrganisationId>>,
        stopping: &watch::Receiver<bool>,
    ) -> store::Result<()> {
        let organisations = self.store.organisations().await?;
        let alone = organisations.len() == 1;
        for (organisation, host) in organisations {
            if only.is_some_and(|only| !only.contains(&organisation)) {
                continue;
            }
            // Each of several organisations is reached under a host name of its own, which
            // whoever runs the deployment chose; a Host header never gets here.
            let url = match host {
                Some(host) if !alone => self.public_url.at_host(&host),
                _ => self.public_url.clone(),
            };
            while !*stopping.borrow() && self.store.has_due(organisation, now()).await? {
                let claimed = self.store.claim(organisation, BATCH, now()).await?;
                if claimed.is_empty() {
                    break;
                }
                let sent = stream::iter(&claimed).for_each_concurrent(AT_ONCE, |claimed| async {
                    if let Err(error) = self.send(claimed, &url).await {
                        tracing::warn!(%error, "what became of a mail could not be noted");
                    }
                });
                sent.await;
            }
        }
        Ok(())
    }

    async fn send(&self, claimed: &Claimed, url: &PublicUrl) -> store::Result<()> {
        let sent = match undeliverable(&claimed.message, now()) {
            Some(why) => Err(why.to_owned()),
            None => {
                let addressee = self.addressee(claimed).await?;
                let mut reading = self.store.read(claimed.organisation).await?;
                let matter = matter::read(&mut reading, claimed, &addressee, now()).await?;
                drop(reading);
                let Some(matter) = matter else {
                    return self.store.delivered(claimed, now()).await;
                };
                let text = text::write(&claimed.message, &matter, &addressee, url, &self.from);
                self.post
                    .send(claimed, &addressee, text, &self.from, now())
                    .await
            }
        };
        match sent {
            Ok(()) => self.store.delivered(claimed, now()).await,
            Err(why) => {
                let why = without_secrets(&why, &claimed.message);
                tracing::warn!(mail = %claimed.id, attempt = claimed.attempts, why, "a mail did not leave");
                self.store.failed(claimed, &why, now()).await
            }
        }
    }

    /// In which words a message is written: those of whom it concerns, else of the organisation.
    async fn addressee(&self, claimed: &Claimed) -> store::Result<Addressee> {
        let mut reading = self.store.read(claimed.organisation).await?;
        let settings = reading.organisation().await?.settings;
        let employee = match claimed.employee {
            Some(id) => reading.employee(id).await?,
            None => None,
        };
        if let Message::Appointment { letter, .. } = &claimed.message {
            return Ok(reader(letter, settings));
        }
        let person = employee.as_deref();
        let own_language = person.and_then(|person| person.language.as_deref());
        let own_zone = person.and_then(|person| person.time_zone.as_deref());
        Ok(Addressee {
            name: person
                .map(|person| person.profile.name())
                .unwrap_or_default(),
            language: Language::from_code(own_language.unwrap_or(&settings.language))
                .unwrap_or_default(),
            zone: TimeZone::get(own_zone.unwrap_or(&settings.time_zone)).unwrap_or(TimeZone::UTC),
            organisation: settings.name,
        })
    }
}

/// Who reads a letter about an appointment: in their language, in the time of the office.
fn reader(letter: &Letter, settings: Settings) -> Addressee {
    let (name, language) = match letter.reader {
        Reader::Customer => {
            let customer = &letter.appointment.customer;
            (customer.name.clone(), Some(customer.language.as_str()))
        }
        Reader::Agent => {
            let agent = letter.agent.as_ref();
            let name = agent.map(|agent| agent.name.clone()).unwrap_or_default();
            (name, agent.and_then(|agent| agent.language.as_deref()))
        }
    };
    let known = language.and_then(Language::from_code);
    Addressee {
        name,
        language: known
            .or_else(|| Language::from_code(&settings.language))
            .unwrap_or_default(),
        zone: TimeZone::get(&letter.premises.time_zone).unwrap_or(TimeZone::UTC),
        organisation: settings.name,
    }
}

/// Why there is no point in trying: a dead link helps nobody, and there is no host under
/// `.invalid` (RFC 2606), which is what the demo's failing mail goes to.
fn undeliverable(message: &Message, now: Timestamp) -> Option<&'static str> {
    let expires_at = match message {
        Message::Invitation { expires_at, .. }
        | Message::ConfirmAddress { expires_at, .. }
        | Message::ResetPassword { expires_at, .. } => Some(*expires_at),
        Message::AddressWillChange { .. }
        | Message::AddressChanged { .. }
        | Message::News { .. }
        | Message::Appointment { .. }
        | Message::Day { .. }
        | Message::Attention { .. }
        | Message::CalendarFailing { .. }
        | Message::Expiring { .. } => None,
    };
    if expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Some("its link expired before it could be sent");
    }
    let to = message.to().as_str().to_ascii_lowercase();
    to.ends_with(".invalid")
        .then_some("the domain of the address does not exist")
}

/// A reason is shown and logged, so whatever a mail server quotes of the message is cut out.
fn without_secrets(why: &str, message: &Message) -> String {
    let why: String = why.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = match message {
        Message::Invitation { token, .. }
        | Message::ConfirmAddress { token, .. }
        | Message::ResetPassword { token, .. } => why.replace(token, "…"),
        Message::Appointment { letter, .. } => match &letter.token {
            Some(token) => why.replace(token, "…"),
            None => why,
        },
        Message::AddressWillChange { .. }
        | Message::AddressChanged { .. }
        | Message::News { .. }
        | Message::Day { .. }
        | Message::Attention { .. }
        | Message::CalendarFailing { .. }
        | Message::Expiring { .. } => why,
    };
    why.chars().take(200).collect()
}
