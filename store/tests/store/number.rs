//! The inventory of numbers, and who has each (C-04).

use crate::cast::*;
use crate::house::everywhere;
use domain::contact_centre::number::{Environment, Holder, NumbersRemoved};
use domain::field::Phone;
use domain::{Field, Refusal, Why};
use store::contact_centre::number::Search;

fn texts(numbers: &[Phone]) -> Vec<&str> {
    numbers.iter().map(Phone::as_str).collect()
}

// C-04: a block is added, what is there already is skipped, and pages follow each other by key.
#[test]
fn numbers_are_added_and_paged() {
    everywhere(async |house| {
        let block = house
            .add_numbers("+3292104400", "+3292104459")
            .await
            .expect("added");
        assert_eq!((block.added, block.known), (60, 0));
        let more = house
            .add_numbers("+3292104450", "+3292104469")
            .await
            .expect("added");
        assert_eq!((more.added, more.known), (10, 10));
        let taken = refusal(house.add_numbers("+3292104400", "").await);
        assert_eq!(taken, Refusal::field(Field::Number, Why::Taken));
        let large = house
            .add_numbers("+3292200000", "+3292209999")
            .await
            .expect("added");
        assert_eq!((large.added, large.known), (10_000, 0));
        let page = async |search: Search| house.read().await.numbers(&search).await.expect("read");
        let first = page(Search {
            digits: "92104".into(),
            ..Search::default()
        })
        .await;
        assert_eq!(
            (first.numbers.len(), first.skipped, first.found),
            (50, 0, 70)
        );
        assert_eq!((first.all, first.used), (10_070, 0));
        let last = first.numbers[49].number.as_str().to_owned();
        assert_eq!(last, "+3292104449");
        let second = page(Search {
            digits: "9 21 04".into(),
            after: Some(last),
            ..Search::default()
        })
        .await;
        assert_eq!((second.numbers.len(), second.skipped), (20, 50));
        let begin = second.numbers[0].number.as_str().to_owned();
        let back = page(Search {
            digits: "92104".into(),
            before: Some(begin),
            ..Search::default()
        })
        .await;
        assert_eq!(back, first, "back to where one was");
        let odd = page(Search {
            digits: "%_".into(),
            ..Search::default()
        })
        .await;
        assert_eq!(odd.found, 10_070, "no digits, no search");
        let neighbour = house.neighbour().await;
        neighbour
            .add_numbers("+3292104400", "")
            .await
            .expect("each house has its own");
    });
}

// C-04: who has a number is known; released it is free; free ones are offered and can be removed.
#[test]
fn numbers_are_released_and_removed() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        house.add_tenant("Care", ghent).await.expect("created");
        house.set_seats("contact_center", 1).await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        house.enrol("sam@x.example", "Care", None).await;
        house
            .add_numbers("+3292104400", "+3292104402")
            .await
            .expect("added");
        house.give_number("+3292104401", "sam@x.example").await;
        let mut reading = house.read().await;
        let free = reading.free_numbers("2104", 50).await.expect("read");
        assert_eq!(texts(&free), ["+3292104400", "+3292104402"]);
        assert_eq!(reading.free_numbers("", 1).await.expect("read").len(), 1);
        let used = Search {
            used: Some(true),
            ..Search::default()
        };
        let used = reading.numbers(&used).await.expect("read");
        assert_eq!(
            (used.numbers.len(), used.found, used.all, used.used),
            (1, 1, 3, 1)
        );
        let holder = Holder::User {
            id: sam,
            name: "Sam Peeters".into(),
            environment: Environment::Work,
        };
        assert_eq!(used.numbers[0].holder, Some(holder));
        let not = Search {
            used: Some(false),
            ..Search::default()
        };
        assert_eq!(reading.numbers(&not).await.expect("read").found, 2);
        let asked: Vec<Phone> = ["+3292104400", "+3292104401", "+3299999999"]
            .map(|text| Phone::e164(text).expect("a number"))
            .into();
        let all = reading.numbers_of(&asked).await.expect("read");
        assert_eq!(all.len(), 2, "what is not there is not");
        drop(reading);
        let refused = NumbersRemoved::allow(&house.system(), &all, noon());
        assert_eq!(refused.err(), Some(Refusal::NumbersInUse(1)));
        let release = || {
            all[1]
                .release(&house.system(), noon())
                .map(|one| one.expect("a change"))
        };
        house.apply(release()).await.expect("released");
        assert_eq!(
            refusal(house.apply(release()).await),
            Refusal::Stale,
            "once"
        );
        let version = "SELECT version FROM contact_user";
        assert_eq!(
            house.raw().await.count(version).await,
            2,
            "an open form is told"
        );
        let all = house.read().await.numbers_of(&asked).await.expect("read");
        let remove = || NumbersRemoved::allow(&house.system(), &all, noon());
        house.apply(remove()).await.expect("removed");
        assert_eq!(refusal(house.apply(remove()).await), Refusal::Stale, "once");
        let left = house.read().await.free_numbers("", 50).await.expect("read");
        assert_eq!(texts(&left), ["+3292104402"]);
    });
}
