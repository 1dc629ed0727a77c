//! The page of an appointment that a customer opens by their link: what it is, and how to change it.

use super::{Fact, Week, Words, chosen, times};
use crate::messages::t;
use leptos::prelude::*;

/// An appointment as its customer sees it.
#[derive(Clone, Debug)]
pub struct Own {
    /// Where it stands, in a word.
    pub state: &'static str,
    /// Whether it takes place as far as anybody knows.
    pub good: bool,
    pub facts: Vec<Fact>,
    /// What the organisation adds, directions and the like: a heading and several lines each.
    pub texts: Vec<(String, String)>,
    /// The link to the video meeting.
    pub video: Option<String>,
    /// How it is moved; `None` once nothing can be changed any more.
    pub change: Option<Cancel>,
    /// What to say instead.
    pub over: Option<&'static str>,
    pub again: String,
}

/// The addresses of moving and of cancelling, and what came back of the latter.
#[derive(Clone, Debug)]
pub struct Cancel {
    pub time: String,
    pub cancel: String,
    pub words: Words,
    pub reason: String,
    pub wrong: Option<String>,
}

fn cancel(form: Cancel) -> AnyView {
    let wrong = form.wrong.is_some();
    let why = form
        .wrong
        .map(|why| view! { <p class="why" id="reason-why">{why}</p> });
    view! {
        <p><a class="button" href=form.time>{t::book_own_move()}</a></p>
        <details open=wrong>
            <summary>{t::book_own_cancel()}</summary>
            <form class="form" method="post" action=form.cancel>
                {form.words.inputs()}
                <div class="field">
                    <div class="name">
                        <label for="reason">{t::book_own_reason()}</label>
                        <span class="hint">{t::field_optional()}</span>
                    </div>
                    <textarea class="input" id="reason" name="reason" rows="3" aria-invalid=wrong.then_some("true")
                        aria-describedby=wrong.then_some("reason-why") inner_html=crate::ui::form::escaped(&form.reason)></textarea>
                    {why}
                </div>
                <button class="button danger">{t::book_own_cancel_now()}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The page, below `said`, which tells what was just done.
pub fn own(own: Own, said: AnyView) -> AnyView {
    let class = if own.good { "pill good" } else { "pill" };
    let texts = own
        .texts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let texts = texts.map(|(title, text)| {
        view! {
            <section>
                <h2>{title}</h2>
                <p class="words" dir="auto">{text}</p>
            </section>
        }
    });
    let video = own.video.map(|href| {
        view! { <p><a class="button" href=href rel="noopener noreferrer" target="_blank">{t::book_own_video()}</a></p> }
    });
    view! {
        <h1>{t::book_own()}</h1>
        {said}
        <p><span class=class>{own.state}</span></p>
        {chosen(own.facts)}
        {video}
        {texts.collect_view()}
        {own.over.map(|words| view! { <p>{words}</p> })}
        {own.change.map(cancel)}
        <p><a class="link" href=own.again>{t::book_own_again()}</a></p>
    }
    .into_any()
}

/// The free times to which it can be moved; `anybody` leads to those of everybody.
pub fn moving(
    path: &str,
    words: &Words,
    week: Week,
    now: String,
    anybody: Option<String>,
    said: AnyView,
) -> AnyView {
    let fact = Fact {
        word: t::book_own_now(),
        value: now,
        other: anybody.map(|href| (href, t::book_own_anybody())),
    };
    view! {
        {said}
        {chosen(vec![fact])}
        {times(path, words, week)}
    }
    .into_any()
}

/// One of them, to agree to.
pub fn agree(path: &str, words: &Words, facts: Vec<Fact>) -> AnyView {
    view! {
        <h1>{t::book_own_move()}</h1>
        {chosen(facts)}
        <form class="form" method="post" action=path.to_owned()>
            {words.inputs()}
            <button class="button primary big">{t::book_own_agree()}</button>
        </form>
    }
    .into_any()
}
