//! The same email or External ID twice.

use super::*;

fn taken(field: Field) -> Refusal {
    Refusal::field(field, Why::Taken)
}

// Case 3: the same email in another case or with other accents is a duplicate, and so is the same
// External ID; the message names the field, and both when both are taken.
#[test]
fn duplicates_are_refused_on_their_field() {
    everywhere(async |house| {
        let system = house.system();
        let id = house
            .create(&system, by_single_sign_on("André@x.example", "S-1"))
            .await;
        let id = id.expect("created");
        for email in ["andré@x.example", "ANDRE@X.EXAMPLE"] {
            let refused = house.create(&system, with_email(email)).await;
            assert_eq!(refusal(refused), taken(Field::Email), "{email}");
        }
        let refused = house
            .create(&system, by_single_sign_on("other@x.example", "S-1"))
            .await;
        assert_eq!(refusal(refused), taken(Field::ExternalId));
        let refused = house
            .create(&system, by_single_sign_on("andre@x.example", "S-1"))
            .await;
        let problem = |field| Problem {
            field,
            why: Why::Taken,
        };
        let both = vec![problem(Field::Email), problem(Field::ExternalId)];
        assert_eq!(refusal(refused), Refusal::Invalid(both));
        house
            .create(&system, by_single_sign_on("case@x.example", "s-1"))
            .await
            .expect("an External ID has a case");
        house
            .create(&system, with_email("none@x.example"))
            .await
            .expect("no External ID");
        house
            .create(&system, with_email("neither@x.example"))
            .await
            .expect("nor here");
        assert_eq!(
            house.get(id).await.version,
            Version(1),
            "the first is untouched"
        );
    });
}

// Case 3: in another organisation the same email and the same External ID are somebody else's.
#[test]
fn another_organisation_may_have_the_same_email() {
    everywhere(async |house| {
        let new = || by_single_sign_on("ada@x.example", "S-1");
        house.create(&house.system(), new()).await.expect("created");
        let next = house.neighbour().await;
        next.create(&next.system(), new())
            .await
            .expect("created there as well");
        assert_eq!(next.findings().await, Vec::<String>::new());
    });
}

// Case 3: an email or External ID that is changed to one that is taken is refused as well.
#[test]
fn changes_to_what_is_taken_are_refused() {
    everywhere(async |house| {
        let system = house.system();
        let first = house
            .create(&system, by_single_sign_on("a@x.example", "S-1"))
            .await;
        let second = house
            .create(&system, by_single_sign_on("b@x.example", "S-2"))
            .await;
        let (first, second) = (first.expect("created"), second.expect("created"));
        let draft = Draft {
            external_id: Some("S-1".into()),
            ..Draft::default()
        };
        let refused = revise(house, &system, second, draft.clone()).await;
        assert_eq!(refusal(refused), taken(Field::ExternalId));
        revise(house, &system, first, draft)
            .await
            .expect("one's own is not taken");
        let refused = house.change_email(&system, second, "A@x.example").await;
        assert_eq!(refusal(refused), taken(Field::Email));
        let pending = house.pending("c@x.example").await;
        let refused = house.change_email(&system, pending, "A@x.example").await;
        assert_eq!(refusal(refused), taken(Field::Email));
        house
            .change_email(&system, pending, "C@x.example")
            .await
            .expect("one's own in another case");
    });
}

/// Makes the next creation of `late@x.example` come second: another row with the same value
/// stands there after the look before the write, and before the write.
async fn come_second(house: &House, email: &str, external_id: &str) {
    let columns = "organisation, id, version, status, sign_in, email, email_folded, first_name,
         last_name, name_folded, search, external_id, roles, wanted, online_planning,
         \"function\", introduction, video_link, created_at, last_seen_at";
    let id = match house.is_sqlite() {
        true => "randomblob(16)",
        false => "gen_random_uuid()",
    };
    let insert = format!(
        "INSERT INTO employee ({columns}) VALUES (NEW.organisation, {id}, 1, 1, 1, '{email}',
         '{email}', '', '', '{email}', '{email}', {external_id}, 0, 0, NEW.online_planning, '', '',
         '', NEW.created_at, NEW.last_seen_at);"
    );
    let sql = match house.is_sqlite() {
        true => format!(
            "CREATE TRIGGER sneak BEFORE INSERT ON employee WHEN NEW.first_name = 'Late'
             BEGIN {insert} END"
        ),
        false => format!(
            "CREATE FUNCTION sneak() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN {insert} RETURN NEW; END $$;
             CREATE TRIGGER sneak BEFORE INSERT ON employee FOR EACH ROW
             WHEN (NEW.first_name = 'Late') EXECUTE FUNCTION sneak();"
        ),
    };
    house.raw().await.run(&sql).await;
}

// Case 3: where the look before the write misses a duplicate, the database finds it, and the
// refusal names the same field.
#[test]
fn a_duplicate_that_only_the_database_sees_names_its_field() {
    for (email, external_id, field) in [
        ("late@x.example", "NULL", Field::Email),
        ("other@x.example", "'S-1'", Field::ExternalId),
    ] {
        everywhere(async |house| {
            come_second(house, email, external_id).await;
            let mut new = by_single_sign_on("late@x.example", "S-1");
            new.draft.first_name = Some("Late".into());
            let refused = house.create(&house.system(), new).await;
            assert_eq!(refusal(refused), taken(field));
        });
    }
}
