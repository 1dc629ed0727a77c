//! The event stream: tells a page that what it shows is old, and ends when its person may not see
//! it any more (E-15).

use crate::state::State;
use app::request::{Asker, cookie};
use axum::http::{StatusCode, request::Parts};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::audit::Query;
use domain::{Action, OrganisationId};
use futures::stream;
use std::convert::Infallible;
use std::time::Duration;
use store::Store;
use store::secret::Token;
use tokio::sync::{broadcast, watch};

/// How often a stream is looked after when nothing happens.
const LOOK: Duration = Duration::from_secs(20);

/// `GET /events`: `changed` when something that the asker may see has changed, with its number in
/// the audit trail; `ended` when they are signed out.
pub async fn stream(
    axum::extract::State(state): axum::extract::State<State>,
    parts: Parts,
) -> Response {
    let asker = parts.extensions.get::<Asker>().cloned();
    let token = cookie(&parts, state.deployment.cookie_name());
    let (Some(asker), Some(token)) = (asker, token) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let watching = Watching {
        changes: state.deployment.store.changes(),
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
    store: Store,
    organisation: OrganisationId,
    token: Token,
    shutdown: watch::Receiver<bool>,
    /// The newest entry of the audit trail that the page knows of.
    last: Option<i64>,
    over: bool,
}

impl Watching {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.over || *self.shutdown.borrow() {
                return None;
            }
            match self.newest().await {
                Ok(None) => {
                    self.over = true;
                    return Some(Event::default().event("ended").data(""));
                }
                Ok(Some(newest)) => {
                    let known = self.last.replace(newest);
                    if known.is_some_and(|known| known < newest) {
                        return Some(Event::default().event("changed").data(newest.to_string()));
                    }
                }
                Err(error) => tracing::warn!(%error, "an event stream can't read"),
            }
            self.something().await;
        }
    }

    /// Waits until something may have changed.
    async fn something(&mut self) {
        loop {
            tokio::select! {
                change = self.changes.recv() => match change {
                    Ok(organisation) if organisation != self.organisation => {}
                    _ => return,
                },
                _ = self.shutdown.changed() => return,
                () = tokio::time::sleep(LOOK) => return,
            }
        }
    }

    /// The newest entry that the person may see as of now; `None` when they are signed out.
    async fn newest(&self) -> Result<Option<i64>, store::Error> {
        let mut reading = self.store.read(self.organisation).await?;
        let Some(session) = reading.session(&self.token, store::now()).await? else {
            return Ok(None);
        };
        let visibility = session.actor.visibility(Action::ReadAudit);
        let newest = reading.audit(visibility, &Query::default()).await?;
        Ok(Some(newest.first().map_or(0, |line| line.sequence)))
    }
}
