//! Two lazy pages that prove the build of the site; the first real page replaces this file.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{A, Route, Router, Routes},
    lazy_route, path,
};

/// The document around every page.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    use crate::{messages, site::SiteScripts};
    let language = messages::current();
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <SiteScripts messages=messages::href(language) />
                <leptos_meta::MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Every page of Staffroom.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <nav>
                <A href="/">"One"</A>
                <A href="/other">"Other"</A>
            </nav>
            <main>
                <Routes fallback=|| "Nothing here">
                    <Route path=path!("/") view={Lazy::<One>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/other") view={Lazy::<Other>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
        </Router>
    }
}

struct One(RwSignal<i32>);

#[lazy_route]
impl LazyRoute for One {
    fn data() -> Self {
        Self(RwSignal::new(0))
    }

    fn view(one: Self) -> AnyView {
        let count = one.0;
        view! {
            <Title text="One" />
            <h1>"One"</h1>
            <button on:click=move |_| count.update(|count| *count += 1)>"Clicked " {count}</button>
        }
        .into_any()
    }
}

struct Other(RwSignal<String>);

#[lazy_route]
impl LazyRoute for Other {
    fn data() -> Self {
        Self(RwSignal::new(String::new()))
    }

    fn view(other: Self) -> AnyView {
        let text = other.0;
        view! {
            <Title text="Other" />
            <h1>"Other"</h1>
            <input aria-label="Text" bind:value=text />
            <p>{move || text.get().chars().rev().collect::<String>()}</p>
        }
        .into_any()
    }
}
