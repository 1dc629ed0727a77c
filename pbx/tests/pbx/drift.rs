//! How a folder differs from the one that is expected (C-17).

use crate::any;
use crate::believable::configuration;
use pbx::{Difference, Folder, drift};
use proptest::prelude::*;

fn changed(file: &str, from: &str, to: &str) -> Vec<Difference> {
    let expected = pbx::files(&configuration());
    let mut found = expected.clone();
    let text = found.get_mut(file).expect("a file");
    assert!(text.contains(from));
    *text = text.replacen(from, to, 1);
    drift(&expected, &found)
}

fn told(differences: &[Difference]) -> Vec<[&str; 4]> {
    let word = |value: &'_ Option<String>| -> &'static str {
        value
            .clone()
            .map_or("-", |value| Box::leak(value.into_boxed_str()))
    };
    differences
        .iter()
        .map(|one| {
            [
                one.section.as_str(),
                one.key.as_str(),
                word(&one.expected),
                word(&one.found),
            ]
        })
        .collect()
}

// C-17: what somebody changed by hand is told by section and key.
#[test]
fn a_change_by_hand_is_told() {
    let queues = "queues_staffroom.conf";
    let found = changed(queues, "ringinuse = no", "ringinuse = yes");
    assert_eq!(told(&found), [["complaints", "ringinuse", "no", "yes"]]);
    assert_eq!(found[0].file, queues);

    let found = changed(
        queues,
        "member => Local/303@staffroom-member/n,0",
        "member => Local/303@staffroom-member/n,7",
    );
    assert_eq!(
        (found[0].section.as_str(), found[0].key.as_str()),
        ("complaints", "member Local/303@staffroom-member/n")
    );

    let found = changed(
        queues,
        "\n[support]\n",
        "\n[support]\nmember => PJSIP/999\n",
    );
    assert_eq!(told(&found), [["support", "member PJSIP/999", "-", ""]]);

    let dialplan = "extensions_staffroom.conf";
    let found = changed(dialplan, "exten => *8,1,Pickup()\n", "");
    assert_eq!(
        told(&found),
        [["staffroom-codes", "exten *8,1", "Pickup()", "-"]]
    );

    let found = changed(
        dialplan,
        "exten => *8,1,",
        "exten => *9,1,System(id)\nexten => *8,1,",
    );
    assert_eq!(
        told(&found),
        [["staffroom-codes", "exten *9,1", "-", "System(id)"]]
    );
}

// C-17: a password is compared, and told to nobody.
#[test]
fn secrets_are_not_told() {
    let found = changed(
        "pjsip_staffroom.conf",
        "302_desk-not-a-real-secret",
        "guessed",
    );
    assert_eq!(
        told(&found),
        [["302_desk (auth)", "password", "(secret)", "(secret)"]]
    );
    let found = changed(
        "pjsip_staffroom.conf",
        "password = 302_desk-not-a-real-secret",
        "password=x\npassword=y",
    );
    assert!(
        !format!("{found:?}").contains("not-a-real-secret"),
        "{found:?}"
    );
}

// C-17: a template or an addition is no section of ours, a directive and a broken line are told.
#[test]
fn templates_directives_and_broken_lines_are_told() {
    let queues = "queues_staffroom.conf";
    let found = changed(queues, "[support]", "[support](!)");
    assert!(
        found
            .iter()
            .any(|one| one.section == "support with options (!)" && one.expected.is_none())
    );
    assert!(
        found
            .iter()
            .any(|one| one.section == "support" && one.found.is_none())
    );

    let found = changed(queues, "\n[support]", "\n#include other.conf\n[support]");
    assert_eq!(
        told(&found),
        [["", "#include other.conf", "-", "a directive"]]
    );

    let found = changed(queues, "\n[support]", "\nnonsense\n[support]");
    assert_eq!((found.len(), found[0].expected.clone()), (1, None));
}

// C-17: a file that is missing is told once; one that is not ours is not.
#[test]
fn missing_files_are_told() {
    let expected = pbx::files(&configuration());
    let mut found = expected.clone();
    found.remove("pjsip_staffroom.conf");
    found.insert("other.conf".to_owned(), "[x]".to_owned());
    assert_eq!(told(&drift(&expected, &found)), [["", "", "a file", "-"]]);
}

/// Written by hand: other spaces, comments, sections in another order.
fn by_hand(folder: &Folder) -> Folder {
    let again = |text: &String| {
        let after = text.split_once("\n[").into_iter();
        let mut sections: Vec<&str> = after.flat_map(|(_, rest)| rest.split("\n[")).collect();
        sections.reverse();
        let sections: Vec<_> = sections
            .iter()
            .map(|section| format!("[{section} ; by hand"))
            .collect();
        let text = sections.join("\n\n");
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some((key, value)) if !line.contains("=>") => format!("{key}  =\t{value}"),
            _ => line.replacen(" => ", "=", 1),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let conf = |name: &String| name.ends_with(".conf");
    folder
        .iter()
        .map(|(name, text)| {
            (
                name.clone(),
                if conf(name) {
                    again(text)
                } else {
                    text.clone()
                },
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    // C-17: no difference to itself, nor to the same written by hand.
    #[test]
    fn the_same_does_not_differ(configuration in any::configuration()) {
        let folder = pbx::files(&configuration);
        prop_assert_eq!(drift(&folder, &folder), []);
        prop_assert_eq!(drift(&folder, &by_hand(&folder)), []);
    }

    // C-17: any two descriptions that give other files differ, seen from both sides alike.
    #[test]
    fn what_differs_is_told(one in any::configuration(), other in any::configuration()) {
        let (one, other) = (pbx::files(&one), pbx::files(&other));
        let (there, back) = (drift(&one, &other), drift(&other, &one));
        prop_assert_eq!(there.len(), back.len());
        let mut same = true;
        for (name, text) in one.iter().filter(|(name, _)| name.ends_with(".conf")) {
            same &= pbx::format::read(text).sections == pbx::format::read(&other[name]).sections;
        }
        prop_assert!(same || !there.is_empty());
    }
}

// C-17: a file that another setting had written is told, since a PBX that includes it has things twice;
// nobody else's files are.
#[test]
fn a_file_that_should_not_be_there_is_told() {
    let expected = pbx::realtime_files(&configuration());
    let mut found = pbx::files(&configuration());
    let dialplan = "extensions_staffroom.conf";
    found.insert(dialplan.to_owned(), expected[dialplan].clone());
    found.insert("pjsip_trunk.conf".to_owned(), "[trunk]\n".to_owned());
    let differences = drift(&expected, &found);
    let files: Vec<_> = differences.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(files, ["pjsip_staffroom.conf", "queues_staffroom.conf"]);
    assert_eq!(told(&differences), [["", "", "-", "a file"]; 2]);
    let mut names: Vec<_> = pbx::files(&configuration()).into_keys().collect();
    names.sort();
    assert_eq!(names, pbx::FILES);
}
