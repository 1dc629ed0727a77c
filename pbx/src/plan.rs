//! A dialplan under construction: what both the file and the realtime rows are written from.

use crate::format::Section;
use std::collections::{BTreeMap, BTreeSet};

/// Contexts by name.
#[derive(Default)]
pub struct Plan {
    pub contexts: BTreeMap<String, Context>,
}

/// What extensions mean to those who are sent here.
#[derive(Default)]
pub struct Context {
    pub includes: BTreeSet<String>,
    /// Extension → the devices whose state is shown.
    pub hints: BTreeMap<String, String>,
    /// Extension → what is done, from priority 1 without gaps.
    pub extensions: BTreeMap<String, Vec<Run>>,
}

/// One application with its arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    pub application: &'static str,
    pub data: String,
}

/// One application.
pub fn run(application: &'static str, data: impl Into<String>) -> Run {
    Run {
        application,
        data: data.into(),
    }
}

impl Plan {
    /// The context of this name, made when it is new.
    pub fn context(&mut self, name: &str) -> &mut Context {
        self.contexts.entry(name.to_owned()).or_default()
    }

    /// Puts an extension; of two of the same name the first stays.
    pub fn put(&mut self, context: &str, extension: impl Into<String>, steps: Vec<Run>) {
        let extensions = &mut self.context(context).extensions;
        extensions.entry(extension.into()).or_insert(steps);
    }

    /// The contexts as sections of `extensions.conf`.
    pub fn sections(&self) -> Vec<Section> {
        let contexts = self.contexts.iter();
        contexts
            .map(|(name, context)| {
                let mut section = context.frame(name);
                for (extension, steps) in &context.extensions {
                    for (at, step) in steps.iter().enumerate() {
                        let Run { application, data } = step;
                        let priority = at + 1;
                        let value = format!("{extension},{priority},{application}({data})");
                        section.push("exten", value);
                    }
                }
                section
            })
            .collect()
    }

    /// The contexts as sections whose extensions are looked up in the realtime table.
    pub fn realtime_sections(&self) -> Vec<Section> {
        let contexts = self.contexts.iter();
        contexts
            .map(|(name, context)| {
                let mut section = context.frame(name);
                if !context.extensions.is_empty() {
                    // `p`: there are no patterns to look for.
                    section.push("switch", format!("Realtime/{name}@extensions/p"));
                }
                section
            })
            .collect()
    }
}

impl Context {
    /// What can't stand in the realtime table: includes and hints.
    fn frame(&self, name: &str) -> Section {
        let mut section = Section::new(name);
        for include in &self.includes {
            section.push("include", include.as_str());
        }
        for (extension, devices) in &self.hints {
            section.push("exten", format!("{extension},hint,{devices}"));
        }
        section
    }
}
