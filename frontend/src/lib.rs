//! Brings the pages that the server wrote to life.

// The views of whole pages are deep types.
#![recursion_limit = "256"] // the types of views nest deeply

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the WebAssembly and the message catalogue are there.
///
/// `messages` is the catalogue as JSON: without it the first text that is hydrated would differ
/// from the server's.
#[wasm_bindgen]
pub fn hydrate(messages: &str) {
    console_error_panic_hook::set_once();
    if app::messages::load(messages) {
        leptos::mount::hydrate_lazy(app::App);
    } else {
        leptos::logging::error!("the message catalogue can't be read, so the page stays as it is");
    }
}
