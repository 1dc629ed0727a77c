//! Appointment hours and the dates of templates in words.

use super::readable::beginning;
use crate::messages::t;
use crate::ui::moment;

/// `1 540-720, 2 …` as "Mon 09:00–12:00, Tue …".
pub(super) fn week(text: &str) -> String {
    let clock = |minute: &str| match minute.parse::<u16>() {
        Ok(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
        Err(_) => minute.to_owned(),
    };
    let day = |day: &str| {
        let (number, times) = day.split_once(' ').unwrap_or((day, ""));
        let number = number.parse::<usize>().unwrap_or(1).saturating_sub(1);
        let name = t::date_weekdays_short().split(' ').nth(number);
        let times = times.split(' ').map(|time| match time.split_once('-') {
            Some((from, until)) => format!("{}–{}", clock(from), clock(until)),
            None => time.to_owned(),
        });
        let times = times.collect::<Vec<_>>().join(" ");
        format!("{} {times}", name.unwrap_or_default())
    };
    let days = text.split(", ").map(day).collect::<Vec<_>>();
    beginning(&days.join(", "))
}

/// `2026-07-01/2026-08-31 Summer, …` as "1 July 2026 – 31 August 2026 Summer, …".
pub(super) fn applications(text: &str) -> String {
    let date = |text: &str| match text.parse() {
        Ok(day) => moment::date(day),
        Err(_) => text.to_owned(),
    };
    let one = |one: &str| {
        let (dates, name) = one.split_once(' ').unwrap_or((one, t::hours_unavailable()));
        match dates.split_once('/') {
            Some((first, last)) if first == last => format!("{name}: {}", date(first)),
            Some((first, last)) => {
                let dates = t::hours_from_to(date(first), date(last));
                format!("{name}: {dates}")
            }
            None => one.to_owned(),
        }
    };
    beginning(&text.split(", ").map(one).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{applications, week};
    use crate::messages::{Language, with};

    // E-23, O-04: hours in words.
    #[test]
    fn hours_are_told_in_words() {
        let week = |language| with(language, || week("1 540-720 780-1440, 7 0-60"));
        assert_eq!(
            week(Language::En),
            "Mon 09:00–12:00 13:00–24:00, Sun 00:00–01:00"
        );
        assert_eq!(
            week(Language::De),
            "Mo 09:00–12:00 13:00–24:00, So 00:00–01:00"
        );
        let text = "2026-07-01/2026-08-31 Summer hours, 2026-12-24/2026-12-24";
        let told = with(Language::En, || applications(text));
        assert_eq!(
            told,
            "Summer hours: 1 July 2026 – 31 August 2026, Unavailable: 24 December 2026"
        );
    }
}
