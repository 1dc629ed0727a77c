//! The HTTP client: bounded in time and size, and careful where a password goes.

use crate::Fault;
use crate::ics::Budget;
use outward::Inward;
use reqwest::header::{ETAG, HeaderMap, HeaderName, LOCATION};
use reqwest::{Method, StatusCode};
use std::fmt;
use std::time::{Duration, Instant};
use url::{Host, Url};

const CONNECT: Duration = Duration::from_secs(5);
/// For one whole answer.
const WHOLE: Duration = Duration::from_secs(20);
/// How often one request may be sent on to another address.
const HOPS: usize = 5;
/// The longest detail of a fault, in characters.
const DETAIL: usize = 120;

/// Calls calendar servers. It uses no proxy, waits 5 s for a connection and 20 s for a whole answer,
/// and connects only to resolved addresses that [`Inward`] admits, also when it is sent on. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    inward: Inward,
}

/// Where an account is and how to get in. `Debug` never shows the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub address: String,
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("address", &self.address)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// A request of an account.
pub(crate) struct Request<'a> {
    pub account: &'a Account,
    pub method: &'static str,
    pub headers: &'a [(&'static str, &'a str)],
    pub body: String,
}

/// What came back.
pub(crate) struct Answer {
    /// Where it came from in the end.
    pub url: Url,
    pub status: StatusCode,
    pub etag: Option<String>,
    pub body: String,
}

impl Client {
    /// Builds a client; one is enough for all servers.
    ///
    /// # Errors
    /// [`Fault::Client`] when TLS can't be set up.
    pub fn new(inward: Inward) -> Result<Self, Fault> {
        let http = outward::client(inward)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .build()
            .map_err(|error| Fault::Client(detail(&error)))?;
        Ok(Self { http, inward })
    }

    /// Checks an address that is to be called.
    pub(crate) fn admit(&self, address: &str) -> Result<Url, Fault> {
        Ok(outward::admit(address, self.inward)?)
    }

    /// Where a path of an answer leads, which must be on the site of its account.
    pub(crate) fn join(&self, base: &Url, path: &str) -> Result<Url, Fault> {
        let url = base.join(path.trim()).map_err(|_| Fault::NotCalDav)?;
        let url = self.admit(url.as_str())?;
        match same_site(base, &url) {
            true => Ok(url),
            false => Err(Fault::Elsewhere),
        }
    }

    /// What stands at an address, without a password.
    pub(crate) async fn get(&self, url: Url, budget: &mut Budget) -> Result<String, Fault> {
        let mut url = url;
        for _ in 0..HOPS {
            let request = self.http.get(url.clone());
            let answer = self.send(request, url, budget).await?;
            match answer.onward(self)? {
                Some(next) => url = next,
                None => {
                    return match answer.answer.status {
                        StatusCode::OK => Ok(answer.answer.body),
                        status => Err(refused(status)),
                    };
                }
            }
        }
        Err(Fault::Elsewhere)
    }

    /// Sends a request with name and password, also on to other addresses of the same site.
    pub(crate) async fn call(
        &self,
        url: &Url,
        request: &Request<'_>,
        budget: &mut Budget,
    ) -> Result<Answer, Fault> {
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| Fault::Address)?;
        let mut url = url.clone();
        for _ in 0..HOPS {
            let account = request.account;
            let mut sent = self
                .http
                .request(method.clone(), url.clone())
                .basic_auth(&account.user, Some(&account.password))
                .body(request.body.clone());
            for (name, value) in request.headers {
                sent = sent.header(*name, *value);
            }
            let answer = self.send(sent, url.clone(), budget).await?;
            match answer.onward(self)? {
                Some(next) if same_site(&url, &next) => url = next,
                Some(_) => return Err(Fault::Elsewhere),
                None => return Ok(answer.answer),
            }
        }
        Err(Fault::Elsewhere)
    }

    async fn send(
        &self,
        request: reqwest::RequestBuilder,
        url: Url,
        budget: &mut Budget,
    ) -> Result<Sent, Fault> {
        let left = budget.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Fault::TooMuch);
        }
        let request = request.timeout(WHOLE.min(left));
        let mut answer = request.send().await.map_err(fault)?;
        let mut body = Vec::new();
        // Counted while reading: a stated length may be absent or a lie.
        while let Some(chunk) = answer.chunk().await.map_err(fault)? {
            let left = budget.bytes.checked_sub(chunk.len());
            budget.bytes = left.ok_or(Fault::TooMuch)?;
            body.extend_from_slice(&chunk);
        }
        let headers = answer.headers();
        let location = text(headers, LOCATION);
        let answer = Answer {
            url,
            status: answer.status(),
            etag: text(headers, ETAG),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        Ok(Sent { location, answer })
    }
}

