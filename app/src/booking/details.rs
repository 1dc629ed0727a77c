//! The last step: who comes, what they are asked, and the button that books.

use super::{Words, meeting_word};
use crate::messages::t;
use domain::booking::Meeting;
use domain::subject::Question;
use leptos::prelude::*;

/// A free time that can still be chosen, when the one that was chosen is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreeTime {
    /// As the form sends it.
    pub at: String,
    pub text: String,
}

/// What was typed, and what is wrong with it by the name of its input.
#[derive(Clone, Default, Debug)]
pub struct Wanted {
    pub typed: Vec<(String, String)>,
    pub wrong: Vec<(String, String)>,
}

/// What the form has to ask.
#[derive(Clone, Debug)]
pub struct Details {
    pub words: Words,
    /// Of this form alone, so that sending it twice books once.
    pub key: String,
    pub meetings: Vec<Meeting>,
    pub questions: Vec<Question>,
    pub consent_text: String,
    /// Empty while the chosen time is free.
    pub instead: Vec<FreeTime>,
    pub wanted: Wanted,
}

impl Wanted {
    fn typed(&self, name: &str) -> String {
        let found = self.typed.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn why(&self, name: &str) -> Option<String> {
        let found = self.wrong.iter().find(|(known, _)| known == name);
        found.map(|(_, why)| why.clone())
    }
}

/// An input with its label, hint and what is wrong with it.
struct Input<'a> {
    name: String,
    label: String,
    kind: &'static str,
    autocomplete: &'static str,
    required: bool,
    hint: Option<&'static str>,
    wanted: &'a Wanted,
}

