//! What a list needs around its table: search, chips, sorted heads, paging, and what stands there when it is empty.

use super::{Icon, Text};
use crate::messages::{number, t};
use leptos::{html, prelude::*};

/// The search box of a list; `/` leads to it. Works as a part of a GET form, and calls `on_input` as one types,
/// also with what was typed before the page was alive.
#[component]
pub fn Search(
    #[prop(into)] label: Text,
    #[prop(into)] placeholder: Text,
    #[prop(default = "q")] name: &'static str,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(on_input)) = (input.get(), on_input) {
            let typed = input.value();
            if value.with_untracked(|value| *value != typed) {
                on_input.run(typed);
            }
        }
    });
    view! {
        <div class="search" role="search">
            {Icon::Search}
            <input class="input" type="search" id="search" node_ref=input name=name value=move || value.get() aria-label=label placeholder=placeholder
                autocomplete="off" enterkeyhint="search" data-key="/"
                on:keydown=move |event| if event.key() == "Escape" {
                    // The keys of the list work again.
                    let _ = event_target::<leptos::web_sys::HtmlElement>(&event).blur();
                }
                on:input=move |event| if let Some(on_input) = on_input { on_input.run(event_target_value(&event)) }/>
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}

/// An active filter; the link leads to the list without it.
#[component]
pub fn Chip(#[prop(into)] label: Text, #[prop(into)] remove_href: String) -> impl IntoView {
    view! {
        <a class="chip" href=remove_href>
            <span class="visually-hidden">{t::chip_remove()}": "</span>
            <span>{label}</span>
            {Icon::Close}
        </a>
    }
}

/// The way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    Ascending,
    Descending,
    No,
}

/// The head of a column that sorts; the link leads to the list sorted the other way.
#[component]
pub fn SortHead(
    #[prop(into)] label: Text,
    #[prop(into)] href: Signal<String>,
    #[prop(into)] sorted: Signal<Sorted>,
) -> impl IntoView {
    let word = move || match sorted.get() {
        Sorted::Ascending => Some("ascending"),
        Sorted::Descending => Some("descending"),
        Sorted::No => None,
    };
    view! { <th scope="col" aria-sort=word><a href=move || href.get()>{label}{Icon::Ascending}</a></th> }
}

/// "26–50 of 12,480", and the ways on and back.
#[component]
pub fn Pager(
    /// The ordinal of the first row, from 1.
    first: u64,
    last: u64,
    total: u64,
    /// There are more than `total`: "1,000+".
    #[prop(optional)]
    more: bool,
    #[prop(optional_no_strip)] previous: Option<String>,
    #[prop(optional_no_strip)] next: Option<String>,
    /// How many rows a page may have: the number, its address, whether it is so now.
    #[prop(optional)]
    sizes: Vec<(u16, String, bool)>,
) -> impl IntoView {
    let total = if more {
        t::pager_total_more(number(total))
    } else {
        number(total)
    };
    let step = |href: Option<String>, label: &'static str, icon: Icon, rel: &'static str| {
        match href {
        Some(href) => view! { <a class="button icon-only small" href=href aria-label=label rel=rel>{icon}</a> }.into_any(),
        None => view! { <span class="button icon-only small" role="link" aria-disabled="true" aria-label=label>{icon}</span> }.into_any(),
    }
    };
    let sizes = (!sizes.is_empty()).then(|| {
        let links = sizes.into_iter().map(|(size, href, now)| view! { <a href=href aria-current=now.then_some("true")>{size}</a> }).collect_view();
        view! { <span class="sizes"><span>{t::pager_per_page()}</span>{links}</span> }
    });
    view! {
        <nav class="pager" aria-label=t::pager_label()>
            <span>{t::pager_of(number(first), number(last), total)}</span>
            {sizes}
            <span class="steps">
                {step(previous, t::pager_previous(), Icon::Back, "prev")}
                {step(next, t::pager_next(), Icon::Next, "next")}
            </span>
        </nav>
    }
}

/// Instead of an empty list: what it is for, and the first step (children: a `.buttons` row).
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: Text,
    #[prop(into)] text: Text,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon}
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Rows that are still coming; nothing is seen of it for 150 ms.
#[component]
pub fn SkeletonRows(#[prop(default = 8)] rows: usize) -> impl IntoView {
    let line = || view! { <div class="line"><i></i><i></i><i></i><i></i></div> };
    view! {
        <div class="skeleton sheet" role="status">
            <span class="visually-hidden">{t::state_loading()}</span>
            {(0..rows).map(|_| line()).collect_view()}
        </div>
    }
}
