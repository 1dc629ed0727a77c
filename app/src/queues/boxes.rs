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
    match (enables(&changed), changed.checked()) {
        (true, true) => each_pair(&table, |assign, enable| {
            if enable.checked() {
                assign.set_checked(true);
            }
        }),
        (false, false) => each_pair(&table, |assign, enable| {
            if !assign.checked() {
                enable.set_checked(false);
            }
        }),
        _ => {}
    }
    grid::follow(&table);
}

/// Whether a box enables, in a cell or, by its `data-kind`, all of a row or column; or else assigns.
fn enables(one: &HtmlInputElement) -> bool {
    match one.get_attribute("data-kind") {
        Some(kind) => kind == "enable",
        None => one.name().contains("enabled"),
    }
}

/// Every cell's box for assigning with its box for enabling, which comes next.
fn each_pair(table: &Element, follow: impl Fn(&HtmlInputElement, &HtmlInputElement)) {
    let mut cells = grid::boxes(table, ":not([data-all])");
    while let (Some(assign), Some(enable)) = (cells.next(), cells.next()) {
        follow(&assign, &enable);
    }
}
