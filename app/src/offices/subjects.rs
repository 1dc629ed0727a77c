//! What an office offers: every subject, as the office narrows it (O-02).

use super::OfficeHead;
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::subjects::words::{confirmed_word, span};
use crate::ui::{Empty, Icon, Pill, Title, Tone};
use domain::subject::Offer;
use domain::{Category, OfficeId, Refusal};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A subject in an office.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offered {
    pub offer: Offer,
    /// Whether the subject itself is active.
    pub active: bool,
    /// How many agents handle it here who can be booked.
    pub agents: i64,
}

/// What an office offers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfficeSubjects {
    pub id: OfficeId,
    pub name: String,
    pub active: bool,
    pub categories: Vec<Category>,
    pub subjects: Vec<Offered>,
}

/// What an office that the asker may edit offers.
#[server(endpoint = "get_office_subjects", input = server_fn::codec::Json)]
pub async fn get_office_subjects(id: OfficeId) -> Result<OfficeSubjects, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let categories = request.categories().await?;
    let narrowed = request.narrowed(id).await?;
    let subjects = request.subjects().await?;
    let agents = request.bookable(Some(id)).await?;
    let offered = |subject: &domain::Subject| Offered {
        offer: narrowed
            .get(&subject.id)
            .copied()
            .unwrap_or_default()
            .offer(id, subject),
        active: subject.active,
        agents: agents.get(&(id, subject.id)).copied().unwrap_or(0),
    };
    Ok(OfficeSubjects {
        id,
        name: office.name.clone(),
        active: office.active,
        categories,
        subjects: subjects.iter().map(offered).collect(),
    })
}

/// `/offices/ID/subjects`
pub struct OfficeSubjectsPage;

#[lazy_route]
impl LazyRoute for OfficeSubjectsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = super::office_of_address();
        let subjects = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_office_subjects(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
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
fn List(subjects: OfficeSubjects) -> AnyView {
    let OfficeSubjects {
        id,
        name,
        active,
        categories,
        subjects,
    } = subjects;
    let empty = subjects.is_empty().then(|| {
        view! { <Empty icon=Icon::Tag title=t::subject_empty_title() text=t::subject_empty_text() /> }
    });
    let group = |category: Category| {
        let own = subjects.iter();
        let own: Vec<Offered> = own
            .filter(|one| one.offer.category == category.id)
            .cloned()
            .collect();
        (!own.is_empty()).then(|| view! { <Group title=category.title own /> })
    };
    let groups = categories.into_iter().filter_map(group).collect_view();
    view! {
        <Title text=t::subject_of_office(&name) />
        <OfficeHead id name active />
        <Done />
        <p class="quiet intro">{t::subject_of_office_text()}</p>
        {empty}
        <div class="stack-l">{groups}</div>
    }
    .into_any()
}

#[component]
fn Group(title: String, own: Vec<Offered>) -> AnyView {
    let rows = own.into_iter().map(|one| view! { <Row one /> });
    view! {
        <section class="group">
            <h2>{title.clone()}</h2>
            <div class="sheet">
                <table class="table">
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t::label_title()}</th>
                            <th scope="col">{t::label_status()}</th>
                            <th scope="col">{t::label_duration()}</th>
                            <th scope="col">{t::subject_notice()}</th>
                            <th scope="col">{t::label_confirmed_by()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(one: Offered) -> AnyView {
    let (tone, word) = standing(&one);
    let Offered { offer, .. } = one;
    let notice = t::subject_between(span(offer.notice_least), t::subject_days(offer.notice_most));
    view! {
        <tr>
            <td class="who">
                <a class="row-link" href=format!("/offices/{}/subjects/{}", offer.office, offer.subject)>
                    <b>{offer.title}</b>
                </a>
            </td>
            <td class="status">
                <Pill tone text=word />
            </td>
            <td class="where">{span(offer.duration)}</td>
            <td class="what">{notice}</td>
            <td class="what">{confirmed_word(offer.by_hand)}</td>
        </tr>
    }
    .into_any()
}

/// Whether customers can book it here, and if not, why.
pub(super) fn standing(one: &Offered) -> (Tone, &'static str) {
    match one {
        Offered { active: false, .. } => (Tone::Quiet, t::offices_inactive()),
        Offered { offer, .. } if !offer.offered => (Tone::Quiet, t::subject_off()),
        Offered { agents: 0, .. } => (Tone::Wait, t::subject_nobody()),
        _ => (Tone::Good, t::subject_offered()),
    }
}
