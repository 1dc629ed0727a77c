//! The numbers of a page, with who has each, and the boxes of those that can be removed (C-04).

use super::RemoveNumbers;
use super::address::Address;
use super::list::Inventory;
use crate::contact_centre::words::environment_word;
use crate::messages::t;
use crate::ui::{Empty, Icon, Pager, Pill, Submit, Tone, Typed};
use domain::contact_centre::number::{Holder, Number};
use leptos::prelude::*;

#[component]
pub(super) fn Rows(
    address: Address,
    page: Inventory,
    remove: ServerAction<RemoveNumbers>,
) -> AnyView {
    if page.numbers.is_empty() {
        let (title, text) = match page.all {
            0 => (t::setup_numbers_empty_title(), t::setup_number_why()),
            _ => (t::setup_numbers_none_title(), t::setup_numbers_none_text()),
        };
        return view! { <Empty icon=Icon::Phone title=title text=text /> }.into_any();
    }
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let shown = i64::try_from(page.numbers.len()).unwrap_or_default();
    let last = page.skipped + shown;
    let key = |number: Option<&Number>| {
        let number = number.map(|number| number.number.as_str().to_owned());
        number.unwrap_or_default()
    };
    let previous = (page.skipped > 0).then(|| address.href("before", &key(page.numbers.first())));
    let next = (last < page.found).then(|| address.href("after", &key(page.numbers.last())));
    let removable = page.numbers.iter().any(|number| number.holder.is_none());
    let mut rows = Vec::new();
    for number in page.numbers {
        rows.push(row(&address, number));
    }
    let buttons = removable.then(|| {
        view! {
            <div class="buttons">
                <Submit label=t::setup_remove() danger=true pending=remove.pending() />
            </div>
        }
    });
    view! {
        <ActionForm action=remove attr:class="stack-l" attr:novalidate=true>
            <div class="sheet">
                <table class="table numbers">
                    <caption class="visually-hidden">{t::setup_numbers()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t::label_number()}</th>
                            <th scope="col">{t::label_status()}</th>
                            <th scope="col">{t::setup_holder()}</th>
                            <th scope="col">{t::setup_release()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {buttons}
        </ActionForm>
        <Pager first=count(page.skipped + 1) last=count(last) total=count(page.found) previous next />
    }
    .into_any()
}

fn row(address: &Address, number: Number) -> AnyView {
    let text = number.number.as_str().to_owned();
    let free = number.holder.is_none();
    let ticked = use_context::<Typed>().is_some_and(|typed| typed.has("numbers[]", &text));
    let name = match free {
        true => view! {
            <label class="choice">
                <input type="checkbox" name="numbers[]" value=text.clone() checked=ticked />
                <b>{text.clone()}</b>
            </label>
        }
        .into_any(),
        false => view! { <b>{text.clone()}</b> }.into_any(),
    };
    let pill = match free {
        true => view! { <Pill tone=Tone::Good text=t::setup_free() /> },
        false => view! { <Pill tone=Tone::Quiet text=t::setup_taken() /> },
    };
    let holder = match number.holder {
        Some(Holder::User {
            id,
            name,
            environment,
        }) => view! {
            <a href=format!("/employees/{id}")>{name}</a>
            <span class="quiet">" · "{environment_word(environment)}</span>
        }
        .into_any(),
        Some(Holder::Channel { name, .. }) => view! {
            {name}
            <span class="quiet">" · "{t::label_channel()}</span>
        }
        .into_any(),
        None => ().into_any(),
    };
    let release = (!free).then(|| {
        let href = address.href("release", &text);
        view! {
            <a class="button small" href=href aria-label=t::setup_release_title(&text)>{t::setup_release()}</a>
        }
    });
    view! {
        <tr>
            <td class="who">{name}</td>
            <td class="status">{pill}</td>
            <td class="what">{holder}</td>
            <td class="where">{release}</td>
        </tr>
    }
    .into_any()
}
