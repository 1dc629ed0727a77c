//! The few steps that only a browser can take; on the server they do nothing, since no event happens there.

mod form;
mod keys;
mod passkey;

pub use form::{changed_fields, form_around, keep_as_defaults, show_saved, touched};
pub use keys::{in_dialog, is_typing, pick_row, press, step_row};
pub use passkey::{new_passkey, offers_passkeys, passkey};

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// The element that an event happened in, or one around it, that matches.
fn closest(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
    event
        .target()?
        .dyn_into::<web_sys::Element>()
        .ok()?
        .closest(selector)
        .ok()
        .flatten()
}

/// Follows a link to a field with the focus too, which the router's own handling of `#` would not do.
pub fn go_to_field(event: web_sys::MouseEvent) {
    let Some(link) = closest(&event, "a[href^='#']") else {
        return;
    };
    let id = link.get_attribute("href").unwrap_or_default();
    if let Some(field) = document()
        .get_element_by_id(id.trim_start_matches('#'))
        .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
    {
        event.prevent_default();
        event.stop_propagation();
        field.scroll_into_view();
        let _ = field.focus();
    }
}

/// A text without case and accents, for finding it among a few on the page.
pub fn plain(text: &str) -> String {
    #[cfg(feature = "hydrate")]
    let text = String::from(web_sys::js_sys::JsString::from(text).normalize("NFKD"));
    let mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    text.to_lowercase().chars().filter(|c| !mark(c)).collect()
}

/// Puts a text on the clipboard.
#[cfg(feature = "hydrate")]
pub fn copy(text: &str) {
    let _promise = window().navigator().clipboard().write_text(text);
}

#[cfg(not(feature = "hydrate"))]
pub fn copy(_text: &str) {}

/// Text as it stands in the query of an address.
pub fn encoded(text: &str) -> String {
    let each = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(each).collect()
}

/// Asks with the browser's own dialog, which blocks until it is answered.
#[cfg(feature = "hydrate")]
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(true)
}

#[cfg(not(feature = "hydrate"))]
pub fn confirm(_question: &str) -> bool {
    true
}

/// Which of `rows` rows of equal height something was dropped on whose top is `below_top` pixels above
/// the pointer; from 0.
#[cfg(feature = "hydrate")]
pub fn row_under(event: &web_sys::DragEvent, rows: u16, below_top: f64) -> Option<u16> {
    let column: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    let top = f64::from(event.client_y()) - column.get_bounding_client_rect().top() - below_top;
    let height = f64::from(column.client_height()) / f64::from(rows.max(1));
    let row = (top / height)
        .round()
        .clamp(0.0, f64::from(rows.saturating_sub(1)));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and rows"
    )]
    Some(row as u16)
}

#[cfg(not(feature = "hydrate"))]
pub fn row_under(_event: &web_sys::DragEvent, _rows: u16, _below_top: f64) -> Option<u16> {
    None
}

/// The value of the button that sends a form, when it is one of those called `press`.
#[cfg(feature = "hydrate")]
pub fn pressed(event: &web_sys::SubmitEvent) -> Option<String> {
    let button = event.submitter()?;
    let is_press = button.get_attribute("name").as_deref() == Some("press");
    is_press.then(|| button.get_attribute("value")).flatten()
}

#[cfg(not(feature = "hydrate"))]
pub fn pressed(_event: &web_sys::SubmitEvent) -> Option<String> {
    None
}

/// The fields of a form that is being sent, in their order.
#[cfg(feature = "hydrate")]
pub fn fields_of(event: &web_sys::SubmitEvent) -> Option<Vec<(String, String)>> {
    let form: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let pairs = data.entries().into_iter().filter_map(|pair| {
        let pair = web_sys::js_sys::Array::from(&pair.ok()?);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Some(pairs.collect())
}

#[cfg(not(feature = "hydrate"))]
pub fn fields_of(_event: &web_sys::SubmitEvent) -> Option<Vec<(String, String)>> {
    None
}

/// Whether the pointer or the focus is in there.
pub fn is_in_use(element: &web_sys::Element) -> bool {
    element.matches(":hover, :focus-within").unwrap_or(false)
}

/// Listens to the window as long as the component lives.
#[cfg(feature = "hydrate")]
pub fn listen<E: leptos::ev::EventDescriptor + 'static>(
    event: E,
    then: impl Fn(E::EventType) + 'static,
) where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, then);
    on_cleanup(move || listener.remove());
}

#[cfg(not(feature = "hydrate"))]
pub fn listen<E: leptos::ev::EventDescriptor + 'static>(
    _event: E,
    _then: impl Fn(E::EventType) + 'static,
) {
}

/// Tells the bar of a form that inputs were changed by a script, once they have their new values.
#[cfg(feature = "hydrate")]
pub fn changed() {
    set_timeout(
        || {
            if let Ok(event) = web_sys::Event::new("change") {
                let _ = window().dispatch_event(&event);
            }
        },
        std::time::Duration::ZERO,
    );
}

#[cfg(not(feature = "hydrate"))]
pub fn changed() {}

/// Where a pointer is in an element: how far across and how far down, from 0 to 1.
#[cfg(feature = "hydrate")]
pub fn within(element: &web_sys::Element, event: &web_sys::PointerEvent) -> (f64, f64) {
    let area = element.get_bounding_client_rect();
    let part = |at: i32, begin: f64, size: f64| ((f64::from(at) - begin) / size).clamp(0.0, 1.0);
    (
        part(event.client_x(), area.left(), area.width()),
        part(event.client_y(), area.top(), area.height()),
    )
}

#[cfg(not(feature = "hydrate"))]
pub fn within(_element: &web_sys::Element, _event: &web_sys::PointerEvent) -> (f64, f64) {
    (0.0, 0.0)
}

/// Sends what the pointer does to the element that it went down on, wherever it goes.
#[cfg(feature = "hydrate")]
pub fn hold(event: &web_sys::PointerEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(target) = target {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

#[cfg(not(feature = "hydrate"))]
pub fn hold(_event: &web_sys::PointerEvent) {}

/// Calls `ask` before a link leaves this page, earlier than the router, as long as the component lives.
#[cfg(feature = "hydrate")]
pub fn before_leaving(ask: impl Fn(web_sys::MouseEvent) + 'static) {
    use leptos::wasm_bindgen::closure::Closure;

    let listener =
        Closure::<dyn Fn(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
            if leaves(&event) {
                ask(event);
            }
        });
    let _ = document().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        let _removed = listener.try_with_value(|listener| {
            document()
                .remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref())
        });
    });
}

#[cfg(not(feature = "hydrate"))]
pub fn before_leaving(_ask: impl Fn(web_sys::MouseEvent) + 'static) {}

/// A plain click on a link to another page, in this window.
#[cfg(feature = "hydrate")]
fn leaves(event: &web_sys::MouseEvent) -> bool {
    let Some(link) = closest(event, "a[href]")
        .and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok())
    else {
        return false;
    };
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    plain
        && !event.default_prevented()
        && !link.has_attribute("download")
        && matches!(link.target().as_str(), "" | "_self")
        && Ok(link.pathname()) != location().pathname()
}

/// What stands in the input or the select of an id; empty where there is none.
pub fn value_of(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else {
        return String::new();
    };
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        return input.value();
    }
    let select = field.dyn_ref::<web_sys::HtmlSelectElement>();
    select.map(|select| select.value()).unwrap_or_default()
}

/// Puts a text into the input of an id, as if it had been typed.
pub fn fill(id: &str, text: &str) {
    let field = document().get_element_by_id(id);
    let input = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_value(text);
        changed();
    }
}
