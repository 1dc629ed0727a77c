//! Channels and scripts (C-19).

use super::{NUMBERS, QUEUE, RING, SCRIPT, redirect};
use crate::plan::{Plan, Run, run};
use crate::{Configuration, Opening, Script, Step, Target, Zone, quote};
use std::collections::{BTreeMap, BTreeSet};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES: u16 = 1_440;

pub fn add(plan: &mut Plan, configuration: &Configuration) {
    let scripts: BTreeSet<&str> = configuration
        .scripts
        .iter()
        .map(|script| script.key.as_str())
        .collect();
    for script in &configuration.scripts {
        let steps = Writer::of(configuration).script(script);
        plan.put(SCRIPT, format!("script_{}", script.key), steps);
    }
    for channel in &configuration.channels {
        if !scripts.contains(channel.script.as_str()) {
            continue;
        }
        for dialled in [channel.number.as_str(), channel.number.digits()] {
            let script = format!("script_{}", channel.script);
            redirect(plan, NUMBERS, dialled, SCRIPT, &script);
        }
    }
}

/// What is said in scripts: the name of the sound file (without its ending) and the text.
pub fn prompts(configuration: &Configuration) -> BTreeMap<String, String> {
    fn walk(steps: &[Step], prompts: &mut BTreeMap<String, String>) {
        for step in steps {
            match step {
                Step::Say(text) => drop(prompts.insert(prompt(text), quote::line(text))),
                Step::CheckHours { closed, .. } => walk(closed, prompts),
                Step::ChooseByKey { text, choices } => {
                    prompts.insert(prompt(text), quote::line(text));
                    choices.iter().for_each(|(_, steps)| walk(steps, prompts));
                }
                Step::Forward(_) | Step::HangUp => {}
            }
        }
    }
    let mut prompts = BTreeMap::new();
    for script in &configuration.scripts {
        walk(&script.steps, &mut prompts);
    }
    prompts
}

/// The sound file of a text: named by what it says (FNV-1a), so that a text that changes is never
/// heard as it was.
fn prompt(text: &str) -> String {
    let text = quote::line(text);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("staffroom/{hash:016x}")
}

/// A script on its way into priorities.
struct Writer {
    queues: BTreeSet<String>,
    groups: BTreeSet<String>,
    steps: Vec<Run>,
}

impl Writer {
    fn of(configuration: &Configuration) -> Self {
        let queues = configuration.queues.iter();
        let groups = configuration.ring_groups.iter();
        Self {
            queues: queues.map(|queue| queue.key.to_string()).collect(),
            groups: groups.map(|group| group.key.to_string()).collect(),
            steps: Vec::new(),
        }
    }

    fn script(mut self, script: &Script) -> Vec<Run> {
        self.add("Answer", "");
        self.branch(&script.steps);
        self.steps
    }

    fn add(&mut self, application: &'static str, data: impl Into<String>) {
        self.steps.push(run(application, data));
    }

    /// The priority that is written next.
    fn next(&self) -> usize {
        self.steps.len() + 1
    }

    /// Steps after which the call ends.
    fn branch(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Say(text) => self.add("Playback", prompt(text)),
                Step::CheckHours { zone, open, closed } => self.hours(zone, open, closed),
                Step::ChooseByKey { text, choices } => self.choice(text, choices),
                Step::Forward(target) => self.forward(target),
                Step::HangUp => self.add("Hangup", ""),
            }
        }
        self.add("Hangup", "");
    }

    fn forward(&mut self, target: &Target) {
        match target {
            Target::Queue(key) if self.queues.contains(key.as_str()) => {
                self.add("Goto", format!("{QUEUE},queue_{key},1"));
            }
            Target::RingGroup(key) if self.groups.contains(key.as_str()) => {
                self.add("Goto", format!("{RING},ring_{key},1"));
            }
            _ => self.add("Hangup", ""),
        }
    }

    fn hours(&mut self, zone: &Zone, open: &[Opening], closed: &[Step]) {
        let times = times(open);
        let at = self.next();
        for _ in &times {
            self.add("GotoIfTime", "");
        }
        self.branch(closed);
        let after = self.next();
        for (index, (hours, days)) in times.into_iter().enumerate() {
            let data = format!("{hours},{days},*,*,{zone}?{after}");
            self.steps[at - 1 + index].data = data;
        }
    }

    fn choice(&mut self, text: &str, choices: &[(char, Vec<Step>)]) {
        let mut seen = BTreeSet::new();
        let choices: Vec<_> = choices
            .iter()
            .filter(|(key, _)| (key.is_ascii_digit() || *key == '*') && seen.insert(*key))
            .collect();
        // One digit, up to three times, five seconds each. A hash only ends the wait, so it is no
        // choice.
        self.add("Read", format!("STAFFROOM_KEY,{},1,,3,5", prompt(text)));
        // A sound that is not recorded yet fails at once; then the key is waited for in silence.
        let failed = "\"${READSTATUS}\" != \"OK\" & \"${READSTATUS}\" != \"TIMEOUT\"";
        let again = format!("$[{failed}]?Read(STAFFROOM_KEY,,1,,3,5)");
        self.add("ExecIf", again);
        let at = self.next();
        for _ in &choices {
            self.add("GotoIf", "");
        }
        let around = self.next();
        self.add("Goto", "");
        for (index, (key, steps)) in choices.into_iter().enumerate() {
            let target = self.next();
            let data = format!("$[\"${{STAFFROOM_KEY}}\" = \"{key}\"]?{target}");
            self.steps[at - 1 + index].data = data;
            self.branch(steps);
        }
        self.steps[around - 1].data = self.next().to_string();
    }
}

/// The openings as `GotoIfTime` takes them: hours, and the days that have them. Asterisk counts the
/// last minute in, so it is the one before the end.
fn times(open: &[Opening]) -> Vec<(String, String)> {
    let mut times: BTreeMap<(u16, u16), BTreeSet<u8>> = BTreeMap::new();
    for opening in open {
        let to = opening.to.min(MINUTES);
        if opening.day < 7 && opening.from < to {
            let days = times.entry((opening.from, to - 1)).or_default();
            days.insert(opening.day);
        }
    }
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    times
        .into_iter()
        .map(|((from, last), days)| {
            let days: Vec<&str> = days.into_iter().map(|day| DAYS[usize::from(day)]).collect();
            (format!("{}-{}", clock(from), clock(last)), days.join("&"))
        })
        .collect()
}
