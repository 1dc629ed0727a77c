//! The page of a customer's data, for Administrators.

use super::{Found, Visit};
use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::Done;
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::{refused, refused_within};
use crate::ui::{Empty, ErrorSummary, Field, Icon, Pill, Submit, Time, Title, Tone};
use domain::appointment::State;
use domain::{Action, AppointmentId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// Leads to what is kept of the customer with this email or number. It is posted and answered by the
/// id of an appointment, so that no address, history or log has either.
#[server(endpoint = "find_customer")]
pub async fn find_customer(#[server(default)] customer: String) -> Result<(), AppError> {
    use domain::customer::Known;
    use domain::field::{Email, Phone};
    use domain::{Field, Refusal, Why};
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor();
    actor.may_everywhere(domain::Action::ChangeSettings)?;
    let country = request.session.organisation.settings.country.clone();
    let refused = |why| Refusal::field(Field::Customer, why);
    let known = match customer.contains('@') {
        true => Email::read(&customer).map(Known::Email),
        false => Phone::read(&customer, &country)
            .and_then(|phone| phone.ok_or(Why::Required))
            .map(Known::Phone),
    };
    let known = known.map_err(refused)?;
    let id = request.appointment_of_customer(&known).await?;
    let id = id.ok_or_else(|| refused(Why::NobodyKept))?;
    leptos_axum::redirect(&format!("/customers?of={id}"));
    Ok(())
}

/// What is kept of the customer of an appointment; `None` where nothing is.
#[server(endpoint = "get_customer", input = server_fn::codec::Json)]
pub async fn get_customer(of: domain::AppointmentId) -> Result<Option<Found>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::ChangeSettings)?;
    let (now, zone) = (request.now, request.zone());
    let country = request.session.organisation.settings.country.clone();
    let language = crate::request::language(&request.session);
    let Some((kept, agents)) = request.customer_of(of).await? else {
        return Ok(None);
    };
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
    let known = kept.known.as_str().to_owned();
    let visits = kept.appointments.into_iter().zip(agents);
    Ok(Some(crate::messages::with(language, || Found {
        known,
        appointments: visits.map(shown).collect(),
        awaited,
    })))
}

/// Erases what is kept of the customer of an appointment; `confirmation` is their email or number.
#[server(endpoint = "erase_customer")]
pub async fn erase_customer(
    of: domain::AppointmentId,
    #[server(default)] confirmation: String,
) -> Result<(), AppError> {
    use domain::Refusal;
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::ChangeSettings)?;
    request.signed_in_lately()?;
    let found = request.customer_of(of).await?;
    let (kept, _) = found.ok_or(Refusal::NotFound)?;
    let erased = kept.erase(&request.actor, &confirmation, request.now)?;
    request.apply(erased).await?;
    request.commit().await?;
    leptos_axum::redirect("/customers?done=customer-erased");
    Ok(())
}

/// `/customers?of=APPOINTMENT`
pub struct CustomersPage;

#[lazy_route]
impl LazyRoute for CustomersPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let of = Memo::new(move |_| {
            let of = query.with(|query| query.get("of"));
            of.filter(|of| !of.is_empty())
        });
        // Outlives what it erases, which the page then shows no more.
        let erase = ServerAction::<EraseCustomer>::new();
        let erasing = provide_form(erase);
        let found = Resource::new(
            move || of.get(),
            |of| async move {
                let asked = of.is_some();
                // What is no id is nobody's.
                let found = match of.and_then(|of| of.parse().ok()) {
                    Some(id) => get_customer(id).await?.map(|found| (id, found)),
                    None => None,
                };
                // Not an option in an option, which JSON does not tell from none.
                Ok::<_, AppError>((asked, found))
            },
        );
        if !use_me().actor.reaches_all(Action::ChangeSettings) {
            return refused(Refusal::Forbidden.into());
        }
        view! {
            <Title text=t::customer_title() />
            <div class="head">
                <h1>{t::customer_title()}</h1>
            </div>
            <Done />
            <p>{t::customer_text()}</p>
            <Finder />
            <Transition>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok((false, _)) => ().into_any(),
                        Ok((true, Some((of, found)))) => view! { <Kept of found erase erasing /> }.into_any(),
                        Ok((true, None)) => view! {
                            <Empty icon=Icon::Search title=t::customer_none_title() text=t::customer_none_text() />
                        }
                        .into_any(),
                        Err(error) => refused_within(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Finder() -> impl IntoView {
    let find = ServerAction::<FindCustomer>::new();
    provide_form(find);
    view! {
        <ErrorSummary />
        <ActionForm action=find attr:class="form" attr:novalidate=true attr:role="search">
            <Field label=t::customer_who() name="customer" autocomplete="off" required=true />
            <div class="buttons">
                <Submit label=t::customer_find() pending=find.pending() />
            </div>
        </ActionForm>
    }
}

#[component]
fn Kept(
    of: AppointmentId,
    found: Found,
    erase: ServerAction<EraseCustomer>,
    erasing: Attempt,
) -> impl IntoView {
    // Above stand the problems of the other form.
    provide_problems_of([erasing]);
    let Found {
        known,
        appointments,
        awaited,
    } = found;
    let of = of.to_string();
    let visits = appointments
        .into_iter()
        .map(|visit| view! { <Row visit /> })
        .collect_view();
    view! {
        <div class="leaving">
            <ErrorSummary />
            <section>
                <h2>{t::customer_kept(known.clone())}</h2>
                <ul class="sheet waits">{visits}</ul>
            </section>
            <div class="ways-out">
                <section class="card">
                    <h2>{t::customer_export()}</h2>
                    <p>{t::customer_export_text()}</p>
                    // A plain post: what it answers with is a file.
                    <form method="post" action="/customers/export">
                        <input type="hidden" name="of" value=of.clone() />
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
                        <input type="hidden" name="of" value=of />
                        <Field label=t::customer_type_email(known) name="confirmation" autocomplete="off" required=true />
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
