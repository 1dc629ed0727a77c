//! The inputs of a subject, the same for a new one and one that exists.

use super::words::{meeting_word, span};
use crate::messages::t;
use crate::ui::{Choice, Field, GroupWhy, Select, Switch, Typed};
use domain::Category;
use domain::booking::Meeting;
use domain::subject::{Profile, QUESTIONS_MAX, Question};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The empty rows for questions.
const SPARE: usize = 2;
/// The earliest notices to choose from, in minutes.
const LEAST: [i32; 12] = [
    0, 15, 30, 60, 120, 240, 480, 1_440, 2_880, 4_320, 10_080, 20_160,
];

/// A question, as its inputs have it.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub required: bool,
}

/// Earliest notices to choose from, not below `least`; `present` is among them.
pub(crate) fn notices(least: i32, present: i32) -> Vec<Choice> {
    let mut all: Vec<i32> = LEAST.into_iter().filter(|one| *one >= least).collect();
    all.push(present.max(least));
    all.sort_unstable();
    all.dedup();
    let choice = |minutes: i32| (minutes.to_string(), span(minutes));
    all.into_iter().map(choice).collect()
}

/// Everything that is said of a subject.
#[component]
pub(super) fn Inputs(profile: Profile, categories: Vec<Category>) -> AnyView {
    let choices = categories.into_iter();
    let choices: Vec<Choice> = choices
        .map(|category| (category.id.to_string(), category.title))
        .collect();
    view! {
        <fieldset>
            <Field label=t::label_title() name="title" value=profile.title.clone() required=true customers=true autocomplete="off" />
            <Select label=t::label_category() name="category" options=choices value=profile.category.to_string() required=true />
            <Switch label=t::offices_active() name="active" checked=profile.active hint=t::subject_active_hint() />
            <Field label=t::label_external_id() name="external_id" value=profile.external_id.clone().unwrap_or_default()
                autocomplete="off" hint=t::subject_external_id_hint() />
        </fieldset>
        <Kinds profile=profile.clone() />
        <Length profile=profile.clone() />
        <Notice profile=profile.clone() />
        <Questions questions=profile.questions />
    }
    .into_any()
}

#[component]
fn Kinds(profile: Profile) -> AnyView {
    let box_of = |meeting: Meeting| {
        view! {
            <Switch label=meeting_word(meeting) name="meetings[]" value=meeting.code() checked=profile.meetings.has(meeting) />
        }
    };
    view! {
        <fieldset id="meetings" tabindex="-1" aria-describedby="meetings-why">
            <legend>{t::label_meetings()}</legend>
            <GroupWhy name="meetings" />
            {Meeting::ALL.map(box_of)}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Length(profile: Profile) -> AnyView {
    view! {
        <fieldset>
            <legend>{t::subject_length()}</legend>
            <Field label=t::label_duration() name="duration" value=profile.duration.to_string() required=true customers=true
                inputmode="numeric" autocomplete="off" hint=t::subject_duration_hint() />
            <div class="two">
                <Field label=t::label_before() name="before" value=profile.before.to_string() required=true
                    inputmode="numeric" autocomplete="off" hint=t::subject_before_hint() />
                <Field label=t::label_after() name="after" value=profile.after.to_string() required=true
                    inputmode="numeric" autocomplete="off" hint=t::subject_after_hint() />
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Notice(profile: Profile) -> AnyView {
    let least = profile.notice_least;
    view! {
        <fieldset>
            <legend>{t::subject_notice()}</legend>
            <div class="two">
                <Select label=t::label_notice_least() name="notice_least" options=notices(0, least)
                    value=least.to_string() hint=t::subject_notice_least_hint() />
                <Field label=t::label_notice_most() name="notice_most" value=profile.notice_most.to_string() required=true
                    inputmode="numeric" autocomplete="off" hint=t::subject_notice_most_hint() />
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Questions(questions: Vec<Question>) -> AnyView {
    let typed = use_context::<Typed>();
    let mut rows = questions;
    let room = (rows.len() + SPARE).min(QUESTIONS_MAX.max(rows.len()));
    rows.resize_with(room, || Question {
        text: String::new(),
        required: false,
    });
    let row = |(index, question): (usize, Question)| {
        let (text, required) = (
            format!("questions[{index}][text]"),
            format!("questions[{index}][required]"),
        );
        let (words, must) = match &typed {
            Some(typed) => (
                typed.get(&text).unwrap_or_default().to_owned(),
                typed.has(&required, "true"),
            ),
            None => (question.text, question.required),
        };
        view! {
            <div class="question">
                <input class="input" type="text" name=text value=words aria-label=t::subject_question(index + 1) autocomplete="off" />
                <label class="choice">
                    <input type="checkbox" name=required value="true" checked=must aria-label=t::subject_question_required(index + 1) />
                    {t::field_required()}
                </label>
            </div>
        }
    };
    let rows = rows.into_iter().enumerate().map(row).collect_view();
    view! {
        <fieldset id="questions" tabindex="-1" aria-describedby="questions-why">
            <legend>{t::label_questions()}</legend>
            <p class="hint">{t::subject_questions_hint()}</p>
            <GroupWhy name="questions" />
            <div class="questions">{rows}</div>
        </fieldset>
    }
    .into_any()
}
