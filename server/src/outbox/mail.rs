//! Mails on their way: to the mail server, or as files into the folder that stands in for one.

use super::letter::Attached;
use super::text::{Addressee, Text};
use crate::config::{Mail, WrongSetting, make_folder};
use domain::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::PoolConfig;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor, transport::smtp};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use store::outbox::Claimed;
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// How long the mail server may take for each of its answers.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections to the mail server are kept at most.
const CONNECTIONS: u32 = 4;

/// What takes a message away.
pub(super) enum Post {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(_) => f.write_str("Server(…)"),
            Self::Folder(folder) => write!(f, "Folder({})", folder.display()),
        }
    }
}

impl Post {
    /// What the setting `mail` says; the mail server is not asked yet, since it may be down.
    ///
    /// # Errors
    /// When the address can't be used. It is not repeated: it may hold a password.
    pub(super) fn new(mail: &Mail) -> Result<Self, WrongSetting> {
        match mail {
            Mail::Folder(folder) => Ok(Self::Folder(folder.clone())),
            Mail::Server(address) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address);
                let wrong = |_| WrongSetting::new("mail", "is no address of a mail server");
                let pool = PoolConfig::new().max_size(CONNECTIONS);
                let builder = builder.map_err(wrong)?.timeout(Some(TIMEOUT));
                Ok(Self::Server(builder.pool_config(pool).build()))
            }
        }
    }

    /// Sends one message. Its Message-ID is the same at every attempt, so that one that was sent
    /// twice can be told.
    ///
    /// # Errors
    /// Why it did not leave, in a few words.
    pub(super) async fn send(
        &self,
        claimed: &Claimed,
        to: &Addressee,
        text: Text,
        from: &Mailbox,
        now: Timestamp,
    ) -> Result<(), String> {
        let message = compose(claimed, to, text, from, now)?;
        match self {
            Self::Server(server) => {
                let sent = server.send(message).await;
                sent.map(|_| ()).map_err(|error| reason(&error))
            }
            Self::Folder(folder) => {
                let name = format!("{}-{}.eml", now.strftime("%Y%m%dT%H%M%S%.6fZ"), claimed.id);
                let written = write(folder, &name, &message.formatted()).await;
                written.map_err(|error| format!("can't write to the mail folder: {error}"))
            }
        }
    }
}

/// From whom mails are where nobody chose; a host that is no domain name can't have an address.
pub(super) fn usual_from(host: &str) -> Mailbox {
    let here = || Address::new("staffroom", "localhost");
    let address = match host.parse::<std::net::IpAddr>() {
        Err(_) if !host.starts_with('[') => Address::new("staffroom", host).or_else(|_| here()),
        _ => here(),
    };
    let address = address.expect("staffroom@localhost is an address");
    Mailbox::new(None, address)
}

pub(super) fn compose(
    claimed: &Claimed,
    to: &Addressee,
    text: Text,
    from: &Mailbox,
    now: Timestamp,
) -> Result<lettre::Message, String> {
    let unusable = |_| "the address can't be written to".to_owned();
    let address: Address = claimed.message.to().as_str().parse().map_err(unusable)?;
    let name = Some(one_line(&to.name)).filter(|name| !name.is_empty());
    let sender = one_line(from.name.as_ref().unwrap_or(&to.organisation));
    let id = format!("<{}@{}>", claimed.id, from.email.domain());
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let builder = lettre::Message::builder()
        .from(Mailbox::new(Some(sender), from.email.clone()))
        .to(Mailbox::new(name, address))
        .subject(one_line(&text.subject))
        .date(SystemTime::from(now))
        .message_id(Some(id))
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
    let words = MultiPart::alternative()
        .singlepart(part(ContentType::TEXT_PLAIN, text.plain))
        .singlepart(part(ContentType::TEXT_HTML, text.html));
    let message = match text.attached {
        Some(attached) => builder.multipart(with_event(words, attached)?),
        None => builder.multipart(words),
    };
    message.map_err(|error| error.to_string())
}

/// An event as one more way to read the mail, which calendars act on (RFC 6047 §2.4), and as a file
/// for the programs that only look at those.
fn with_event(words: MultiPart, attached: Attached) -> Result<MultiPart, String> {
    let kind = format!(
        "text/calendar; method={}; charset=utf-8",
        attached.method.word()
    );
    let kind = ContentType::parse(&kind).map_err(|error| error.to_string())?;
    let event = part(kind, attached.calendar.clone());
    let file = ContentType::parse("application/ics").map_err(|error| error.to_string())?;
    let file = Attachment::new("appointment.ics".to_owned()).body(attached.calendar, file);
    Ok(MultiPart::mixed()
        .multipart(words.singlepart(event))
        .singlepart(file))
}

/// What a header may hold. No rule lets a name with a line break pass, but `lettre` would panic at
/// one, and the outbox stand still.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(text)
}

/// One file for one message, there as a whole or not at all.
async fn write(folder: &Path, name: &str, message: &[u8]) -> std::io::Result<()> {
    make_folder(folder)?;
    let draft = folder.join(format!(".{name}.draft"));
    let mut file = fs::File::create(&draft).await?;
    file.write_all(message).await?;
    file.sync_all().await?;
    fs::rename(&draft, folder.join(name)).await?;
    // The name is on the disk once the folder is.
    fs::File::open(folder).await?.sync_all().await
}

/// What a mail server's failure is called where people see it.
fn reason(error: &smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server refused it: {code} {}", said(error)),
        None if error.is_timeout() => "the mail server did not answer in time".into(),
        None if error.is_tls() => format!("no safe connection to the mail server: {}", said(error)),
        None => format!("the mail server can't be reached: {}", said(error)),
    }
}

fn said(error: &smtp::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}
