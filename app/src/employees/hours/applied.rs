//! The dates over which templates count (O-04).

use super::read::AppliedView;
use super::{HoursView, Page};
use crate::error::AppError;
use crate::form::{came_back, provide_form};
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, Select, Submit};
use domain::EmployeeId;
use leptos::context::Provider;
use leptos::prelude::*;

/// Applies a template from the first day to the last, in one office or (without) in all.
#[server(endpoint = "apply_template")]
pub async fn apply_template(
    id: EmployeeId,
    template: u32,
    first_day: String,
    last_day: String,
    #[server(default)] office: String,
) -> Result<(), AppError> {
    use domain::field::Problems;
    use domain::hours::TemplateId;
    use domain::hours::edit::Edit;
    use domain::{Field, Why};
    use jiff::civil::Date;
    let mut problems = Problems::default();
    let mut date = |field, text: &str| {
        let read = text.trim().parse::<Date>().map_err(|_| Why::NotADate);
        problems.take(field, read)
    };
    let first = date(Field::FirstDay, &first_day);
    // One day may be said by its first alone.
    let last = match last_day.trim().is_empty() {
        true => first,
        false => date(Field::LastDay, &last_day),
    };
    let office = match office.as_str() {
        "" => None,
        office => {
            let read = office.parse().map(Some).map_err(|_| Why::UnknownChoice);
            problems.take(Field::Office, read)
        }
    };
    problems.none()?;
    let mut request = crate::request::Change::begin().await?;
    let edit = Edit::Apply(TemplateId(template), first, last, office);
    super::save::server::change(&mut request, id, None, edit).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", super::path(id, None)));
    Ok(())
}

/// Takes back where a template was applied.
#[server(endpoint = "withdraw_template")]
pub async fn withdraw_template(id: EmployeeId, applied: u32) -> Result<(), AppError> {
    use domain::hours::AppliedId;
    use domain::hours::edit::Edit;
    let mut request = crate::request::Change::begin().await?;
    let edit = Edit::Withdraw(AppliedId(applied));
    super::save::server::change(&mut request, id, None, edit).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", super::path(id, None)));
    Ok(())
}

/// What is applied, and the form that applies.
#[component]
pub(super) fn AppliedCard(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let Page {
        apply, hours: data, ..
    } = page;
    let attempt = provide_form(apply);
    say_when_done(attempt, t::landing_saved, move || data.refetch());
    let view = hours.get_value();
    let none = view.applied.is_empty();
    let open = view.template.as_ref().map_or(0, |template| template.id);
    let unavailable = ("0".to_owned(), t::hours_unavailable().to_owned());
    let templates = view
        .templates
        .into_iter()
        .map(|t| (t.id.to_string(), t.name));
    let templates: Vec<_> = std::iter::once(unavailable).chain(templates).collect();
    let everywhere = ("".to_owned(), t::hours_all_offices().to_owned());
    let names = view
        .offices
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let offices: Vec<_> = Some(everywhere)
        .filter(|_| view.everywhere)
        .into_iter()
        .chain(names)
        .collect();
    view! {
        <section class="card">
            <header>
                <h2>{t::hours_applied()}</h2>
            </header>
            <p class="hint">{t::hours_precedence()}</p>
            {none.then(|| view! { <p class="quiet">{t::hours_applied_none()}</p> })}
            <Provider value=()>
                <Withdrawals id applied=view.applied page />
            </Provider>
            <details class="in-card" open={came_back::<ApplyTemplate>()}>
                <summary>{Icon::Plus}{t::hours_apply()}</summary>
                <ErrorSummary />
                <ActionForm action=apply attr:class="form" attr:novalidate=true>
                    <input type="hidden" name="id" value=id.to_string() />
                    <Select label=t::label_template() name="template" options=templates value=open.to_string() id="applied-template" />
                    <Field label=t::label_first_day() name="first_day" kind="date" required=true />
                    <Field label=t::label_last_day() name="last_day" kind="date" hint=t::hours_last_day_hint() />
                    <Select label=t::label_office() name="office" options=offices id="applied-office" />
                    <div class="buttons">
                        <Submit label=t::hours_apply_button() pending=apply.pending() secondary=true />
                    </div>
                </ActionForm>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Withdrawals(id: EmployeeId, applied: Vec<AppliedView>, page: Page) -> AnyView {
    let Page {
        withdraw, hours, ..
    } = page;
    let attempt = provide_form(withdraw);
    say_when_done(attempt, t::landing_saved, move || hours.refetch());
    let line = move |one: AppliedView| {
        let name = match one.name.is_empty() {
            true => t::hours_unavailable().to_owned(),
            false => one.name,
        };
        let label = t::hours_withdraw(&one.dates, &name);
        let button = one.own.then(|| {
            view! {
                <ActionForm action=withdraw>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="applied" value=one.id.to_string() />
                    <button type="submit" class="button plain icon-only small" aria-label=label>{Icon::Close}</button>
                </ActionForm>
            }
        });
        view! {
            <li>
                <span>
                    <b>{name}</b>
                    <small>{one.dates}</small>
                    {one.office.map(|office| view! { <small>{office}</small> })}
                </span>
                {button}
            </li>
        }
    };
    view! {
        <ErrorSummary />
        <ul class="lines removable">{applied.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
