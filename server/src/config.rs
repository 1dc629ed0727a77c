//! Settings: by flag, by environment, by file, in this order; a wrong one stops the start.

mod mail;
mod managers;
mod proxies;
mod public_url;
mod secret;

pub use mail::Mail;
pub use proxies::Proxies;
pub use public_url::PublicUrl;
pub use secret::{make_folder, read_or_make as secret};

use clap::ValueEnum;
use domain::PbxId;
use provisioning::{Access, Place, Tables};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

/// The file that is read when none is named.
const USUAL_FILE: &str = "staffroom.toml";

/// Every setting as it was written, by flag, by environment, or in the file, where its key is the
/// name of the flag.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[command(next_help_heading = "Settings (also by environment, or in the file)")]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flags {
    /// A file with these settings in TOML [default: staffroom.toml, if there is one]
    #[arg(long, env = "STAFFROOM_CONFIG", global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "STAFFROOM_LISTEN", global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// sqlite:FILE or postgres://… [default: sqlite:data/staffroom.db]
    #[arg(
        long,
        env = "STAFFROOM_DATABASE",
        global = true,
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Where people reach it; links in mails begin with it [default: http://LISTEN]
    #[arg(long, env = "STAFFROOM_PUBLIC_URL", global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// smtp://USER:PASSWORD@HOST:PORT, smtps://…, or file:DIR [default: file:data/mail]
    #[arg(long, env = "STAFFROOM_MAIL", global = true, hide_env_values = true)]
    pub mail: Option<String>,
    /// From whom mails are [default: staffroom@HOST of the public URL]
    #[arg(
        long,
        env = "STAFFROOM_MAIL_FROM",
        global = true,
        value_name = "ADDRESS"
    )]
    pub mail_from: Option<String>,
    /// The key of secrets in the database; made on first start [default: data/secret]
    #[arg(
        long,
        env = "STAFFROOM_SECRET_FILE",
        global = true,
        value_name = "FILE"
    )]
    pub secret_file: Option<PathBuf>,
    /// Proxies, separated by commas, whose X-Forwarded-For is believed [default: none]
    #[arg(
        long,
        env = "STAFFROOM_TRUSTED_PROXIES",
        global = true,
        value_name = "ADDRESSES"
    )]
    #[arg(value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<String>>,
    /// Serve demo data, whose passwords everybody knows, to the network
    #[arg(
        long,
        env = "STAFFROOM_DEMO_ON_NETWORK",
        global = true,
        value_name = "BOOL"
    )]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub demo_on_network: Option<bool>,
    /// Call identity providers and calendars at addresses of private networks and of this machine
    #[arg(
        long,
        env = "STAFFROOM_INWARD_ADDRESSES",
        global = true,
        value_name = "BOOL"
    )]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub inward_addresses: Option<bool>,
    /// Where each PBX's configuration is written, in a folder by its id [default: nowhere]
    #[arg(
        long,
        env = "STAFFROOM_PBX_DIRECTORY",
        global = true,
        value_name = "DIR"
    )]
    pub pbx_directory: Option<PathBuf>,
    /// Realtime tables as well: sqlite, in the folder, or postgres://… [default: files alone]
    #[arg(
        long,
        env = "STAFFROOM_PBX_TABLES",
        global = true,
        value_name = "TABLES",
        hide_env_values = true
    )]
    pub pbx_tables: Option<String>,
    /// A program that is called with a PBX's folder after it was written [default: none]
    #[arg(
        long,
        env = "STAFFROOM_PBX_RELOAD",
        global = true,
        value_name = "PROGRAM"
    )]
    pub pbx_reload: Option<PathBuf>,
    /// Where PBXs say who is on a call: a file with the manager interface of each [default: none]
    #[arg(
        long,
        env = "STAFFROOM_PBX_MANAGERS",
        global = true,
        value_name = "FILE"
    )]
    pub pbx_managers: Option<PathBuf>,
    /// How the log is written, to standard error [default: text]
    #[arg(long, env = "STAFFROOM_LOG", global = true, value_name = "FORMAT")]
    pub log: Option<Log>,
}

/// How the log is written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Log {
    #[default]
    Text,
    Json,
}

/// Settings that are right.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub database: Database,
    /// `None` follows the address it listens on.
    pub public_url: Option<PublicUrl>,
    pub mail: Mail,
    pub mail_from: Option<lettre::message::Mailbox>,
    pub secret_file: PathBuf,
    pub trusted_proxies: Proxies,
    pub demo_on_network: bool,
    /// Whether identity providers and linked calendars may be at addresses of private networks.
    pub inward_addresses: bool,
    /// Where PBXs are told; `None` where nobody said, and changes wait.
    pub pbx_place: Option<Place>,
    /// The manager interfaces of PBXs that are listened to.
    pub pbx_managers: BTreeMap<PbxId, Access>,
    pub log: Log,
}

/// The address of the database; it may hold a password, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Database(pub String);

impl Database {
    /// The file of an SQLite database; `None` for PostgreSQL.
    pub fn file(&self) -> Option<&Path> {
        let path = self.0.strip_prefix("sqlite:")?.trim_start_matches("//");
        Some(Path::new(path))
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.split(':').next().unwrap_or_default())
    }
}

/// A setting that can't be taken, as a sentence that names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongSetting {
    pub setting: &'static str,
    pub why: String,
}

impl WrongSetting {
    pub(crate) fn new(setting: &'static str, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { setting, why }
    }
}

