//! What a form holds now, against what it began with.

use leptos::{wasm_bindgen::JsCast, web_sys};

/// The form that an element stands in.
pub fn form_around(element: &web_sys::Element) -> Option<web_sys::HtmlFormElement> {
    element.closest("form").ok()??.dyn_into().ok()
}

/// The labels (else the `data-label` around them, else names) of the fields that differ from what the page began with, in their order.
pub fn changed_fields(form: &web_sys::HtmlFormElement) -> Vec<String> {
    let mut labels = Vec::new();
    for control in controls(form).filter(is_changed) {
        let around = control.closest(".field, .switch").ok().flatten();
        let label = around
            .and_then(|around| around.query_selector("label").ok().flatten())
            .and_then(|label| label.text_content());
        let group = control.closest("[data-label]").ok().flatten();
        let label = label.or_else(|| group.and_then(|group| group.get_attribute("data-label")));
        let label = label
            .or_else(|| control.get_attribute("aria-label"))
            .or_else(|| control.get_attribute("name"))
            .unwrap_or_default();
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// Says of a form that it was saved, and that nothing was typed since.
const SAVED: &str = "data-saved";

/// Shows what the server made of what was typed, such as a phone number in its usual form, once the
/// fields of a saved form have it; not when somebody has gone on typing.
pub fn show_saved(form: &web_sys::HtmlFormElement) {
    if form.has_attribute(SAVED) {
        touched(form);
        form.reset();
    }
}

/// Something was typed, so that nothing replaces it.
pub fn touched(form: &web_sys::HtmlFormElement) {
    let _ = form.remove_attribute(SAVED);
}

/// Makes what stands in the fields of a saved form what they began with.
pub fn keep_as_defaults(form: &web_sys::HtmlFormElement) {
    let _ = form.set_attribute(SAVED, "");
    for control in controls(form) {
        if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
            match input.type_().as_str() {
                "checkbox" | "radio" => input.set_default_checked(input.checked()),
                "file" | "password" => input.set_value(""),
                _ => input.set_default_value(&input.value()),
            }
        } else if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            let _ = area.set_default_value(&area.value());
        } else if let Some(select) = control.dyn_ref::<web_sys::HtmlSelectElement>() {
            let chosen = select.selected_index();
            for (index, option) in (0..).zip(options(select)) {
                option.set_default_selected(index == chosen);
            }
        }
    }
}

fn is_changed(control: &web_sys::Element) -> bool {
    if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" | "submit" | "button" | "reset" | "search" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return area
            .default_value()
            .is_ok_and(|before| before != area.value());
    }
    // Where no option is marked, the first one is chosen.
    control
        .dyn_ref::<web_sys::HtmlSelectElement>()
        .is_some_and(|select| {
            let first = (0..)
                .zip(options(select))
                .find(|(_, option)| option.default_selected())
                .map_or(0, |(index, _)| index);
            select.selected_index() != first
        })
}

fn controls(form: &web_sys::HtmlFormElement) -> impl Iterator<Item = web_sys::Element> {
    let all = form.elements();
    (0..all.length())
        .filter_map(move |index| all.item(index))
        .filter(|control| control.has_attribute("name"))
}

fn options(
    select: &web_sys::HtmlSelectElement,
) -> impl Iterator<Item = web_sys::HtmlOptionElement> {
    (0..select.length())
        .filter_map(|index| select.item(index))
        .filter_map(|option| option.dyn_into().ok())
}
