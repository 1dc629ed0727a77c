//! What a customer does, step by step, without any script.

use super::world::{CARD, MORTGAGE, World, blob, posted, times_in, with};
use crate::cast::send;
use axum::http::{StatusCode, header};

// P-05, E-09: subject, office, agent, time, details, confirmation.
#[tokio::test]
async fn a_customer_books_step_by_step() {
    let world = World::new().await;
    let page = world.get("/book").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("What is it about?") && page.body.contains("Lost card"));
    assert!(
        page.body.contains("30 minutes · At the office"),
        "{}",
        page.body
    );

    let page = world.get(&format!("/book?subject={MORTGAGE}")).await;
    assert!(page.body.contains("Where?") && page.body.contains("Antwerp"));
    assert!(page.body.contains("Main street 1"));

    let page = world
        .get(&format!("/book?subject={MORTGAGE}&office={}", world.ghent))
        .await;
    assert!(page.body.contains("With whom?") && page.body.contains("Anybody who is free"));
    assert!(page.body.contains("Sam "), "{}", page.body);
    assert!(
        !page.body.contains("sam@demo.example"),
        "E-09: no email here"
    );

    let path = format!(
        "/book?subject={MORTGAGE}&office={}&agent={}",
        world.ghent, world.noor
    );
    let page = world.get(&path).await;
    assert!(page.body.contains("When?") && page.body.contains("(Europe/Brussels)"));
    let times = times_in(&page.body);
    assert!(times.len() > 3, "{}", page.body);

    let page = world.get(&format!("{path}&at={}", times[0])).await;
    assert!(
        page.body.contains("Your details") && page.body.contains("Which house?"),
        "{}",
        page.body
    );
    let form = with(&world.form(&times[0]), &[("agent", &world.noor)]);
    let answer = world.post("/book", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let to = answer.headers[header::LOCATION].to_str().unwrap();
    let page = world.get(to).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Your appointment is booked",
        "Confirmed",
        "Mortgage",
        "noor@demo.example",
        "The red one",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let mails = world
        .app
        .number("SELECT count(*) FROM outbox WHERE delivered_at IS NULL")
        .await;
    assert_eq!(mails, 2, "the customer's and the agent's");
    // Noor's time is gone, Sam has it still; who takes it next is Sam.
    assert!(!times_in(&world.get(&path).await.body).contains(&times[0]));
    assert!(world.times().await.contains(&times[0]));
    let answer = world
        .post(
            "/book",
            &with(&world.form(&times[0]), &[("email", "dora@x.example")]),
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!world.times().await.contains(&times[0]));
}

// P-05: what leaves no choice is not asked; External IDs choose too.
#[tokio::test]
async fn steps_without_a_choice_are_left_out_and_external_ids_choose() {
    let world = World::new().await;
    // The card is Sam's alone, in Ghent alone.
    let page = world.get(&format!("/book?subject={CARD}")).await;
    assert!(page.body.contains("When?"), "{}", page.body);
    for path in ["/book?subject=C", "/book?subject=C&office=Ghent&agent=Sam"] {
        let page = world.get(path).await;
        assert!(page.body.contains("When?"), "{path}: {}", page.body);
        assert!(!page.body.contains("can’t be booked at present"), "{path}");
    }
    let page = world.get("/book?agent=Noor").await;
    assert!(
        page.body.contains("When?"),
        "Noor has the mortgage in Ghent alone: {}",
        page.body
    );
    let page = world.get("/book?office=Antwerp").await;
    assert!(
        page.body.contains("When?") && page.body.contains("Antwerp"),
        "{}",
        page.body
    );
    for path in ["/book?subject=nothing", "/book?office=x", "/book?agent=Ada"] {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.body.contains("can’t be booked at present"),
            "{path}: {}",
            page.body
        );
    }
}

// O-03: what no bookable agent handles is not offered; nor what an office or the subject does not.
#[tokio::test]
async fn only_what_somebody_can_take_is_offered() {
    let world = World::new().await;
    let sam = blob(&world.sam);
    world
        .app
        .sql(&format!(
            "UPDATE employee SET online_planning = false WHERE id = {sam}"
        ))
        .await;
    let page = world.get("/book").await;
    assert!(!page.body.contains("Lost card"), "{}", page.body);
    // Then only Noor is left, with one subject in one office.
    assert!(page.body.contains("When?"));
    world.app.sql("UPDATE office SET active = false").await;
    let page = world.get("/book").await;
    assert!(page.body.contains("nothing to book"), "{}", page.body);
}

