//! The manager interface of an Asterisk (AMI): who is on a call is heard there, and breaks are told.

mod message;

use domain::contact_centre::monitor::Phone;
use futures::StreamExt;
use md5::{Digest, Md5};
pub(crate) use message::Message;
use message::Messages;
use std::fmt;
use std::io;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::timeout;
use tokio_util::codec::FramedRead;

/// How long connecting and signing in may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a manager interface is, and as whom to sign in there.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// A host and a port, such as `127.0.0.1:5038`.
    pub address: String,
    pub username: String,
    pub secret: String,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            address, username, ..
        } = self;
        write!(f, "{username}@{address}")
    }
}

/// Why a manager interface is not heard.
#[derive(Debug)]
pub enum Deaf {
    /// It can't be reached, or the connection broke.
    Connection(io::Error),
    /// It did not answer in time.
    Silent,
    /// It ended the connection.
    Ended,
    /// It is no manager interface, or one that says what nobody understands.
    Strange,
    /// It refused what it was asked, with these words.
    Refused(String),
}

impl fmt::Display for Deaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(error) => error.fmt(f),
            Self::Silent => f.write_str("it does not answer"),
            Self::Ended => f.write_str("it ended the connection"),
            Self::Strange => f.write_str("what answers is no manager interface"),
            Self::Refused(words) => write!(f, "it refused: {words}"),
        }
    }
}

impl std::error::Error for Deaf {}

impl From<io::Error> for Deaf {
    fn from(error: io::Error) -> Self {
        Self::Connection(error)
    }
}

/// A connection to a manager interface on which somebody signed in.
pub(crate) struct Manager {
    messages: FramedRead<OwnedReadHalf, Messages>,
    writer: OwnedWriteHalf,
}

impl Manager {
    /// Connects and signs in. The secret itself is not sent: the interface asks for the digest of its
    /// challenge and the secret.
    pub async fn sign_in(access: &Access) -> Result<Self, Deaf> {
        let signing_in = timeout(PATIENCE, Self::connect(access));
        signing_in.await.unwrap_or(Err(Deaf::Silent))
    }

    async fn connect(access: &Access) -> Result<Self, Deaf> {
        let stream = TcpStream::connect(&access.address).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        let mut manager = Self {
            messages: FramedRead::new(reader, Messages::default()),
            writer,
        };
        manager.next().await?; // its greeting
        let answer = manager.ask(&[("Action", "Challenge"), ("AuthType", "MD5")]);
        let answer = answer.await?;
        let challenge = answer.get("Challenge").ok_or(Deaf::Strange)?;
        let mut digest = Md5::new();
        digest.update(challenge.as_bytes());
        digest.update(access.secret.as_bytes());
        let key: String = digest
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let sign_in = [
            ("Action", "Login"),
            ("AuthType", "MD5"),
            ("Username", access.username.as_str()),
            ("Key", &key),
            ("Events", "call"),
        ];
        manager.ask(&sign_in).await?;
        Ok(manager)
    }

    /// Sends an action and waits for its answer, while nothing else is under way.
    async fn ask(&mut self, action: &[(&str, &str)]) -> Result<Message, Deaf> {
        self.send(action).await?;
        loop {
            let message = self.next().await?;
            match message.get("Response") {
                None => {}
                Some("Success") => return Ok(message),
                Some(_) => return Err(message.refusal()),
            }
        }
    }

    /// Sends an action, whose answer is among what comes next.
    pub async fn send(&mut self, action: &[(&str, &str)]) -> Result<(), Deaf> {
        let text = message::written(action);
        let sending = timeout(PATIENCE, self.writer.write_all(text.as_bytes()));
        sending.await.map_err(|_| Deaf::Silent)??;
        Ok(())
    }

    /// The next thing that it says. Nothing is lost when it is not waited for to the end.
    pub async fn next(&mut self) -> Result<Message, Deaf> {
        self.messages.next().await.unwrap_or(Err(Deaf::Ended))
    }
}

/// How the phones of an extension stand by the number in `ExtensionStatus`, a set of Asterisk's
/// `ast_extension_states`; `None` for an extension that is gone.
pub(crate) fn phone(status: &str) -> Option<Phone> {
    const IN_USE: i32 = 1;
    const BUSY: i32 = 2;
    const UNAVAILABLE: i32 = 4;
    const RINGING: i32 = 8;
    const ON_HOLD: i32 = 16;
    let status: i32 = status.parse().ok().filter(|status| *status >= 0)?;
    Some(match status {
        status if status & (IN_USE | BUSY | ON_HOLD) != 0 => Phone::OnCall,
        status if status & RINGING != 0 => Phone::Ringing,
        status if status & UNAVAILABLE != 0 => Phone::Unreachable,
        _ => Phone::Free,
    })
}

#[cfg(test)]
mod tests {
    use super::{Phone, phone};

    // Asterisk's include/asterisk/pbx.h, `enum ast_extension_states`.
    #[test]
    fn a_status_is_a_set() {
        assert_eq!(phone("0"), Some(Phone::Free));
        assert_eq!(phone("1"), Some(Phone::OnCall));
        assert_eq!(phone("2"), Some(Phone::OnCall));
        assert_eq!(phone("4"), Some(Phone::Unreachable));
        assert_eq!(phone("8"), Some(Phone::Ringing));
        assert_eq!(phone("9"), Some(Phone::OnCall));
        assert_eq!(phone("16"), Some(Phone::OnCall));
        assert_eq!(phone("-1"), None);
        assert_eq!(phone("-2"), None);
        assert_eq!(phone("idle"), None);
    }
}