struct Sent {
    location: Option<String>,
    answer: Answer,
}

impl Sent {
    /// The next address, if this answer is not the last.
    fn onward(&self, client: &Client) -> Result<Option<Url>, Fault> {
        if !self.answer.status.is_redirection() {
            return Ok(None);
        }
        let Some(location) = &self.location else {
            return Ok(None);
        };
        let url = self.answer.url.join(location).map_err(|_| Fault::Address)?;
        Ok(Some(client.admit(url.as_str())?))
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// Why an answer with this status is none.
pub(crate) fn refused(status: StatusCode) -> Fault {
    match status.as_u16() {
        401 => Fault::Unauthorized,
        403 => Fault::Forbidden,
        404 | 410 => Fault::Gone,
        status => Fault::Status(status),
    }
}

/// Whether a password for one address may be sent to the other: the same host, or one beside it
/// (`p42.calendars.example` beside `calendars.example`), never over a weaker connection.
fn same_site(known: &Url, other: &Url) -> bool {
    if known.scheme() != other.scheme() {
        return false;
    }
    if known.host() == other.host() {
        return known.port_or_known_default() == other.port_or_known_default();
    }
    let (Some(Host::Domain(known)), Some(Host::Domain(other))) = (known.host(), other.host())
    else {
        return false;
    };
    let parent = match known.split_once('.') {
        Some((_, parent)) if !is_public(parent) => parent,
        _ => known,
    };
    other == parent
        || other
            .strip_suffix(parent)
            .is_some_and(|rest| rest.ends_with('.'))
}

/// Whether names under this one may belong to anybody: `co.uk`, `com.au`, as far as can be seen.
fn is_public(parent: &str) -> bool {
    match parent.split_once('.') {
        None => true,
        Some((second, top)) => !top.contains('.') && top.len() == 2 && second.len() <= 3,
    }
}

fn fault(error: reqwest::Error) -> Fault {
    if error.is_timeout() {
        return Fault::TimedOut;
    }
    match outward::root(&error) {
        None => Fault::Inward,
        Some(root) => Fault::Unreachable(detail(root)),
    }
}

fn detail(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    text.chars()
        .filter(|c| !c.is_control())
        .take(DETAIL)
        .collect()
}

pub(crate) const XML: (&str, &str) = ("content-type", "application/xml; charset=utf-8");
pub(crate) const ICS: (&str, &str) = ("content-type", "text/calendar; charset=utf-8");

#[cfg(test)]
mod tests {
    use super::same_site;
    use url::Url;

    // O-06: a server that sends us on does not make us hand the password to somebody else.
    #[test]
    fn a_password_stays_on_its_site() {
        let same = |a: &str, b: &str| same_site(&Url::parse(a).unwrap(), &Url::parse(b).unwrap());
        for (a, b) in [
            ("https://dav.example.org/", "https://dav.example.org/x"),
            (
                "https://caldav.icloud.example/",
                "https://p42-caldav.icloud.example/",
            ),
            ("https://example.org/", "https://dav.example.org/"),
            ("http://127.0.0.1:8/", "http://127.0.0.1:8/x"),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("https://dav.example.org/", "http://dav.example.org/"),
            ("https://dav.example.org/", "https://dav.example.org:8443/"),
            ("https://dav.example.org/", "https://example.com/"),
            ("https://dav.example.org/", "https://notexample.org/"),
            ("https://example.org/", "https://other.org/"),
            ("https://example.co.uk/", "https://other.co.uk/"),
            ("https://example.com.au/", "https://other.com.au/"),
            ("http://127.0.0.1:8/", "http://127.0.0.1:9/"),
            ("http://127.0.0.1:8/", "http://1.1.1.1:8/"),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
    }
}
