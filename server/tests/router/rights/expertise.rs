//! Who handles what, by office and by person.

use super::{Call, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ada = app.id("ada").await;
    let max = app.id("max").await;
    let sam = app.id("sam").await;
    let ghent = app.office("Ghent").await;
    let antwerp = app.office("Antwerp").await;
    let (mortgage, _) = app.subject("Mortgage").await;
    let cell = |of: &str, subject: &str| format!("{of}:{subject}");
    vec![
        (
            "of Ghent",
            Call::Json(
                "get_expertise",
                json!({ "id": ghent, "search": "", "after": "" }),
            ),
        ),
        (
            "of Antwerp",
            Call::Json(
                "get_expertise",
                json!({ "id": antwerp, "search": "", "after": "" }),
            ),
        ),
        (
            "Sam's in Ghent",
            form(
                "save_expertise",
                [("id", &ghent), ("had[0]", &cell(&sam, &mortgage))],
            ),
        ),
        (
            "Sam's in Antwerp",
            form(
                "save_expertise",
                [("id", &antwerp), ("had[0]", &cell(&sam, &mortgage))],
            ),
        ),
        (
            "Max's, who is no Agent",
            form(
                "save_expertise",
                [("id", &ghent), ("handles[0]", &cell(&max, &mortgage))],
            ),
        ),
        (
            "Sam's",
            Call::Json("get_expertise_of", json!({ "id": sam })),
        ),
        (
            "Ada's",
            Call::Json("get_expertise_of", json!({ "id": ada })),
        ),
        (
            "Sam's in Ghent",
            form(
                "save_expertise_of",
                [("id", &sam), ("had[0]", &cell(&ghent, &mortgage))],
            ),
        ),
        (
            "Sam's in Antwerp",
            form(
                "save_expertise_of",
                [("id", &sam), ("had[0]", &cell(&antwerp, &mortgage))],
            ),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                  ada     max    noor     sam     lee  nobody
    get_expertise      of Ghent                   200     200     403     403     404     401
    get_expertise      of Antwerp                 200     404     200     403     404     401
    save_expertise     Sam's in Ghent             200     200     403     403     404     401
    save_expertise     Sam's in Antwerp           200     404     200     403     404     401
    save_expertise     Max's, who is no Agent     409     409     403     403     404     401
    get_expertise_of   Sam's                      200     200     200     200     404     401
    get_expertise_of   Ada's                      200     404     404     404     404     401
    save_expertise_of  Sam's in Ghent             200     200     403     403     404     401
    save_expertise_of  Sam's in Antwerp           200     404     200     403     404     401
    ");
}

// O-03, section 8: a manager sees of what somebody handles only what concerns the offices they manage.
#[tokio::test]
async fn a_manager_sees_expertise_of_their_own_offices_alone() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let offices = async |who: &str| {
        let answer = app.ask(who, "get_expertise_of", json!({ "id": sam })).await;
        let offices = answer.json()["offices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let each = offices.into_iter();
        each.map(|office| {
            (
                office["name"].to_string(),
                office["may_edit"] == json!(true),
            )
        })
        .collect::<Vec<_>>()
    };
    let named = |name: &str, edits| (format!("\"{name}\""), edits);
    assert_eq!(
        offices("ada").await,
        [named("Antwerp", true), named("Ghent", true)]
    );
    assert_eq!(offices("max").await, [named("Ghent", true)]);
    assert_eq!(
        offices("sam").await,
        [named("Antwerp", false), named("Ghent", false)]
    );
}

// O-03: who handles a subject is changed box by box, and what a colleague ticks meanwhile stays.
#[tokio::test]
async fn two_who_tick_at_once_lose_nothing() {
    let app = TestApp::new().await;
    let (sam, ghent) = (app.id("sam").await, app.office("Ghent").await);
    let (mortgage, _) = app.subject("Mortgage").await;
    let (pension, _) = app.subject("Pension").await;
    let handled = async || {
        let answer = app
            .ask("sam", "get_expertise_of", json!({ "id": sam }))
            .await;
        let offices = answer.json()["offices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let here = offices
            .into_iter()
            .find(|office| office["office"] == json!(ghent))
            .unwrap();
        let has = |id: &String| here["subjects"].as_array().unwrap().contains(&json!(id));
        (has(&mortgage), has(&pension))
    };
    assert_eq!(handled().await, (true, true));
    let untick = async |who: &str, subject: &String| {
        let (gone, kept) = match *subject == mortgage {
            true => (&mortgage, &pension),
            false => (&pension, &mortgage),
        };
        let form = [
            ("id", ghent.clone()),
            ("had[0]", format!("{sam}:{gone}")),
            ("had[1]", format!("{sam}:{kept}")),
            ("handles[0]", format!("{sam}:{kept}")),
        ];
        let answer = app.call(who, "save_expertise", &form).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    };
    untick("ada", &mortgage).await;
    untick("max", &pension).await;
    assert_eq!(handled().await, (false, false));
}
