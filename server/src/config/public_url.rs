//! The setting `public-url`: where people reach Staffroom, which every link in a mail begins with.

use super::WrongSetting;
use http::Uri;
use std::fmt;
use std::net::SocketAddr;

/// A scheme, a host and perhaps a port; no path and no slash at the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicUrl {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl PublicUrl {
    /// Reads `https://HOST` or `http://HOST:PORT`.
    ///
    /// # Errors
    /// When it is no such address, or has more than that: Staffroom answers at the root of a host.
    pub fn read(text: &str) -> Result<Self, WrongSetting> {
        let wrong = || {
            let why = format!("“{text}” is not an address such as https://staffroom.example.org");
            WrongSetting::new("public-url", why)
        };
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let scheme = uri
            .scheme_str()
            .filter(|scheme| ["http", "https"].contains(scheme));
        let authority = uri.authority().filter(|all| !all.as_str().contains('@'));
        let (scheme, authority) = scheme.zip(authority).ok_or_else(wrong)?;
        if authority.host().is_empty() || uri.path() != "/" || uri.query().is_some() {
            return Err(wrong());
        }
        let (scheme, host) = (scheme.to_owned(), authority.host().to_owned());
        let port = authority.port_u16();
        Ok(Self { scheme, host, port })
    }

    /// Where a server that listens on `bound` can be reached from its own machine.
    pub fn of_address(bound: SocketAddr) -> Self {
        let host = match bound {
            _ if bound.ip().is_unspecified() => "localhost".to_owned(),
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        Self {
            scheme: "http".into(),
            host,
            port: Some(bound.port()),
        }
    }

    /// The same deployment under the host name of one of several organisations.
    #[must_use]
    pub fn at_host(&self, host: &str) -> Self {
        Self {
            host: host.to_owned(),
            ..self.clone()
        }
    }

    /// The host, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}
