//! Two subjects in two offices, two agents with hours, and a customer's requests.

use crate::cast::{Answer, TestApp, encode, send};
use axum::body::Body;
use axum::http::{Request, header};
use domain::OfficeId;
use domain::hours::{Block, Hours, Week};

pub const MORTGAGE: &str = "00000000-0000-0000-0000-000000000a01";
pub const CARD: &str = "00000000-0000-0000-0000-000000000a02";

/// The questions of the mortgage: one that has to be answered.
const QUESTIONS: &str =
    r#"[{"text":"Which house?","required":true},{"text":"Since when?","required":false}]"#;

pub struct World {
    pub app: TestApp,
    pub ghent: String,
    pub antwerp: String,
    pub sam: String,
    pub noor: String,
}

impl World {
    /// The mortgage by Sam and Noor in Ghent and by Sam in Antwerp, the card by Sam in Ghent.
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let (ghent, antwerp) = (app.office("Ghent").await, app.office("Antwerp").await);
        let (sam, noor) = (app.id("sam").await, app.id("noor").await);
        let world = Self {
            app,
            ghent,
            antwerp,
            sam,
            noor,
        };
        for table in [
            "appointment",
            "expertise",
            "office_subject",
            "subject",
            "category",
            "hours",
            "absence",
            "office_opening",
            "office_closing",
            "booking_settings",
            "outbox",
        ] {
            world.app.sql(&format!("DELETE FROM {table}")).await;
        }
        world.fill().await;
        world
    }

    async fn fill(&self) {
        let organisation = "(SELECT id FROM organisation)";
        let category = "X'000000000000000000000000000000C1'";
        self.app.sql(&format!(
            "INSERT INTO category VALUES ({organisation}, {category}, 1, 'Money', 'money', '2026-01-01T00:00:00.000000Z')"
        )).await;
        for (id, title, external, meetings, questions) in [
            (MORTGAGE, "Mortgage", "'M'", 1, QUESTIONS),
            (CARD, "Lost card", "'C'", 7, "[]"),
        ] {
            let id = blob(id);
            self.app.sql(&format!(
                "INSERT INTO subject VALUES ({organisation}, {id}, 1, {category}, '{title}', lower('{title}'),
                     true, {external}, {meetings}, 30, 0, 0, 0, 30, '{questions}', '2026-01-01T00:00:00.000000Z')"
            )).await;
        }
        for (who, office, subject) in [
            (&self.sam, &self.ghent, MORTGAGE),
            (&self.sam, &self.ghent, CARD),
            (&self.sam, &self.antwerp, MORTGAGE),
            (&self.noor, &self.ghent, MORTGAGE),
        ] {
            let (who, office, subject) = (blob(who), blob(office), blob(subject));
            self.app
                .sql(&format!(
                    "INSERT INTO expertise VALUES ({organisation}, {who}, {office}, {subject})"
                ))
                .await;
        }
        for (who, offices) in [
            (&self.sam, vec![&self.ghent, &self.antwerp]),
            (&self.noor, vec![&self.ghent]),
        ] {
            self.hours(who, &offices, true).await;
        }
        let offices = "UPDATE office SET active = true, address = 'Main street 1', virtual = false, external_id = name";
        self.app.sql(offices).await;
        let people = "UPDATE employee SET online_planning = true, external_id = first_name";
        self.app
            .sql(&format!(
                "{people} WHERE id IN ({}, {})",
                blob(&self.sam),
                blob(&self.noor)
            ))
            .await;
    }

    /// Hours from 09:00 to 17:00 on every day, in each of the offices.
    pub async fn hours(&self, who: &str, offices: &[&String], automatic: bool) {
        let block = |office: &&String| Block {
            from: 540,
            until: 1_020,
            office: office.parse::<OfficeId>().unwrap(),
            automatic,
        };
        let blocks: Vec<Block> = offices.iter().map(block).collect();
        let hours = Hours {
            default: Week(std::array::from_fn(|_| blocks.clone())),
            ..Hours::default()
        };
        let content = serde_json::to_string(&hours).unwrap();
        self.app.sql(&format!(
            "INSERT OR REPLACE INTO hours VALUES ((SELECT id FROM organisation), {}, 1, '{content}')",
            blob(who)
        )).await;
    }

    /// Settings of bookings that are not the usual ones.
    pub async fn settings(&self, content: &str) {
        let content = content.replace('\'', "''");
        self.app
            .sql(&format!(
                "INSERT OR REPLACE INTO booking_settings (organisation, version, content)
             VALUES ((SELECT id FROM organisation), 7, '{content}')"
            ))
            .await;
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.app.page("nobody", path).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, String)]) -> Answer {
        send(&self.app.router, posted(path, form)).await
    }

    /// The times that are shown for the mortgage with anybody in Ghent.
    pub async fn times(&self) -> Vec<String> {
        let page = self
            .get(&format!(
                "/book?subject={MORTGAGE}&office={}&agent=any",
                self.ghent
            ))
            .await;
        times_in(&page.body)
    }

    /// A whole form for the mortgage at a time.
    pub fn form(&self, at: &str) -> Vec<(&'static str, String)> {
        [
            ("subject", MORTGAGE),
            ("office", &self.ghent),
            ("agent", "any"),
            ("at", at),
            ("name", "Cleo Customer"),
            ("email", "cleo@x.example"),
            ("phone", "0470 12 34 56"),
            ("answer-0", "The red one"),
            ("answer-1", ""),
            ("remark", ""),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .into()
    }

    /// Books the first free time; answers with the path of the appointment.
    pub async fn booked(&self) -> String {
        let times = self.times().await;
        let answer = self.post("/book", &self.form(&times[0])).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
        let to = answer.headers[header::LOCATION].to_str().unwrap();
        to.split('?').next().unwrap().to_owned()
    }

    pub async fn appointments(&self) -> i64 {
        self.app
            .number("SELECT count(*) FROM appointment WHERE state < 4")
            .await
    }
}

/// An id as SQLite keeps it.
pub fn blob(id: &str) -> String {
    format!("X'{}'", id.replace('-', ""))
}

pub fn posted(path: &str, form: &[(&str, String)]) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(encode(form)))
        .unwrap()
}

/// The same form with other values.
pub fn with<'a>(form: &[(&'a str, String)], others: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    let mut form = form.to_vec();
    for (name, value) in others {
        form.retain(|(known, _)| known != name);
        form.push((name, (*value).to_owned()));
    }
    form
}

/// The values of every button or radio of a time.
pub fn times_in(html: &str) -> Vec<String> {
    let after = html.split("name=\"at\" value=\"").skip(1);
    let values = after.filter_map(|rest| rest.split('"').next());
    values.map(str::to_owned).collect()
}
