//! A person's picture, or their initials on a colour of their own, and the two lines beside it.

use super::Text;
use crate::messages::t;
use leptos::prelude::*;

/// Stands beside the name, so a screen reader skips it. `id` chooses the colour; any text that stays the same will do.
#[component]
pub fn Face(
    #[prop(into)] name: Text,
    #[prop(into)] id: String,
    /// The address of the picture.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    #[prop(optional)] big: bool,
) -> impl IntoView {
    let class = format!("face hue-{}{}", hue(&id), if big { " big" } else { "" });
    match picture {
        Some(address) => view! { <span class=class aria-hidden="true"><img src=address alt="" width="56" height="56" loading="lazy" decoding="async"/></span> }.into_any(),
        None => view! { <span class=class aria-hidden="true">{initials(&name)}</span> }.into_any(),
    }
}

/// Face, name and email as in a list. Without a name the email takes its place (E-02).
#[component]
pub fn Person(
    #[prop(into)] name: Text,
    #[prop(into)] email: Text,
    #[prop(into)] id: String,
    #[prop(optional_no_strip)] picture: Option<String>,
    /// Makes the name the link of its row.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let named = !name.is_empty();
    let (first, second) = if named {
        (name, email)
    } else {
        (email, t::person_no_name().into())
    };
    let line = match href {
        Some(href) => {
            view! { <a class="row-link truncate" href=href><b>{first.clone()}</b></a> }.into_any()
        }
        None => view! { <b class="truncate">{first.clone()}</b> }.into_any(),
    };
    view! {
        <div class="person">
            <Face name=first id picture/>
            <div>{line}<small>{second}</small></div>
        </div>
    }
}

/// One of the twelve classes `hue-0` to `hue-11`.
fn hue(id: &str) -> u32 {
    id.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % 12
}

/// "Ada Lindqvist" is AL, "c.oyelaran@…" is CO; scripts without spaces give their first character.
fn initials(name: &str) -> String {
    let name = name.split('@').next().unwrap_or(name);
    let words = name
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '-'))
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    words.take(2).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_two_words() {
        assert_eq!(initials("Ada Lindqvist"), "AL");
        assert_eq!(initials("Max De Smet"), "MD");
        assert_eq!(initials("c.oyelaran@demo.example"), "CO");
        assert_eq!(initials("陳美玲"), "陳");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn a_hue_stays_the_same_and_is_one_of_twelve() {
        assert_eq!(hue("a"), hue("a"));
        assert!((0..500).all(|n| hue(&n.to_string()) < 12));
    }
}
