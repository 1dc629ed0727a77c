//! What the keys of a list reach: fields, buttons and rows.

use super::closest;
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// Whether a key goes into a field.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    closest(event, "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]").is_some()
}

/// Whether a dialog is open, which keys of the page must not reach through.
pub fn in_dialog() -> bool {
    find("dialog[open]").is_some()
}

fn find(selector: &str) -> Option<web_sys::HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Focuses a field, or presses a button or link; false when there is none.
pub fn press(selector: &str) -> bool {
    let Some(target) = find(selector) else {
        return false;
    };
    match target.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(input) => {
            let _ = input.focus();
            input.select();
        }
        None => target.click(),
    }
    true
}

/// Moves the focus to the next row's link, or the previous one; to the first when it is elsewhere.
pub fn step_row(by: i32) -> bool {
    let links = document().get_elements_by_class_name("row-link");
    let row = |element: &web_sys::Element| element.closest("tr, li").ok().flatten();
    let here = document()
        .active_element()
        .and_then(|element| row(&element));
    let at = |index: u32| {
        links
            .item(index)
            .and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok())
    };
    let now: Option<u32> = (0..links.length())
        .find(|index| here.is_some() && at(*index).and_then(|link| row(&link)) == here);
    let next = now.map_or(Some(0), |now| now.checked_add_signed(by));
    let Some(link) = next.and_then(at) else {
        return false;
    };
    let _ = link.focus();
    true
}

/// Ticks or clears the box of the row that has the focus.
pub fn pick_row() -> bool {
    let pick = document()
        .active_element()
        .and_then(|element| element.closest("tr").ok().flatten())
        .and_then(|row| row.query_selector(".pick input").ok().flatten());
    let Some(pick) = pick.and_then(|pick| pick.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    pick.click();
    true
}
