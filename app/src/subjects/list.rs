//! The Subjects page: every category with its subjects (O-02).

use super::words::{meeting_words, span};
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Pill, Title, Tone};
use domain::booking::Meetings;
use domain::{Category, CategoryId, SubjectId};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A subject in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub id: SubjectId,
    pub category: CategoryId,
    pub title: String,
    pub active: bool,
    pub meetings: Meetings,
    /// Minutes.
    pub duration: i32,
    /// In how many offices an agent handles it who can be booked.
    pub offices: usize,
}

/// Every category and every subject, by title.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Subjects {
    pub categories: Vec<Category>,
    pub subjects: Vec<Listed>,
}

/// Every category and every subject, for those who may edit them.
#[server(endpoint = "list_subjects", input = server_fn::codec::Json)]
pub async fn list_subjects() -> Result<Subjects, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditSubjects)?;
    let categories = request.categories().await?;
    let subjects = request.subjects().await?;
    let bookable = request.bookable(None).await?;
    let listed = |subject: &domain::Subject| Listed {
        id: subject.id,
        category: subject.category,
        title: subject.title.clone(),
        active: subject.active,
        meetings: subject.meetings,
        duration: subject.duration,
        offices: bookable
            .keys()
            .filter(|(_, about)| *about == subject.id)
            .count(),
    };
    let subjects = subjects.iter().map(listed).collect();
    Ok(Subjects {
        categories,
        subjects,
    })
}

/// `/subjects`
pub struct SubjectsPage;

#[lazy_route]
impl LazyRoute for SubjectsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let subjects = Resource::new(|| (), |()| list_subjects());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match subjects.await {
                        Ok(subjects) => view! { <List subjects /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(subjects: Subjects) -> AnyView {
    let Subjects {
        categories,
        subjects,
    } = subjects;
    let count = subjects.len();
    let new_category = || {
        view! { <a class="button" href="/subjects/categories/new">{t::subject_new_category()}</a> }
    };
    if categories.is_empty() {
        return view! {
            <Title text=t::subject_title() />
            <div class="head">
                <h1>{t::subject_title()}</h1>
            </div>
            <Done />
            <Empty icon=Icon::Tag title=t::subject_empty_title() text=t::subject_empty_text()>
                <div class="buttons">{new_category()}</div>
            </Empty>
        }
        .into_any();
    }
    let group = |category: Category| {
        let own = subjects.iter().filter(|one| one.category == category.id);
        let own: Vec<Listed> = own.cloned().collect();
        view! { <Group category own /> }
    };
    let groups = categories.into_iter().map(group).collect_view();
    view! {
        <Title text=t::subject_title() />
        <div class="head">
            <h1>{t::subject_title()}</h1>
            <span class="count">{count}</span>
            <div class="actions">
                {new_category()}
                <a class="button primary thumb" href="/subjects/new" data-key="n">
                    {Icon::Plus}
                    {t::subject_new()}
                </a>
            </div>
        </div>
        <Done />
        <div class="stack-l">{groups}</div>
    }
    .into_any()
}

#[component]
fn Group(category: Category, own: Vec<Listed>) -> AnyView {
    let id = category.id;
    let table = match own.is_empty() {
        true => view! { <p class="quiet">{t::subject_category_empty()}</p> }.into_any(),
        false => view! { <Table own caption=category.title.clone() /> }.into_any(),
    };
    view! {
        <section class="group">
            <header class="row">
                <h2>{category.title.clone()}</h2>
                <a class="button small plain" href=format!("/subjects/categories/{id}")
                    aria-label=t::subject_edit_category(&category.title)>{t::action_edit()}</a>
                <a class="button small plain" href=format!("/subjects/new?category={id}")
                    aria-label=t::subject_new_in(&category.title)>{t::subject_new()}</a>
            </header>
            {table}
        </section>
    }
    .into_any()
}

#[component]
fn Table(own: Vec<Listed>, caption: String) -> AnyView {
    let row = |subject: Listed| {
        let pill = match (subject.active, subject.offices) {
            (false, _) => view! { <Pill tone=Tone::Quiet text=t::offices_inactive() /> },
            (true, 0) => view! { <Pill tone=Tone::Wait text=t::subject_nobody() /> },
            (true, _) => view! { <Pill tone=Tone::Good text=t::offices_active() /> },
        };
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/subjects/{}", subject.id)>
                        <b>{subject.title}</b>
                    </a>
                </td>
                <td class="status">{pill}</td>
                <td class="what">{meeting_words(subject.meetings)}</td>
                <td class="where">{span(subject.duration)}</td>
                <td class="where">{t::subject_in_offices(subject.offices)}</td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_title()}</th>
                        <th scope="col">{t::label_status()}</th>
                        <th scope="col">{t::label_meetings()}</th>
                        <th scope="col">{t::label_duration()}</th>
                        <th scope="col">{t::subject_handled()}</th>
                    </tr>
                </thead>
                <tbody>{own.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
