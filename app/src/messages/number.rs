//! Whole numbers as people write them.

/// A number of things.
pub trait Count: Copy {
    fn count(self) -> i64;
}

macro_rules! count {
    ($($kind:ty),*) => { $(impl Count for $kind {
        fn count(self) -> i64 {
            i64::try_from(self).unwrap_or(i64::MAX)
        }
    })* };
}

count!(i32, u32, i64, u64, usize);

/// `1248` as `1,248` in English and `1.248` in German.
pub fn number(n: impl Count) -> String {
    let n = n.count();
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(super::current().group());
        }
        text.push(digit);
    }
    text
}
