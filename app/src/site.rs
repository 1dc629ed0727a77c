//! What a page must load to come alive: style, WebAssembly, and the message catalogue.

use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use serde::Deserialize;
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

/// Where the files of the built site are served.
pub const PACKAGE: &str = "/pkg";

/// The names of the files of the site, which change with their content; `xtask` writes them into
/// `site.json`, the server puts an `Arc<Site>` into the context of every page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Site {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that starts the WebAssembly and loads the parts of lazy routes.
    pub js: String,
    /// The WebAssembly of the first load.
    pub wasm: String,
    /// Lazy function to the files it needs, without their `.wasm`.
    pub prefetch: HashMap<String, Vec<String>>,
}

impl Site {
    fn address(name: &str) -> String {
        format!("{PACKAGE}/{name}")
    }

    /// What Leptos needs to preload the parts of the routes that a page has used.
    fn manifest(&self) -> WasmSplitManifest {
        static MANIFEST: OnceLock<WasmSplitManifest> = OnceLock::new();
        MANIFEST
            .get_or_init(|| {
                WasmSplitManifest(ArcStoredValue::new((
                    PACKAGE.to_owned(),
                    self.prefetch.clone(),
                    self.js.clone(),
                )))
            })
            .clone()
    }
}

/// A form that was refused shows its page at the address it was posted to; before the page comes
/// alive, the browser must stand where the page belongs.
fn came_back_from() -> String {
    let parts = use_context::<axum::http::request::Parts>();
    let page = parts.filter(|parts| {
        parts
            .extensions
            .get::<crate::request::Submitted>()
            .is_some()
    });
    page.map_or_else(String::new, |page| {
        let path = page.uri.path_and_query().map_or("/", |path| path.as_str());
        format!(
            "history.replaceState(null, \"\", {:?});",
            path.replace('<', "%3C")
        )
    })
}

/// Style and scripts of a page, for its `<head>`.
///
/// All downloads begin at once: the browser sees each address in the HTML. The style comes first, since
/// the page can be read without the rest. `messages` is the
/// address of the catalogue in the page's language; hydration starts when it and the WebAssembly
/// are there, and a page that can't load them stays as the server wrote it.
#[component]
pub fn SiteScripts(
    /// The address of the message catalogue.
    messages: String,
) -> impl IntoView {
    let site = expect_context::<Arc<Site>>();
    provide_context(site.manifest());
    let js = Site::address(&site.js);
    let wasm = Site::address(&site.wasm);
    let address = came_back_from();
    let script = format!(
        "{address}import start, {{ hydrate }} from {js:?};\
         const messages = fetch({messages:?}).then(answer => answer.text());\
         await start({{ module_or_path: {wasm:?} }});\
         hydrate(await messages);"
    );
    view! {
        <link rel="stylesheet" href=Site::address(&site.css) />
        <link rel="modulepreload" href=js crossorigin="" fetchpriority="low" />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" fetchpriority="low" />
        <link rel="preload" href=messages r#as="fetch" r#type="application/json" crossorigin="" fetchpriority="low" />
        <script type="module" nonce=use_nonce()>
            {script}
        </script>
    }
}
