//! The HTTP client for calls to a provider: bounded in time and size, and kept out of our own network.

use std::time::Duration;

use outward::{Inward, Refused};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{RequestBuilder, StatusCode};
use url::Url;

use crate::Fault;
use crate::fault::detail;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
/// In bytes. Real documents and key sets have some ten thousand.
const LARGEST: usize = 1 << 20;

/// Calls providers. It follows no redirect, uses no proxy, waits 5 s for a connection and 10 s for
/// a whole answer, reads at most 1 MiB, and connects only to resolved addresses that [`Inward`]
/// admits. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    inward: Inward,
}

impl Client {
    /// Builds a client; one is enough for all providers.
    ///
    /// # Errors
    /// [`Fault::Client`] when TLS can't be set up.
    pub fn new(inward: Inward) -> Result<Self, Fault> {
        Self::within(inward, WHOLE)
    }

    /// As [`Client::new`], with another bound on the time of a whole call.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn within(inward: Inward, whole: Duration) -> Result<Self, Fault> {
        let http = outward::client(inward)
            .connect_timeout(CONNECT.min(whole))
            .timeout(whole)
            .build()
            .map_err(|error| Fault::Client(detail(&error)))?;
        Ok(Self { http, inward })
    }

    /// Checks an address that this client is to call later.
    pub(crate) fn admit(&self, address: &str) -> Result<Url, Fault> {
        outward::admit(address, self.inward).map_err(|refused| match refused {
            Refused::Address => Fault::Address,
            Refused::Insecure => Fault::Insecure,
            Refused::Inward => Fault::Inward,
        })
    }

    /// The body at an address, which must answer 200.
    pub(crate) async fn get(&self, url: &Url) -> Result<Vec<u8>, Fault> {
        match self.call(self.http.get(url.clone())).await? {
            (StatusCode::OK, body) => Ok(body),
            (status, _) => Err(Fault::Status(status.as_u16())),
        }
    }

    /// Posts a form, with HTTP Basic credentials if there are any; tells status and body.
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: String,
        credentials: Option<(String, String)>,
    ) -> Result<(StatusCode, Vec<u8>), Fault> {
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let request = self.http.post(url.clone());
        let request = request.header(CONTENT_TYPE, form_type).body(form);
        let request = match credentials {
            Some((name, secret)) => request.basic_auth(name, Some(secret)),
            None => request,
        };
        self.call(request).await
    }

    async fn call(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Fault> {
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let mut answer = request.send().await.map_err(fault)?;
        let mut body = Vec::new();
        // Counted while reading: a stated length may be absent or a lie.
        while let Some(chunk) = answer.chunk().await.map_err(fault)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Fault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok((answer.status(), body))
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
