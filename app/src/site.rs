//! What a page must load to come alive: style, WebAssembly, and the message catalogue.

use leptos::{PrefetchLazyFn, nonce::use_nonce, prelude::*};
use serde::Deserialize;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
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

    /// The files of the lazy functions that a page has used.
    fn parts(&self, used: &HashSet<&'static str>) -> BTreeSet<String> {
        let files = used
            .iter()
            .filter_map(|function| self.prefetch.get(*function));
        files
            .flatten()
            .map(|name| Self::address(&format!("{name}.wasm")))
            .collect()
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

/// The style sheet, for the `<head>`.
#[component]
pub fn Style() -> impl IntoView {
    let site = expect_context::<Arc<Site>>();
    view! { <link rel="stylesheet" href=Site::address(&site.css) /> }
}

/// What makes a page come alive, for the end of its `<body>`.
///
/// The page can be read and used without it, so nothing of it is asked for until the browser has painted:
/// on a slow line it would take the way of the page itself (S-9). Then all downloads begin at once, those
/// of the page's lazy parts among them. `messages` is the address of the catalogue in the page's
/// language; hydration starts when it and the WebAssembly are there, and a page that can't load them
/// stays as the server wrote it.
#[component]
pub fn SiteScripts(
    /// The address of the message catalogue.
    messages: String,
) -> impl IntoView {
    let site = expect_context::<Arc<Site>>();
    let used = use_context::<PrefetchLazyFn>();
    Suspend::new(async move {
        // What comes after the page in the document is written after it, when its parts are known.
        leptos::task::tick().await;
        let parts = used.and_then(|used| used.0.try_with_value(|used| site.parts(used)));
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let parts = format!("{parts:?}");
        let (js, wasm) = (Site::address(&site.js), Site::address(&site.wasm));
        let address = came_back_from();
        let script = format!(
            "{address}const load = async () => {{\
                for (const href of {parts}) {{\
                    const link = {{ rel: \"preload\", as: \"fetch\", crossOrigin: \"\", href }};\
                    document.head.append(Object.assign(document.createElement(\"link\"), link));\
                }}\
                const wasm = fetch({wasm:?});\
                const messages = fetch({messages:?}).then(answer => answer.text());\
                const {{ default: start, hydrate }} = await import({js:?});\
                await start({{ module_or_path: wasm }});\
                hydrate(await messages);\
            }};\
            document.hidden ? load() : requestAnimationFrame(() => setTimeout(load));"
        );
        view! {
            <script type="module" nonce=use_nonce()>
                {script}
            </script>
        }
    })
}
