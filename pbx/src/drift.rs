//! How a folder that is found differs from the one that is expected (C-17).

use crate::format::{Entry, Section, read};
use crate::{FILES, Folder};
use std::collections::{BTreeMap, BTreeSet};

/// One difference, told so that a person can go and look.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Difference {
    pub file: String,
    /// The section; in `pjsip.conf`, where one name has several, with the type: `301_desk (auth)`.
    /// Empty where it is about the whole file, or a list without sections.
    pub section: String,
    /// The key; of lines that share one, with what tells them apart: `member Local/301@…`,
    /// `exten 301,1`. Empty where it is about the whole section or file.
    pub key: String,
    /// `None`: it should not be there. The password of a device is never told.
    pub expected: Option<String>,
    /// `None`: it is not there.
    pub found: Option<String>,
}

/// Every difference, by file, section and key. A file that [`FILES`] names and that is not expected is
/// one. The order of lines, comments and spaces make none, nor do files that are not ours, nor README.
pub fn drift(expected: &Folder, found: &Folder) -> Vec<Difference> {
    let whole = |file: &str, expected: Option<&str>, found: Option<&str>| Difference {
        file: file.to_owned(),
        section: String::new(),
        key: String::new(),
        expected: expected.map(str::to_owned),
        found: found.map(str::to_owned),
    };
    let ours = FILES.into_iter().filter(|file| *file != "README");
    let surplus = ours.filter(|file| found.contains_key(*file) && !expected.contains_key(*file));
    let mut differences: Vec<_> = surplus
        .map(|file| whole(file, None, Some("a file")))
        .collect();
    for (file, text) in expected.iter().filter(|(file, _)| *file != "README") {
        let Some(other) = found.get(file) else {
            differences.push(whole(file, Some("a file"), None));
            continue;
        };
        if text != other {
            compare(
                file,
                &facts(file, text),
                &facts(file, other),
                &mut differences,
            );
        }
    }
    differences.sort();
    differences
}

/// Section, key → value.
type Facts = BTreeMap<(String, String), String>;

fn compare(file: &str, expected: &Facts, found: &Facts, differences: &mut Vec<Difference>) {
    let places: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    for place in places {
        let (wanted, there) = (expected.get(place), found.get(place));
        if wanted == there {
            continue;
        }
        let (section, key) = place.clone();
        let told = |value: &String| {
            if key.split(' ').next() == Some("password") {
                "(secret)".to_owned()
            } else {
                value.clone()
            }
        };
        differences.push(Difference {
            file: file.to_owned(),
            expected: wanted.map(told),
            found: there.map(told),
            section,
            key,
        });
    }
}

fn facts(file: &str, text: &str) -> Facts {
    let mut facts = Facts::new();
    if !file.ends_with(".conf") {
        for line in text.lines() {
            let (key, value) = line.split_once('\t').unwrap_or((line, ""));
            facts.insert((String::new(), key.to_owned()), value.to_owned());
        }
        return facts;
    }
    let read = read(text);
    for section in &read.sections {
        let name = title(section);
        // A section without a line is a fact too.
        add(&mut facts, &name, "", "a section");
        for entry in &section.entries {
            let (key, value) = identified(entry);
            add(&mut facts, &name, &key, &value);
        }
    }
    for directive in &read.directives {
        add(&mut facts, "", &format!("#{directive}"), "a directive");
    }
    for (line, fault) in &read.faults {
        add(
            &mut facts,
            "",
            &format!("line {line}"),
            &format!("not understood: {fault:?}"),
        );
    }
    facts
}

/// Adds a fact; a second one of the same place gets a number, so that neither hides the other.
fn add(facts: &mut Facts, section: &str, key: &str, value: &str) {
    let mut place = (section.to_owned(), key.to_owned());
    let mut times = 1;
    while facts.contains_key(&place) {
        times += 1;
        place.1 = format!("{key} ({times})");
    }
    facts.insert(place, value.to_owned());
}

/// A section's name with what else tells it apart.
fn title(section: &Section) -> String {
    let mut title = section.name.clone();
    if let Some(kind) = section.value("type") {
        title.push_str(&format!(" ({kind})"));
    }
    if let Some(options) = &section.options {
        title.push_str(&format!(" with options ({options})"));
    }
    title
}

/// A line as the key that nothing else has and the value that may differ.
fn identified(entry: &Entry) -> (String, String) {
    let Entry { key, value, .. } = entry;
    let parts = match key.as_str() {
        "exten" => 2,
        "member" => 1,
        "include" | "switch" => return (format!("{key} {value}"), value.clone()),
        _ => return (key.clone(), value.clone()),
    };
    let mut commas = value.match_indices(',').map(|(at, _)| at);
    match commas.nth(parts - 1) {
        Some(at) => (
            format!("{key} {}", &value[..at]),
            value[at + 1..].to_owned(),
        ),
        None => (format!("{key} {value}"), String::new()),
    }
}
