//! What the mails of the morning and reminders say, and that nothing wrong goes out (P-07, P-09).

use super::*;
use crate::notices::tests::{book, settle, someone};
use domain::appointment::Appointment;
use domain::booking::settings::Draft;
use domain::{AppointmentId, Timestamp};
use jiff::SignedDuration;
use store::appointment::Day;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

impl Scene {
    async fn book(&self, at: Timestamp, asked: bool) -> AppointmentId {
        let store = &self.outbox.store;
        let rik = someone(store, self.organisation).await;
        book(store, self.organisation, rik, at, asked, now()).await
    }

    /// In 23 hours, so that the reminder of a day before is due.
    async fn book_early(&self) -> AppointmentId {
        let store = &self.outbox.store;
        let rik = someone(store, self.organisation).await;
        let (at, before) = (now() + 23 * HOUR, now() - 2 * HOUR);
        book(store, self.organisation, rik, at, false, before).await
    }

    /// The mails that were sent since the last look, whole lines joined.
    async fn sent(&self) -> Vec<String> {
        self.send().await;
        let mails = self.mails();
        let _ = fs::remove_dir_all(&self.folder);
        let joined = |mail: String| mail.replace("=\r\n", "").replace("\r\n", "\n");
        mails.into_iter().map(joined).collect()
    }

