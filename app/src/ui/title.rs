//! What the tab says.

use leptos::prelude::*;

/// The title of the page that is shown. It stays until the next page says its own; that of
/// `leptos_meta` would be empty while a page comes alive and between two pages.
#[component]
pub fn Title(#[prop(into)] text: String) -> impl IntoView {
    let text = format!("{text} · Staffroom");
    #[cfg(feature = "ssr")]
    let _head = view! { <leptos_meta::Title text /> };
    #[cfg(not(feature = "ssr"))]
    document().set_title(&text);
}
