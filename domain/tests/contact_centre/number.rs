//! The inventory of numbers (C-04).

use crate::cast::*;
use domain::contact_centre::number::{
    BLOCK_MAX, Block, Environment, Holder, Number, NumbersAdded, NumbersRemoved,
};
use domain::field::Phone;
use domain::{Actor, EmployeeId, Field, Refusal, Why};
use proptest::prelude::*;
use uuid::Uuid;

// C-04, case 16: a block is two numbers in E.164 of the same length, the first not after the last.
#[test]
fn a_block_is_read() {
    let read = |first, last| Block::read(first, last).map(|block| block.count());
    assert_eq!(read(" +3292104400 ", "+3292104459"), Ok(60));
    assert_eq!(read("+3292104400", " "), Ok(1));
    assert_eq!(read("+3292100000", "+3292109999"), Ok(BLOCK_MAX));
    let last = |why| Err(Refusal::field(Field::LastNumber, why));
    assert_eq!(
        read("+3292100000", "+3292110000"),
        last(Why::TooManyNumbers(BLOCK_MAX))
    );
    assert_eq!(
        read("+3292104400", "+32921044000"),
        last(Why::LengthsDiffer)
    );
    assert_eq!(read("+3292104400", "+3292104399"), last(Why::EndsFirst));
    assert_eq!(
        read("", "+3292104399"),
        Err(Refusal::field(Field::Number, Why::Required))
    );
    for text in [
        "09 210 44 18",
        "0032921044",
        "+0321",
        "+1234567890123456",
        "٠٩٢",
        "+32 921",
        "x",
    ] {
        let refused = Err(Refusal::field(Field::Number, Why::NotE164));
        assert_eq!(read(text, "+3292104399"), refused, "{text}");
        assert_eq!(read("+3292104399", text), last(Why::NotE164), "{text}");
    }
    let forbidden = NumbersAdded::allow(&person(false), "+3292104400", "", AT);
    assert_eq!(forbidden.err(), Some(Refusal::Forbidden));
}

fn number(text: &str, holder: Option<Holder>) -> Number {
    Number {
        organisation: OURS,
        number: Phone::e164(text).expect("a number"),
        holder,
    }
}

// C-04: only free numbers leave the inventory; one that somebody has is released first.
#[test]
fn free_numbers_are_removed() {
    let holder = Holder::User {
        id: EmployeeId(Uuid::from_u128(3)),
        name: "Sam".into(),
        environment: Environment::Work,
    };
    let (free, used) = (
        number("+3292104400", None),
        number("+3292104401", Some(holder)),
    );
    let remove = |numbers: &[Number]| NumbersRemoved::allow(&ada(), numbers, AT).err();
    assert_eq!(remove(std::slice::from_ref(&free)), None);
    assert_eq!(
        remove(&[free.clone(), used.clone()]),
        Some(Refusal::NumbersInUse(1))
    );
    assert_eq!(
        remove(&[]),
        Some(Refusal::field(Field::Number, Why::Required))
    );
    let release = |number: &Number, by: &Actor| number.release(by, AT).map(|one| one.is_some());
    assert_eq!(release(&used, &ada()), Ok(true));
    assert_eq!(release(&free, &ada()), Ok(false));
    assert_eq!(release(&used, &person(false)), Err(Refusal::Forbidden));
}

proptest! {
    // C-04: a block has as many numbers as it says, each once, in order, and of the same length.
    #[test]
    fn a_block_has_what_it_says(first in 10_000_000u64..99_000_000, more in 0u64..200) {
        let (from, to) = (format!("+{first}"), format!("+{}", first + more));
        let block = Block::read(&from, &to).expect("a block");
        let numbers: Vec<String> = block.numbers().map(|one| one.as_str().to_owned()).collect();
        prop_assert_eq!(numbers.len() as u64, more + 1);
        prop_assert_eq!((&numbers[0], &numbers[numbers.len() - 1]), (&from, &to));
        prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
