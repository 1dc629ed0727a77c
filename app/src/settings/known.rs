//! What can be chosen from: languages of the interface, time zones, countries.

use crate::messages::Language;
use crate::ui::Choice;
use domain::field::knows_country;
use domain::organisation::Known;
use std::sync::LazyLock;

/// Code and name in the country's own languages, by code; such names need no translation.
const COUNTRIES: &str = include_str!("country.txt");

/// Where the names of places begin that the time-zone database keeps up; the rest are old spellings.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

static LANGUAGES: LazyLock<Vec<&str>> =
    LazyLock::new(|| Language::ALL.into_iter().map(Language::code).collect());

static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned());
    let kept =
        |name: &String| REGIONS.iter().any(|region| name.starts_with(region)) || name == "UTC";
    let mut names: Vec<String> = names.filter(kept).collect();
    names.sort_unstable();
    names
});

/// What settings are checked against.
pub fn known() -> Known<'static> {
    Known {
        languages: &LANGUAGES,
        time_zone: &knows_zone,
        country: &knows_country,
    }
}

/// The codes of the languages that the interface has.
pub fn languages() -> &'static [&'static str] {
    &LANGUAGES
}

/// Whether the time-zone database has this name.
pub fn knows_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// The names of time zones to choose from; `present` is among them, however old its spelling.
pub fn zones(present: &str) -> Vec<String> {
    let mut names = ZONES.clone();
    if !present.is_empty() && !names.iter().any(|name| name == present) {
        names.insert(0, present.to_owned());
    }
    names
}

/// The countries to choose from.
pub fn countries() -> Vec<Choice> {
    let each = COUNTRIES.lines().filter_map(|line| line.split_once(' '));
    each.map(|(code, name)| (code.to_owned(), format!("{code}  {name}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_to_choose_from_is_known_and_stands_once() {
        let codes: Vec<String> = countries().into_iter().map(|(code, _)| code).collect();
        assert!(codes.is_sorted_by(|one, next| one < next));
        assert_eq!(
            codes
                .iter()
                .filter(|code| !knows_country(code))
                .collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
    }

    #[test]
    fn every_zone_to_choose_from_is_known() {
        assert!(zones("").iter().all(|name| knows_zone(name)));
        assert_eq!(
            zones("US/Eastern").first().map(String::as_str),
            Some("US/Eastern")
        );
    }
}
