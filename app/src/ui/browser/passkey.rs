//! Passkeys: what `frontend/live.js` asks of the browser, as JSON both ways.

/// Whether the browser offers passkeys in a field, without a button.
#[cfg(feature = "hydrate")]
pub async fn offers_passkeys() -> bool {
    let offered = wasm_bindgen_futures::JsFuture::from(script::offered()).await;
    offered.is_ok_and(|offered| offered.is_truthy())
}

/// Asks for a passkey; nothing when there is none, or its person thought better of it.
#[cfg(feature = "hydrate")]
pub async fn passkey(options: &str, conditional: bool) -> Option<String> {
    let answer = wasm_bindgen_futures::JsFuture::from(script::get(options, conditional)).await;
    answer.ok()?.as_string()
}

/// Makes a passkey; nothing when its person thought better of it.
#[cfg(feature = "hydrate")]
pub async fn new_passkey(options: &str) -> Option<String> {
    let answer = wasm_bindgen_futures::JsFuture::from(script::create(options)).await;
    answer.ok()?.as_string()
}

#[cfg(feature = "hydrate")]
mod script {
    use leptos::web_sys::js_sys::Promise;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = ["window", "staffroomPasskeys"])]
        pub fn offered() -> Promise;
        #[wasm_bindgen(js_namespace = ["window", "staffroomPasskeys"])]
        pub fn get(options: &str, conditional: bool) -> Promise;
        #[wasm_bindgen(js_namespace = ["window", "staffroomPasskeys"])]
        pub fn create(options: &str) -> Promise;
    }
}

#[cfg(not(feature = "hydrate"))]
pub async fn offers_passkeys() -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
pub async fn passkey(_options: &str, _conditional: bool) -> Option<String> {
    None
}

#[cfg(not(feature = "hydrate"))]
pub async fn new_passkey(_options: &str) -> Option<String> {
    None
}
