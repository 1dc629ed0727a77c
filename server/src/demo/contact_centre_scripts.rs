//! The scripts and channels of the demo: two numbers, each with what its callers go through (C-19).

use super::chance::Chance;
use super::founding::{ADDRESS, Founded};
use domain::contact_centre::channel::{self, ChannelCreated, Ground};
use domain::contact_centre::script::{Draft, KeyDraft, Kind, ScriptCreated, StepDraft};
use domain::{ChannelId, PbxId, ScriptId, Timestamp};
use store::script::{Place, targets_on};
use store::{Result, Store, Transaction};

const ZONE: &str = "Europe/Brussels";
/// Each script and the channel that runs it.
const SCRIPTS: [(&str, &str); 2] = [("Main number", "Main number"), ("Complaints", "Complaints")];

/// Writes them where there are queues to lead to.
///
/// # Errors
/// When the database can't.
pub(super) async fn write(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    now: Timestamp,
) -> Result<()> {
    let mut own = chance.branch(0x7363_7269_7074);
    let address = Some(ADDRESS.to_owned());
    let mut transaction = store.write(founded.organisation, address).await?;
    let places = transaction.script_places().await?;
    let pbxs = transaction.pbx_names().await?;
    let pbxs: Vec<PbxId> = pbxs.into_iter().map(|(id, _)| id).collect();
    let Some(pbx) = places.first().map(|place| place.pbx) else {
        return Ok(());
    };
    let targets = targets_on(&places, pbx);
    let knows = |zone: &str| zone == ZONE;
    for (name, channel) in SCRIPTS {
        let id = ScriptId(own.id());
        let draft = Draft {
            name: name.into(),
            steps: steps(name, &places),
        };
        let on = (Some(pbx), &*pbxs);
        let created = ScriptCreated::allow(&founded.ada, id, on, &draft, (&targets, &knows), now)?;
        transaction.apply(created).await?;
        let ids = (ChannelId(own.id()), id);
        open(&mut transaction, founded, ids, channel, now).await?;
    }
    transaction.commit().await
}

fn step(kind: Kind, text: &str, target: &str) -> StepDraft {
    StepDraft {
        kind: kind.code().to_owned(),
        text: text.to_owned(),
        target: target.to_owned(),
        ..StepDraft::default()
    }
}

/// Open on working days, a little shorter on Fridays.
fn hours(closed: &str) -> StepDraft {
    let day = |weekday: i8| {
        let until = if weekday == 5 { "16:00" } else { "18:00" };
        (weekday, "08:30".to_owned(), until.to_owned())
    };
    StepDraft {
        zone: ZONE.to_owned(),
        open: (1..=5).map(day).collect(),
        ..step(Kind::CheckHours, closed, Kind::HangUp.code())
    }
}

fn steps(name: &str, places: &[Place]) -> Vec<StepDraft> {
    let queue = |name: &str| {
        let found = places.iter().find(|place| place.name == name);
        let found = found.or(places.first());
        found.map_or_else(String::new, |place| place.target.to_string())
    };
    let complaints = queue("Complaints");
    if name == "Complaints" {
        return vec![
            step(Kind::Say, "Thank you for telling us what went wrong.", ""),
            hours("We read complaints from Monday to Friday."),
            step(Kind::Forward, "", &complaints),
        ];
    }
    let key = |key: &str, target: String| KeyDraft {
        key: key.to_owned(),
        target,
    };
    let everyday = queue("Everyday banking");
    vec![
        step(Kind::Say, "Welcome to our bank.", ""),
        hours("We are closed now. You can call us from Monday to Friday."),
        StepDraft {
            keys: vec![
                key("1", queue("Loans")),
                key("2", everyday.clone()),
                key("3", complaints),
            ],
            ..step(
                Kind::ChooseByKey,
                "For a loan, press 1. For your account, press 2. For a complaint, press 3.",
                "",
            )
        },
        step(Kind::Forward, "", &everyday),
    ]
}

/// Opens a channel on the last number that is free; users get the first ones.
async fn open(
    transaction: &mut Transaction,
    founded: &Founded,
    (id, script): (ChannelId, ScriptId),
    name: &str,
    now: Timestamp,
) -> Result<()> {
    let free = transaction.free_numbers("", 50).await?;
    let Some(number) = free.last().cloned() else {
        return Ok(());
    };
    let draft = channel::Draft {
        name: name.to_owned(),
        number: number.as_str().to_owned(),
        script: Some(script),
    };
    let scripts = transaction.script_names().await?;
    let number = transaction.numbers_of(&[number]).await?.pop();
    let ground = Ground {
        number: number.as_ref(),
        scripts: &scripts,
    };
    let created = ChannelCreated::allow(&founded.ada, id, &draft, ground, now)?;
    transaction.apply(created).await
}
