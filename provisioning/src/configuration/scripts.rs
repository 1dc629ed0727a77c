//! What inbound numbers lead to: scripts, step by step (C-19).

use super::key;
use domain::ScriptId;
use domain::contact_centre::script::{End, Profile, Step as Kept, Target as To};
use domain::office::Opening;
use pbx::{Channel, Number, Script, Step, Target, Zone};
use store::contact_centre::export::Export;

/// Every script. One that can't be read is there without a step, so its calls end.
pub(super) fn scripts(export: &Export) -> Vec<Script> {
    let described = export.scripts.iter().filter_map(|script| {
        Some(Script {
            key: key(script.id)?,
            steps: steps(script.id, &script.content),
        })
    });
    described.collect()
}

/// Every inbound number.
pub(super) fn channels(export: &Export) -> Vec<Channel> {
    let described = export.channels.iter().filter_map(|channel| {
        Some(Channel {
            number: Number::new(&channel.number)?,
            script: key(channel.script)?,
        })
    });
    described.collect()
}

fn steps(id: ScriptId, content: &str) -> Vec<Step> {
    match serde_json::from_str(content) {
        Ok(steps) => {
            let name = String::new();
            let run = Profile { name, steps }.run();
            run.into_iter().flat_map(step).collect()
        }
        Err(error) => {
            tracing::warn!(script = %id, %error, "a script can't be read");
            Vec::new()
        }
    }
}

fn step(kept: Kept) -> Vec<Step> {
    match kept {
        Kept::Say(text) => vec![Step::Say(text)],
        Kept::CheckHours {
            zone,
            open,
            closed_text,
            closed,
        } => {
            let said = (!closed_text.is_empty()).then_some(Step::Say(closed_text));
            let closed: Vec<Step> = said.into_iter().chain([end(closed)]).collect();
            match Zone::new(&zone) {
                Some(zone) => vec![Step::CheckHours {
                    zone,
                    open: open.iter().filter_map(opening).collect(),
                    closed,
                }],
                // In no known zone it is never open.
                None => closed,
            }
        }
        Kept::ChooseByKey { text, choices } => {
            let leading = choices.into_iter();
            let choices = leading.map(|(key, leads)| (key, vec![end(leads)]));
            let choices = choices.collect();
            vec![Step::ChooseByKey { text, choices }]
        }
        Kept::End(leads) => vec![end(leads)],
    }
}

fn end(end: End) -> Step {
    let target = match end {
        End::Forward(To::Queue(id)) => key(id).map(Target::Queue),
        End::Forward(To::RingGroup(id)) => key(id).map(Target::RingGroup),
        End::HangUp => None,
    };
    target.map_or(Step::HangUp, Step::Forward)
}

/// Ours count days from 1, a Monday; the PBX's from 0.
fn opening(opening: &Opening) -> Option<pbx::Opening> {
    Some(pbx::Opening {
        day: u8::try_from(opening.weekday.checked_sub(1)?).ok()?,
        from: u16::try_from(opening.from).ok()?,
        to: u16::try_from(opening.until).ok()?,
    })
}
