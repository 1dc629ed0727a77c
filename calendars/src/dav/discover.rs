//! Finding the calendars of an account: from an address as people know it to the list (RFC 6764).

use super::xml::{Item, Multistatus, parse};
use crate::client::{Request, XML, refused};
use crate::ics::Budget;
use crate::{Account, Client, Fault, as_https};
use url::Url;

/// A calendar of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Absolute, and it ends with a slash.
    pub address: String,
    /// As its owner calls it; the last part of its path when it has no name.
    pub name: String,
    /// Whether copies can be put there.
    pub writable: bool,
}

const ENTRY: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><current-user-principal/><resourcetype/><displayname/><c:calendar-home-set/><c:supported-calendar-component-set/><current-user-privilege-set/></prop></propfind>"#;

/// The calendars that take events, by name. The address is that of the server, of the account, or of
/// one calendar; without a scheme it is https.
///
/// # Errors
/// [`Fault`].
pub async fn discover(
    client: &Client,
    account: &Account,
    budget: &mut Budget,
) -> Result<Vec<Found>, Fault> {
    let given = client.admit(&as_https(&account.address))?;
    let well_known = given
        .join("/.well-known/caldav")
        .map_err(|_| Fault::Address)?;
    let root = given.join("/").map_err(|_| Fault::Address)?;
    let mut first_fault = None;
    for url in [&given, &well_known, &root] {
        match from(client, account, url, budget).await {
            Ok(found) if !found.is_empty() => return Ok(found),
            Ok(_) => {}
            // With a wrong password, every further try may lock the account.
            Err(fault @ (Fault::Unauthorized | Fault::Inward | Fault::TooMuch)) => {
                return Err(fault);
            }
            Err(fault) => _ = first_fault.get_or_insert(fault),
        }
    }
    match first_fault {
        Some(Fault::Gone | Fault::Status(_) | Fault::Forbidden) | None => Err(Fault::NotCalDav),
        Some(fault) => Err(fault),
    }
}

async fn from(
    client: &Client,
    account: &Account,
    url: &Url,
    budget: &mut Budget,
) -> Result<Vec<Found>, Fault> {
    let (url, entry) = ask(client, account, url, "0", budget).await?;
    let entry = entry.items.into_iter().next().ok_or(Fault::NotCalDav)?;
    let home = match (&entry.home, &entry.principal) {
        _ if entry.is_calendar => return found(client, &url, vec![entry]),
        (Some(home), _) => client.join(&url, home)?,
        (None, Some(principal)) => {
            let principal = client.join(&url, principal)?;
            let (url, answer) = ask(client, account, &principal, "0", budget).await?;
            let home = answer.items.into_iter().find_map(|item| item.home);
            client.join(&url, &home.ok_or(Fault::NotCalDav)?)?
        }
        (None, None) => return Ok(Vec::new()),
    };
    let (url, answer) = ask(client, account, &home, "1", budget).await?;
    found(client, &url, answer.items)
}

async fn ask(
    client: &Client,
    account: &Account,
    url: &Url,
    depth: &str,
    budget: &mut Budget,
) -> Result<(Url, Multistatus), Fault> {
    let request = Request {
        account,
        method: "PROPFIND",
        headers: &[XML, ("depth", depth)],
        body: ENTRY.to_owned(),
    };
    let answer = client.call(url, &request, budget).await?;
    match answer.status.as_u16() {
        207 => Ok((answer.url, parse(&answer.body)?)),
        200..=299 => Err(Fault::NotCalDav),
        _ => Err(refused(answer.status)),
    }
}

fn found(client: &Client, base: &Url, items: Vec<Item>) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    for item in items.into_iter().filter(|i| i.is_calendar && i.has_events) {
        let mut url = client.join(base, &item.href)?;
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        let last = url.path().trim_end_matches('/').rsplit('/').next();
        let name = item.name.or_else(|| last.map(str::to_owned));
        found.push(Found {
            name: name.unwrap_or_default().chars().take(100).collect(),
            address: url.into(),
            writable: item.writable,
        });
    }
    found.sort_by(|a, b| (&a.name, &a.address).cmp(&(&b.name, &b.address)));
    Ok(found)
}
