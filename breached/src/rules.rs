//! What people make of a known password to reach a length, taken apart again at look-up.

use crate::filter::{LONGEST, SHORTEST};

/// How many digits may stand behind a known password.
const DIGITS: usize = 4;

/// How many characters may stand there: the digits and an exclamation mark.
const TAIL: usize = DIGITS + 1;

/// The longest unit whose repetition is known without being a known password: "abcabcabc".
const UNIT: usize = 4;

/// From which length such a repetition counts.
const REPEATED: usize = 8;

/// Whether a password, folded as the list is, is known: as it stands, or without the digits and
/// the exclamation mark behind it, or as the repetition of a known one, or as two known ones
/// joined. `listed` tells whether a word is in the list.
pub fn known(password: &str, listed: &impl Fn(&str) -> bool) -> bool {
    let starts: Vec<usize> = password.char_indices().map(|(at, _)| at).collect();
    bodies(password).any(|body| listed(body) || is_repeated(body, listed))
        || starts.into_iter().any(|at| {
            let (left, right) = password.split_at(at);
            is_word(left, listed) && is_word(right, listed)
        })
}

/// Whether a text is in the list, as it stands or without what is behind it.
fn is_word(text: &str, listed: &impl Fn(&str) -> bool) -> bool {
    (SHORTEST..=LONGEST + TAIL).contains(&text.len()) && bodies(text).any(listed)
}

/// A text, and what is left of it without up to four digits and one exclamation mark at its end.
fn bodies(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let (mut digits, mut marks) = (0, 0);
    let tails = bytes.iter().rev().take_while(move |byte| {
        digits += usize::from(byte.is_ascii_digit());
        marks += usize::from(**byte == b'!');
        (byte.is_ascii_digit() || **byte == b'!') && digits <= DIGITS && marks <= 1
    });
    (0..=tails.count()).map(|tail| &text[..text.len() - tail])
}

/// Whether a text is twice or oftener the same: a known password, or a few characters. The last
/// time may break off: "abcabcab".
fn is_repeated(text: &str, listed: &impl Fn(&str) -> bool) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut periods = 1..=(text.len() / 2).min(LONGEST + TAIL);
    let period = periods.find(|&period| text[period..] == text[..text.len() - period]);
    period.is_some_and(|period| {
        let unit: String = text[..period].iter().collect();
        period <= UNIT && text.len() >= REPEATED || is_word(&unit, listed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(password: &str) -> bool {
        known(password, &|word| {
            ["password", "dragon", "müller"].contains(&word)
        })
    }

    #[test]
    fn a_listed_word_is_known_and_no_other() {
        assert!(finds("password") && finds("müller"));
        assert!(!finds("passwort") && !finds(""));
    }

    #[test]
    fn up_to_four_digits_and_an_exclamation_mark_may_follow() {
        for known in [
            "password1",
            "password2024",
            "password!",
            "password12!",
            "password!1234",
        ] {
            assert!(finds(known), "{known}");
        }
        for other in [
            "password12345",
            "password!!",
            "password-1",
            "1password",
            "2024!",
        ] {
            assert!(!finds(other), "{other}");
        }
    }

    #[test]
    fn a_word_may_be_repeated() {
        for known in [
            "dragondragon",
            "dragondragondragon",
            "dragondragondrag",
            "müllermüller7!",
        ] {
            assert!(finds(known), "{known}");
        }
        assert!(finds("dragon1dragon1") && !finds("dragondrag") && !finds("drachedrache"));
    }

    #[test]
    fn a_few_characters_repeated_are_known() {
        assert!(finds("aaaaaaaa") && finds("abcdabcdabc") && finds("xyxyxyxy1"));
        assert!(!finds("aaaa") && !finds("abcdeabcdeabcde"));
    }

    #[test]
    fn two_words_may_be_joined() {
        for known in ["dragonpassword", "dragon99password!", "müllerdragon"] {
            assert!(finds(known), "{known}");
        }
        assert!(!finds("dragonpasswordmüller") && !finds("dragon-password"));
    }
}
