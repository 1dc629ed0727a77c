//! A new way in for an Administrator, from the server itself.

use crate::house::House;

// nobody is locked out for good: whoever owns the machine gives an Administrator a new way in.
#[test]
fn an_administrator_is_recovered_on_the_command_line() {
    let house = House::with_demo();
    let recover = |email| ["administrator", "recover", "--email", email];
    let said = house.succeeds(&recover("ada@demo.example"));
    let link = said.lines().last().unwrap();
    assert!(link.contains("/activate/"), "{said}");
    let again = house.succeeds(&recover("Ada@Demo.Example"));
    assert_ne!(
        again.lines().last().unwrap(),
        link,
        "the older link is dead"
    );
    let checked = house.succeeds(&["check"]);
    assert!(checked.contains("All is well"), "{checked}");
}

// of nobody else, and of nobody who does not exist.
#[test]
fn only_administrators_are_recovered() {
    let house = House::with_demo();
    let recover = |email| ["administrator", "recover", "--email", email];
    let complaint = house.fails(&recover("sam@demo.example"), 1);
    assert!(complaint.contains("not an Administrator"), "{complaint}");
    let complaint = house.fails(&recover("nobody@demo.example"), 1);
    assert!(complaint.contains("nobody has this address"), "{complaint}");
    let mut elsewhere = recover("ada@demo.example").to_vec();
    elsewhere.extend(["--host", "elsewhere.example"]);
    let complaint = house.fails(&elsewhere, 1);
    assert!(complaint.contains("--host"), "{complaint}");
}
