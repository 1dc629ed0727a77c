//! What stands around every page: the bar at the top, the panel at the left, and on a phone the bar at the foot.

use super::shortcuts::Shortcuts;
use super::{Icon, Text, ToastRegion, is_current};
use crate::messages::t;
use leptos::prelude::*;

/// One of the main tabs, with the sections that stand under it while it is open.
#[derive(Clone)]
pub struct FrameTab {
    pub href: String,
    pub label: Text,
    /// For the bar on a phone, where there is little room.
    pub short: Text,
    pub icon: Icon,
    pub sections: Vec<Section>,
}

/// Links, under a title where there are several sections.
#[derive(Clone)]
pub struct Section {
    pub title: Option<Text>,
    pub links: Vec<(String, Text)>,
}

impl FrameTab {
    /// Open while the path lies below the tab's address or that of one of its sections.
    fn open(&self) -> Signal<bool> {
        let own = is_current(self.href.clone(), false);
        let below: Vec<_> = self
            .links()
            .map(|(href, _)| is_current(href.clone(), false))
            .collect();
        Signal::derive(move || own.get() || below.iter().any(|below| below.get()))
    }

    fn links(&self) -> impl Iterator<Item = &(String, Text)> {
        self.sections.iter().flat_map(|section| &section.links)
    }
}

/// The frame of every page of somebody who is signed in.
#[component]
pub fn Frame(
    /// The organisation's name, at the top left.
    #[prop(into)]
    title: Text,
    /// Only those that one may use.
    tabs: Vec<FrameTab>,
    /// [`AccountMenu`](super::AccountMenu).
    account: AnyView,
    /// Opens the command palette.
    #[prop(optional, into)]
    go_to: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let panel = tabs
        .iter()
        .cloned()
        .map(|tab| view! { <PanelTab tab/> })
        .collect_view();
    let strip = tabs
        .iter()
        .cloned()
        .map(|tab| view! { <Strip tab/> })
        .collect_view();
    let bar = tabs
        .into_iter()
        .map(|tab| view! { <BarTab tab/> })
        .collect_view();
    let go_to = go_to.map(|go_to| {
        view! {
            <button type="button" class="go-to with-script" data-key="mod+k" aria-label=t::palette_label() on:click=move |_| go_to.run(())>
                {Icon::Search}<span>{t::palette_open()}</span><kbd>"Ctrl K"</kbd>
            </button>
        }
    });
    view! {
        <a class="skip" href="#content">{t::nav_skip()}</a>
        <div class="shell">
            <header class="topbar">
                <a class="brand" href="/">{title}</a>
                {go_to}
                <div class="me">{account}</div>
            </header>
            <nav class="panel" aria-label=t::nav_main()>{panel}</nav>
            {strip}
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
        <nav class="tabbar" aria-label=t::nav_main()>{bar}</nav>
        <ToastRegion/>
        <Shortcuts/>
    }
}

#[component]
fn PanelTab(tab: FrameTab) -> impl IntoView {
    let open = tab.open();
    let word = if tab.sections.is_empty() {
        "page"
    } else {
        "true"
    };
    let sections = tab.sections;
    let below = move || {
        let sections = open
            .get()
            .then(|| sections.clone())
            .filter(|sections| !sections.is_empty())?;
        let each = |section: Section| {
            let links = exactly(section.links)
                .into_iter()
                .map(|(href, label, exact)| view! { <SectionLink href label exact/> })
                .collect_view();
            let title = section.title.map(|title| view! { <small>{title}</small> });
            view! { {title}{links} }
        };
        Some(view! { <div class="sections">{sections.into_iter().map(each).collect_view()}</div> })
    };
    view! {
        <a href=tab.href aria-current=move || open.get().then_some(word)>{tab.icon}{tab.label}</a>
        {below}
    }
}

/// The sections of the open tab as a row of their own, on a phone.
#[component]
fn Strip(tab: FrameTab) -> impl IntoView {
    let open = tab.open();
    let label = tab.label.clone();
    let links: Vec<_> = tab.links().cloned().collect();
    move || {
        let links = open
            .get()
            .then(|| links.clone())
            .filter(|links| links.len() > 1)?;
        let each = exactly(links)
            .into_iter()
            .map(|(href, label, exact)| view! { <SectionLink href label exact/> })
            .collect_view();
        Some(view! { <nav class="sections-strip" aria-label=label.clone()>{each}</nav> })
    }
}

/// Links, with whether each stands for its own page alone: another link has those below it.
fn exactly(links: Vec<(String, Text)>) -> Vec<(String, Text, bool)> {
    let all: Vec<String> = links.iter().map(|(href, _)| format!("{href}/")).collect();
    let exact = |href: &String| {
        let below = format!("{href}/");
        all.iter()
            .any(|other| *other != below && other.starts_with(&below))
    };
    let each = |(href, label)| {
        let exact = exact(&href);
        (href, label, exact)
    };
    links.into_iter().map(each).collect()
}

#[component]
fn SectionLink(href: String, label: Text, exact: bool) -> impl IntoView {
    let current = is_current(href.clone(), exact);
    view! { <a href=href aria-current=move || current.get().then_some("page")>{label}</a> }
}

#[component]
fn BarTab(tab: FrameTab) -> impl IntoView {
    let open = tab.open();
    view! { <a href=tab.href aria-current=move || open.get().then_some("true")>{tab.icon}{tab.short}</a> }
}
