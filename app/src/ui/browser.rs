//! The few steps that only a browser can take; on the server they do nothing, since no event happens there.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// The element that an event happened in, or one around it, that matches.
fn closest(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok().flatten()
}

/// Follows a link to a field with the focus too, which the router's own handling of `#` would not do.
pub fn go_to_field(event: web_sys::MouseEvent) {
    let Some(link) = closest(&event, "a[href^='#']") else { return };
    let id = link.get_attribute("href").unwrap_or_default();
    if let Some(field) = document().get_element_by_id(id.trim_start_matches('#')).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        event.stop_propagation();
        field.scroll_into_view();
        let _ = field.focus();
    }
}

/// Puts a text on the clipboard.
#[cfg(feature = "hydrate")]
pub fn copy(text: &str) {
    let _promise = window().navigator().clipboard().write_text(text);
}

#[cfg(not(feature = "hydrate"))]
pub fn copy(_text: &str) {}

/// Asks with the browser's own dialog, which blocks until it is answered.
#[cfg(feature = "hydrate")]
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(true)
}

#[cfg(not(feature = "hydrate"))]
pub fn confirm(_question: &str) -> bool {
    true
}

/// Whether the pointer or the focus is in there.
pub fn is_in_use(element: &web_sys::Element) -> bool {
    element.matches(":hover, :focus-within").unwrap_or(false)
}

/// The form that an element stands in.
pub fn form_around(element: &web_sys::Element) -> Option<web_sys::HtmlFormElement> {
    element.closest("form").ok()??.dyn_into().ok()
}

/// The labels (else names) of the fields that differ from what the page began with, in their order.
pub fn changed_fields(form: &web_sys::HtmlFormElement) -> Vec<String> {
    let mut labels = Vec::new();
    for control in controls(form).filter(is_changed) {
        let around = control.closest(".field, .switch").ok().flatten();
        let label = around.and_then(|around| around.query_selector("label").ok().flatten()).and_then(|label| label.text_content());
        let label = label.or_else(|| control.get_attribute("name")).unwrap_or_default();
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// Makes what stands in the fields what they began with.
pub fn keep_as_defaults(form: &web_sys::HtmlFormElement) {
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
        return area.default_value().is_ok_and(|before| before != area.value());
    }
    // Where no option is marked, the first one is chosen.
    control.dyn_ref::<web_sys::HtmlSelectElement>().is_some_and(|select| {
        let first = (0..).zip(options(select)).find(|(_, option)| option.default_selected()).map_or(0, |(index, _)| index);
        select.selected_index() != first
    })
}

fn controls(form: &web_sys::HtmlFormElement) -> impl Iterator<Item = web_sys::Element> {
    let all = form.elements();
    (0..all.length()).filter_map(move |index| all.item(index)).filter(|control| control.has_attribute("name"))
}

fn options(select: &web_sys::HtmlSelectElement) -> impl Iterator<Item = web_sys::HtmlOptionElement> {
    (0..select.length()).filter_map(|index| select.item(index)).filter_map(|option| option.dyn_into().ok())
}

/// Listens to the window as long as the component lives.
#[cfg(feature = "hydrate")]
pub fn listen<E: leptos::ev::EventDescriptor + 'static>(event: E, then: impl Fn(E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, then);
    on_cleanup(move || listener.remove());
}

#[cfg(not(feature = "hydrate"))]
pub fn listen<E: leptos::ev::EventDescriptor + 'static>(_event: E, _then: impl Fn(E::EventType) + 'static) {}

/// Calls `ask` before a link leaves this page, earlier than the router, as long as the component lives.
#[cfg(feature = "hydrate")]
pub fn before_leaving(ask: impl Fn(web_sys::MouseEvent) + 'static) {
    use leptos::wasm_bindgen::closure::Closure;

    let listener = Closure::<dyn Fn(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        if leaves(&event) {
            ask(event);
        }
    });
    let _ = document().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        let _removed = listener.try_with_value(|listener| document().remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref()));
    });
}

#[cfg(not(feature = "hydrate"))]
pub fn before_leaving(_ask: impl Fn(web_sys::MouseEvent) + 'static) {}

/// A plain click on a link to another page, in this window.
#[cfg(feature = "hydrate")]
fn leaves(event: &web_sys::MouseEvent) -> bool {
    let Some(link) = closest(event, "a[href]").and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else { return false };
    let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    plain && !event.default_prevented() && !link.has_attribute("download") && matches!(link.target().as_str(), "" | "_self") && Ok(link.pathname()) != location().pathname()
}

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
    let Some(target) = find(selector) else { return false };
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
    let here = document().active_element().and_then(|element| row(&element));
    let at = |index: u32| links.item(index).and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    let now: Option<u32> = (0..links.length()).find(|index| here.is_some() && at(*index).and_then(|link| row(&link)) == here);
    let next = now.map_or(Some(0), |now| now.checked_add_signed(by));
    let Some(link) = next.and_then(at) else { return false };
    let _ = link.focus();
    true
}

/// Ticks or clears the box of the row that has the focus.
pub fn pick_row() -> bool {
    let pick = document().active_element().and_then(|element| element.closest("tr").ok().flatten()).and_then(|row| row.query_selector(".pick input").ok().flatten());
    let Some(pick) = pick.and_then(|pick| pick.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    pick.click();
    true
}
