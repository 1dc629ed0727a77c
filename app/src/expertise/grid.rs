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
        for one in boxes_of(&table, &which) {
            one.set_checked(changed.checked());
        }
    }
    follow(&table);
}

/// Lets the boxes for all say whether all are ticked.
pub(crate) fn follow(table: &Element) {
    for all in boxes(table) {
        let Some(which) = all.get_attribute("data-all") else {
            continue;
        };
        let mut own = boxes_of(table, &which);
        let any = own.next();
        let ticked = any.is_some_and(|one| one.checked()) && own.all(|one| one.checked());
        all.set_checked(ticked);
    }
}

/// The boxes that `r3` or `c2` stands for, but for those that can't be ticked.
fn boxes_of(table: &Element, which: &str) -> impl Iterator<Item = HtmlInputElement> + use<> {
    let (kind, number) = which.split_at_checked(1).unwrap_or_default();
    let (name, number) = (format!("data-{kind}"), number.to_owned());
    boxes(table)
        .filter(move |one| !one.disabled() && one.get_attribute(&name).as_ref() == Some(&number))
}

fn boxes(table: &Element) -> impl Iterator<Item = HtmlInputElement> + use<> {
    let found = table.get_elements_by_tag_name("input");
    (0..found.length()).filter_map(move |index| found.item(index)?.dyn_into().ok())
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
