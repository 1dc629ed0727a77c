//! Boxes in rows and columns: those that tick a whole row or column, and the keys that step between them.

use leptos::ev::KeyboardEvent;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// A box was ticked: one for all ticks those of its row or column, and each of them follows the rest.
pub(crate) fn ticked(event: Event) {
    let Some(changed) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    let Ok(Some(table)) = changed.closest("table") else {
        return;
    };
    if let Some(which) = changed.get_attribute("data-all") {
        for one in boxes(&table, &free(&which)) {
            one.set_checked(changed.checked());
        }
    }
    follow(&table);
}

/// Lets the boxes for all say whether all are ticked.
pub(crate) fn follow(table: &Element) {
    for all in boxes(table, "[data-all]") {
        let free = free(&all.get_attribute("data-all").unwrap_or_default());
        let is_one = |which: &str| {
            let selector = format!("input{which}");
            table.query_selector(&selector).ok().flatten().is_some()
        };
        all.set_checked(is_one(&free) && !is_one(&format!("{free}:not(:checked)")));
    }
}

/// Of the boxes that a `data-all` stands for, such as `[data-c='2']`, those that can be ticked.
fn free(which: &str) -> String {
    format!("{which}:not(:disabled)")
}

/// The boxes of a table for which a selector holds.
pub(crate) fn boxes(
    table: &Element,
    which: &str,
) -> impl Iterator<Item = HtmlInputElement> + use<> {
    let selector = format!("[type=checkbox]{which}");
    let found = table.get_elements_by_tag_name("input");
    (0..found.length()).filter_map(move |index| {
        let one = found.item(index)?;
        let is_meant = one.matches(&selector).unwrap_or(false);
        is_meant.then_some(one)?.dyn_into().ok()
    })
}

/// Steps with the arrow keys from box to box.
pub(crate) fn stepped(event: KeyboardEvent) {
    let (down, right) = match event.key().as_str() {
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        _ => return,
    };
    let Some(from) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let at = |name: &str| from.get_attribute(name)?.parse::<i64>().ok();
    let (Some(row), Some(column), Ok(Some(table))) =
        (at("data-r"), at("data-c"), from.closest("table"))
    else {
        return;
    };
    let next = format!(
        "input[data-r=\"{}\"][data-c=\"{}\"]",
        row + down,
        column + right
    );
    let next = table.query_selector(&next).ok().flatten();
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}
