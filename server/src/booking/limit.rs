//! How many pages one address, and everybody together, may ask for: searching costs little, and not
//! nothing. Kept in memory, by each server for itself; bookings are counted in the store.

use app::request::Asker;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::throttle::network;
use domain::{OrganisationId, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Pages for one address in a minute; a whole office may share one.
const OF_ADDRESS: u32 = 300;
/// Pages for everybody in a minute.
const OF_ORGANISATION: u32 = 12_000;
/// How many addresses are remembered at most.
const REMEMBERED: usize = 50_000;

type Key = (OrganisationId, String);

/// What was asked for in the present minute.
#[derive(Default, Debug)]
pub struct Limiter(Mutex<Counts>);

#[derive(Default, Debug)]
struct Counts {
    minute: i64,
    counts: HashMap<Key, u32>,
}

impl Limiter {
    /// Counts one more page; `false` when it is one too many.
    fn admits(&self, organisation: OrganisationId, address: Option<&str>, now: Timestamp) -> bool {
        let Ok(mut counts) = self.0.lock() else {
            return true;
        };
        let minute = now.as_second() / 60;
        if counts.minute != minute || counts.counts.len() > REMEMBERED {
            counts.minute = minute;
            counts.counts.clear();
        }
        let mut more = |of: String, most: u32| {
            let count = counts.counts.entry((organisation, of)).or_default();
            *count = count.saturating_add(1);
            *count <= most
        };
        let of_address = address.is_none_or(|address| more(network(address), OF_ADDRESS));
        // An address that asks for too much takes nothing from the others.
        of_address && more(String::new(), OF_ORGANISATION)
    }
}

/// Refuses what is too much, before anything is read.
pub async fn count(
    State(limiter): State<Arc<Limiter>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let admitted = request.extensions().get::<Asker>().is_none_or(|asker| {
        limiter.admits(asker.organisation, asker.address.as_deref(), asker.now)
    });
    match admitted {
        true => next.run(request).await,
        false => (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, "60")],
            "Too many requests. Wait a minute, then load the page again.",
        )
            .into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P-05: rate-limited, by address; the next minute is a new one, and a neighbour is nobody's fault.
    #[test]
    fn an_address_gets_so_many_pages_a_minute() {
        let limiter = Limiter::default();
        let organisation = OrganisationId(uuid::Uuid::nil());
        let asks = |address, second| {
            let now = Timestamp::from_second(second).expect("a moment");
            limiter.admits(organisation, Some(address), now)
        };
        assert!((0..OF_ADDRESS).all(|_| asks("203.0.113.7", 60)));
        assert!(!asks("203.0.113.7", 119));
        assert!(asks("203.0.113.8", 119));
        assert!(asks("203.0.113.7", 120));
    }
}
