//! The command palette: people, offices, pages and actions that one may see, found by typing (Ctrl-K).

use crate::error::AppError;
use crate::me::{Me, links, use_me};
use crate::messages::t;
use crate::ui::{Face, Icon};
use leptos::{ev, html, prelude::*};
use serde::{Deserialize, Serialize};

/// The most people that are offered.
#[cfg(feature = "ssr")]
const PEOPLE: usize = 8;

/// Somebody or something that one can go to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Hit {
    pub href: String,
    pub name: String,
    /// The email of a person.
    pub under: String,
    /// The picture of a person, who has a face; an office has none.
    pub face: Option<Option<String>>,
}

/// The people and offices whose name or email holds `text`, as far as the asker may see them.
#[server(endpoint = "find", input = server_fn::codec::Json)]
pub async fn find(text: String) -> Result<Vec<Hit>, AppError> {
    use domain::{Action, listing::Query};
    let mut request = crate::request::Read::begin().await?;
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let actor = request.actor().clone();
    let offices = request.offices(&actor, Action::EditOffice).await?;
    let query = Query {
        search: text.clone(),
        ..Query::default()
    };
    let people = request
        .employees(actor.visibility(Action::ViewEmployee), &query)
        .await?;
    let person = |row: domain::listing::Summary| Hit {
        href: format!("/employees/{}", row.id),
        under: row.email.to_string(),
        face: Some(crate::me::picture_href(row.id, row.picture)),
        name: row.name,
    };
    let office = |office: domain::Office| Hit {
        href: format!("/offices/{}", office.id),
        name: office.profile.name,
        under: String::new(),
        face: None,
    };
    let text = domain::fold::fold(&text);
    let offices = offices
        .into_iter()
        .filter(|office| domain::fold::fold(&office.name).contains(text.trim()));
    let people = people.rows.into_iter().take(PEOPLE).map(person);
    Ok(people.chain(offices.map(office)).collect())
}

/// Stands once, in the frame; what is in it is loaded when it is opened first.
#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    move || open.get().then(|| Suspend::new(opened(open)))
}

#[lazy]
fn opened(open: RwSignal<bool>) -> AnyView {
    let (dialog, text, chosen) = (
        NodeRef::<html::Dialog>::new(),
        RwSignal::new(String::new()),
        RwSignal::new(0_usize),
    );
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            let _ = dialog.show_modal();
        }
    });
    let places = places(&use_me());
    let found = Resource::new(move || text.get(), find);
    let hits = Memo::new(move |_| {
        let text = text.with(|text| text.trim().to_lowercase());
        let people = found.get().and_then(Result::ok).unwrap_or_default();
        let places = places
            .iter()
            .filter(|(_, name, _)| name.to_lowercase().contains(&text))
            .cloned();
        let people = people.into_iter().map(|hit| {
            let name = hit.name.clone();
            (Target::Found(hit), name, t::palette_office())
        });
        people.chain(places).collect::<Vec<_>>()
    });
    let pressed = move |event: ev::KeyboardEvent| {
        let count = hits.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.update(|chosen| *chosen = (*chosen + 1) % count),
            "ArrowUp" if count > 0 => {
                chosen.update(|chosen| *chosen = (*chosen + count - 1) % count);
            }
            "Enter" => {
                crate::ui::browser::press(".palette-results [aria-selected='true']");
            }
            _ => return,
        }
        event.prevent_default();
    };
    let typed = move |event| {
        chosen.set(0);
        text.set(event_target_value(&event));
    };
    let active =
        move || hits.with(|hits| (!hits.is_empty()).then(|| format!("hit-{}", chosen.get())));
    let options = move || {
        let option = |(index, (target, name, kind)): (usize, (Target, String, &'static str))| {
            let (href, mark, under) = target.shown();
            let selected = move || {
                if chosen.get() == index {
                    "true"
                } else {
                    "false"
                }
            };
            view! {
                <a id=format!("hit-{index}") role="option" tabindex="-1" href=href aria-selected=selected on:click=move |_| open.set(false)>
                    {mark}
                    {name}
                    <small>{if under.is_empty() { kind.to_owned() } else { under }}</small>
                </a>
            }
        };
        hits.get()
            .into_iter()
            .enumerate()
            .map(option)
            .collect_view()
    };
    let nothing = move || {
        let none = hits.with(Vec::is_empty) && text.with(|text| !text.trim().is_empty());
        none.then(|| view! { <p class="quiet">{t::palette_empty(text.get())}</p> })
    };
    view! {
        <dialog class="dialog palette" id="palette" node_ref=dialog aria-label=t::palette_label() on:close=move |_| open.set(false)>
            <div class="palette-search">
                {Icon::Search}
                <input type="text" role="combobox" aria-expanded="true" aria-controls="hits" aria-activedescendant=active autocomplete="off"
                    spellcheck="false" autofocus aria-label=t::palette_label() placeholder=t::palette_placeholder() on:input=typed on:keydown=pressed />
            </div>
            <div class="palette-results">
                <div id="hits" role="listbox" aria-label=t::palette_label()>{options}</div>
                <div role="status">{nothing}</div>
            </div>
        </dialog>
    }
    .into_any()
}

/// Where an entry leads.
#[derive(Clone, PartialEq)]
enum Target {
    Found(Hit),
    Page(String),
    Action(String),
}

impl Target {
    /// Its address, what stands before its name, and what under it.
    fn shown(self) -> (String, AnyView, String) {
        match self {
            Self::Found(Hit {
                href,
                name,
                under,
                face: Some(picture),
            }) => {
                let face = view! { <Face name id=href.rsplit('/').next().unwrap_or_default().to_owned() picture /> };
                (href, face.into_any(), under)
            }
            Self::Found(hit) => (hit.href, view! { {Icon::Office} }.into_any(), hit.under),
            Self::Page(href) => (href, view! { {Icon::Next} }.into_any(), String::new()),
            Self::Action(href) => (href, view! { {Icon::Plus} }.into_any(), String::new()),
        }
    }
}

/// The pages that one may open, and what one may begin there.
fn places(me: &Me) -> Vec<(Target, String, &'static str)> {
    use domain::Action;
    let begin = [
        (Action::AddEmployee, "/employees/new", t::new_title()),
        (Action::CreateOffice, "/offices/new", t::offices_new()),
    ];
    let actions = begin
        .into_iter()
        .filter(|(action, _, _)| me.actor.reaches_all(*action))
        .map(|(_, href, name)| {
            (
                Target::Action(href.to_owned()),
                name.to_owned(),
                t::palette_action(),
            )
        });
    let pages = links(me)
        .into_iter()
        .map(|(href, name)| (Target::Page(href), name, t::palette_page()));
    pages.chain(actions).collect()
}
