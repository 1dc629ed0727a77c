//! CalDAV: finding calendars, what changed in one, and our copies there.

mod discover;
mod sync;
mod xml;

pub use discover::{Found, discover};
pub use sync::{Changes, Resource, changes};

use crate::client::{ICS, Request, refused};
use crate::ics::Budget;
use crate::{Account, Client, Fault};

/// Puts a copy of ours into the calendar at `collection`, as new or instead of the one before. The
/// name ends with `.ics`. Returns its path on the server and, if the server says so, its ETag.
///
/// # Errors
/// [`Fault`].
pub async fn put(
    client: &Client,
    account: &Account,
    collection: &str,
    name: &str,
    text: &str,
    budget: &mut Budget,
) -> Result<(String, Option<String>), Fault> {
    let url = client.join(&client.admit(collection)?, name)?;
    let request = Request {
        account,
        method: "PUT",
        headers: &[ICS],
        body: text.to_owned(),
    };
    let answer = client.call(&url, &request, budget).await?;
    match answer.status.is_success() {
        true => Ok((url.path().to_owned(), answer.etag)),
        false => Err(refused(answer.status)),
    }
}

/// Takes a copy of ours away; one that is gone already is fine.
///
/// # Errors
/// [`Fault`].
pub async fn delete(
    client: &Client,
    account: &Account,
    collection: &str,
    href: &str,
    budget: &mut Budget,
) -> Result<(), Fault> {
    let url = client.join(&client.admit(collection)?, href)?;
    let request = Request {
        account,
        method: "DELETE",
        headers: &[],
        body: String::new(),
    };
    let status = client.call(&url, &request, budget).await?.status;
    match refused(status) {
        _ if status.is_success() => Ok(()),
        Fault::Gone => Ok(()),
        fault => Err(fault),
    }
}
