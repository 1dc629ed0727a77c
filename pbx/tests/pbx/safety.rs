//! Nothing that a stranger typed gets out of its place (C-17).

use crate::any::{configuration, plain, wild};
use pbx::format::{Section, read, write};
use pbx::quote;
use proptest::prelude::*;

/// A file without what names may change: of each line the part up to the name.
fn skeleton(text: &str) -> Vec<String> {
    let file = read(text);
    assert_eq!((&file.faults, &file.directives), (&Vec::new(), &Vec::new()));
    let mut lines = Vec::new();
    for section in file.sections {
        assert_eq!(section.options, None);
        lines.push(format!("[{}]", section.name));
        for entry in section.entries {
            let commas = entry.value.matches(',').count();
            let value = match entry.key.as_str() {
                "callerid" => {
                    // One pair of quotes, then the extension.
                    let parts: Vec<_> = entry.value.split('"').collect();
                    assert_eq!((parts.len(), parts[0]), (3, ""));
                    parts[2].to_owned()
                }
                "member" => {
                    let mut parts: Vec<_> = entry.value.split(',').collect();
                    parts[2] = "…";
                    parts.join(",")
                }
                "exten" if entry.value.contains("__STAFFROOM_QUEUE_NAME=") => {
                    let (before, name) = entry.value.split_once('=').expect("a name");
                    assert!(
                        name.ends_with(')')
                            && !name.trim_end_matches(')').contains(['(', ')', '=', '$'])
                    );
                    before.to_owned()
                }
                "exten" => said(&entry.value),
                _ => entry.value,
            };
            lines.push(format!("{} {commas} {value}", entry.key));
        }
    }
    lines
}

/// The names of sound files are made of texts.
fn said(value: &str) -> String {
    match value.split_once("staffroom/") {
        Some((before, name)) => {
            assert!(name[..16].bytes().all(|b| b.is_ascii_hexdigit()));
            format!("{before}{}", &name[16..])
        }
        None => value.to_owned(),
    }
}

/// What some reader of Asterisk knows as more than itself.
const SIGNS: &str = "[](){}<>;,\"\\|=$#^%:@`~*";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    // C-17: whatever is typed, the files have the sections, keys, priorities and arguments that they
    // have when plain words are typed.
    #[test]
    fn names_change_nothing_but_names(configuration in configuration()) {
        let (typed, words) = (pbx::files(&configuration), pbx::files(&plain(&configuration)));
        for (name, text) in typed.iter().filter(|(name, _)| name.ends_with(".conf")) {
            prop_assert_eq!(skeleton(text), skeleton(&words[name]), "{}", name);
        }
        let realtime = pbx::realtime_files(&configuration);
        let words = pbx::realtime_files(&plain(&configuration));
        let name = "extensions_staffroom.conf";
        prop_assert_eq!(skeleton(&realtime[name]), skeleton(&words[name]));
    }

    // C-17: of the typed text, nothing is left that any reader of Asterisk knows as a sign.
    #[test]
    fn no_place_lets_a_sign_through(text in wild()) {
        let places = [
            quote::caller_name(&text, "301"),
            quote::member_name(&text, "301"),
            quote::variable(&text, "queue"),
        ];
        for found in places {
            prop_assert!(!found.is_empty() && found.trim() == found);
            let sign = |c: char| SIGNS.contains(c) || c.is_control();
            prop_assert!(!found.contains(sign), "{}", found);
        }
        prop_assert!(quote::caller_name(&text, "301").chars().count() <= 28);
        prop_assert!(quote::member_name(&text, "301").chars().count() <= 80);
        let line = quote::line(&text);
        let odd = |c: char| c.is_control() || ['\u{2028}', '\u{2029}', '\u{202e}'].contains(&c);
        prop_assert!(!line.contains(odd), "{}", line);
    }

    // C-17: names that people have are left as they are.
    #[test]
    fn names_that_people_have_stay(name in "[A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]{1,12}( [A-Z][a-z'.-]{1,12})?") {
        prop_assert_eq!(quote::caller_name(&name, ""), name.clone());
        prop_assert_eq!(quote::member_name(&name, ""), name);
    }

    // C-17: the list of what is said has a line for each text, with one tab.
    #[test]
    fn prompts_are_lines(configuration in configuration()) {
        let (typed, folder) = (&pbx::files(&configuration)["prompts_staffroom.tsv"], pbx::files(&plain(&configuration)));
        for line in typed.split_terminator('\n') {
            prop_assert_eq!(line.matches('\t').count(), 1);
            prop_assert!(line.starts_with("staffroom/"));
        }
        prop_assert_eq!(typed.is_empty(), folder["prompts_staffroom.tsv"].is_empty());
    }

    // C-17: the writer by itself keeps everything in its place, whatever it is given.
    #[test]
    fn the_writer_lets_nothing_out(comment in wild(), name in wild(), key in wild(), value in wild()) {
        let section = Section::new(&name).with("before", "1").with(&key, value).with("after", "2");
        let file = read(&write(&comment, &[section]));
        prop_assert_eq!(file.sections.len(), 1);
        prop_assert_eq!(&file.sections[0].options, &None);
        prop_assert!(file.directives.is_empty());
        prop_assert_eq!(file.sections[0].value("before"), Some("1"));
        prop_assert_eq!(file.sections[0].entries.last().map(|last| last.value.as_str()), Some("2"));
        prop_assert!(file.sections[0].entries.len() <= 3);
    }
}

// Marks belong to their letters: a virama, a vowel sign, an accent of its own, a tone.
#[test]
fn names_of_any_script_stay() {
    for name in ["प्रिया शर्मा", "Ngo\u{302} Hanh\u{301}", "สมหญิง ใจดี", "מִרְיָם"]
    {
        assert_eq!(quote::member_name(name, "301"), name);
        assert_eq!(quote::caller_name(name, "301"), name);
    }
}
