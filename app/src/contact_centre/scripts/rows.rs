//! The steps of a form: as they are sent, as they stand in an address, and how a press moves them.
//!
//! "Add a step" and its like send the form to the page itself by GET. The address then holds every
//! step as it was typed and what was pressed, so nothing is lost and nothing is saved.

use domain::contact_centre::script::{KeyDraft, Kind, STEPS_MAX, StepDraft};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// A step, as its inputs have it.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct StepRow {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub target: String,
    #[serde(default)]
    pub zone: String,
    #[serde(default)]
    pub open: Vec<OpenRow>,
    #[serde(default)]
    pub keys: Vec<KeyRow>,
}

/// A block of a weekday, as its inputs have it; the end of the day is `00:00`.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct OpenRow {
    #[serde(default)]
    pub weekday: i8,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
}

/// A key and where it leads, as its inputs have them.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct KeyRow {
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub target: String,
}

impl From<StepDraft> for StepRow {
    fn from(step: StepDraft) -> Self {
        let open = step.open.into_iter();
        let keys = step.keys.into_iter();
        Self {
            kind: step.kind,
            text: step.text,
            target: step.target,
            zone: step.zone,
            open: open
                .map(|(weekday, from, until)| OpenRow {
                    weekday,
                    from,
                    until,
                })
                .collect(),
            keys: keys
                .map(|KeyDraft { key, target }| KeyRow { key, target })
                .collect(),
        }
    }
}

/// What a form says of a script, as the rule reads it.
#[cfg(feature = "ssr")]
pub(super) fn draft(name: String, steps: Vec<StepRow>) -> domain::contact_centre::script::Draft {
    use domain::contact_centre::script::Draft;
    let step = |row: StepRow| {
        let open = row.open.into_iter();
        let keys = row.keys.into_iter();
        StepDraft {
            kind: row.kind,
            text: row.text,
            target: row.target,
            zone: row.zone,
            open: open.map(|one| (one.weekday, one.from, one.until)).collect(),
            keys: keys
                .map(|KeyRow { key, target }| KeyDraft { key, target })
                .collect(),
        }
    };
    Draft {
        name,
        steps: steps.into_iter().map(step).collect(),
    }
}

/// What an address says of a script's form: the name, the PBX and the steps after what was pressed.
/// `None` where nothing was.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Arranged {
    pub name: String,
    pub pbx: String,
    pub rows: Vec<StepRow>,
    /// The step that takes the focus, from 0.
    pub focus: Option<usize>,
}

impl Arranged {
    pub(super) fn read(params: &ParamsMap) -> Option<Self> {
        let press = params.get("press")?;
        let text = |name: String| params.get(&name).unwrap_or_default();
        let mut rows = Vec::new();
        // One too many shows that there are too many.
        for step in 0..=STEPS_MAX {
            let name = |part: &str| format!("steps[{step}][{part}]");
            if params.get(&name("kind")).is_none() {
                break;
            }
            rows.push(StepRow {
                kind: text(name("kind")),
                text: text(name("text")),
                target: text(name("target")),
                zone: text(name("zone")),
                open: open(params, step),
                keys: keys(params, step),
            });
        }
        let focus = arrange(&mut rows, &press);
        Some(Self {
            name: text("name".to_owned()),
            pbx: text("pbx".to_owned()),
            rows,
            focus,
        })
    }
}

fn open(params: &ParamsMap, step: usize) -> Vec<OpenRow> {
    let row = |at: usize| {
        let part = |part: &str| params.get(&format!("steps[{step}][open][{at}][{part}]"));
        Some(OpenRow {
            weekday: part("weekday")?.parse().ok()?,
            from: part("from").unwrap_or_default(),
            until: part("until").unwrap_or_default(),
        })
    };
    let rows = (0..100).map_while(row);
    rows.filter(|row| !(row.from.is_empty() && row.until.is_empty()))
        .collect()
}

fn keys(params: &ParamsMap, step: usize) -> Vec<KeyRow> {
    let row = |at: usize| {
        let part = |part: &str| params.get(&format!("steps[{step}][keys][{at}][{part}]"));
        Some(KeyRow {
            key: part("key")?,
            target: part("target").unwrap_or_default(),
        })
    };
    let rows = (0..100).map_while(row);
    rows.filter(|row| !(row.key.is_empty() && row.target.is_empty()))
        .collect()
}

/// Does what was pressed: `add_say`, `up_2`, `down_2`, `remove_2`; steps count from 0. Answers with
/// the step that takes the focus.
fn arrange(rows: &mut Vec<StepRow>, press: &str) -> Option<usize> {
    let (verb, what) = press.split_once('_')?;
    if verb == "add" {
        let kind = Kind::from_code(what)?;
        // Whatever ends the call stays last, so a step is added before it.
        let ends =
            |row: &StepRow| row.kind == Kind::Forward.code() || row.kind == Kind::HangUp.code();
        let at = match rows.last() {
            Some(last) if ends(last) => rows.len() - 1,
            _ => rows.len(),
        };
        if rows.len() < STEPS_MAX {
            let kind = kind.code().to_owned();
            rows.insert(
                at,
                StepRow {
                    kind,
                    ..StepRow::default()
                },
            );
        }
        return Some(at);
    }
    let at: usize = what.parse().ok()?;
    if at >= rows.len() {
        return None;
    }
    match verb {
        "up" if at > 0 => {
            rows.swap(at, at - 1);
            Some(at - 1)
        }
        "down" if at + 1 < rows.len() => {
            rows.swap(at, at + 1);
            Some(at + 1)
        }
        "remove" => {
            rows.remove(at);
            (!rows.is_empty()).then(|| at.min(rows.len() - 1))
        }
        _ => Some(at),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn pressed(press: &str) -> (Vec<String>, Option<usize>) {
        let mut params = ParamsMap::new();
        params.insert("press", press.to_owned());
        for (step, (kind, text)) in [("say", "Hello"), ("say", "Bye"), ("hang_up", "")]
            .into_iter()
            .enumerate()
        {
            params.insert(format!("steps[{step}][kind]"), kind.to_owned());
            params.insert(format!("steps[{step}][text]"), text.to_owned());
        }
        let arranged = Arranged::read(&params).expect("something was pressed");
        let shown = arranged.rows.into_iter();
        let shown = shown.map(|row| format!("{} {}", row.kind, row.text).trim_end().to_owned());
        (shown.collect(), arranged.focus)
    }

    // C-19: steps are added, moved and removed without a script, and nothing typed is lost.
    #[test]
    fn a_press_arranges_the_steps_of_the_address() {
        let (hello, bye, end) = ("say Hello", "say Bye", "hang_up");
        for (press, expected, focus) in [
            ("add_forward", vec![hello, bye, "forward", end], Some(2)),
            ("up_1", vec![bye, hello, end], Some(0)),
            ("down_0", vec![bye, hello, end], Some(1)),
            ("up_0", vec![hello, bye, end], Some(0)),
            ("remove_1", vec![hello, end], Some(1)),
            ("remove_7", vec![hello, bye, end], None),
            ("nonsense", vec![hello, bye, end], None),
        ] {
            let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(pressed(press), (expected, focus), "{press}");
        }
        assert_eq!(Arranged::read(&ParamsMap::new()), None);
    }
}
