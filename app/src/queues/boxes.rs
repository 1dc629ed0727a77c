//! Two boxes for each user in each queue: who is enabled is assigned, and who is not assigned is not
//! enabled. Without a script the server says so.

use crate::expertise::grid;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement};

/// A box was ticked, perhaps one for all: lets the other box of each cell follow.
pub(super) fn ticked(event: Event) {
    let changed = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    grid::ticked(event);
    let Some(changed) = changed else {
        return;
    };
    let Ok(Some(table)) = changed.closest("table") else {
        return;
    };
    match (
        changed.get_attribute("data-kind").as_deref(),
        changed.checked(),
    ) {
        (Some("enable"), true) => each_pair(&table, |assign, enable| {
            if enable.checked() {
                assign.set_checked(true);
            }
        }),
        (Some("assign"), false) => each_pair(&table, |assign, enable| {
            if !assign.checked() {
                enable.set_checked(false);
            }
        }),
        _ => {}
    }
    grid::follow(&table);
}

/// Every cell's box for assigning with its box for enabling, which comes next.
fn each_pair(table: &Element, follow: impl Fn(&HtmlInputElement, &HtmlInputElement)) {
    let found = table.get_elements_by_tag_name("input");
    let mut assign: Option<HtmlInputElement> = None;
    for index in 0..found.length() {
        let Some(one) = found.item(index) else {
            continue;
        };
        let Ok(one) = one.dyn_into::<HtmlInputElement>() else {
            continue;
        };
        if one.get_attribute("data-all").is_some() {
            continue;
        }
        match one.get_attribute("data-kind").as_deref() {
            Some("assign") => assign = Some(one),
            Some("enable") => {
                if let Some(assign) = assign.take() {
                    follow(&assign, &one);
                }
            }
            _ => {}
        }
    }
}
