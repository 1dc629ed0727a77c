//! Demo data: made once for each number of employees, copied for every server that is measured.

use crate::Result;
use crate::people::People;
use crate::process::Process;
use crate::yardstick::{self, Synchronous};
use clap::ValueEnum;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The name of the database in each folder.
pub const DATABASE: &str = "staffroom.db";
/// What demo data is made from: when any of it changes, it is made anew.
const SOURCES: [&str; 3] = ["migrations", "server/src/demo.rs", "server/src/demo"];

/// Where everything is: the binary that is measured, and the folders it is measured in.
#[derive(Clone, Debug)]
pub struct Place {
    /// The `staffroom` binary.
    pub binary: PathBuf,
    /// `target/bench`.
    pub folder: PathBuf,
}

/// Demo data of some size, which no server has touched.
#[derive(Debug)]
pub struct Template {
    pub employees: usize,
    pub people: People,
    folder: PathBuf,
}

impl Place {
    /// The demo data of this size; it is made when there is none.
    ///
    /// # Errors
    /// When the binary can't make it.
    pub async fn template(&self, employees: usize) -> Result<Template> {
        let folder = self
            .folder
            .join(format!("demo-{}-{employees}", made_from()?));
        if !folder.join(DATABASE).exists() {
            println!("making demo data of {employees} employees");
            let draft = self.folder.join("demo-draft");
            let _ = fs::remove_dir_all(&draft);
            fs::create_dir_all(&draft)?;
            self.make(&draft, employees)?;
            fs::rename(&draft, &folder)?;
        }
        let people = People::read(&folder.join(DATABASE)).await?;
        Ok(Template {
            employees,
            people,
            folder,
        })
    }

    fn make(&self, folder: &Path, employees: usize) -> Result<()> {
        let begun = Instant::now();
        let number = employees.to_string();
        for arguments in [vec!["migrate"], vec!["demo", "--employees", &number]] {
            let done = self.staffroom(folder).args(&arguments).output()?;
            if !done.status.success() {
                let said = String::from_utf8_lossy(&done.stderr);
                return Err(format!("staffroom {} failed:\n{said}", arguments.join(" ")).into());
            }
        }
        println!("  made in {:.0} s", begun.elapsed().as_secs_f64());
        Ok(())
    }

    /// The binary with its settings for a folder, and nothing of the environment that would
    /// change them.
    pub fn staffroom(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.binary);
        let inherited = env::vars().map(|(name, _)| name);
        for name in inherited.filter(|name| name.starts_with("STAFFROOM_") || name == "RUST_LOG") {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .env("STAFFROOM_LISTEN", "127.0.0.1:0")
            .env(
                "STAFFROOM_DATABASE",
                format!("sqlite:{}", folder.join(DATABASE).display()),
            )
            .env(
                "STAFFROOM_MAIL",
                format!("file:{}", folder.join("mail").display()),
            )
            .env("STAFFROOM_SECRET_FILE", folder.join("secret"));
        command
    }

    /// Starts the binary on the database in a folder.
    ///
    /// # Errors
    /// When it ends before it is ready.
    pub fn serve(&self, folder: &Path) -> Result<Process> {
        Process::start(self.staffroom(folder).arg("serve"), &folder.join("log"))
    }

    /// Starts the yardstick on the database in a folder.
    ///
    /// # Errors
    /// When it ends before it is ready.
    pub fn yardstick(&self, folder: &Path, synchronous: Synchronous) -> Result<Process> {
        let word = synchronous
            .to_possible_value()
            .ok_or("every value has a word")?;
        let mut command = Command::new(env::current_exe()?);
        command
            .args(["yardstick", "--synchronous", word.get_name(), "--database"])
            .arg(folder.join(DATABASE));
        Process::start(&mut command, &folder.join("log"))
    }
}

impl Template {
    /// A copy in a folder beside the others, or in the machine's memory.
    ///
    /// # Errors
    /// When there is no room.
    pub async fn copy(&self, folder: &Path) -> Result<()> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(&self.folder)? {
            let from = entry?;
            let shared = from.file_name().to_string_lossy().ends_with("-shm");
            if from.file_type()?.is_file() && !shared {
                fs::copy(from.path(), folder.join(from.file_name()))?;
            }
        }
        self.sign_in_to_yardstick(&folder.join(DATABASE)).await
    }

    /// A session of the first Administrator, whose token the yardstick's cookie holds.
    async fn sign_in_to_yardstick(&self, database: &Path) -> Result<()> {
        let options = SqliteConnectOptions::new().filename(database);
        let mut connection = options
            .busy_timeout(Duration::from_secs(5))
            .connect()
            .await?;
        let at = "2026-01-01T00:00:00.000000Z";
        sqlx::query(
            "INSERT INTO session (organisation, token, id, employee, created_at, seen_at, agent,
                 address) VALUES ($1, $2, $3, $4, $5, $5, '', '')",
        )
        .bind(self.people.organisation)
        .bind(yardstick::hash(yardstick::COOKIE))
        .bind(Uuid::now_v7())
        .bind(self.people.administrator)
        .bind(at)
        .execute(&mut connection)
        .await?;
        Ok(connection.close().await?)
    }
}

/// A short hash of everything that decides what demo data looks like.
fn made_from() -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(fs::read(file)?);
    }
    let hash = hasher.finalize();
    Ok(hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
