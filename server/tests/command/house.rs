//! A folder with everything one deployment has, and the commands that are given in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of its own, gone at the end of the test.
pub struct House(PathBuf);

impl House {
    /// An empty one.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("staffroom-command-{}", store::new_id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// One with the five people of the smallest demo.
    pub fn with_demo() -> Self {
        let house = Self::new();
        house.succeeds(&["demo", "--employees", "5"]);
        house
    }

    /// A file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The command in this house, which knows nothing of the environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_staffroom"));
        let database = format!("sqlite:{}", self.file("staffroom.db").display());
        let mail = format!("file:{}", self.file("mail").display());
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .env("STAFFROOM_DATABASE", database)
            .env("STAFFROOM_SECRET_FILE", self.file("secret"))
            .env("STAFFROOM_MAIL", mail)
            .stdin(Stdio::null());
        command
    }

    /// What a command says that must succeed.
    pub fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let (said, complained) = texts(&output);
        assert!(output.status.success(), "{arguments:?}: {complained}");
        said
    }

    /// What a command complains about that must fail with this code.
    pub fn fails(&self, arguments: &[&str], code: i32) -> String {
        let output = self.command(arguments).output().unwrap();
        let (said, complained) = texts(&output);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {said}{complained}"
        );
        said + &complained
    }

    /// A command that goes on.
    pub fn begins(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).spawn().unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Whether the pages were built, without which nothing is served.
pub fn pages_are_built() -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../target/site/site.json")
        .exists()
}
