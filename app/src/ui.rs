//! What pages are made of: fields, pills, dialogs and the like, each with a style sheet of its name in `style/components`.

pub mod browser;
mod button;
mod dialog;
mod error_summary;
mod face;
mod field;
pub mod form;
mod frame;
mod icon;
mod list;
pub mod moment;
mod notice;
mod pill;
mod popover;
mod save_bar;
mod shortcuts;
mod switch;
mod tabs;
mod title;
mod toast;

pub use browser::encoded;
pub use button::Submit;
pub use dialog::Dialog;
pub use error_summary::ErrorSummary;
pub use face::{Face, Person};
pub use field::{Choice, Field, GroupWhy, Select, TextArea};
pub(crate) use form::escape;
pub use form::{FieldProblem, Problems, Typed, provide_problems, provide_typed};
pub use frame::{Frame, FrameTab, Section};
pub use icon::Icon;
pub use list::{Chip, Empty, Pager, Search, SkeletonRows, SortHead, Sorted};
pub use moment::{Moment, Time};
pub use notice::{CopyField, Notice};
pub use pill::{
    Pill, RoleList, StatusPill, Tone, pill_html, role_icon, role_word, status_tone, status_word,
};
pub use popover::{AccountMenu, Menu, Popover};
pub use save_bar::{CreateBar, SaveBar};
pub use shortcuts::Shortcuts;
pub use switch::{Check, Switch};
pub use tabs::{Tab, Tabs, is_current};
pub use title::Title;
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};

/// A text of the interface: borrowed from the catalogue, or made of its parts.
pub type Text = leptos::oco::Oco<'static, str>;

#[cfg(all(test, feature = "ssr"))]
mod tests;
