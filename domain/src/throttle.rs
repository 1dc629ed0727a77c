//! How repeated failures slow down: per account and address, per account, and per address.

use crate::Timestamp;
use jiff::SignedDuration;
use std::net::IpAddr;

/// What failures are counted for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// One account, tried from one address: what its owner is slowed down by.
    Pair,
    /// One account, from all addresses together. Those from which its owner came before go past it, so
    /// that no stranger locks anybody out.
    Account,
    /// One address, whatever it tries.
    Address,
    /// Codes of a second factor, after the right password.
    SecondFactor,
    /// Mails that an account asks for.
    Mail,
    /// What an address begins without anybody having signed in: challenges, sign-ins with providers,
    /// mails.
    Begun,
    /// Refusals that an address brings into the audit trail.
    Refused,
    /// Bookings, moves and cancellations by customers, from one address (P-05).
    BookedFrom,
    /// The same of the whole organisation, from wherever they come.
    BookedIn,
}

/// The part of an address that is one household's or one machine's: of IPv6 the first 64 bits, since
/// everybody has as many addresses as they like in them.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(mapped) => mapped.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
        Ok(IpAddr::V4(_)) | Err(_) => address.to_owned(),
    }
}

/// How many failures are forgotten after this long without another.
pub const MEMORY: SignedDuration = SignedDuration::from_hours(1);

impl Counted {
    /// How many failures cost nothing.
    pub const fn free(self) -> i32 {
        match self {
            Self::Pair | Self::SecondFactor => 5,
            Self::Account => 30,
            // A whole office may share one.
            Self::Address => 300,
            Self::Mail => 3,
            Self::Begun => 5_000,
            Self::Refused => 30,
            // A whole family, or a desk at which customers book.
            Self::BookedFrom => 20,
            Self::BookedIn => 3_000,
        }
    }

    /// The longest pause; nobody is shut out for longer.
    const fn longest(self) -> SignedDuration {
        match self {
            Self::Pair
            | Self::Account
            | Self::Address
            | Self::SecondFactor
            | Self::Begun
            | Self::Refused => SignedDuration::from_mins(15),
            Self::BookedIn => SignedDuration::from_mins(1),
            Self::Mail | Self::BookedFrom => SignedDuration::from_mins(60),
        }
    }
}

/// How often something failed lately.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Failures {
    pub count: i32,
    pub last_at: Option<Timestamp>,
    pub blocked_until: Option<Timestamp>,
}

impl Failures {
    /// Until when nothing more is tried; `None` when it may be.
    pub fn blocked(&self, now: Timestamp) -> Option<Timestamp> {
        self.blocked_until.filter(|until| *until > now)
    }

    /// The count after one more failure: the pauses double from 15 seconds on.
    #[must_use]
    pub fn and_one_more(&self, counted: Counted, now: Timestamp) -> Self {
        let fresh = self
            .last_at
            .is_some_and(|last| now.duration_since(last) < MEMORY);
        let count = if fresh {
            self.count.saturating_add(1)
        } else {
            1
        };
        let over = count - counted.free();
        let pause = (over >= 0).then(|| {
            let doubled = SignedDuration::from_secs(15 << over.min(12));
            doubled.min(counted.longest())
        });
        Self {
            count,
            last_at: Some(now),
            blocked_until: pause.map(|pause| now + pause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(count: i32, counted: Counted) -> Failures {
        let mut failures = Failures::default();
        for _ in 0..count {
            failures = failures.and_one_more(counted, Timestamp::UNIX_EPOCH);
        }
        failures
    }

    fn pause(failures: Failures) -> i64 {
        let until = failures.blocked(Timestamp::UNIX_EPOCH);
        until.map_or(0, |until| until.as_second())
    }

    // some mistakes cost nothing, then pauses grow, and none is longer than a quarter of an hour.
    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = (1..=12)
            .map(|count| pause(after(count, Counted::Pair)))
            .collect();
        assert_eq!(pauses, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(pause(after(i32::from(u8::MAX), Counted::Account)), 900);
    }

    // an IPv6 network has more addresses than anybody can count.
    #[test]
    fn an_ipv6_address_counts_as_its_network() {
        let one = network("2001:db8:1:2:aaaa::1");
        assert_eq!(one, network("2001:db8:1:2::ffff"));
        assert_ne!(one, network("2001:db8:1:3::ffff"));
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network(""), "");
    }

    // what lies an hour back is forgotten.
    #[test]
    fn old_failures_are_forgotten() {
        let many = after(20, Counted::Pair);
        let later = Timestamp::UNIX_EPOCH + MEMORY;
        assert_eq!(many.blocked(later), None);
        assert_eq!(many.and_one_more(Counted::Pair, later).count, 1);
    }
}
