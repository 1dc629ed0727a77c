//! A page of the inventory, as its address asks (C-04).

use super::address::Address;
use super::form::{Add, Release};
use super::table::Rows;
use super::{AddNumbers, ReleaseNumber, RemoveNumbers};
use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::{Done, leave_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Notice, Search, Select, Submit, Title, Tone};
use domain::contact_centre::number::Number;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A page of the inventory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Inventory {
    pub numbers: Vec<Number>,
    /// How many that were asked for come before this page.
    pub skipped: i64,
    /// How many were asked for.
    pub found: i64,
    /// How many there are.
    pub all: i64,
    /// How many somebody has.
    pub used: i64,
    /// The number that is to be released, if somebody has it.
    pub release: Option<Number>,
}

/// A page of the inventory.
#[server(endpoint = "list_numbers", input = server_fn::codec::Json)]
pub async fn list_numbers(address: Address) -> Result<Inventory, AppError> {
    use domain::field::Phone;
    use store::contact_centre::number::Search;
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    let page = request
        .numbers(&Search {
            digits: address.q,
            used: match address.show.as_str() {
                "used" => Some(true),
                "free" => Some(false),
                _ => None,
            },
            after: some(address.after),
            before: some(address.before),
        })
        .await?;
    let release = match Phone::e164(&address.release) {
        Ok(number) => request.numbers_of(&[number]).await?.pop(),
        Err(_) => None,
    };
    Ok(Inventory {
        numbers: page.numbers,
        skipped: page.skipped,
        found: page.found,
        all: page.all,
        used: page.used,
        release: release.filter(|number| number.holder.is_some()),
    })
}

/// `/contact-centre/numbers?q=…&show=…`
pub struct NumbersPage;

#[lazy_route]
impl LazyRoute for NumbersPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let address = Memo::new(move |_| query.with(Address::read));
        let page = Resource::new(
            move || address.get(),
            |address| async move {
                let page = list_numbers(address.clone()).await?;
                Ok::<_, AppError>((address, page))
            },
        );
        let forms = Forms {
            add: ServerAction::new(),
            release: ServerAction::new(),
            remove: ServerAction::new(),
        };
        let attempts = [
            provide_form(forms.add),
            provide_form(forms.release),
            provide_form(forms.remove),
        ];
        provide_problems_of(attempts);
        leave_when_done(forms.add);
        leave_when_done(forms.release);
        leave_when_done(forms.remove);
        for attempt in attempts {
            when_late(attempt, move || page.refetch());
        }
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok((address, page)) => {
                            view! { <Shown address page forms added=attempts[0] /> }.into_any()
                        }
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The forms of the page.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    pub add: ServerAction<AddNumbers>,
    pub release: ServerAction<ReleaseNumber>,
    pub remove: ServerAction<RemoveNumbers>,
}

/// How many numbers came, and how many were there already, for those who were sent here.
#[component]
fn Came() -> impl IntoView {
    let query = use_query_map();
    let count = move |name| {
        let text = query.with_untracked(|query| query.get(name));
        text.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0)
    };
    let (added, known) = (count("added"), count("known"));
    let known = (known > 0).then(|| view! { <p>{t::setup_numbers_known(known)}</p> });
    (added > 0).then(|| {
        view! {
            <Notice tone=Tone::Good title=t::setup_numbers_added(added) live=true>
                {known}
            </Notice>
        }
    })
}

#[component]
fn Shown(address: Address, page: Inventory, forms: Forms, added: Attempt) -> AnyView {
    let none = page.all == 0;
    let open = Signal::derive(move || none || added.error.get().is_some());
    let free = page.all - page.used;
    let release = page.release.clone();
    let shows = [
        ("", t::setup_show_all()),
        ("free", t::setup_show_free()),
        ("used", t::setup_show_used()),
    ];
    let shows = shows.map(|(code, word)| (code.to_owned(), word.to_owned()));
    view! {
        <Title text=t::setup_numbers() />
        <div class="head">
            <h1>{t::setup_numbers()}</h1>
            <span class="count">{t::setup_n_free(free, page.all)}</span>
        </div>
        <Done />
        <Came />
        <ErrorSummary />
        {release.map(|number| view! { <Release number release=forms.release /> })}
        <Add add=forms.add open />
        // The address has the whole question, so that it works without WebAssembly.
        <form method="get" action=super::address::PATH class="seek">
            <Search label=t::setup_search() placeholder=t::setup_search() value=address.q.clone() />
            <Select label=t::setup_show() name="show" options=shows.into() value=address.show.clone() />
            <Submit label=t::setup_find() secondary=true />
        </form>
        <Rows address page remove=forms.remove />
    }
    .into_any()
}
