//! The document around every step: the organisation's face, what was chosen so far, and the languages.

use crate::messages::{Language, t};
use leptos::prelude::*;

/// How the organisation wants its page to look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    pub language: Language,
    pub organisation: String,
    /// The addresses of what the page loads.
    pub style: String,
    pub theme: Option<String>,
    pub script: String,
    pub logo: Option<String>,
    /// Where everything begins.
    pub home: String,
    /// This page in the other languages.
    pub languages: Vec<(Language, String)>,
}

/// One thing that was chosen, with the way to choose another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub word: &'static str,
    pub value: String,
    /// The address and the words of the link.
    pub other: Option<(String, &'static str)>,
}

/// The whole document, in the language of `look`.
pub fn document(look: &Look, title: &str, body: AnyView) -> String {
    let look = look.clone();
    let title = match look.organisation.is_empty() {
        true => title.to_owned(),
        false => format!("{title} · {}", look.organisation),
    };
    let theme = look
        .theme
        .map(|href| view! { <link rel="stylesheet" href=href /> });
    let logo = look
        .logo
        .map(|src| view! { <img src=src alt="" height="40" /> });
    let languages = look.languages.into_iter().map(|(language, href)| {
        view! { <li><a href=href hreflang=language.code() lang=language.code()>{language.name()}</a></li> }
    });
    let page = view! {
        <html lang=look.language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=look.style />
                {theme}
                <script src=look.script defer></script>
            </head>
            <body>
                <header>
                    <a href=look.home>{logo}<span dir="auto">{look.organisation}</span></a>
                </header>
                <main>{body}</main>
                <footer>
                    <nav aria-label=t::book_language()>
                        <ul>{languages.collect_view()}</ul>
                    </nav>
                </footer>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", plain(&page.to_html()))
}

/// The HTML without the marks by which a browser would hydrate it. What people typed is escaped, and has
/// none of them.
fn plain(html: &str) -> String {
    html.replace("<!>", "").replace("<!--<() />-->", "")
}

/// What was chosen so far.
pub fn chosen(facts: Vec<Fact>) -> AnyView {
    let row = |fact: Fact| {
        let other = fact
            .other
            .map(|(href, word)| view! { <a class="link" href=href>{word}</a> });
        view! {
            <div>
                <dt>{fact.word}</dt>
                <dd><span>{fact.value}</span>" "{other}</dd>
            </div>
        }
    };
    match facts.is_empty() {
        true => ().into_any(),
        false => {
            view! { <dl class="chosen">{facts.into_iter().map(row).collect_view()}</dl> }.into_any()
        }
    }
}

/// A box that says what happened; `bad` for what did not work.
pub fn notice(text: String, bad: bool) -> AnyView {
    let (class, role) = match bad {
        true => ("notice bad", "alert"),
        false => ("notice", "status"),
    };
    view! { <p class=class role=role>{text}</p> }.into_any()
}

/// Several lines in the organisation's own words, or nothing.
pub fn prose(text: String) -> AnyView {
    match text.is_empty() {
        true => ().into_any(),
        false => view! { <p class="words" dir="auto">{text}</p> }.into_any(),
    }
}

/// A page that only says something.
pub fn outcome(title: String, text: String, link: Option<(String, &'static str)>) -> AnyView {
    let link = link.map(|(href, word)| view! { <p><a class="button" href=href>{word}</a></p> });
    view! {
        <h1>{title}</h1>
        <p>{text}</p>
        {link}
    }
    .into_any()
}
