//! What this binary knows of the world, for checking settings against.

use app::messages::Language;
use domain::organisation::Known;
use jiff::tz::TimeZone;
use std::sync::LazyLock;

static LANGUAGES: LazyLock<Vec<&str>> =
    LazyLock::new(|| Language::ALL.into_iter().map(Language::code).collect());

/// The languages of the interface, the time zones, and the countries whose numbers can be read.
pub fn known() -> Known<'static> {
    Known {
        languages: &LANGUAGES,
        time_zone: &|name| TimeZone::get(name).is_ok(),
        country: &domain::field::knows_country,
    }
}
