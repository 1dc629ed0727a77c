//! Instants as SAML writes them, and how far two clocks may differ.

use jiff::{SignedDuration, Timestamp};

/// How far the provider's clock may be from ours.
pub const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How long ago a response and its assertion may have been issued, besides [`SKEW`].
pub const ISSUED_AT_MOST_AGO: SignedDuration = SignedDuration::from_mins(10);

/// Reads an instant in UTC with its `Z`, as SAML core §1.3.3 asks for; fractions of a second are
/// taken, other offsets and everything else that jiff knows are not.
pub fn read(text: &str) -> Option<Timestamp> {
    let shape = b"0000-00-00T00:00:00";
    let (whole, rest) = text.as_bytes().split_at_checked(shape.len())?;
    let in_shape = whole.iter().zip(shape).all(|(byte, mask)| match mask {
        b'0' => byte.is_ascii_digit(),
        _ => byte == mask,
    });
    let fraction = rest.strip_suffix(b"Z")?;
    let fraction_in_shape = match fraction {
        [] => true,
        [b'.', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if in_shape && fraction_in_shape {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether something that starts at an instant has started.
pub fn begun(start: Timestamp, now: Timestamp) -> bool {
    start.duration_since(now) <= SKEW
}

/// Whether something that ends at an instant is over.
pub fn over(end: Timestamp, now: Timestamp) -> bool {
    now.duration_since(end) >= SKEW
}

/// Writes an instant to the second, as every provider reads it.
pub fn write(instant: Timestamp) -> String {
    let second = Timestamp::from_second(instant.as_second()).unwrap_or(instant);
    second.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_utc_and_nothing_else() {
        for text in ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00.1234567Z"] {
            assert!(read(text).is_some(), "{text}");
        }
        for text in [
            "",
            "Z",
            "2026-03-01",
            "2026-03-01T12:00:00",
            "2026-03-01T12:00:00+01:00",
            "2026-03-01 12:00:00Z",
            "2026-03-01T12:00:00Z ",
            "2026-03-01T12:00:00.Z",
            "2026-02-30T12:00:00Z",
            "２026-03-01T12:00:00Z",
            "2026-03-01T12:00:00Z[UTC]",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_ends_of_time_are_compared_without_overflow() {
        assert!(begun(Timestamp::MIN, Timestamp::MAX) && !begun(Timestamp::MAX, Timestamp::MIN));
        assert!(over(Timestamp::MIN, Timestamp::MAX) && !over(Timestamp::MAX, Timestamp::MIN));
    }

    #[test]
    fn instants_are_written_to_the_second() {
        let instant = read("2026-03-01T12:00:00.9Z").expect("an instant");
        assert_eq!(write(instant), "2026-03-01T12:00:00Z");
    }
}
