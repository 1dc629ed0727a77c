//! What changed in a calendar since the last time (RFC 6578), or all of it within a window.

use super::xml::{Item, Multistatus, escaped, parse};
use crate::client::{Request, XML, refused};
use crate::ics::{Budget, Span};
use crate::{Account, Client, Fault};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

/// How many resources are asked for at once.
const AT_ONCE: usize = 100;

/// What is new in a calendar.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// Whether `resources` are all there are, so that whatever else was known is gone.
    pub whole: bool,
    pub resources: Vec<Resource>,
    /// Paths of what is no longer there.
    pub gone: Vec<String>,
    /// Where the next time goes on; `None` when the server can't say, or all is to be read again.
    pub token: Option<String>,
}

/// A resource of a calendar: an event with its exceptions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// Its path on the server.
    pub href: String,
    pub text: String,
}

/// What changed in the calendar at `collection` since `token`. Without one, or when the server no
/// longer knows it, all that happens in `window`.
///
/// # Errors
/// [`Fault`].
pub async fn changes(
    client: &Client,
    account: &Account,
    collection: &str,
    token: Option<&str>,
    window: &Span,
    budget: &mut Budget,
) -> Result<Changes, Fault> {
    let calendar = Calendar {
        client,
        account,
        url: client.admit(collection)?,
    };
    if let Some(token) = token {
        match calendar.since(token, budget).await {
            // An unknown token is refused in many ways: 403, 409, 400, 412, 507.
            Err(Fault::Forbidden | Fault::Status(400..=499 | 507)) => {}
            answered => return answered,
        }
    }
    calendar.whole(window, budget).await
}

struct Calendar<'a> {
    client: &'a Client,
    account: &'a Account,
    url: Url,
}

impl Calendar<'_> {
    async fn since(&self, token: &str, budget: &mut Budget) -> Result<Changes, Fault> {
        let token = escaped(token);
        let body = format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"#
        );
        let answer = self.report("1", body, budget).await?;
        let mut changes = Changes {
            token: answer.token,
            ..Changes::default()
        };
        let mut wanted = Vec::new();
        for item in answer.items {
            let href = self.path(&item)?;
            match item.gone {
                true => changes.gone.push(href),
                // The calendar itself is told of by some servers.
                false if href != self.url.path() => wanted.push(item.href),
                false => {}
            }
        }
        for some in wanted.chunks(AT_ONCE) {
            let hrefs: String = some
                .iter()
                .map(|href| format!("<d:href>{}</d:href>", escaped(href)))
                .collect();
            let body = format!(
                r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"#
            );
            let answer = self.report("1", body, budget).await?;
            self.collect(answer, &mut changes)?;
        }
        Ok(changes)
    }

    /// The token is asked for first: what changes in between is then told twice, never not at all.
    async fn whole(&self, window: &Span, budget: &mut Budget) -> Result<Changes, Fault> {
        let body = r#"<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><sync-token/><resourcetype/></prop></propfind>"#;
        let answer = self.ask("PROPFIND", "0", body.to_owned(), budget).await?;
        let token = answer.items.into_iter().find_map(|item| item.token);
        let (from, until) = (utc(window.start), utc(window.end));
        let body = format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{from}" end="{until}"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"#
        );
        let answer = self.report("1", body, budget).await?;
        let mut changes = Changes {
            whole: true,
            token,
            ..Changes::default()
        };
        self.collect(answer, &mut changes)?;
        Ok(changes)
    }

    fn collect(&self, answer: Multistatus, changes: &mut Changes) -> Result<(), Fault> {
        for item in answer.items {
            let href = self.path(&item)?;
            match item.data {
                Some(text) => changes.resources.push(Resource { href, text }),
                None if item.gone => changes.gone.push(href),
                None => {}
            }
        }
        Ok(())
    }

    fn path(&self, item: &Item) -> Result<String, Fault> {
        Ok(self.client.join(&self.url, &item.href)?.path().to_owned())
    }

    async fn report(
        &self,
        depth: &str,
        body: String,
        budget: &mut Budget,
    ) -> Result<Multistatus, Fault> {
        self.ask("REPORT", depth, body, budget).await
    }

    async fn ask(
        &self,
        method: &'static str,
        depth: &str,
        body: String,
        budget: &mut Budget,
    ) -> Result<Multistatus, Fault> {
        let request = Request {
            account: self.account,
            method,
            headers: &[XML, ("depth", depth)],
            body,
        };
        let answer = self.client.call(&self.url, &request, budget).await?;
        match answer.status.as_u16() {
            207 => parse(&answer.body),
            200..=299 => Err(Fault::NotCalDav),
            _ => Err(refused(answer.status)),
        }
    }
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string()
}
