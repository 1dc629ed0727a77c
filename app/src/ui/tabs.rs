//! Links that know whether they are where one is: tabs, and the links of panels and bars.

use super::Text;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A row of tabs, which are pages of their own.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for a screen reader.
    #[prop(into)]
    label: Text,
    children: Children,
) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label>{children()}</nav> }
}

/// One tab; current when the path is exactly its own.
#[component]
pub fn Tab(#[prop(into)] href: String, #[prop(into)] label: Text) -> impl IntoView {
    let current = is_current(href.clone(), true);
    view! { <a href=href aria-current=move || current.get().then_some("page")>{label}</a> }
}

/// Whether the path is `href`, or (not `exact`) lies below it.
pub fn is_current(href: String, exact: bool) -> Signal<bool> {
    let path = use_location().pathname;
    Signal::derive(move || path.with(|path| below(path, &href, exact)))
}

fn below(path: &str, href: &str, exact: bool) -> bool {
    let (path, href) = (path.trim_end_matches('/'), href.trim_end_matches('/'));
    match path.strip_prefix(href) {
        Some("") => true,
        Some(rest) => !exact && rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_link_is_current_at_its_path_and_below() {
        assert!(below("/employees", "/employees", true));
        assert!(below("/employees/", "/employees", true));
        assert!(!below("/employees/1", "/employees", true));
        assert!(below("/employees/1", "/employees", false));
        assert!(!below("/employees-old", "/employees", false));
    }
}
