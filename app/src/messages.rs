//! What people read: every sentence of the interface, checked by the compiler, in the person's language.
//!
//! The texts stand in `messages/*.toml`. The server carries all languages; the browser loads the one
//! it needs with [`load`] before it hydrates, so the WebAssembly holds no sentence at all.

mod language;
mod number;

pub use language::Language;
pub use number::{Count, number};

use std::fmt::Display;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

#[cfg(feature = "ssr")]
mod served;
#[cfg(feature = "ssr")]
use served::{Catalogue, text};
#[cfg(feature = "ssr")]
pub use served::{at_once, catalogue, current, href, router, with};

#[cfg(not(feature = "ssr"))]
mod loaded;
#[cfg(not(feature = "ssr"))]
use loaded::text;
#[cfg(not(feature = "ssr"))]
pub use loaded::{at_once, current, load};

/// A text with its `{names}` replaced; the build has checked that each has a value.
fn fill(index: usize, values: &[(&str, &dyn Display)]) -> String {
    replace(text(index), values)
}

/// The form for `n`: the texts for one and for other stand next to each other. `{n}` is grouped (1,248).
fn plural(index: usize, n: i64, values: &[(&str, &dyn Display)]) -> String {
    let form = if current().is_one(n) {
        index
    } else {
        index + 1
    };
    let shown = number(n);
    let mut all: Vec<(&str, &dyn Display)> = vec![("n", &shown)];
    all.extend_from_slice(values);
    replace(text(form), &all)
}

fn replace(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut parts = template.split('{');
    let mut whole = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            whole.push_str(&value.to_string());
        }
        whole.push_str(rest);
    }
    whole
}

#[cfg(test)]
#[path = "../build/catalogue.rs"]
mod generator;

#[cfg(all(test, feature = "ssr"))]
mod tests;
