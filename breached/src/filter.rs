//! The list as a binary fuse filter: 18 bits a word, and 1 in 65,536 of other words is taken for
//! one of them (Graf and Lemire, "Binary Fuse Filters", <https://arxiv.org/abs/2201.01174>).

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use xorf::{BinaryFuse16, BinaryFuse16Ref, DmaSerializable, Filter as _, FilterRef};

/// The fewest bytes of a word in the list. Shorter than any password, since people lengthen them.
pub const SHORTEST: usize = 5;
/// The most bytes of a word in the list.
pub const LONGEST: usize = 64;

/// What a filter's file begins with: its kind and its version.
const MAGIC: &[u8; 8] = b"BREACH\0\x01";
/// Then how many words it has, in four bytes, then what xorf needs to know, then the fingerprints.
const DESCRIPTOR: usize = MAGIC.len() + 4;
const FINGERPRINTS: usize = DESCRIPTOR + BinaryFuse16::DESCRIPTOR_LEN;

// The fingerprints are read where they lie, in the order of bytes that the file has.
const _: () = assert!(cfg!(target_endian = "little") && FINGERPRINTS.is_multiple_of(2));

/// The file, laid where fingerprints of two bytes may be.
#[repr(C, align(8))]
struct Aligned<T: ?Sized>(T);

static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../filter.bin"));

static EMBEDDED: LazyLock<Filter> = LazyLock::new(|| Filter {
    words: u32::from_le_bytes([FILE.0[8], FILE.0[9], FILE.0[10], FILE.0[11]]),
    fuse: BinaryFuse16Ref::from_dma(&FILE.0[DESCRIPTOR..FINGERPRINTS], &FILE.0[FINGERPRINTS..]),
});

/// A list of words that tells whether a word is in it, but not which are.
pub struct Filter {
    /// How many words are in it.
    pub words: u32,
    fuse: BinaryFuse16Ref<'static>,
}

impl Filter {
    /// Whether a folded word is in the list: always right if it is, and if it is not, wrong once in
    /// 65,536 times.
    pub fn has(&self, word: &str) -> bool {
        (SHORTEST..=LONGEST).contains(&word.len()) && self.fuse.contains(&key(word))
    }
}

/// The list that the program has in it.
pub fn embedded() -> &'static Filter {
    &EMBEDDED
}

/// How passwords are compared: upper and lower case are one.
pub fn fold(password: &str) -> String {
    password.to_lowercase()
}

/// The file of a filter with these words; the same words, in whatever order, give the same bytes.
///
/// # Errors
/// What xorf says of words of which it can make no filter.
pub fn file<'a>(words: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, &'static str> {
    let keys: Vec<u64> = words
        .map(key)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let words = u32::try_from(keys.len()).map_err(|_| "too many words")?;
    let fuse = BinaryFuse16::try_from(&keys)?;
    let mut file = [MAGIC.as_slice(), &words.to_le_bytes()].concat();
    file.resize(FINGERPRINTS, 0);
    fuse.dma_copy_descriptor_to(&mut file[DESCRIPTOR..]);
    file.extend_from_slice(fuse.dma_fingerprints());
    Ok(file)
}

/// What the filter keeps of a word: a hash that is the same on every machine and of any release.
fn key(word: &str) -> u64 {
    let hash: [u8; 32] = Sha256::digest(word).into();
    hash.iter()
        .take(8)
        .fold(0, |key, &byte| key << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_is_whole() {
        assert_eq!(FILE.0[..MAGIC.len()], *MAGIC);
        let words = embedded().words;
        let bits = f64::from(16) * embedded().fuse.len() as f64 / f64::from(words);
        assert!(words > 400_000, "{words} words");
        assert!((17.0..19.0).contains(&bits), "{bits} bits a word");
        assert!(FILE.0.len() < 1_500_000, "{} bytes", FILE.0.len());
    }

    #[test]
    fn the_same_words_give_the_same_file() {
        let words: Vec<String> = (0..2000).map(|n| format!("word number {n}")).collect();
        let one = file(words.iter().map(String::as_str)).unwrap();
        let other = file(words.iter().rev().chain(&words).map(String::as_str)).unwrap();
        assert_eq!(one, other);
        assert_eq!(one[8..12], 2000_u32.to_le_bytes());
        // And tomorrow, with another xorf: one that changes this asks for a new filter.bin.
        let digest = Sha256::digest(&one);
        assert_eq!(digest[..4], [12, 181, 7, 200]);
    }

    #[test]
    fn words_that_are_too_short_or_too_long_are_never_in_it() {
        for n in 0..100_000 {
            assert!(!embedded().has(&format!("{n:04}")[..4]));
        }
        assert!((65..10_000).all(|length| !embedded().has(&"x".repeat(length))));
    }

    #[test]
    fn other_words_are_taken_for_listed_ones_once_in_65_536_times() {
        let other = |n: &u32| embedded().has(&format!("not a word: {n}"));
        let found = (0..1_000_000).filter(other).count();
        assert!((5..30).contains(&found), "{found} of a million");
    }
}
