//! Calendars of the world outside: iCalendar written and read, and what speaks to their servers.
//!
//! [`discover`] finds the calendars of a CalDAV account (RFC 4791, 6764), [`changes`] tells what is
//! new in one (RFC 6578), [`put`] and [`delete`] keep our copies there, and [`subscription`] reads an
//! ICS address. What strangers answer is bounded in bytes and time by a [`ics::Budget`].

mod client;
mod dav;
mod fault;
pub mod ics;

pub use client::{Account, Client};
pub use dav::{Changes, Found, Resource, changes, delete, discover, put};
pub use fault::Fault;
pub use outward::Inward;

use ics::Budget;

/// The text at an ICS address; `webcal:` is another way to write `https:`.
///
/// # Errors
/// [`Fault`].
pub async fn subscription(
    client: &Client,
    address: &str,
    budget: &mut Budget,
) -> Result<String, Fault> {
    let url = client.admit(&as_https(address))?;
    client.get(url, budget).await
}

/// The host of an address as people write it; `None` when there is none.
pub fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(&as_https(address)).ok()?;
    url.host_str().map(str::to_owned)
}

/// The address as people write it, made one that can be called.
fn as_https(address: &str) -> String {
    let address = address.trim();
    let rest = ["webcals://", "webcal://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    match rest {
        Some(rest) => format!("https://{rest}"),
        None if address.contains("://") => address.to_owned(),
        None => format!("https://{address}"),
    }
}
