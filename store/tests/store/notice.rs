//! The mails of the morning: one's day, and what needs attention (P-07, P-09).

use crate::cast::*;
use crate::house::{House, everywhere};
use crate::visit::Visit;
use domain::employee::Choices;
use domain::{EmployeeId, Role};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::Result;
use store::appointment::Day;
use store::outbox::Message;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The day of noon in a time zone, of which the store knows only the name.
fn day(zone: &str) -> Day<'_> {
    let clock = TimeZone::UTC;
    let on = noon().to_zoned(clock.clone()).date();
    let midnight = |day: jiff::civil::Date| day.to_zoned(clock.clone()).expect("a day").timestamp();
    Day {
        on,
        zone,
        from: midnight(on),
        until: midnight(on.tomorrow().expect("a day")),
    }
}

async fn mail_days(house: &House, zone: &str, usual: bool) -> Result<bool> {
    let mut write = house.write().await;
    let new = write.mail_days(day(zone), usual, noon()).await?;
    write.commit().await?;
    Ok(new)
}

async fn mail_attention(house: &House, usual: bool) -> Result<bool> {
    let mut write = house.write().await;
    let on = day("UTC").on;
    let new = write.mail_attention(on, usual, noon()).await?;
    write.commit().await?;
    Ok(new)
}

/// Who gets a mail of the morning, of those that wait.
async fn readers(house: &House) -> Vec<String> {
    let reader = |mail| match mail {
        Message::Day { to, .. } | Message::Attention { to } => Some(to.to_string()),
        _ => None,
    };
    let mut readers: Vec<_> = house.mails().await.into_iter().filter_map(reader).collect();
    readers.sort();
    readers
}

async fn choose(house: &House, id: EmployeeId, choices: Choices) {
    let employee = house.get(id).await;
    let own = house.actor(id).await;
    let wish = employee.prefer(&own, choices, &["en"], |_| true, noon());
    house.apply(wish).await.expect("chosen");
}

// P-07: agents with appointments today get their day, as they and the organisation want it, once.
#[test]
fn an_agent_gets_their_day_once() {
    everywhere(async |house| {
        let office = house.office("Ghent").await;
        let mut agents = Vec::new();
        for name in ["Alma", "Bart", "Cleo", "Dora", "Emil", "Fred"] {
            let email = format!("{}@x.example", name.to_lowercase());
            agents.push(house.agent(&email, &format!("{name} Maes"), office).await);
        }
        for agent in &agents[..5] {
            house
                .welcome(Visit::new(*agent, office, noon() + HOUR))
                .await;
        }
        let tomorrow = noon() + 24 * HOUR;
        house.welcome(Visit::new(agents[5], office, tomorrow)).await;
        let chosen = |mails_day| Choices {
            mails_day,
            ..Choices::default()
        };
        choose(house, agents[1], chosen(Some(false))).await;
        choose(house, agents[2], chosen(Some(true))).await;
        let abroad = Choices {
            time_zone: Some("Asia/Tokyo".into()),
            ..Choices::default()
        };
        choose(house, agents[3], abroad).await;
        let gone = house
            .welcome(Visit::new(agents[4], office, noon() + 2 * HOUR))
            .await;
        house.cancel(gone).await;
        house
            .suspend(&house.system(), agents[4])
            .await
            .expect("suspended");
        house.mails().await;

        assert!(
            mail_days(house, "Europe/Brussels", true)
                .await
                .expect("run")
        );
        assert_eq!(readers(house).await, ["alma@x.example", "cleo@x.example"]);
        let again = mail_days(house, "Europe/Brussels", true).await;
        assert!(!again.expect("run"));
        assert!(readers(house).await.is_empty(), "once");
        assert!(mail_days(house, "Asia/Tokyo", true).await.expect("run"));
        assert_eq!(
            readers(house).await,
            ["dora@x.example"],
            "by their own clock"
        );

        let zones = house.read().await.own_zones().await.expect("zones");
        assert_eq!(zones, ["Asia/Tokyo"]);
        let mut reading = house.read().await;
        let today = day("Europe/Brussels");
        let listed = reading.day(agents[0], today.from, today.until).await;
        assert_eq!(listed.expect("the day").len(), 1);
    });
}

// P-07: where the organisation has no such mail, only those get it who asked for it.
#[test]
fn an_organisation_has_no_mails_of_the_day() {
    everywhere(async |house| {
        let office = house.office("Ghent").await;
        let alma = house.agent("alma@x.example", "Alma Maes", office).await;
        let cleo = house.agent("cleo@x.example", "Cleo Maes", office).await;
        for agent in [alma, cleo] {
            house
                .welcome(Visit::new(agent, office, noon() + HOUR))
                .await;
        }
        let asks = Choices {
            mails_day: Some(true),
            ..Choices::default()
        };
        choose(house, cleo, asks).await;
        house.mails().await;
        assert!(
            mail_days(house, "Europe/Brussels", false)
                .await
                .expect("run")
        );
        assert_eq!(readers(house).await, ["cleo@x.example"]);
    });
}

// P-09: what needs attention is mailed to those who see some of it, once, and not without a reason.
#[test]
fn those_are_mailed_whom_something_waits_for() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let manages = |office| vec![place(office, &[Role::OfficeManager])];
        house
            .holder("max@x.example", "Max Maes", &manages(ghent))
            .await;
        house
            .holder("noor@x.example", "Noor Maes", &manages(antwerp))
            .await;
        let silent = house
            .holder("till@x.example", "Till Maes", &manages(ghent))
            .await;
        let sam = house.agent("sam@x.example", "Sam Maes", ghent).await;
        house.agent("lea@x.example", "Lea Maes", ghent).await;
        house.active("lee@x.example", "Lee Maes").await;
        let off = Choices {
            mails_attention: Some(false),
            ..Choices::default()
        };
        choose(house, silent, off).await;
        house.mails().await;
        let yesterday = {
            let mut write = house.write().await;
            let on = day("UTC").on.yesterday().expect("a day");
            let new = write.mail_attention(on, true, noon()).await.expect("run");
            write.commit().await.expect("committed");
            new
        };
        assert!(yesterday);
        assert!(readers(house).await.is_empty(), "nothing waits");

        let asked = Visit {
            asked: true,
            ..Visit::new(sam, ghent, noon() + HOUR)
        };
        house.welcome(asked).await;
        house.mails().await;
        assert!(mail_attention(house, true).await.expect("run"));
        let told = ["max@x.example", "owner@house.example", "sam@x.example"];
        assert_eq!(readers(house).await, told);
        assert!(!mail_attention(house, true).await.expect("run"));
        assert!(readers(house).await.is_empty(), "once");
    });
}

// P-07: two servers that look at the same moment mail once.
#[test]
fn one_of_two_servers_mails() {
    everywhere(async |house| {
        let office = house.office("Ghent").await;
        let sam = house.agent("sam@x.example", "Sam Maes", office).await;
        house.welcome(Visit::new(sam, office, noon() + HOUR)).await;
        house.mails().await;
        let won = winners(house, |house, _| async move {
            mail_days(&house, "Europe/Brussels", true).await
        });
        assert_eq!(won.await, 1);
        assert_eq!(readers(house).await, ["sam@x.example"]);
    });
}