// P-05: wrong input comes back with 422, sentences beside the fields, and everything typed.
#[tokio::test]
async fn wrong_input_comes_back_with_everything_typed() {
    let world = World::new().await;
    let at = world.times().await.remove(0);
    let form = with(
        &world.form(&at),
        &[
            ("email", "cleo at home"),
            ("phone", "12"),
            ("answer-0", " "),
            ("remark", "Ring <twice>"),
        ],
    );
    let page = world.post("/book", &form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "There are 3 problems",
        "Please answer: Which house?",
        "value=\"Cleo Customer\"",
        "value=\"cleo at home\"",
        "value=\"12\"",
        "Ring &lt;twice&gt;",
        "id=\"email-why\"",
        "aria-invalid=\"true\"",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(world.appointments().await, 0);
    let page = world
        .post(
            "/book",
            &with(&world.form(&at), &[("name", ""), ("email", "")]),
        )
        .await;
    assert!(
        page.body.contains("Your name is required") && page.body.contains("Your email is required"),
        "{}",
        page.body
    );
    // By telephone somebody has to be reachable there.
    let card = [("subject", CARD), ("meeting", "phone"), ("phone", "")];
    let page = world.post("/book", &with(&world.form(&at), &card)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("Your phone number is required"),
        "{}",
        page.body
    );
}

// P-08: where the organisation asks for consent, nobody books without it, and it is kept that they gave it.
#[tokio::test]
async fn consent_is_asked_for_and_kept() {
    let world = World::new().await;
    world
        .settings(r#"{"consent_text":"We keep your data for a year."}"#)
        .await;
    let at = world.times().await.remove(0);
    let page = world.post("/book", &world.form(&at)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("We keep your data for a year.") && page.body.contains("Please agree")
    );
    let answer = world
        .post("/book", &with(&world.form(&at), &[("consent", "true")]))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let kept = world
        .app
        .number("SELECT count(*) FROM appointment WHERE consented_at IS NOT NULL")
        .await;
    assert_eq!(kept, 1);
}

// P-04, P-05: a time that was just taken comes back with others, and what was typed.
#[tokio::test]
async fn a_time_that_is_gone_comes_back_with_others() {
    let world = World::new().await;
    let at = world.times().await.remove(0);
    for email in ["a@x.example", "b@x.example"] {
        let answer = world
            .post("/book", &with(&world.form(&at), &[("email", email)]))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let page = world
        .post(
            "/book",
            &with(&world.form(&at), &[("remark", "By bicycle")]),
        )
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.body.contains("just taken") && page.body.contains("By bicycle"),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"cleo@x.example\""));
    let others = times_in(&page.body);
    assert!(!others.is_empty() && !others.contains(&at), "{others:?}");
    let answer = world
        .post("/book", &with(&world.form(&others[0]), &[]))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // The link to a time that is gone shows the times again.
    let path = format!(
        "/book?subject={MORTGAGE}&office={}&agent=any&at={at}",
        world.ghent
    );
    let page = world.get(&path).await;
    assert!(page.body.contains("not free any more") && page.body.contains("When?"));
}

// P-05: a button that is pressed twice books once; another time with the same form books another.
#[tokio::test]
async fn a_form_that_is_sent_twice_books_once() {
    let world = World::new().await;
    let times = world.times().await;
    let key = "019a0000-0000-7000-8000-00000000abcd";
    let form = with(&world.form(&times[0]), &[("key", key)]);
    let first = world.post("/book", &form).await;
    let second = world.post("/book", &form).await;
    assert_eq!(
        first.headers[header::LOCATION],
        second.headers[header::LOCATION]
    );
    assert_eq!(world.appointments().await, 1);
    // Somebody else with this key learns nothing of it.
    let theirs = with(&form, &[("email", "eve@x.example")]);
    let third = world.post("/book", &theirs).await;
    assert_ne!(
        first.headers[header::LOCATION],
        third.headers[header::LOCATION]
    );
    let other = with(&form, &[("at", &times[2])]);
    assert_eq!(
        world.post("/book", &other).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(world.appointments().await, 3);
}

// P-05: also where the form itself has taken the last free time of the agent it names.
#[tokio::test]
async fn a_form_that_took_the_last_time_is_not_told_that_it_is_gone() {
    let world = World::new().await;
    let at = world.times().await.remove(0);
    let key = "019a0000-0000-7000-8000-00000000abce";
    let form = with(&world.form(&at), &[("key", key), ("agent", &world.noor)]);
    let first = world.post("/book", &form).await;
    let second = world.post("/book", &form).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    assert_eq!(
        first.headers[header::LOCATION],
        second.headers[header::LOCATION]
    );
    assert_eq!(world.appointments().await, 1);
}

// P-02: where hours or the office want it, a booking waits to be confirmed, and says so.
#[tokio::test]
async fn a_booking_waits_where_hours_say_so() {
    let world = World::new().await;
    world.hours(&world.noor, &[&world.ghent], false).await;
    let at = world.times().await.remove(0);
    let answer = world
        .post("/book", &with(&world.form(&at), &[("agent", &world.noor)]))
        .await;
    let page = world
        .get(answer.headers[header::LOCATION].to_str().unwrap())
        .await;
    assert!(
        page.body.contains("Waits for us to confirm it"),
        "{}",
        page.body
    );
    assert!(page.body.contains("We got your request"));
}

// P-05: the address, else the browser, else the organisation says the language; mails are in it too.
#[tokio::test]
async fn the_page_speaks_the_customers_language() {
    let world = World::new().await;
    let page = world.get("/book?language=de").await;
    assert!(
        page.body.contains("<html lang=\"de\"") && page.body.contains("Worum geht es?"),
        "{}",
        page.body
    );
    assert!(page.body.contains("language=de"), "the links keep it");
    let page = world.get("/book").await;
    assert!(page.body.contains("<html lang=\"en\""));
    let at = world.times().await.remove(0);
    let answer = world
        .post("/book", &with(&world.form(&at), &[("language", "de")]))
        .await;
    let path = answer.headers[header::LOCATION].to_str().unwrap();
    let path = path.split('?').next().unwrap();
    assert!(
        world.get(path).await.body.contains("Ihr Termin"),
        "as they booked"
    );
    let german = world
        .app
        .number("SELECT count(*) FROM appointment WHERE customer_language = 'de'")
        .await;
    assert_eq!(german, 1);
    world
        .app
        .sql("UPDATE organisation SET language = 'de'")
        .await;
    assert!(world.get("/book").await.body.contains("<html lang=\"de\""));
}

// P-05: switched off, it says so.
#[tokio::test]
async fn a_page_that_is_switched_off_says_so() {
    let world = World::new().await;
    let path = world.booked().await;
    world.settings(r#"{"enabled":false}"#).await;
    let page = world.get("/book").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("Online booking is closed"));
    let answer = world
        .post("/book", &world.form("2026-12-01T09:00:00Z"))
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    // Who has an appointment still gets to it.
    assert_eq!(world.get(&path).await.status, StatusCode::OK);
}

// P-04: twenty customers want the last agent's same time at the same moment; exactly one gets it, and the
// others get what else is free.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_customers_exactly_one_gets_a_time() {
    let world = World::new().await;
    let at = world.times().await.remove(0);
    let race = (0..20).map(|number| {
        let email = format!("c{number}@x.example");
        let form = with(
            &world.form(&at),
            &[("email", &email), ("agent", &world.noor)],
        );
        let router = world.app.router.clone();
        tokio::spawn(async move { send(&router, posted("/book", &form)).await })
    });
    let race: Vec<_> = race.collect();
    let (mut won, mut lost) = (0, 0);
    for answer in race {
        let answer = answer.await.unwrap();
        match answer.status {
            StatusCode::SEE_OTHER => won += 1,
            StatusCode::CONFLICT => {
                assert!(!times_in(&answer.body).is_empty());
                lost += 1;
            }
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert_eq!((won, lost), (1, 19));
    assert_eq!(world.appointments().await, 1);
}
