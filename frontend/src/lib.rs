//! Brings the pages that the server wrote to life.

#![recursion_limit = "256"] // the types of views nest deeply

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

/// Called by the page once the WebAssembly and the message catalogue are there.
///
/// `messages` is the catalogue as JSON: without it the first text that is hydrated would differ
/// from the server's.
#[wasm_bindgen]
pub fn hydrate(messages: &str) {
    console_error_panic_hook::set_once();
    let document = web_sys::window().and_then(|window| window.document());
    let body = document.as_ref().and_then(web_sys::Document::body);
    let (Some(document), Some(body)) = (document, body) else {
        return;
    };
    if app::messages::load(messages) {
        spawn_local(come_alive(document, body));
    } else {
        leptos::logging::error!("the message catalogue can't be read, so the page stays as it is");
    }
}

/// Hydrates the page, with the parts that its route loads, and says so in `data-hydrated`.
async fn come_alive(document: web_sys::Document, body: HtmlElement) {
    leptos::mount::hydrate_from_async(body, app::App)
        .await
        .forget();
    if let Some(html) = document.document_element() {
        // Only tests and style sheets look at it.
        let _ = html.set_attribute("data-hydrated", "");
    }
}
