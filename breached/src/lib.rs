//! Passwords that are common or were in breaches, known without asking anybody.
//!
//! Where the words come from, and how `filter.bin` is made of them, is told in this crate's README.
//! NIST SP 800-63B-4, section 3.1.1.2, asks for such a list and warns of a needlessly long one.

pub mod filter;
pub mod rules;

/// Whether a password is common or was in a breach, or is made of such ones as people do to reach
/// a length: with digits or an exclamation mark behind it, repeated, or two joined ([`rules`]).
/// Ask only of a password that is not too long: the time it takes grows with the length.
///
/// Upper and lower case are one. Of passwords that are neither, fewer than one in a thousand are
/// taken for known, by the filter's design about one in ten thousand.
pub fn is_known(password: &str) -> bool {
    let embedded = filter::embedded();
    rules::known(&filter::fold(password), &|word| embedded.has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: [&str; 24] = [
        "password",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyuiop",
        "baseball",
        "football",
        "superman",
        "sunshine",
        "iloveyou",
        "princess",
        "trustno1",
        "starwars",
        "whatever",
        "computer",
        "michelle",
        "1qaz2wsx",
        "q1w2e3r4",
        "passw0rd",
        "liverpool",
        "welcome1",
        "letmein1",
        "mercedes",
        "zxcvbnm123",
    ];

    /// Passwords of 15 and more characters that were in breaches as they stand.
    const LONG: [&str; 4] = [
        "callofdutymodernwarfare2",
        "thelastofmykind",
        "suppliersonline",
        "BoganHagen-1958",
    ];

    // what everybody knows is refused, however it is written.
    #[test]
    fn well_known_passwords_are_found_in_either_case() {
        for word in COMMON.iter().chain(&LONG) {
            assert!(is_known(word), "{word}");
            assert!(is_known(&word.to_uppercase()), "{word}");
        }
        assert!(is_known("PassWord"));
    }

    // and so is what people make of it when it has to be longer.
    #[test]
    fn what_is_made_of_well_known_passwords_is_found() {
        for made in [
            "passwordpassword",
            "Sunshine2024",
            "Football123!",
            "princess!2024",
            "monkeymonkeymonkey",
            "baseballfootball",
            "Dragon2023Monkey!",
            "123123123123123",
            "aaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopqwertyuiop1",
        ] {
            assert!(is_known(made), "{made}");
        }
    }

    // nobody is told off for a good password.
    #[test]
    fn phrases_and_odd_passwords_pass() {
        for good in [
            "",
            "a long walk by the river",
            "correct horse battery staple",
            "Tr4!vk-92_mQx7pLw",
            "der Hund frisst montags Kekse",
            "пять синих трамваев",
            "長い散歩は川のそばで気持ちいい",
            "truckviolinmarchpencil",
            &(0..200).map(|n| n.to_string() + "-").collect::<String>(),
        ] {
            assert!(!is_known(good), "{good}");
        }
    }

    /// A generator of the tests' own, always with the same numbers (splitmix64).
    fn random(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn made_of(alphabet: &[u8], length: usize, state: &mut u64) -> String {
        let one = |_| char::from(alphabet[random(state) as usize % alphabet.len()]);
        (0..length).map(one).collect()
    }

    // of random passwords fewer than one in a thousand are taken for known; also of those
    // that end in what the rules cut off, for which the filter is asked most often.
    #[test]
    fn fewer_than_one_in_a_thousand_random_passwords_is_taken_for_known() {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz0123456789-_.";
        let mut state = 1;
        for (length, tail) in [(8, ""), (15, ""), (24, ""), (11, "1234"), (15, "2024!")] {
            let found = (0..10_000)
                .map(|_| made_of(alphabet, length, &mut state) + tail)
                .filter(|password| is_known(password));
            let found = found.count();
            assert!(found < 10, "{found} of 10,000 with {length} and {tail:?}");
        }
    }
}
