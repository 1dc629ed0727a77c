//! A telephone number, read once at the edge.

#[cfg(feature = "server")]
use super::line;
use crate::Why;
use serde::{Deserialize, Serialize};

/// A telephone number in E.164, such as `+3292104418`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Phone(String);

impl Phone {
    /// A number that is E.164 already: `+`, a first digit that is not 0, at most 15 digits.
    ///
    /// # Errors
    /// [`Why::NotAPhoneNumber`].
    pub fn e164(text: &str) -> Result<Self, Why> {
        let digits = text.strip_prefix('+').ok_or(Why::NotAPhoneNumber)?;
        let fits = (2..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Why::NotAPhoneNumber)
        }
    }

    /// A number as people write it, with the country (ISO 3166, `BE`) of those who leave it out;
    /// empty is no number (specification, section 10, case 16).
    ///
    /// # Errors
    /// [`Why::NotAPhoneNumber`].
    #[cfg(feature = "server")]
    pub fn read(text: &str, country: &str) -> Result<Option<Self>, Why> {
        use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
        let text = line(text, 100).map_err(|_| Why::NotAPhoneNumber)?;
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().any(char::is_alphabetic) {
            return Err(Why::NotAPhoneNumber);
        }
        let text = match text.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => text,
        };
        if text.starts_with("+0") {
            return Err(Why::NotAPhoneNumber);
        }
        let number =
            PhoneNumber::parse(&text, country.parse().ok()).map_err(|_| Why::NotAPhoneNumber)?;
        // An extension has no place in E.164, and is not silently dropped.
        if number.extension.is_some() || !PHONE_NUMBER_UTIL.is_possible_number(&number) {
            return Err(Why::NotAPhoneNumber);
        }
        Self::e164(&number.format_as(PhoneNumberFormat::E164)).map(Some)
    }

    /// The number as people of `country` read it: national there, international elsewhere.
    #[cfg(feature = "server")]
    pub fn shown(&self, country: &str) -> String {
        use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
        let Ok(number) = PhoneNumber::parse(&self.0, None) else {
            return self.0.clone();
        };
        let code = country
            .parse()
            .ok()
            .and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
        let format = match code == Some(number.country_code) {
            true => PhoneNumberFormat::National,
            false => PhoneNumberFormat::International,
        };
        number.format_as(format).into_owned()
    }

    /// The number in E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether numbers of this country (ISO 3166, `BE`) can be read.
#[cfg(feature = "server")]
pub fn knows_country(code: &str) -> bool {
    code.parse()
        .ok()
        .and_then(|region| rlibphonenumber::PHONE_NUMBER_UTIL.get_country_code_for_region(region))
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "server")]
    use proptest::prelude::*;

    // Case 16: E.164 as it is, and nothing else where only E.164 is accepted.
    #[test]
    fn e164_is_taken_as_it_is() {
        for number in ["+14155550100", "+3292104418", "+123456789012345"] {
            assert_eq!(
                Phone::e164(number).map(|phone| phone.0),
                Ok(number.to_owned())
            );
        }
        for number in [
            "",
            "+",
            "14155550100",
            "0014155550100",
            "+0155550100",
            "+1234567890123456",
            "+1415a55",
            "+1 415",
            "+1",
            " +14155550100",
            "+٣٢٩٢١٠٤٤١٨",
            "＋14155550100",
        ] {
            assert_eq!(Phone::e164(number), Err(Why::NotAPhoneNumber), "{number}");
        }
    }

    // Case 16: numbers as people write them become E.164, by the organisation's country.
    #[cfg(feature = "server")]
    #[test]
    fn a_number_as_people_write_it_becomes_e164() {
        for (typed, country, number) in [
            ("+14155550100", "BE", "+14155550100"),
            ("0014155550100", "BE", "+14155550100"),
            ("(0)9 210 44 18", "BE", "+3292104418"),
            ("09 210 44 18", "BE", "+3292104418"),
            ("09/210.44.18", "BE", "+3292104418"),
            ("+32 (0)9 210 44 18", "BE", "+3292104418"),
            ("٠٩٢١٠٤٤١٨", "BE", "+3292104418"),
            ("+٣٢٩٢١٠٤٤١٨", "BE", "+3292104418"),
            ("０９ ２１０ ４４ １８", "BE", "+3292104418"),
            ("＋３２ ９ ２１０ ４４ １８", "BE", "+3292104418"),
            ("(415) 555-0100", "US", "+14155550100"),
            ("001 32 9 210 44 18", "US", "+13292104418"),
            ("06 12345678", "IT", "+390612345678"),
            ("020 7946 0958", "GB", "+442079460958"),
        ] {
            let read = Phone::read(typed, country).map(|phone| phone.map(|phone| phone.0));
            assert_eq!(read, Ok(Some(number.to_owned())), "{typed} in {country}");
        }
        assert_eq!(Phone::read("  ", "BE"), Ok(None));
    }

    // Case 16: +0…, 16 digits, letters, and what would lose something on the way, are refused.
    #[cfg(feature = "server")]
    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "+0123456789",
            "+00123456789",
            "+1234567890123456",
            "000014155550100",
            "1-800-FLOWERS",
            "phone",
            "12",
            "+",
            "+32",
            "+999 123 456 789",
            "09 210 44 18 ext. 5",
            "09 210 44 18 #5",
            "+3292104418;ext=5",
            "+3292104418;12",
            "09 210\n44 18",
            "+32 9 210 44 18 / 19",
        ] {
            assert_eq!(
                Phone::read(typed, "BE"),
                Err(Why::NotAPhoneNumber),
                "{typed}"
            );
        }
        assert_eq!(
            Phone::read("09 210 44 18", ""),
            Err(Why::NotAPhoneNumber),
            "no country"
        );
    }

    // Section 9: stored as E.164, shown nationally where it is at home.
    #[cfg(feature = "server")]
    #[test]
    fn a_number_is_shown_as_people_of_the_country_read_it() {
        let phone = Phone::e164("+3292104418").expect("a number");
        assert_eq!(phone.shown("BE"), "09 210 44 18");
        assert_eq!(phone.shown("NL"), "+32 9 210 44 18");
        assert_eq!(phone.shown(""), "+32 9 210 44 18");
    }

    #[cfg(feature = "server")]
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        // Case 16: whatever is typed, what is stored is E.164, and typing that again changes nothing.
        #[test]
        fn whatever_is_typed_what_is_stored_is_e164(typed in "[+0-9 ()./-]{0,20}|\\PC{0,20}") {
            if let Ok(Some(phone)) = Phone::read(&typed, "BE") {
                prop_assert_eq!(Phone::e164(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::read(phone.as_str(), "US"), Ok(Some(phone.clone())));
                prop_assert_eq!(Phone::read(&phone.shown("BE"), "BE"), Ok(Some(phone)));
            }
        }
    }
}
