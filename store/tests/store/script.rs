//! Scripts and channels, and what keeps them together (C-19).

use crate::cast::*;
use crate::contact_centre::{OTHER_PBX, PBX};
use crate::house::{House, everywhere};
use domain::contact_centre::channel::{self, Channel, ChannelCreated, Ground};
use domain::contact_centre::number::{Number, NumbersAdded};
use domain::contact_centre::script::{Draft, Script, ScriptCreated, StepDraft, Target};
use domain::field::Phone;
use domain::{ChannelId, Field, PbxId, Refusal, ScriptId, Why};
use store::script::targets_on;
use store::{Reading, Result};

fn step(kind: &str, text: &str, target: &str) -> StepDraft {
    StepDraft {
        kind: kind.into(),
        text: text.into(),
        target: target.into(),
        ..StepDraft::default()
    }
}

fn script(name: &str, steps: &[StepDraft]) -> Draft {
    Draft {
        name: name.into(),
        steps: steps.to_vec(),
    }
}

fn typed(name: &str, number: &str, script: ScriptId) -> channel::Draft {
    channel::Draft {
        name: name.into(),
        number: number.into(),
        script: Some(script),
    }
}

/// The inventory's entry of the number that was typed.
async fn found(reading: &mut Reading, draft: &channel::Draft) -> Option<Number> {
    let number = draft.read_number().ok()?;
    reading.numbers_of(&[number]).await.expect("read").pop()
}

impl House {
    async fn add_script(&self, pbx: PbxId, draft: &Draft) -> Result<ScriptId> {
        let id = ScriptId(store::new_id());
        let places = self.read().await.script_places().await?;
        let targets = targets_on(&places, pbx);
        let created = ScriptCreated::allow(
            &self.system(),
            id,
            (Some(pbx), &[PBX, OTHER_PBX]),
            draft,
            (&targets, &|_| true),
            noon(),
        );
        self.apply(created).await.map(|()| id)
    }

    async fn revise_script(&self, before: &Script, draft: &Draft) -> Result<()> {
        let places = self.read().await.script_places().await?;
        let targets = targets_on(&places, before.pbx);
        let revised = before.revise(&self.system(), draft, (&targets, &|_| true), noon());
        self.apply(revised.map(|change| change.expect("a change")))
            .await
    }

    async fn one_script(&self, id: ScriptId) -> Script {
        let listed = self.read().await.script(id).await.expect("read");
        listed.expect("there").script
    }

    async fn add_channel(&self, draft: &channel::Draft) -> Result<ChannelId> {
        let id = ChannelId(store::new_id());
        let mut reading = self.read().await;
        let scripts = reading.script_names().await?;
        let number = found(&mut reading, draft).await;
        drop(reading);
        let ground = Ground {
            number: number.as_ref(),
            scripts: &scripts,
        };
        let created = ChannelCreated::allow(&self.system(), id, draft, ground, noon());
        self.apply(created).await.map(|()| id)
    }

    async fn revise_channel(&self, before: &Channel, draft: &channel::Draft) -> Result<()> {
        let mut reading = self.read().await;
        let scripts = reading.script_names().await?;
        let number = found(&mut reading, draft).await;
        drop(reading);
        let ground = Ground {
            number: number.as_ref(),
            scripts: &scripts,
        };
        let revised = before.revise(&self.system(), draft, ground, noon());
        self.apply(revised.map(|change| change.expect("a change")))
            .await
    }

    async fn one_channel(&self, id: ChannelId) -> Channel {
        let listed = self.read().await.channel(id).await.expect("read");
        listed.expect("there").channel
    }

    async fn free(&self) -> Vec<String> {
        let free = self.read().await.free_numbers("", 50).await.expect("read");
        free.iter().map(|one| one.as_str().to_owned()).collect()
    }

    /// The inventory, from …400 to …403.
    async fn inventory(&self) {
        let (first, last) = ("+3292104400", "+3292104403");
        let added = NumbersAdded::allow(&self.system(), first, last, noon());
        self.apply(added).await.expect("added");
    }
}

