//! Templates of weeks and days: tabs to them, a new one, and the end of one (O-04).

use super::{HoursView, Page, path};
use crate::error::AppError;
use crate::form::{came_back, provide_form};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, Select, Submit};
use domain::EmployeeId;
use leptos::prelude::*;

/// Makes a template: of a week, which begins as the default week, or of a day, which begins empty.
#[server(endpoint = "add_template")]
pub async fn add_template(
    id: EmployeeId,
    template: String,
    #[server(default)] kind: String,
) -> Result<(), AppError> {
    use domain::hours::Pattern;
    use domain::hours::edit::Edit;
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    let offices = employee.hours_offices(&request.actor)?;
    let pattern = match kind.as_str() {
        "day" => Pattern::Day(Vec::new()),
        _ => Pattern::Week(request.hours(id).await?.hours.only(&offices).default),
    };
    let edit = Edit::Add(template, pattern);
    let hours = super::save::server::change(&mut request, id, None, edit).await?;
    request.commit().await?;
    let made = hours.templates.last().map(|template| template.id.0);
    leptos_axum::redirect(&path(id, made));
    Ok(())
}

/// Deletes a template, and takes back where it was applied.
#[server(endpoint = "remove_template")]
pub async fn remove_template(id: EmployeeId, template: u32) -> Result<(), AppError> {
    use domain::hours::TemplateId;
    use domain::hours::edit::Edit;
    let mut request = crate::request::Change::begin().await?;
    let edit = Edit::Remove(TemplateId(template));
    super::save::server::change(&mut request, id, None, edit).await?;
    request.commit().await?;
    leptos_axum::redirect(&path(id, None));
    Ok(())
}

/// The default week and each template as a link, and the form of a new one.
#[component]
pub(super) fn Templates(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let Page { add, .. } = page;
    let _ = provide_form(add);
    let (templates, open) = hours.with_value(|hours| {
        let open = hours.template.as_ref().map(|template| template.id);
        (hours.templates.clone(), open)
    });
    let link = move |template: Option<u32>, name: String, day: bool| {
        view! {
            <a href=path(id, template) aria-current=(open == template).then_some("true")>
                {name}
                {day.then(|| view! { <small>{t::hours_of_a_day()}</small> })}
            </a>
        }
    };
    // The field of a template that is open has the name for its id.
    let field = match open {
        Some(_) => "new-template",
        None => "template",
    };
    let kinds = vec![
        ("week".to_owned(), t::hours_kind_week().to_owned()),
        ("day".to_owned(), t::hours_kind_day().to_owned()),
    ];
    view! {
        <nav class="templates" aria-label=t::hours_templates()>
            {link(None, t::hours_default().to_owned(), false)}
            {templates
                .into_iter()
                .map(|template| link(Some(template.id), template.name, template.day))
                .collect_view()}
        </nav>
        <details class="new-template" open={came_back::<AddTemplate>()}>
            <summary>{Icon::Plus}{t::hours_new_template()}</summary>
            <ErrorSummary />
            <ActionForm action=add attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <div class="two">
                    <Field label=t::hours_template_name() name="template" required=true maxlength=60 autocomplete="off" id=field />
                    <Select label=t::hours_kind() name="kind" options=kinds />
                </div>
                <p class="hint">{t::hours_new_template_hint()}</p>
                <div class="buttons">
                    <Submit label=t::hours_create_template() pending=add.pending() secondary=true />
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// Deletes the template that is open.
#[component]
pub(super) fn Removal(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let Page { remove, .. } = page;
    let _ = provide_form(remove);
    let open = hours.with_value(|hours| hours.template.clone());
    open.map(|template| {
        view! {
            <ErrorSummary />
            <section class="danger-zone">
                <div>
                    <h2>{t::hours_delete_template(&template.name)}</h2>
                    <p class="quiet">{t::hours_delete_template_hint()}</p>
                </div>
                <ActionForm action=remove>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="template" value=template.id.to_string() />
                    <Submit label=t::action_delete() pending=remove.pending() danger=true secondary=true />
                </ActionForm>
            </section>
        }
    })
    .into_any()
}