fn described(name: &str, why: bool, hint: bool) -> Option<String> {
    let ids = [(why, "why"), (hint, "hint")];
    let ids = ids.iter().filter(|(shown, _)| *shown);
    let ids: Vec<String> = ids.map(|(_, end)| format!("{name}-{end}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn around(input: &Input<'_>, inner: AnyView) -> AnyView {
    let why = input.wanted.why(&input.name);
    let why = why.map(|why| view! { <p class="why" id=format!("{}-why", input.name)>{why}</p> });
    let hint = input.hint.map(|hint| {
        view! { <p class="hint" id=format!("{}-hint", input.name)>{hint}</p> }
    });
    let optional =
        (!input.required).then(|| view! { <span class="hint">{t::field_optional()}</span> });
    view! {
        <div class="field">
            <div class="name">
                <label for=input.name.clone() dir="auto">{input.label.clone()}</label>
                {optional}
            </div>
            {inner}
            {hint}
            {why}
        </div>
    }
    .into_any()
}

fn line(input: &Input<'_>) -> AnyView {
    let wrong = input.wanted.why(&input.name).is_some();
    let inner = view! {
        <input class="input" id=input.name.clone() name=input.name.clone() type=input.kind value=input.wanted.typed(&input.name)
            autocomplete=input.autocomplete required=input.required aria-invalid=wrong.then_some("true")
            aria-describedby=described(&input.name, wrong, input.hint.is_some()) dir="auto" />
    };
    around(input, inner.into_any())
}

fn several_lines(input: &Input<'_>, rows: u32) -> AnyView {
    let wrong = input.wanted.why(&input.name).is_some();
    // A child would become " " when it is empty; the text is escaped here.
    let text = crate::ui::form::escaped(&input.wanted.typed(&input.name));
    let inner = view! {
        <textarea class="input" id=input.name.clone() name=input.name.clone() rows=rows required=input.required
            aria-invalid=wrong.then_some("true") aria-describedby=described(&input.name, wrong, false) dir="auto"
            inner_html=text></textarea>
    };
    around(input, inner.into_any())
}

/// Every problem in one place, each a link to its field.
fn summary(wanted: &Wanted) -> AnyView {
    if wanted.wrong.is_empty() {
        return ().into_any();
    }
    let each = wanted.wrong.iter().map(|(name, why)| {
        view! { <li><a href=format!("#{name}")>{why.clone()}</a></li> }
    });
    view! {
        <div class="notice bad" role="alert" tabindex="-1" autofocus=true>
            <h2>{t::form_problems(wanted.wrong.len())}</h2>
            <ul>{each.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn radios(
    name: &'static str,
    legend: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
    why: Option<String>,
) -> AnyView {
    let first = options
        .first()
        .map(|(value, _)| value.clone())
        .unwrap_or_default();
    let known = options.iter().any(|(value, _)| value == chosen);
    let chosen = if known {
        chosen.to_owned()
    } else {
        first.clone()
    };
    let each = options.into_iter().map(|(value, text)| {
        let id = (value == first).then_some(name);
        let checked = value == chosen;
        view! { <label class="pick"><input type="radio" id=id name=name value=value checked=checked />{text}</label> }
    });
    let why = why.map(|why| view! { <p class="why">{why}</p> });
    view! {
        <fieldset>
            <legend>{legend}</legend>
            {each.collect_view()}
            {why}
        </fieldset>
    }
    .into_any()
}

fn consent(text: String, wanted: &Wanted) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    let why = wanted.why("consent");
    let wrong = why.is_some();
    let why = why.map(|why| view! { <p class="why" id="consent-why">{why}</p> });
    view! {
        <div class="field">
            <p class="words" dir="auto">{text}</p>
            <label class="pick">
                <input type="checkbox" id="consent" name="consent" value="true" checked=wanted.typed("consent") == "true"
                    required=true aria-invalid=wrong.then_some("true") aria-describedby=described("consent", wrong, false) />
                {t::book_agree()}
            </label>
            {why}
        </div>
    }
    .into_any()
}

/// The form; `chosen` is what was chosen so far.
pub fn details(details: Details, chosen: AnyView) -> AnyView {
    let Details {
        words,
        key,
        meetings,
        questions,
        consent_text,
        instead,
        wanted,
    } = details;
    let called = meetings == [Meeting::Phone];
    let input = |name: &str, label: &str, kind, autocomplete, required| Input {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        autocomplete,
        required,
        hint: None,
        wanted: &wanted,
    };
    let name = line(&input("name", t::book_name(), "text", "name", true));
    let email = line(&Input {
        hint: Some(t::book_email_hint()),
        ..input("email", t::book_email(), "email", "email", true)
    });
    let phone = Input {
        hint: meetings.contains(&Meeting::Phone).then(t::book_phone_hint),
        ..input("phone", t::book_phone(), "tel", "tel", called)
    };
    let asked = questions.into_iter().enumerate().map(|(number, question)| {
        let input = input(
            &format!("answer-{number}"),
            &question.text,
            "text",
            "off",
            question.required,
        );
        several_lines(&input, 2)
    });
    let asked = asked.collect_view();
    let remark = several_lines(&input("remark", t::book_remark(), "text", "off", false), 3);
    let kinds = match meetings.as_slice() {
        [] | [_] => ().into_any(),
        several => {
            let options = several
                .iter()
                .map(|meeting| (meeting.code().to_owned(), meeting_word(*meeting).to_owned()));
            radios(
                "meeting",
                t::book_meeting(),
                words.get("meeting"),
                options.collect(),
                wanted.why("meeting"),
            )
        }
    };
    let (gone, fixed) = match instead.is_empty() {
        true => (().into_any(), words.without(&["week", "meeting"])),
        false => {
            let options = instead
                .into_iter()
                .map(|time| (time.at, time.text))
                .collect();
            let times = radios("at", t::book_free_times(), "", options, None);
            (times, words.without(&["week", "meeting", "at"]))
        }
    };
    view! {
        <h1>{t::book_details()}</h1>
        {summary(&wanted)}
        {chosen}
        <form class="form" method="post" action="/book" novalidate=true>
            {fixed.inputs()}
            <input type="hidden" name="key" value=key />
            {gone}
            {kinds}
            {name}
            {email}
            {line(&phone)}
            {asked}
            {remark}
            {consent(consent_text, &wanted)}
            <button class="button primary big">{t::book_submit()}</button>
        </form>
    }
    .into_any()
}