impl fmt::Display for WrongSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the setting {}: {}", self.setting, self.why)
    }
}

impl std::error::Error for WrongSetting {}

impl Config {
    /// The settings of flags, environment and file.
    ///
    /// # Errors
    /// The first that can't be taken.
    pub fn read(flags: Flags) -> Result<Self, WrongSetting> {
        let file = from_file(flags.config.as_deref())?;
        let flags = flags.or(file);
        let public_url = flags.public_url.as_deref().map(PublicUrl::read);
        Ok(Self {
            listen: listen(flags.listen.as_deref().unwrap_or("127.0.0.1:3000"))?,
            database: database(flags.database)?,
            public_url: public_url.transpose()?,
            mail: Mail::read(flags.mail.as_deref().unwrap_or("file:data/mail"))?,
            mail_from: flags.mail_from.as_deref().map(mail::from).transpose()?,
            secret_file: flags.secret_file.unwrap_or_else(|| "data/secret".into()),
            trusted_proxies: Proxies::read(&flags.trusted_proxies.unwrap_or_default())?,
            demo_on_network: flags.demo_on_network.unwrap_or(false),
            inward_addresses: flags.inward_addresses.unwrap_or(false),
            pbx_place: pbx_place(flags.pbx_directory, flags.pbx_tables, flags.pbx_reload)?,
            pbx_managers: managers::read(flags.pbx_managers.as_deref())?,
            log: flags.log.unwrap_or_default(),
        })
    }

    /// Where people reach a server that listens on `bound`.
    pub fn public_url(&self, bound: SocketAddr) -> PublicUrl {
        let usual = || PublicUrl::of_address(bound);
        self.public_url.clone().unwrap_or_else(usual)
    }
}

impl Flags {
    fn or(self, file: Self) -> Self {
        Self {
            config: self.config,
            listen: self.listen.or(file.listen),
            database: self.database.or(file.database),
            public_url: self.public_url.or(file.public_url),
            mail: self.mail.or(file.mail),
            mail_from: self.mail_from.or(file.mail_from),
            secret_file: self.secret_file.or(file.secret_file),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies),
            demo_on_network: self.demo_on_network.or(file.demo_on_network),
            inward_addresses: self.inward_addresses.or(file.inward_addresses),
            pbx_directory: self.pbx_directory.or(file.pbx_directory),
            pbx_tables: self.pbx_tables.or(file.pbx_tables),
            pbx_reload: self.pbx_reload.or(file.pbx_reload),
            pbx_managers: self.pbx_managers.or(file.pbx_managers),
            log: self.log.or(file.log),
        }
    }
}

fn from_file(named: Option<&Path>) -> Result<Flags, WrongSetting> {
    let path = named.unwrap_or(Path::new(USUAL_FILE));
    if named.is_none() && !path.exists() {
        return Ok(Flags::default());
    }
    let wrong = |why: String| WrongSetting::new("config", format!("{}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| wrong(where_torn(&text, &error)))
}

/// What is wrong in a TOML text, without the line itself, which may hold a password.
fn where_torn(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = 1 + before.map_or(0, |before| before.matches('\n').count());
    format!("line {line}: {}", error.message())
}

fn listen(text: &str) -> Result<SocketAddr, WrongSetting> {
    let wrong = || {
        let why = format!("“{text}” is not an address and a port, such as 127.0.0.1:3000");
        WrongSetting::new("listen", why)
    };
    let mut addresses = text.to_socket_addrs().map_err(|_| wrong())?;
    addresses.next().ok_or_else(wrong)
}

/// Where PBXs are told. The program is named by its whole path: what a path without a folder finds
/// depends on where the server was started.
fn pbx_place(
    directory: Option<PathBuf>,
    tables: Option<String>,
    reload: Option<PathBuf>,
) -> Result<Option<Place>, WrongSetting> {
    let wrong = |setting, why| Err(WrongSetting::new(setting, why));
    let Some(directory) = directory else {
        return match (tables, reload) {
            (Some(_), _) => wrong("pbx-tables", "needs pbx-directory as well"),
            (None, Some(_)) => {
                let why = "there is nothing to reload without pbx-directory";
                wrong("pbx-reload", why)
            }
            (None, None) => Ok(None),
        };
    };
    if reload.as_ref().is_some_and(|reload| !reload.is_absolute()) {
        let why = "must be the whole path of a program, such as /usr/local/bin/reload-pbx";
        return wrong("pbx-reload", why);
    }
    let tables = match tables.as_deref().map(Tables::read) {
        // What was written is not repeated, since it may hold a password.
        Some(None) => {
            let why = "must be sqlite or postgres://USER:PASSWORD@HOST/NAME";
            return wrong("pbx-tables", why);
        }
        Some(tables) => tables,
        None => None,
    };
    Ok(Some(Place::new(directory, tables, reload)))
}

fn database(text: Option<String>) -> Result<Database, WrongSetting> {
    let text = text.unwrap_or_else(|| "sqlite:data/staffroom.db".into());
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let database = Database(text);
    let names_no_file = database.file() == Some(Path::new(""));
    if names_no_file || !known.iter().any(|scheme| database.0.starts_with(scheme)) {
        // What was written is not repeated, since it may hold a password.
        let why = "must be sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME";
        return Err(WrongSetting::new("database", why));
    }
    Ok(database)
}

#[cfg(test)]
mod tests;
