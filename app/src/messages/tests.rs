//! The catalogue as the server uses it.

use super::*;

#[test]
fn a_message_is_in_the_language_asked_for() {
    assert_eq!(t::action_save(), "Save");
    assert_eq!(with(Language::De, t::action_save), "Speichern");
    assert_eq!(t::action_save(), "Save");
}

#[test]
fn the_context_of_a_page_decides() {
    let owner = leptos::prelude::Owner::new();
    owner.with(|| {
        leptos::prelude::provide_context(Language::De);
        assert_eq!(t::action_save(), "Speichern");
        assert_eq!(with(Language::En, t::action_save), "Save");
    });
}

#[test]
fn numbers_are_grouped_and_choose_the_form() {
    assert_eq!(t::form_changes(1), "1 change");
    assert_eq!(t::form_changes(1248_usize), "1,248 changes");
    assert_eq!(with(Language::De, || number(-1_248_000)), "−1.248.000");
}

#[test]
fn a_header_chooses_a_language() {
    assert_eq!(Language::negotiate("de-AT,de;q=0.9,en;q=0.8"), Language::De);
    assert_eq!(Language::negotiate("xx, en;q=0.4, de;q=0.7"), Language::De);
    assert_eq!(Language::negotiate("ja, zh"), Language::En);
    assert_eq!(Language::negotiate("de;q=0, en;q=0.1"), Language::En);
    assert_eq!(Language::negotiate(""), Language::En);
}

#[test]
fn the_browser_gets_the_code_and_every_text() {
    for language in Language::ALL {
        let (json, hash) = catalogue(language);
        let texts: Vec<String> = serde_json::from_str(json).expect("the build writes JSON");
        assert_eq!(texts.first().map(String::as_str), Some(language.code()));
        assert!(texts.iter().all(|text| !text.is_empty()));
        assert_eq!(
            href(language),
            format!("/messages/{}.{hash}.json", language.code())
        );
    }
}
