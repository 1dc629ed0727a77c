//! The command line: one verb, one file.

mod administrator;
mod backup;
mod check;
mod demo;
mod migrate;
mod organisation;
mod place;
mod restore;
mod serve;

use crate::config::{self, Config, Flags, Log, WrongSetting};
use clap::{Parser, Subcommand};
use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;
use store::Store;
use tracing_subscriber::EnvFilter;

/// A back office for the people who meet and call your customers.
#[derive(Parser, Debug)]
#[command(name = "staffroom", version, arg_required_else_help = true)]
struct Line {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Serves the pages until it is told to stop
    Serve,
    /// Brings the tables of the database up to date
    Migrate,
    /// Fills an empty database with an organisation to try things on
    Demo(demo::Demo),
    /// Organisations of this deployment
    Organisation {
        #[command(subcommand)]
        verb: organisation::Verb,
    },
    /// Administrators who can't get in
    Administrator {
        #[command(subcommand)]
        verb: administrator::Verb,
    },
    /// Verifies that what is kept is whole; ends with 1 when it is not
    Check,
    /// Copies an SQLite database into a new file, also while it is served
    Backup(backup::Backup),
    /// Makes the database from a backup, where there is none
    Restore(restore::Restore),
}

/// Why a command did not succeed, as a sentence for whoever gave it.
type Failure = Box<dyn Error + Send + Sync>;

/// Does what the command line says.
pub fn run() -> ExitCode {
    let line = Line::parse();
    let config = match Config::read(line.flags) {
        Ok(config) => config,
        Err(wrong) => return fail(&wrong, 2),
    };
    log(config.log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error, 1),
    };
    let ended = runtime.block_on(line.verb.run(&config));
    // What still runs in the background has had its time, and nothing waits for it.
    runtime.shutdown_background();
    match ended {
        Ok(code) => code,
        Err(error) if error.is::<WrongSetting>() => fail(&*error, 2),
        Err(error) => fail(&*error, 1),
    }
}

impl Verb {
    async fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        match self {
            Self::Serve => serve::serve(config).await?,
            Self::Migrate => migrate::migrate(config).await?,
            Self::Demo(demo) => demo.run(config).await?,
            Self::Organisation { verb } => verb.run(config).await?,
            Self::Administrator { verb } => verb.run(config).await?,
            Self::Check => return check::check(config).await,
            Self::Backup(backup) => backup.run(config).await?,
            Self::Restore(restore) => restore.run(config).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Opens the database, whose folder and tables are made where there are none.
async fn open(config: &Config) -> Result<Store, Failure> {
    let key = config::secret(&config.secret_file)?;
    let database = &config.database;
    let folder = database.file().and_then(|file| file.parent());
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        config::make_folder(folder).map_err(|error| {
            let why = format!("can't make the folder {}: {error}", folder.display());
            WrongSetting::new("database", why)
        })?;
    }
    Ok(Store::open(&database.0, key).await?)
}

/// Writes the log to standard error; `RUST_LOG` says how much.
fn log(format: Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        Log::Text => log.init(),
        Log::Json => log.json().init(),
    }
}

fn fail(why: &(impl Error + ?Sized), code: u8) -> ExitCode {
    eprintln!("staffroom: {why}");
    ExitCode::from(code)
}
