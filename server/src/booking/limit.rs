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
/// Files that load with a page: its pictures are many.
const FILES: u32 = 10;
/// How many addresses are remembered at most.
const REMEMBERED: usize = 50_000;

type Key = (OrganisationId, String);

/// What was asked for in the present minute.
#[derive(Debug)]
pub struct Limiter {
    /// How many times the usual.
    times: u32,
    counts: Mutex<Counts>,
}

#[derive(Default, Debug)]
struct Counts {
    minute: i64,
    counts: HashMap<Key, u32>,
}

impl Limiter {
    /// For pages.
    pub fn of_pages() -> Self {
        Self::new(1)
    }

    /// For files that load with pages and are read from the database.
    pub fn of_files() -> Self {
        Self::new(FILES)
    }

    fn new(times: u32) -> Self {
        Self {
            times,
            counts: Mutex::default(),
        }
    }

    /// Counts one more page; `false` when it is one too many.
    fn admits(&self, organisation: OrganisationId, address: Option<&str>, now: Timestamp) -> bool {
        let Ok(mut counts) = self.counts.lock() else {
            return true;
        };
        let minute = now.as_second() / 60;
        if counts.minute != minute {
            counts.minute = minute;
            counts.counts.clear();
        }
        let mut more = |of: String, most: u32| {
            // Full, it forgets nobody who was counted; who is new counts for all alone.
            let is_full = counts.counts.len() >= REMEMBERED && !of.is_empty();
            let key = (organisation, of);
            if is_full && !counts.counts.contains_key(&key) {
                return true;
            }
            let count = counts.counts.entry(key).or_default();
            *count = count.saturating_add(1);
            *count <= most.saturating_mul(self.times)
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
        let limiter = Limiter::of_pages();
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

    // Whoever has many addresses does not wipe out what was counted.
    #[test]
    fn a_flood_of_addresses_forgets_nobody() {
        let limiter = Limiter::of_pages();
        let organisation = OrganisationId(uuid::Uuid::nil());
        let now = Timestamp::from_second(60).expect("a moment");
        let asks = |address: &str| limiter.admits(organisation, Some(address), now);
        assert!((0..OF_ADDRESS).all(|_| asks("203.0.113.7")));
        let flood = (0..REMEMBERED)
            .map(|number| format!("2001:db8:{:x}:{:x}::1", number >> 16, number & 0xffff));
        let admitted = flood.filter(|address| asks(address)).count();
        assert!(!asks("203.0.113.7"), "after {admitted} others");
    }
}
