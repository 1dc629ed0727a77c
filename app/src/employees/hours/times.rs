//! Times of the day as inputs have them, and the names of days.

use crate::messages::t;
use domain::hours::DAY;

/// The minute of `09:30`; at the end of a block, midnight is the end of the day, as is `24:00`.
pub(super) fn minute(text: &str, ends: bool) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let mut next = || parts.next()?.parse::<u16>().ok();
    let (hours, minutes) = (next()?, next()?);
    let minute = hours.checked_mul(60)?.checked_add(minutes)?;
    match minute {
        _ if minutes > 59 => None,
        0 if ends => Some(DAY),
        DAY if ends => Some(DAY),
        0..DAY => Some(minute),
        _ => None,
    }
}

/// A minute as an input takes it; the end of the day is `00:00` there.
pub(super) fn input(minute: Option<u16>) -> String {
    minute.map_or_else(String::new, |minute| clock(minute % DAY))
}

/// A minute as people read it; the end of the day is `24:00`.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The name of a day of the week, from 0; of the one day of a day template, "Each day".
pub(super) fn day_name(day: u8, only: bool) -> &'static str {
    match only {
        true => t::hours_each_day(),
        false => nth(t::date_weekdays(), day),
    }
}

/// The same, short.
pub(super) fn day_short(day: u8, only: bool) -> &'static str {
    match only {
        true => t::hours_each_day(),
        false => nth(t::date_weekdays_short(), day),
    }
}

fn nth(words: &'static str, day: u8) -> &'static str {
    words.split(' ').nth(day.into()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Case 13: a block that ends at 24:00.
    #[test]
    fn midnight_ends_a_day() {
        assert_eq!(minute("00:00", false), Some(0));
        assert_eq!(minute("00:00", true), Some(DAY));
        assert_eq!(minute("24:00", true), Some(DAY));
        assert_eq!(minute("24:00", false), None);
        assert_eq!(minute(" 9:30 ", true), Some(570));
        for nonsense in ["", "9", "25:00", "09:60", "x:y", "-1:00", "70000:00"] {
            assert_eq!(minute(nonsense, true), None, "{nonsense}");
        }
        assert_eq!(input(Some(DAY)), "00:00");
        assert_eq!(clock(DAY), "24:00");
        assert_eq!(input(None), "");
    }
}
