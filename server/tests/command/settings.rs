//! What a wrong setting or a wrong command comes to.

use crate::house::House;

// M-04
#[test]
fn a_wrong_setting_stops_the_start_with_its_name() {
    let house = House::new();
    for (arguments, part) in [
        (
            ["serve", "--listen", "somewhere"],
            "the setting listen: “somewhere”",
        ),
        (["check", "--database", "mysql://x"], "the setting database"),
        (["serve", "--mail", "nowhere"], "the setting mail"),
        (
            ["migrate", "--config", "absent.toml"],
            "the setting config: absent.toml",
        ),
    ] {
        let complaint = house.fails(&arguments, 2);
        assert!(complaint.contains(part), "{complaint}");
    }
    std::fs::write(
        house.file("staffroom.toml"),
        "listne = \"127.0.0.1:3000\"\n",
    )
    .unwrap();
    let complaint = house.fails(&["migrate"], 2);
    assert!(complaint.contains("unknown field `listne`"), "{complaint}");
}

// M-04
#[test]
fn an_organisation_gets_its_first_administrator() {
    let house = House::new();
    let create = |email, zone| {
        let url = ["--public-url", "https://staffroom.example"];
        let wish = [
            "--name",
            "Acme",
            "--administrator",
            email,
            "--time-zone",
            zone,
        ];
        [&["organisation", "create"][..], &wish, &url].concat()
    };
    let complaint = house.fails(&create("nobody", "Europe/Vienna"), 1);
    assert!(complaint.contains("--administrator"), "{complaint}");
    let complaint = house.fails(&create("eva@acme.example", "Europe/Atlantis"), 1);
    assert!(complaint.contains("--time-zone"), "{complaint}");
    assert!(house.succeeds(&["check"]).contains("in 0 organisation(s)"));

    let said = house.succeeds(&create("eva@acme.example", "Europe/Vienna"));
    let link = said.lines().last().unwrap();
    let token = link
        .strip_prefix("https://staffroom.example/activate/")
        .unwrap();
    assert!(token.parse::<store::secret::Token>().is_ok(), "{said}");
    assert!(
        house
            .succeeds(&["check"])
            .contains("All is well, in 1 organisation(s)")
    );
}

// M-04
#[test]
fn demo_data_fills_an_empty_database_only() {
    let house = House::new();
    let complaint = house.fails(&["demo", "--employees", "4"], 1);
    assert!(complaint.contains("from 5 to"), "{complaint}");
    assert!(house.succeeds(&["demo"]).contains("48 employees"));
    assert!(house.succeeds(&["check"]).contains("All is well"));
    let complaint = house.fails(&["demo"], 1);
    assert!(complaint.contains("not empty"), "{complaint}");

    let complaint = house.fails(&["serve", "--listen", "0.0.0.0:0"], 2);
    assert!(
        complaint.contains("the setting listen: the database holds demo data"),
        "{complaint}"
    );
}
