//! The Appointment hours tab without WebAssembly, and what of it somebody sees.

use super::cast::{Answer, TestApp};
use super::forms::submit;
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn hours(app: &TestApp, who: &str, id: &str) -> Value {
    let arguments = json!({ "id": id, "template": null });
    let answer = app.ask(who, "get_hours", arguments).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// Sends the rows as the form of the default week does: day, from, until.
async fn save(app: &TestApp, id: &str, version: &str, rows: &[(&str, &str, &str, &str)]) -> Answer {
    let mut form = vec![
        ("id".to_owned(), id.to_owned()),
        ("version".to_owned(), version.to_owned()),
    ];
    for (number, (day, from, until, office)) in rows.iter().enumerate() {
        let values = [
            ("day", *day),
            ("from", *from),
            ("until", *until),
            ("office", *office),
        ];
        let name = |part: &str| format!("blocks[{number}][{part}]");
        form.extend(values.map(|(part, value)| (name(part), value.to_owned())));
    }
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    submit(app, "save_hours", &format!("/employees/{id}/hours"), &form).await
}

fn blocks(hours: &Value) -> Vec<(u64, String, String)> {
    let rows = hours["rows"].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, part: &str| row[part].as_str().unwrap_or_default().to_owned();
    let filled = rows.iter().filter(|row| row["from"] != "");
    filled
        .map(|row| {
            (
                row["day"].as_u64().unwrap(),
                text(row, "from"),
                text(row, "until"),
            )
        })
        .collect()
}

// O-04, case 13: rows become blocks, free ones none, and midnight is the end of the day.
#[tokio::test]
async fn a_plain_form_saves_the_week() {
    let app = TestApp::new().await;
    let (sam, ghent) = (app.id("sam").await, app.office("Ghent").await);
    let version = hours(&app, "ada", &sam).await["version"].to_string();
    let rows = [
        ("0", "13:00", "00:00", &*ghent),
        ("0", "", "", &*ghent),
        ("0", "09:30", "12:00", &*ghent),
        ("6", "08:00", "08:15", &*ghent),
    ];
    let answer = save(&app, &sam, &version, &rows).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    let day = |day, from: &str, until: &str| (day, from.to_owned(), until.to_owned());
    let kept = [
        day(0, "09:30", "12:00"),
        day(0, "13:00", "00:00"),
        day(6, "08:00", "08:15"),
    ];
    assert_eq!(blocks(&hours(&app, "ada", &sam).await), kept);
    let page = app
        .page("ada", &format!("/employees/{sam}/hours"))
        .await
        .body;
    assert!(page.contains("value=\"09:30\""), "{page}");
    if let Ok(folder) = std::env::var("STAFFROOM_TEST_PAGES") {
        std::fs::write(format!("{folder}/hours.html"), &page).unwrap();
    }
    // E-20: who read before that is told, and keeps what they typed.
    let late = save(&app, &sam, &version, &[("2", "07:45", "08:00", &ghent)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.body.contains("Somebody else changed this"),
        "{}",
        late.body
    );
    assert!(late.body.contains("value=\"07:45\"") && !late.body.contains("value=\"09:30\""));
}

// Case 13: a block over midnight and overlapping blocks are refused, and nothing typed is lost.
#[tokio::test]
async fn blocks_that_can_not_be_come_back() {
    let app = TestApp::new().await;
    let (sam, ghent) = (app.id("sam").await, app.office("Ghent").await);
    let version = hours(&app, "ada", &sam).await["version"].to_string();
    let before = blocks(&hours(&app, "ada", &sam).await);
    let overlapping = [
        ("1", "09:05", "12:05", &*ghent),
        ("1", "12:00", "13:00", &*ghent),
    ];
    let cases = [
        (&overlapping[..], "Two blocks of one office overlap."),
        (&[("1", "22:05", "02:00", &*ghent)], "not go over midnight"),
        (&[("1", "09:05", "", &*ghent)], "is not a time of the day"),
        (&[("9", "09:05", "10:00", &*ghent)], "Blocks"),
    ];
    for (rows, says) in cases {
        let answer = save(&app, &sam, &version, rows).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
        if rows[0].0 == "1" {
            let typed = format!("value=\"{}\"", rows[0].1);
            assert!(answer.body.contains(&typed), "{}", answer.body);
        }
    }
    assert_eq!(blocks(&hours(&app, "ada", &sam).await), before);
}

// O-05: whole days by the clock of the agent, also where it changes, and parts of a day.
#[tokio::test]
async fn absences_are_entered_by_the_clock_of_the_agent() {
    let app = TestApp::new().await;
    let sam = app.id("sam").await;
    let from = format!("/employees/{sam}/hours");
    let enter = async |values: [&str; 4]| {
        let [first, first_time, last, last_time] = values.map(str::to_owned);
        let form = [
            ("id", sam.clone()),
            ("from", first),
            ("from_time", first_time),
            ("until", last),
            ("until_time", last_time),
            ("reason", "Training".to_owned()),
        ];
        submit(&app, "enter_absence", &from, &form).await
    };
    let accepted = [
        (["2031-03-30", "", "", ""], "30 March 2031"),
        (
            ["2031-10-26", "", "2031-10-27", ""],
            "26 October 2031 – 27 October 2031",
        ),
        (
            ["2031-11-03", "13:00", "2031-11-03", "17:30"],
            "3 November 2031, 13:00 – 17:30",
        ),
    ];
    for (values, shown) in accepted {
        let answer = enter(values).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
        let view = hours(&app, "ada", &sam).await;
        let absences = view["absences"].as_array().unwrap();
        assert!(
            absences.iter().any(|a| a["dates"] == shown),
            "{shown}: {absences:?}"
        );
    }
    // A form that is sent as it stands changes nothing; another day does.
    let view = hours(&app, "ada", &sam).await;
    let absences = view["absences"].as_array().unwrap().clone();
    let revise = async |absence: &Value, until: &str| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let form = [
            ("id", sam.clone()),
            ("absence", text(&absence["id"])),
            ("from", text(&absence["from"][0])),
            ("from_time", text(&absence["from"][1])),
            ("until", until.to_owned()),
            ("until_time", text(&absence["until"][1])),
            ("reason", text(&absence["reason"])),
        ];
        submit(&app, "revise_absence", &from, &form).await
    };
    for absence in &absences {
        let answer = revise(absence, absence["until"][0].as_str().unwrap()).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    }
    assert_eq!(hours(&app, "ada", &sam).await["absences"], view["absences"]);
    let autumn = absences
        .iter()
        .find(|one| one["dates"].as_str().unwrap().starts_with("26 October"));
    revise(autumn.unwrap(), "2031-10-26").await;
    let view = hours(&app, "ada", &sam).await;
    let dates: Vec<&Value> = view["absences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["dates"])
        .collect();
    assert!(dates.contains(&&json!("26 October 2031")), "{dates:?}");
    let refused = [
        (
            ["2031-03-30", "", "2031-03-29", ""],
            "lies before the beginning",
        ),
        (["30 March", "", "", ""], "Enter a date."),
        (["2031-03-30", "25:00", "", ""], "is not a time of the day"),
    ];
    for (values, says) in refused {
        let answer = enter(values).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
        assert!(answer.body.contains("value=\"Training\""));
    }
}

// Section 8: a manager sees of somebody in two offices only the hours in their own.
#[tokio::test]
async fn a_manager_sees_the_hours_in_their_offices() {
    let app = TestApp::new().await;
    let (sam, antwerp) = (app.id("sam").await, app.office("Antwerp").await);
    let all = hours(&app, "ada", &sam).await.to_string();
    assert!(all.contains(&antwerp));
    let seen = hours(&app, "max", &sam).await;
    assert!(!seen.to_string().contains(&antwerp), "{seen}");
    assert_eq!(seen["everywhere"], json!(false));
    assert!(!blocks(&seen).is_empty());
    let page = app.page("max", &format!("/employees/{sam}/hours")).await;
    assert!(!page.body.contains(&antwerp), "{}", page.body);
}
