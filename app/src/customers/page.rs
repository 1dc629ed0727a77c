//! The page of a customer's data, for Administrators.

use super::{Found, Visit};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, ErrorSummary, Field, Icon, Pill, Submit, Time, Tone};
use domain::appointment::State;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// What is kept of the customer with this email; `None` where nothing is.
#[server(endpoint = "find_customer", input = server_fn::codec::Json)]
pub async fn find_customer(email: String) -> Result<Option<Found>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::ChangeSettings)?;
    let Ok(email) = domain::field::Email::read(&email) else {
        return Ok(None);
    };
    let (now, zone) = (request.now, request.zone());
    let country = request.session.organisation.settings.country.clone();
    let language = crate::request::language(&request.session);
    let (kept, agents) = request.customer(&email).await?;
    if kept.appointments.is_empty() {
        return Ok(None);
    }
    let awaited = kept.awaited(now);
    let shown = |(one, agent): (domain::Appointment, String)| Visit {
        id: one.id,
        when: crate::ui::moment::exact(one.begins_at, &zone),
        state: one.state,
        subject: one.subject_title,
        office: one.office_name,
        agent,
        name: one.customer.name,
        phone: one
            .customer
            .phone
            .map(|phone| phone.shown(&country))
            .unwrap_or_default(),
        answers: one.answers,
        remark: one.remark,
        note: one.note,
        reason: one.reason,
    };
    let visits = kept.appointments.into_iter().zip(agents);
    Ok(Some(crate::messages::with(language, || Found {
        email: email.to_string(),
        appointments: visits.map(shown).collect(),
        awaited,
    })))
}

/// Erases what is kept of a customer; `confirmation` is their email.
#[server(endpoint = "erase_customer")]
pub async fn erase_customer(
    email: String,
    #[server(default)] confirmation: String,
) -> Result<(), AppError> {
    use domain::Refusal;
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::ChangeSettings)?;
    request.signed_in_lately()?;
    let email = domain::field::Email::read(&email).map_err(|_| Refusal::NotFound)?;
    let (kept, _) = request.customer(&email).await?;
    let erased = kept.erase(&request.actor, &confirmation, request.now)?;
    request.apply(erased).await?;
    request.commit().await?;
    leptos_axum::redirect("/customers?done=customer-erased");
    Ok(())
}

/// `/customers?email=…`
pub struct CustomersPage;

#[lazy_route]
impl LazyRoute for CustomersPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let email = Memo::new(move |_| query.with(|query| query.get("email")).unwrap_or_default());
        // Outlives what it erases, which the page then shows no more.
        let erase = ServerAction::<EraseCustomer>::new();
        provide_form(erase);
        let found = Resource::new(
            move || email.get(),
            |email| async move {
                let found = find_customer(email.clone()).await?;
                Ok::<_, AppError>((email, found))
            },
        );
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok((email, found)) => view! { <Customers email found erase /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Customers(
    email: String,
    found: Option<Found>,
    erase: ServerAction<EraseCustomer>,
) -> impl IntoView {
    let asked = !email.is_empty();
    let kept = match found {
        Some(found) => view! { <Kept found erase /> }.into_any(),
        None if asked => view! {
            <Empty icon=Icon::Search title=t::customer_none_title() text=t::customer_none_text() />
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <Title text=t::customer_title() />
        <div class="head">
            <h1>{t::customer_title()}</h1>
        </div>
        <Done />
        <p>{t::customer_text()}</p>
        // The address has the whole question, so that it works without WebAssembly.
        <form method="get" action="/customers" class="form" role="search">
            <Field label=t::customer_email() name="email" id="customer" kind="email" value=email autocomplete="off" />
            <div class="buttons">
                <Submit label=t::customer_find() />
            </div>
        </form>
        {kept}
    }
}

#[component]
fn Kept(found: Found, erase: ServerAction<EraseCustomer>) -> impl IntoView {
    let Found {
        email,
        appointments,
        awaited,
    } = found;
    let visits = appointments
        .into_iter()
        .map(|visit| view! { <Row visit /> })
        .collect_view();
    view! {
        <div class="leaving">
            <ErrorSummary />
            <section>
                <h2>{t::customer_kept(email.clone())}</h2>
                <ul class="sheet waits">{visits}</ul>
            </section>
            <div class="ways-out">
                <section class="card">
                    <h2>{t::customer_export()}</h2>
                    <p>{t::customer_export_text()}</p>
                    // A plain post: what it answers with is a file.
                    <form method="post" action="/customers/export">
                        <input type="hidden" name="email" value=email.clone() />
                        <button class="button">
                            {Icon::Download}
                            {t::customer_export_button()}
                        </button>
                    </form>
                </section>
                <section class="card danger">
                    <h2>{t::customer_erase()}</h2>
                    <p>
                        {t::customer_erase_text()}
                        {(awaited > 0).then(|| view! { " " <strong>{t::customer_awaited(awaited)}</strong> })}
                    </p>
                    <ActionForm action=erase attr:class="form" attr:novalidate=true>
                        <input type="hidden" name="email" value=email.clone() />
                        <Field label=t::customer_type_email(email) name="confirmation" autocomplete="off" required=true />
                        <Submit label=t::customer_erase_button() danger=true pending=erase.pending() />
                    </ActionForm>
                </section>
            </div>
        </div>
    }
}

#[component]
fn Row(visit: Visit) -> impl IntoView {
    let (tone, state) = match visit.state {
        State::Requested => (Tone::Wait, t::customer_requested()),
        State::Confirmed => (Tone::Good, t::customer_confirmed()),
        State::Cancelled => (Tone::Stop, t::customer_cancelled()),
    };
    let answers = visit
        .answers
        .into_iter()
        .map(|said| (said.question, said.answer));
    let mut facts: Vec<(String, String)> = vec![
        (t::label_name().to_owned(), visit.name),
        (t::label_phone().to_owned(), visit.phone),
        (t::label_agent().to_owned(), visit.agent),
    ];
    facts.extend(answers);
    facts.extend([
        (t::label_remark().to_owned(), visit.remark),
        (t::label_note().to_owned(), visit.note),
        (t::label_reason().to_owned(), visit.reason),
    ]);
    facts.retain(|(_, text)| !text.is_empty());
    let facts = facts
        .into_iter()
        .map(|(label, text)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <li>
            <div class="what">
                <a href=format!("/appointments/{}", visit.id)><b>{visit.subject}</b></a>
                <span class="quiet">{visit.office}</span>
            </div>
            <Time moment=visit.when />
            <Pill tone=tone text=state />
            <details>
                <summary>{t::customer_details()}</summary>
                <dl class="facts">{facts}</dl>
            </details>
        </li>
    }
}
