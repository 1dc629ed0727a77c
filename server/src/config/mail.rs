//! The setting `mail`: the mail server, or the folder that stands in for one.

use super::WrongSetting;
use http::Uri;
use lettre::message::Mailbox;
use std::fmt;
use std::path::PathBuf;

/// How mails leave the house.
#[derive(Clone, PartialEq, Eq)]
pub enum Mail {
    /// One `.eml` for each message goes into this folder, and nothing anywhere else.
    Folder(PathBuf),
    /// The address of the server as `lettre` reads it, password included.
    Server(String),
}

impl Mail {
    /// Reads `file:DIR`, `smtp://…` or `smtps://…`. Over `smtp://` to another machine a password
    /// goes only through TLS, and the rest through TLS where the server offers it.
    ///
    /// # Errors
    /// When it is none of these. What was written is not repeated: it may hold a password.
    pub(super) fn read(text: &str) -> Result<Self, WrongSetting> {
        let wrong = || {
            let why = "must be smtp://USER:PASSWORD@HOST:PORT, smtps://… or file:DIR";
            WrongSetting::new("mail", why)
        };
        match text.strip_prefix("file:") {
            Some("") => return Err(wrong()),
            Some(folder) => return Ok(Self::Folder(folder.into())),
            None => {}
        }
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&authority.host());
        let has_password = authority.as_str().contains('@');
        let chosen = uri.query().is_some_and(|query| query.contains("tls="));
        let tls = match uri.scheme_str() {
            Some("smtps") => "",
            Some("smtp") if chosen || here => "",
            Some("smtp") if has_password => "?tls=required",
            Some("smtp") => "?tls=opportunistic",
            _ => return Err(wrong()),
        };
        Ok(Self::Server(format!("{text}{tls}")))
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "file:{}", folder.display()),
            Self::Server(_) => f.write_str("a mail server"),
        }
    }
}

/// Reads the setting `mail-from`: `staffroom@example.org`, with or without a name before it.
pub(super) fn from(text: &str) -> Result<Mailbox, WrongSetting> {
    let why = format!("“{text}” is not an email address");
    text.parse()
        .map_err(|_| WrongSetting::new("mail-from", why))
}
