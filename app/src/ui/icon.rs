//! Icons: lines on 24 × 24, drawn in the colour of the text, always beside a word or inside a named control.

use leptos::prelude::*;

/// Put one into a view as it is: `{Icon::Plus}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Account,
    Alert,
    Appointments,
    Ascending,
    Back,
    Calendar,
    Check,
    Clock,
    Close,
    Copy,
    Down,
    Download,
    Edit,
    Eye,
    Filter,
    Headset,
    Key,
    Link,
    Mail,
    More,
    Next,
    Office,
    People,
    Phone,
    Plus,
    Search,
    Settings,
    Shield,
    SignOut,
    Stop,
    Swap,
    Tag,
    Trash,
    Undo,
    Upload,
    Video,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Account => {
                r#"<circle cx="12" cy="8.500" r="3.500"/><path d="M5 20c.6-3.800 3.300-6 7-6s6.400 2.200 7 6"/>"#
            }
            Icon::Alert => r#"<path d="M12 4 2.800 19.500h18.400zM12 10v4.500M12 17h.01"/>"#,
            Icon::Appointments => {
                r#"<path d="M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01"/>"#
            }
            Icon::Ascending => r#"<path d="M12 19V5M6.500 10.500 12 5l5.500 5.500"/>"#,
            Icon::Back => r#"<path d="m14 6-6 6 6 6"/>"#,
            Icon::Calendar => r#"<path d="M4 6.500h16v13H4zM4 10.500h16M8 4v4M16 4v4"/>"#,
            Icon::Check => r#"<path d="m5 12.500 4.500 4.500L19 7.500"/>"#,
            Icon::Clock => r#"<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>"#,
            Icon::Close => r#"<path d="m7 7 10 10M17 7 7 17"/>"#,
            Icon::Copy => {
                r#"<rect x="8.500" y="8.500" width="11" height="11" rx="2"/><path d="M15.500 5.500v-1h-11v11h1"/>"#
            }
            Icon::Down => r#"<path d="m6 9.500 6 6 6-6"/>"#,
            Icon::Download => r#"<path d="M12 4v11M7 10.500l5 5 5-5M4.500 19.500h15"/>"#,
            Icon::Edit => {
                r#"<path d="M4.500 19.500 5.500 15 16 4.500l3.500 3.500L9 18.500zM13.500 7l3.500 3.500"/>"#
            }
            Icon::Eye => {
                r#"<path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z"/><circle cx="12" cy="12" r="2.800"/>"#
            }
            Icon::Filter => r#"<path d="M4 6h16M7 12h10M10 18h4"/>"#,
            Icon::Headset => {
                r#"<path d="M4 13a8 8 0 0 1 16 0M4 13v4a2 2 0 0 0 2 2h1v-6H4zM20 13v4a2 2 0 0 1-2 2h-1v-6h3z"/>"#
            }
            Icon::Key => {
                r#"<circle cx="8" cy="15.500" r="4"/><path d="m11 12.500 8.500-8.500M16 7.500l3 3M13.500 10l2 2"/>"#
            }
            Icon::Link => {
                r#"<path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1"/>"#
            }
            Icon::Mail => r#"<path d="M3.500 5.500h17v13h-17zM4 6.500l8 6.500 8-6.500"/>"#,
            Icon::More => {
                r#"<path d="M5.500 12h.01M12 12h.01M18.500 12h.01" stroke-width="2.600"/>"#
            }
            Icon::Next => r#"<path d="m10 6 6 6-6 6"/>"#,
            Icon::Office => {
                r#"<path d="M5 20V5.500L13 4v16M13 9h6v11M3 20h18M8 9h2M8 12.500h2M8 16h2M16 12.500h.01M16 16h.01"/>"#
            }
            Icon::People => {
                r#"<circle cx="9" cy="8" r="3.200"/><path d="M3.500 19c.4-3.400 2.600-5.200 5.500-5.200s5.100 1.800 5.500 5.200M16 5.200a3.200 3.200 0 0 1 0 5.800M17 14c2 .6 3.200 2.300 3.500 5"/>"#
            }
            Icon::Phone => {
                r#"<path d="M5 4.500h3.500L10 9 7.800 10.500a12 12 0 0 0 5.700 5.700L15 14l4.500 1.500V19a1.500 1.500 0 0 1-1.700 1.500A15.500 15.500 0 0 1 3.500 6.200 1.500 1.500 0 0 1 5 4.500z"/>"#
            }
            Icon::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Icon::Search => r#"<circle cx="11" cy="11" r="6.500"/><path d="m20 20-4.200-4.200"/>"#,
            Icon::Settings => {
                r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.200"/><circle cx="9" cy="17" r="2.200"/>"#
            }
            Icon::Shield => {
                r#"<path d="M12 3.500 5 6v5.500c0 4.300 2.900 7.500 7 9 4.100-1.500 7-4.700 7-9V6z"/>"#
            }
            Icon::SignOut => {
                r#"<path d="M14 4.500H5v15h9M10 12h10.500M17 8.500l3.500 3.500-3.500 3.500"/>"#
            }
            Icon::Stop => r#"<circle cx="12" cy="12" r="8"/><path d="M8.500 12h7"/>"#,
            Icon::Swap => {
                r#"<path d="M4 8.500h15M15 4.500l4 4-4 4M20 15.500H5M9 11.500l-4 4 4 4"/>"#
            }
            Icon::Tag => r#"<path d="M4 12.500V4.500h8l8 8-8 8zM8.200 8.700h.01"/>"#,
            Icon::Trash => {
                r#"<path d="M4.500 7h15M9 7V4.500h6V7M6.500 7l1 13h9l1-13M10 11v5M14 11v5"/>"#
            }
            Icon::Undo => {
                r#"<path d="M8.500 5 4 9.500 8.500 14M4.500 9.500H14a5 5 0 0 1 0 10h-4"/>"#
            }
            Icon::Upload => r#"<path d="M12 15.500v-11M7 9l5-5 5 5M4.500 19.500h15"/>"#,
            Icon::Video => r#"<path d="M3.500 6.500h11v11h-11zM14.500 11l6-3.500v9l-6-3.500"/>"#,
        }
    }
}

impl IntoRender for Icon {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=self.path()></svg> }.into_any()
    }
}
