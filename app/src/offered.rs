//! What customers can book in an office, and why they can't book the rest (O-03).

use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Moment, Pill, Time, Title, Tone};
use domain::OfficeId;
use domain::booking::Standing;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A subject, where it stands, and the first free time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfferedRow {
    pub subject: String,
    pub standing: Standing,
    pub first: Option<Moment>,
}

/// The offices of whoever asks, and the subjects of one of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfferedSheet {
    pub offices: Vec<(OfficeId, String)>,
    /// The office that is shown; the first where none was asked for.
    pub shown: Option<OfficeId>,
    pub rows: Vec<OfferedRow>,
}

/// What customers can book in an office in which the asker handles appointments of others.
#[server(endpoint = "list_offered", input = server_fn::codec::Json)]
pub async fn list_offered(office: Option<OfficeId>) -> Result<OfferedSheet, AppError> {
    use domain::{Action, Refusal};
    let mut request = crate::request::Read::begin().await?;
    let action = Action::HandleAppointments;
    let actor = request.actor().clone();
    if !actor.reaches_beyond_own(action) {
        return Err(Refusal::Forbidden.into());
    }
    let mut offices = request.all_offices().await?;
    offices.retain(|office| office.may(&actor, action).is_ok());
    let shown = match office {
        Some(id) => {
            let found = offices.iter().find(|office| office.id == id);
            Some(found.ok_or(Refusal::NotFound)?.clone())
        }
        None => offices.first().cloned(),
    };
    let rows = match &shown {
        Some(office) => rows(&mut request, office).await?,
        None => Vec::new(),
    };
    let named = |office: domain::Office| (office.id, office.name.clone());
    Ok(OfferedSheet {
        shown: shown.map(|office| office.id),
        offices: offices.into_iter().map(named).collect(),
        rows,
    })
}

/// How far ahead a free time is looked for.
#[cfg(feature = "ssr")]
const AHEAD: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 70);

#[cfg(feature = "ssr")]
async fn rows(
    request: &mut crate::request::Read,
    office: &domain::Office,
) -> Result<Vec<OfferedRow>, AppError> {
    let now = request.now;
    let range = domain::availability::Span {
        from: now,
        until: now + AHEAD,
    };
    let offers = request.offers(office.id).await?;
    let cases = request.office_cases(office.id, range).await?;
    let cases = cases.unwrap_or_default();
    let organisation = request.session.organisation.settings.time_zone.clone();
    let zone = jiff::tz::TimeZone::get(office.zone(&organisation));
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    let language = crate::request::language(&request.session);
    let row = |offer: domain::subject::Offer| {
        let own = cases
            .iter()
            .filter(|case| case.offer.subject == offer.subject);
        let own: Vec<_> = own.cloned().collect();
        let (standing, first) = domain::booking::standing(office.active, &offer, &own, range, now);
        let moment = |at| crate::messages::with(language, || crate::ui::moment::exact(at, &zone));
        OfferedRow {
            subject: offer.title,
            standing,
            first: first.map(moment),
        }
    };
    Ok(offers.into_iter().map(row).collect())
}

/// Where a subject stands, in words.
fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Free => t::offered_free(),
        Standing::OfficeInactive => t::offered_office_inactive(),
        Standing::NotOffered => t::offered_not_offered(),
        Standing::Nobody => t::offered_nobody(),
        Standing::NoHours => t::offered_no_hours(),
        Standing::Closed => t::offered_closed(),
        Standing::Full => t::offered_full(),
    }
}

/// `/appointments/offered`
pub struct OfferedPage;

#[lazy_route]
impl LazyRoute for OfferedPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let office = move || query.with(|query| query.get("office"));
        let sheet = Resource::new(office, |office| async move {
            match office.map(|office| office.parse()) {
                None => list_offered(None).await,
                Some(Ok(office)) => list_offered(Some(office)).await,
                Some(Err(_)) => Err(domain::Refusal::NotFound.into()),
            }
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match sheet.await {
                        Ok(sheet) => view! { <Offered sheet /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Offered(sheet: OfferedSheet) -> impl IntoView {
    let OfferedSheet {
        offices,
        shown,
        rows,
    } = sheet;
    let several = offices.len() > 1;
    let links = offices.into_iter().map(|(id, name)| {
        let current = (Some(id) == shown).then_some("page");
        view! { <a class="button small" href=format!("/appointments/offered?office={id}") aria-current=current>{name}</a> }
    });
    let links = links.collect_view();
    let table = match rows.is_empty() {
        true => view! {
            <Empty icon=Icon::Office title=t::offered_none() text=t::offered_none_text() />
        }
        .into_any(),
        false => view! { <Subjects rows /> }.into_any(),
    };
    view! {
        <Title text=t::offered_title() />
        <div class="head">
            <h1>{t::offered_title()}</h1>
        </div>
        <p class="quiet">{t::offered_text()}</p>
        {several.then(|| view! { <nav class="buttons" aria-label=t::label_offices()>{links}</nav> })}
        {table}
    }
}

#[component]
fn Subjects(rows: Vec<OfferedRow>) -> impl IntoView {
    let each = rows.into_iter().map(|row| {
        let tone = match row.standing {
            Standing::Free => Tone::Good,
            Standing::Full => Tone::Wait,
            Standing::NotOffered | Standing::OfficeInactive => Tone::Quiet,
            Standing::Nobody | Standing::NoHours | Standing::Closed => Tone::Stop,
        };
        let first = row.first.map(|moment| {
            view! { <small>{t::offered_first()} " " <Time moment /></small> }
        });
        view! {
            <tr>
                <td class="who"><b>{row.subject}</b></td>
                <td class="status"><Pill tone=tone text=words(row.standing) />" "{first}</td>
            </tr>
        }
    });
    view! {
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t::label_subject()}</th>
                        <th scope="col">{t::offered_customers()}</th>
                    </tr>
                </thead>
                <tbody>{each.collect_view()}</tbody>
            </table>
        </div>
    }
}
