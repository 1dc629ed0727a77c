//! The steps at which something is picked from a list: subject, office, agent.

use crate::messages::t;
use crate::ui::Face;
use domain::expertise::Bookable;
use leptos::prelude::*;

/// Something to pick: a link with lines below its title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    pub href: String,
    pub title: String,
    pub lines: Vec<String>,
}

/// Choices under a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub title: String,
    pub choices: Vec<Choice>,
}

fn list(choices: Vec<Choice>) -> AnyView {
    let each = choices.into_iter().map(|choice| {
        let lines = choice
            .lines
            .into_iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| view! { <span class="line" dir="auto">{line}</span> });
        view! {
            <li>
                <a class="choice" href=choice.href>
                    <b dir="auto">{choice.title}</b>
                    {lines.collect_view()}
                </a>
            </li>
        }
    });
    view! { <ul class="choices">{each.collect_view()}</ul> }.into_any()
}

/// What the appointment can be about, by category.
pub fn subjects(groups: Vec<Group>) -> AnyView {
    let alone = groups.len() == 1;
    let each = groups.into_iter().map(|group| {
        let heading = (!alone).then(|| view! { <h2 dir="auto">{group.title}</h2> });
        view! { <section>{heading}{list(group.choices)}</section> }
    });
    view! {
        <h1>{t::book_subject()}</h1>
        {each.collect_view()}
    }
    .into_any()
}

/// Where it can be.
pub fn offices(choices: Vec<Choice>) -> AnyView {
    view! {
        <h1>{t::book_office()}</h1>
        {list(choices)}
    }
    .into_any()
}

/// With whom it can be: anybody, or somebody with what customers see of them (E-09).
pub fn agents(anybody: String, agents: Vec<(String, Bookable)>) -> AnyView {
    let each = agents.into_iter().map(|(href, agent)| {
        let picture = agent
            .picture
            .map(|picture| format!("/book/pictures/{}/{picture}", agent.id));
        let function = (!agent.function.is_empty())
            .then(|| view! { <span class="line" dir="auto">{agent.function}</span> });
        let introduction = (!agent.introduction.is_empty())
            .then(|| view! { <span class="line" dir="auto">{agent.introduction}</span> });
        view! {
            <li>
                <a class="choice agent" href=href>
                    <Face name=agent.name.clone() id=agent.id.to_string() picture=picture />
                    <b dir="auto">{agent.name}</b>
                    {function}
                    {introduction}
                </a>
            </li>
        }
    });
    view! {
        <h1>{t::book_agent()}</h1>
        <ul class="choices">
            <li>
                <a class="choice" href=anybody>
                    <b>{t::book_anybody()}</b>
                    <span class="line">{t::book_anybody_text()}</span>
                </a>
            </li>
            {each.collect_view()}
        </ul>
    }
    .into_any()
}
