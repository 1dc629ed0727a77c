//! Points in time: the server writes them in the person's language and time zone, the browser shows what it wrote.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A point in time with its text, made by a server function for the person who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// RFC 3339, in UTC.
    pub at: String,
    /// Short: "12 min ago", "24 Oct".
    pub text: String,
    /// Whole: "24 October 2026, 09:05"; shown on hovering.
    pub full: String,
}

/// `<Time moment/>`
#[component]
pub fn Time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.at title=moment.full>{moment.text}</time> }
}

#[cfg(feature = "ssr")]
pub use written::*;

#[cfg(feature = "ssr")]
mod written {
    use super::Moment;
    use crate::messages::t;
    use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

    /// For "last seen": how long ago, then the day.
    pub fn ago(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Moment {
        let (there, here) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        let minutes = (now.as_second() - at.as_second()) / 60;
        let text = match minutes {
            ..=0 => t::time_now().to_owned(),
            1..60 => t::time_minutes(minutes),
            60..720 => t::time_hours(minutes / 60),
            _ => near(&there, &here),
        };
        moment(at, &there, text)
    }

    /// For what goes on since then: the time, then the day.
    pub fn since(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Moment {
        let (there, here) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        moment(at, &there, near(&there, &here))
    }

    /// For what is planned: in how long, then the day.
    pub fn ahead(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Moment {
        let there = at.to_zoned(zone.clone());
        let minutes = (at.as_second() - now.as_second()) / 60;
        let text = match minutes {
            ..=0 => t::time_now().to_owned(),
            1..60 => t::time_in_minutes(minutes),
            60..=4320 => t::time_in_hours(minutes / 60),
            _ => date(there.date()),
        };
        moment(at, &there, text)
    }

    /// Date and time, as in an audit trail.
    pub fn exact(at: Timestamp, zone: &TimeZone) -> Moment {
        let there = at.to_zoned(zone.clone());
        let text = date_and_time(&there);
        moment(at, &there, text)
    }

    fn moment(at: Timestamp, there: &Zoned, text: String) -> Moment {
        Moment {
            at: at.to_string(),
            text,
            full: date_and_time(there),
        }
    }

    /// Today and yesterday with the time; this year without the year.
    fn near(there: &Zoned, here: &Zoned) -> String {
        let (day, today) = (there.date(), here.date());
        match () {
            () if day == today => t::time_today(time(there)),
            () if today.yesterday().is_ok_and(|yesterday| day == yesterday) => {
                t::time_yesterday(time(there))
            }
            () if day.year() == today.year() => {
                t::date_day(day.day(), word(t::date_months_short(), day.month()))
            }
            () => t::date_full(
                day.day(),
                word(t::date_months_short(), day.month()),
                day.year(),
            ),
        }
    }

    /// "3 March 2025"
    pub fn date(day: Date) -> String {
        t::date_full(day.day(), word(t::date_months(), day.month()), day.year())
    }

    /// "09:05"
    pub fn time(there: &Zoned) -> String {
        format!("{:02}:{:02}", there.hour(), there.minute())
    }

    /// "3 March 2025, 09:05"
    pub fn date_and_time(there: &Zoned) -> String {
        t::date_with_time(date(there.date()), time(there))
    }

    /// "Monday 3 March 2025, 09:05"
    pub fn day_and_time(there: &Zoned) -> String {
        let weekday = word(t::date_weekdays(), there.weekday().to_monday_one_offset());
        format!("{weekday} {}", date_and_time(there))
    }

    /// "Monday 3 March 2025"
    pub fn day_and_weekday(day: Date) -> String {
        let weekday = word(t::date_weekdays(), day.weekday().to_monday_one_offset());
        format!("{weekday} {}", date(day))
    }

    /// "Mon 3 Mar"
    pub fn day_short(day: Date) -> String {
        let weekday = word(
            t::date_weekdays_short(),
            day.weekday().to_monday_one_offset(),
        );
        let date = t::date_day(day.day(), word(t::date_months_short(), day.month()));
        format!("{weekday} {date}")
    }

    /// "March 2025"
    pub fn month(day: Date) -> String {
        format!("{} {}", word(t::date_months(), day.month()), day.year())
    }

    /// The word for a month or a weekday, from 1.
    fn word(words: &'static str, month: i8) -> &'static str {
        words
            .split(' ')
            .nth(usize::try_from(month - 1).unwrap_or(0))
            .unwrap_or_default()
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::messages::{Language, with};

        fn seen(at: &str) -> String {
            ago(
                at.parse().expect("a time"),
                "2026-11-20T15:00:00Z".parse().expect("a time"),
                &TimeZone::UTC,
            )
            .text
        }

        #[test]
        fn what_lasts_three_days_says_so_from_its_first_second() {
            let planned = |at: &str| {
                ahead(
                    at.parse().expect("a time"),
                    "2026-11-20T15:00:00Z".parse().expect("a time"),
                    &TimeZone::UTC,
                )
                .text
            };
            assert_eq!(planned("2026-11-20T15:59:59Z"), "in 59 min");
            assert_eq!(planned("2026-11-23T15:00:00Z"), "in 72 h");
            assert_eq!(planned("2026-11-23T15:01:00Z"), "23 November 2026");
        }

        #[test]
        fn the_further_away_the_rougher() {
            assert_eq!(seen("2026-11-20T14:59:30Z"), "Now");
            assert_eq!(seen("2026-11-20T14:48:00Z"), "12 min ago");
            assert_eq!(seen("2026-11-20T12:00:00Z"), "3 h ago");
            assert_eq!(seen("2026-11-20T02:05:00Z"), "Today, 02:05");
            assert_eq!(seen("2026-11-19T23:05:00Z"), "Yesterday, 23:05");
            assert_eq!(seen("2026-10-24T09:00:00Z"), "24 Oct");
            assert_eq!(seen("2025-03-03T09:00:00Z"), "3 Mar 2025");
            assert_eq!(
                with(Language::De, || seen("2025-03-03T09:00:00Z")),
                "3. März 2025"
            );
        }
    }
}