// C-19: a script keeps its steps in their order and notes where they lead, which can't be deleted
// while they do; another PBX's queues and ring groups are none of its targets.
#[test]
fn scripts_are_kept_and_hold_on_to_where_they_lead() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let target = Target::Queue(sales).to_string();
        let steps = [step("say", "Welcome", ""), step("forward", "", &target)];
        let main = house.add_script(PBX, &script("Main number", &steps)).await;
        let main = main.expect("created");
        let taken = house.add_script(PBX, &script("MAIN NUMBER", &steps)).await;
        let taken = refusal(taken);
        assert_eq!(taken, Refusal::field(Field::Name, Why::Taken));
        let south = house.add_script(OTHER_PBX, &script("South", &steps)).await;
        assert!(matches!(refusal(south), Refusal::Invalid(_)));
        let kept = house.one_script(main).await;
        assert_eq!(kept.steps.len(), 2);
        let leads = house.read().await.scripts_to_queue(sales).await;
        assert_eq!(leads.expect("read"), ["Main number"]);
        let queue = house.read().await.queue(sales).await.expect("read");
        let queue = queue.expect("there").queue;
        let past_the_rule = queue.delete(&house.system(), vec![], noon());
        assert!(house.apply(past_the_rule).await.is_err(), "by the key");
        let ends = script("Main number", &[step("hang_up", "", "")]);
        house.revise_script(&kept, &ends).await.expect("revised");
        let leads = house.read().await.scripts_to_queue(sales).await;
        assert_eq!(leads.expect("read"), Vec::<String>::new());
        assert_eq!(
            refusal(house.revise_script(&kept, &script("X", &steps)).await),
            Refusal::Stale
        );
        assert!(house.findings().await.is_empty());
        let neighbour = house.neighbour().await;
        assert!(
            neighbour
                .read()
                .await
                .scripts()
                .await
                .expect("read")
                .is_empty()
        );
    });
}

// C-19, C-04: a number leads to a script, is in one place at a time, and is free with the channel's
// end; a script stays while a channel runs it.
#[test]
fn channels_take_a_number_and_give_it_back() {
    everywhere(async |house| {
        house.contact_centre().await;
        house.inventory().await;
        let hang_up = [step("hang_up", "", "")];
        let main = house
            .add_script(PBX, &script("Main number", &hang_up))
            .await;
        let main = main.expect("created");
        let front = house
            .add_channel(&typed("Front", "+3292104400", main))
            .await;
        let front = front.expect("created");
        let again = house.add_channel(&typed("Back", "+3292104400", main)).await;
        assert_eq!(refusal(again), Refusal::field(Field::Number, Why::Taken));
        let missing = house.add_channel(&typed("Back", "+3292104409", main)).await;
        let missing = refusal(missing);
        assert_eq!(missing, Refusal::field(Field::Number, Why::NotInInventory));
        let same = house
            .add_channel(&typed("FRONT", "+3292104401", main))
            .await;
        assert_eq!(refusal(same), Refusal::field(Field::Name, Why::Taken));
        assert_eq!(house.free().await[0], "+3292104401");

        let kept = house.one_channel(front).await;
        assert_eq!(kept.number.as_ref().map(Phone::as_str), Some("+3292104400"));
        let moved = typed("Front desk", "+3292104402", main);
        house.revise_channel(&kept, &moved).await.expect("revised");
        assert_eq!(
            house.free().await,
            ["+3292104400", "+3292104401", "+3292104403"]
        );

        let names = house.read().await.channels_of_script(main).await;
        let names = names.expect("read");
        assert_eq!(names, ["Front desk"]);
        let script = house.one_script(main).await;
        let refused = script.delete(&house.system(), names, noon());
        assert!(matches!(refused.err(), Some(Refusal::ScriptUsed(_))));
        let past_the_rule = script.delete(&house.system(), vec![], noon());
        assert!(house.apply(past_the_rule).await.is_err(), "by the key");

        let kept = house.one_channel(front).await;
        let gone = kept.delete(&house.system(), noon());
        house.apply(gone).await.expect("deleted");
        assert_eq!(house.free().await.len(), 4);
        let gone = script.delete(&house.system(), vec![], noon());
        house.apply(gone).await.expect("deleted");
        assert!(house.read().await.scripts().await.expect("read").is_empty());
        assert!(house.findings().await.is_empty());
    });
}
