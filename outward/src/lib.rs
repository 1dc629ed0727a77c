//! Calls to addresses that strangers name: kept out of our own network, also when a name leads there.
//!
//! Whoever types the address of a provider or a calendar, and whatever document names further ones,
//! may not make this server talk to its own neighbours.

mod address;

pub use address::{Inward, Refused, admit, points_inward};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

/// What a client is built from that follows no redirect, uses no proxy, and connects only to
/// resolved addresses that [`Inward`] admits. The address itself goes through [`admit`] first.
pub fn client(inward: Inward) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // A proxy would look names up itself, past our resolver.
        .no_proxy()
        .user_agent("Staffroom")
        .dns_resolver(Outward { inward })
}

/// What went wrong at the root of an error, since the upper layers say only that something did;
/// `None` when the name leads only inward.
pub fn root<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let mut root = error;
    loop {
        if root.is::<OnlyInward>() {
            return None;
        }
        match root.source() {
            Some(source) => root = source,
            None => return Some(root),
        }
    }
}

/// Looks names up and leaves out what points inward. It gives the very addresses that are connected
/// to, so a name that changes between a check and a call changes nothing.
struct Outward {
    inward: Inward,
}

impl Resolve for Outward {
    fn resolve(&self, name: Name) -> Resolving {
        let inward = self.inward;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let admitted: Vec<SocketAddr> = found
                .filter(|address| inward == Inward::Allowed || !points_inward(address.ip()))
                .collect();
            if admitted.is_empty() {
                return Err(OnlyInward.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// A name that has no address outside.
#[derive(Debug)]
struct OnlyInward;

impl fmt::Display for OnlyInward {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name leads only into our own network")
    }
}

impl Error for OnlyInward {}
