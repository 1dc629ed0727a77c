//! Who makes people and actors out of nothing: the store, from rows, and nobody else.

use std::fs;
use std::path::{Path, PathBuf};

/// Where an `Employee` or a person who asks may be made.
const KNOW: [&str; 2] = ["domain/", "store/"];

/// Where somebody may act as Staffroom itself. A new place here is a new way past every right:
/// name the file, and say in the commit why nobody outside can reach it.
const ACT_AS_SYSTEM: [&str; 8] = [
    "domain/",
    "store/",
    // The command line, which whoever owns the machine runs.
    "server/src/command/organisation.rs",
    "server/src/command/administrator.rs",
    "server/src/demo/founding.rs",
    "server/src/demo/bookings.rs",
    // Customers, who have no account: what they book is refused like anybody's, and what they change
    // or cancel is the one appointment whose secret link they hold.
    "server/src/booking/act.rs",
    "server/src/booking/own",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

/// The sources of every crate without their tests, by their path from the root of the workspace.
fn workspace() -> Vec<(String, String)> {
    let root = Path::new("..");
    let mut found = Vec::new();
    for entry in fs::read_dir(root).expect("the root of the workspace") {
        let folder = entry.expect("an entry").path();
        if folder.join("Cargo.toml").is_file() {
            sources(&folder.join("src"), &mut found);
        }
    }
    assert!(found.len() > 30, "the sources were not found");
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source that can be read");
        let path = path.strip_prefix(root).expect("below the root");
        let text = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        (path.to_string_lossy().replace('\\', "/"), text.to_owned())
    };
    found.into_iter().map(named).collect()
}

fn callers(call: &str, allowed: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in workspace() {
        let calls = text.replace(char::is_whitespace, "").contains(call);
        if calls && !allowed.iter().any(|place| path.starts_with(place)) {
            wrong.push(path);
        }
    }
    wrong
}

// Section 8: actors and employees are made from rows, in the store; no request can make one.
#[test]
fn only_the_store_knows_people() {
    assert_eq!(callers("Employee::known(", &KNOW), [""; 0]);
    assert_eq!(callers("Actor::known(", &KNOW), [""; 0]);
}

// Section 8: nobody acts as Staffroom itself but those who are listed.
#[test]
fn nobody_acts_as_the_system_unlisted() {
    assert_eq!(callers("Actor::system(", &ACT_AS_SYSTEM), [""; 0]);
}
