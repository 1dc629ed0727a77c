//! Chance that comes out the same for the same seed (SplitMix64), for demo data only.

use uuid::{Builder, Uuid};

/// When the ids of demo data say that they were made, in milliseconds since 1970: always the same
/// moment, so that the same seed gives the same ids.
const BEGIN: u64 = 1_767_225_600_000;

/// A sequence of numbers that look random. Never a source of secrets.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    state: u64,
    ids: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            ids: 0,
        }
    }

    /// Another sequence, which takes no number of this one.
    pub fn branch(&self, salt: u64) -> Self {
        Self::new(self.state ^ salt)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let scaled = (u128::from(self.next()) * end as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// An id of version 7, later than the one before.
    pub fn id(&mut self) -> Uuid {
        self.ids += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.next().to_be_bytes());
        Builder::from_unix_timestamp_millis(BEGIN + self.ids, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            let numbers: Vec<usize> = (0..100).map(|_| chance.below(1_000)).collect();
            (numbers, chance.id())
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let mut chance = Chance::new(3);
        let ids: Vec<_> = (0..100).map(|_| chance.id()).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7));
        let hits = (0..10_000).filter(|_| chance.percent(20)).count();
        assert!((1_800..2_200).contains(&hits), "{hits}");
    }
}
