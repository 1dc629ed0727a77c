//! The event stream: tells a page that what it shows is old, and ends when its person may not see
//! it any more (E-15).

use crate::state::State;
use app::request::{Asker, cookie};
use axum::http::request::Parts;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::audit::Query;
use domain::contact_centre::monitor;
use domain::{Action, OrganisationId};
use futures::stream;
use std::convert::Infallible;
use std::time::Duration;
use store::Store;
use store::secret::Token;
use tokio::sync::{broadcast, watch};

/// How often a stream is looked after when nothing happens.
const LOOK: Duration = Duration::from_secs(20);
/// Browsers drop an event without data.
const NOTHING: &str = "-";

/// `GET /events`: `changed` when something that the asker may see has changed, with the newest number in
/// the audit trail; `phones` when a call began or ended, for those who have the monitor; `ended` when
/// they are signed out.
pub async fn stream(
    axum::extract::State(state): axum::extract::State<State>,
    parts: Parts,
) -> Response {
    let asker = parts.extensions.get::<Asker>().cloned();
    let token = cookie(&parts, state.deployment.cookie_name());
    let (Some(asker), Some(token)) = (asker, token) else {
        // The page that asks is of somebody who was signed in when it was opened.
        let over = Event::default().event("ended").data(NOTHING);
        return Sse::new(stream::iter([Ok::<_, Infallible>(over)])).into_response();
    };
    let watching = Watching {
        changes: state.deployment.store.changes(),
        phones: state.deployment.presence.news(),
        monitors: false,
        store: state.deployment.store,
        organisation: asker.organisation,
        token,
        shutdown: state.stopping,
        last: None,
        over: false,
    };
    let events = stream::unfold(watching, |mut watching| async move {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(LOOK))
        .into_response()
}

struct Watching {
    changes: broadcast::Receiver<OrganisationId>,
    phones: broadcast::Receiver<OrganisationId>,
    /// Whether they have the monitor, as of the last look.
    monitors: bool,
    store: Store,
    organisation: OrganisationId,
    token: Token,
    shutdown: watch::Receiver<bool>,
    /// What the page knows of.
    last: Option<Seen>,
    over: bool,
}

/// What tells that something changed for somebody.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    /// The newest entry of the audit trail that they may see.
    newest: i64,
    /// How many employees they see. It falls when somebody leaves their offices, of which they may not
    /// see the entry any more.
    employees: i64,
    /// How far PBXs are told of what the trail says, for those who set them up.
    pbxs: i64,
    /// The newest entry about those whom a supervisor watches, and how many these are.
    watched: (i64, i64),
}

/// Why it is not waited any more.
enum Woken {
    /// Something may have changed, or it is time to look whether they are signed out.
    ToLook,
    ByPhones,
}

impl Watching {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.over || *self.shutdown.borrow() {
                return None;
            }
            match self.seen().await {
                Ok(None) => {
                    self.over = true;
                    return Some(Event::default().event("ended").data(NOTHING));
                }
                Ok(Some(seen)) => {
                    let known = self.last.replace(seen);
                    if known.is_some_and(|known| known != seen) {
                        let newest = seen.newest.to_string();
                        return Some(Event::default().event("changed").data(newest));
                    }
                }
                Err(error) => tracing::warn!(%error, "an event stream can't read"),
            }
            if let Woken::ByPhones = self.something().await {
                return Some(Event::default().event("phones").data(NOTHING));
            }
        }
    }

    /// Waits until something may have changed.
    async fn something(&mut self) -> Woken {
        loop {
            tokio::select! {
                change = self.changes.recv() => match change {
                    Ok(organisation) if organisation != self.organisation => {}
                    _ => return Woken::ToLook,
                },
                heard = self.phones.recv(), if self.monitors => match heard {
                    Ok(organisation) if organisation != self.organisation => {}
                    _ => return Woken::ByPhones,
                },
                _ = self.shutdown.changed() => return Woken::ToLook,
                () = tokio::time::sleep(LOOK) => return Woken::ToLook,
            }
        }
    }

    /// What the person may see as of now; `None` when they are signed out.
    async fn seen(&mut self) -> Result<Option<Seen>, store::Error> {
        let mut reading = self.store.read(self.organisation).await?;
        let Some(session) = reading.session(&self.token, store::now()).await? else {
            return Ok(None);
        };
        if session.lacks_factor {
            return Ok(None);
        }
        let visibility = session.actor.visibility(Action::ReadAudit);
        let newest = reading.audit(visibility, &Query::default()).await?;
        let covered = session.actor.visibility(Action::ViewEmployee);
        let pbxs = match session.actor.reaches_all(Action::EditContactCentre) {
            true => reading.progress_of_pbxs().await?,
            false => 0,
        };
        let watching = monitor::Watching::of(&session.actor);
        self.monitors = watching.is_ok();
        let watched = match watching {
            Ok(monitor::Watching::Scope(id)) => reading.news_of_watched(id).await?,
            Ok(monitor::Watching::Everybody) | Err(_) => (0, 0),
        };
        Ok(Some(Seen {
            pbxs,
            watched,
            newest: newest.first().map_or(0, |line| line.sequence),
            employees: reading.covered(covered).await?,
        }))
    }
}
