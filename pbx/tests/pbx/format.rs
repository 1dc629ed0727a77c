//! The format of Asterisk's configuration files, as Asterisk reads it.

use pbx::format::{Fault, LINE_BYTES_MAX, Section, read, write};
use proptest::prelude::*;

fn values(text: &str) -> Vec<(String, String)> {
    let file = read(&format!("[s]\n{text}"));
    let entries = file
        .sections
        .into_iter()
        .flat_map(|section| section.entries);
    entries.map(|entry| (entry.key, entry.value)).collect()
}

// C-17: lines as `main/config.c` takes them.
#[test]
fn keys_values_comments_and_escapes() {
    for (line, expected) in [
        ("a=b", Some(("a", "b"))),
        ("  a  =>  b c  ", Some(("a", "b c"))),
        ("a = b ; a comment", Some(("a", "b"))),
        ("a = b\\; not one", Some(("a", "b; not one"))),
        ("a = b\\;c ; one", Some(("a", "b;c"))),
        ("a = b=c", Some(("a", "b=c"))),
        ("a =", Some(("a", ""))),
        ("a = > b", Some(("a", "> b"))),
        ("\\#a = b", Some(("#a", "b"))),
        ("\\[a = b", Some(("[a", "b"))),
        ("a = 1 ;-- between --; 2", Some(("a", "1  2"))),
        ("a = 1 ;---- only one line", Some(("a", "1"))),
        ("a = \"b\"", Some(("a", "\"b\""))),
        ("a = b\r", Some(("a", "b"))),
        ("; a = b", None),
        ("", None),
    ] {
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(values(line), Vec::from_iter(expected), "{line:?}");
    }
}

// C-17: comments over several lines, one in another; what stands after them is read again.
#[test]
fn comments_over_lines() {
    let text = "a=1 ;-- one\nb=2\n ;-- two --; c=3\n d=4 --; e=5\nf=6";
    let found: Vec<_> = values(text)
        .into_iter()
        .map(|(key, value)| format!("{key}{value}"))
        .collect();
    assert_eq!(found, ["a1", "e5", "f6"]);
}

// C-17: templates and additions are told from plain sections, and `+=` adds.
#[test]
fn options_of_sections_are_kept() {
    let file = read("\u{feff}[t](!)\na=1\n[x](t)\n[x](+)\na=1\na+= 2\n#include more.conf\n[y]");
    let sections: Vec<_> = file
        .sections
        .iter()
        .map(|section| (section.name.as_str(), section.options.as_deref()))
        .collect();
    assert_eq!(
        sections,
        [
            ("t", Some("!")),
            ("x", Some("t")),
            ("x", Some("+")),
            ("y", None)
        ]
    );
    assert_eq!(file.sections[2].value("a"), Some("1 2"));
    assert_eq!(file.directives, ["include more.conf"]);
}

// C-17: what Asterisk would leave out or refuse is told, with its line.
#[test]
fn faults_are_told() {
    let long = format!("a={}", "x".repeat(LINE_BYTES_MAX));
    for (text, expected) in [
        ("a=1", (1, Fault::NoSection)),
        ("[s\n", (1, Fault::Unclosed)),
        ("[s](t\n", (1, Fault::Unclosed)),
        ("[s]\nword", (2, Fault::NoValue)),
        ("[s]\n=1", (2, Fault::NoKey)),
        ("[s]\n;--\na=1", (2, Fault::OpenComment)),
        (&format!("[s]\n{long}"), (2, Fault::TooLong)),
    ] {
        assert_eq!(read(text).faults, [expected], "{text:.20?}");
    }
}

fn section() -> impl Strategy<Value = Section> {
    let key = "[A-Za-z_][A-Za-z0-9_-]{0,12}";
    // Anything on a line but spaces at its ends: semicolons, brackets, arrows, backslashes, quotes.
    let value = "|[^ \\pC]|[^ \\pC][^\\pC]{0,40}[^ \\pC]|[;>=\\\\\\-\\[]{1,6}";
    let entry = (key, value, any::<bool>());
    ("[A-Za-z0-9_.+*-]{1,20}", prop::collection::vec(entry, 0..6)).prop_map(|(name, entries)| {
        let mut section = Section::new(&name);
        for (key, value, arrow) in entries {
            section.push(&key, value);
            let last = section.entries.last_mut().expect("one");
            last.arrow = arrow;
        }
        section
    })
}

proptest! {
    // C-17: what is written is read as the same.
    #[test]
    fn what_is_written_is_read(sections in prop::collection::vec(section(), 0..5)) {
        let file = read(&write("A comment; with signs ;-- in it", &sections));
        prop_assert_eq!(file.faults, []);
        prop_assert_eq!(file.sections, sections);
    }

    // C-17: any text is read, whatever it is.
    #[test]
    fn any_text_is_read(text in "([\\[\\]();=>#\\\\a\n -]|\\PC){0,80}") {
        let file = read(&text);
        prop_assert!(file.faults.len() <= text.lines().count() + 1);
    }
}