    async fn remind(&self) {
        let mut transaction = self
            .outbox
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        transaction.remind(1_000, now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn appointment(&self, id: AppointmentId) -> Appointment {
        let mut reading = self.outbox.store.read(self.organisation).await.unwrap();
        reading.appointment(id).await.unwrap().unwrap()
    }

    async fn cancel(&self, id: AppointmentId) {
        let system = Actor::system(self.organisation);
        let cancelled = self
            .appointment(id)
            .await
            .cancel(&system, "", now())
            .unwrap();
        let mut transaction = self
            .outbox
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        transaction.apply(cancelled).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Queues the mails of today.
    async fn morning(&self) {
        let mut transaction = self
            .outbox
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        let clock = TimeZone::get("Europe/Brussels").unwrap();
        let on = now().to_zoned(clock).date();
        let day = Day {
            on,
            zone: "Europe/Brussels",
            from: now() - 48 * HOUR,
            until: now() + 48 * HOUR,
        };
        transaction.mail_days(day, true, now()).await.unwrap();
        transaction.mail_attention(on, true, now()).await.unwrap();
        transaction.commit().await.unwrap();
    }
}

fn to<'a>(mails: &'a [String], who: &str) -> Vec<&'a str> {
    let to = format!("{who}@");
    let is_to = |mail: &&String| {
        mail.lines()
            .any(|line| line.starts_with("To:") && line.contains(&to))
    };
    mails.iter().filter(is_to).map(String::as_str).collect()
}

// P-05, P-07: what the organisation says stands in the mails to its customers, and only there.
#[tokio::test]
async fn the_words_of_the_organisation_are_in_its_letters() {
    let scene = Scene::new("words", Mail::Folder).await;
    let draft = Draft {
        words_booked: "Bring your passport.".into(),
        words_reminder: "See you tomorrow!".into(),
        words_cancelled: "Call us any time.".into(),
        ..Draft::default()
    };
    settle(&scene.outbox.store, scene.organisation, draft).await;
    scene.sent().await;
    let id = scene.book_early().await;
    let mails = scene.sent().await;
    assert!(
        to(&mails, "carla")[0].contains("Bring your passport."),
        "{mails:?}"
    );
    assert!(!to(&mails, "rik")[0].contains("Bring your passport."));
    scene.remind().await;
    let mails = scene.sent().await;
    assert_eq!(mails.len(), 1, "the agent is not reminded");
    let reminder = to(&mails, "carla")[0];
    assert!(
        reminder.contains("Subject: Reminder: Mortgage"),
        "{reminder}"
    );
    assert!(reminder.contains("See you tomorrow!"), "{reminder}");
    assert!(reminder.contains("/book/appointment/"), "{reminder}");
    assert!(
        !reminder.contains("text/calendar"),
        "it changes no calendar"
    );
    scene.cancel(id).await;
    let mails = scene.sent().await;
    assert!(to(&mails, "carla")[0].contains("Call us any time."));
}

// E-09: of the agent a customer reads in mails name, function, and how to reach them; nothing else.
#[tokio::test]
async fn a_customer_reads_of_the_agent_what_they_may() {
    let scene = Scene::new("agent", Mail::Folder).await;
    scene.sent().await;
    scene.book_early().await;
    let mails = scene.sent().await;
    let mail = to(&mails, "carla")[0];
    for said in [
        "Rik Maes",
        "Mortgage adviser",
        "rik@demo.example",
        "+3292104418",
    ] {
        assert!(mail.contains(said), "{said}: {mail}");
    }
    assert!(!mail.contains("I like houses."), "{mail}");
}

// P-07: a reminder that waited while the appointment was cancelled is not sent.
#[tokio::test]
async fn a_reminder_of_what_was_cancelled_is_not_sent() {
    let scene = Scene::new("late-reminder", Mail::Folder).await;
    let id = scene.book_early().await;
    scene.sent().await;
    scene.remind().await;
    scene.cancel(id).await;
    let mails = scene.sent().await;
    assert!(
        mails.iter().all(|mail| mail.contains("Cancelled")),
        "{mails:?}"
    );
    assert!(
        !scene
            .outbox
            .store
            .has_due(scene.organisation, now())
            .await
            .unwrap()
    );
}

// P-07: the day of an agent, with who comes when and where; a day without appointments is no mail.
#[tokio::test]
async fn an_agents_day_is_one_mail() {
    let scene = Scene::new("day", Mail::Folder).await;
    let today = now().to_zoned(TimeZone::get("Europe/Brussels").unwrap());
    let last = today.end_of_day().unwrap().timestamp() - SignedDuration::from_mins(40);
    // In the last minutes of a day there is no time left in it.
    if last <= now() + SignedDuration::from_mins(1) {
        return;
    }
    let id = scene.book(last, false).await;
    scene.sent().await;
    scene.morning().await;
    let mails = scene.sent().await;
    let mails = to(&mails, "rik");
    let day = mails
        .iter()
        .find(|mail| mail.contains("Your appointments on"));
    let day = day.unwrap();
    for said in [
        "You have 1 appointment today.",
        "Carla Customer",
        "Mortgage",
        "Ghent",
    ] {
        assert!(day.contains(said), "{said}: {day}");
    }
    assert!(day.contains(&format!("https://staffroom.example/appointments/{id}")));
    assert!(day.contains("23:19") && day.contains("23:49"), "{day}");
    assert!(!day.contains("home.example"), "an address is not needed");
}

#[tokio::test]
async fn a_day_that_was_cancelled_meanwhile_is_no_mail() {
    let scene = Scene::new("empty-day", Mail::Folder).await;
    let id = scene.book(now() + HOUR, false).await;
    scene.sent().await;
    scene.morning().await;
    scene.cancel(id).await;
    let mails = scene.sent().await;
    // People of the demo have a day of their own on weekdays.
    let days = to(&mails, "rik")
        .into_iter()
        .filter(|mail| mail.contains("Your appointments on"));
    assert_eq!(days.count(), 0);
    assert!(
        !scene
            .outbox
            .store
            .has_due(scene.organisation, now())
            .await
            .unwrap()
    );
}

// P-09: what needs attention, in the mail of everybody whom it concerns, without secrets.
#[tokio::test]
async fn what_needs_attention_is_one_mail() {
    let scene = Scene::new("attention", Mail::Folder).await;
    scene.book(now() + 30 * HOUR, true).await;
    scene.sent().await;
    scene.morning().await;
    let mails = scene.sent().await;
    let attention = |who| {
        let all = to(&mails, who);
        let mut all = all.into_iter().filter(|mail| mail.contains("attention"));
        all.next()
            .unwrap_or_else(|| panic!("no mail to {who}"))
            .to_owned()
    };
    let rik = attention("rik");
    assert!(rik.contains("Subject: 1 thing needs attention"), "{rik}");
    assert!(rik.contains("To confirm"), "{rik}");
    assert!(rik.contains("Carla Customer, Mortgage"), "{rik}");
    assert!(rik.contains("https://staffroom.example/attention"), "{rik}");
    assert!(attention("ada").contains("Carla Customer, Mortgage"));
}
