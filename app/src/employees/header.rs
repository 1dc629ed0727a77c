//! The head of an employee's pages: who it is, their status, and the tabs (E-12).

use super::view::EmployeeView;
use crate::me::picture_href;
use crate::messages::t;
use crate::ui::{Face, StatusPill, Tab, Tabs};
use domain::{Action, Role};
use leptos::prelude::*;

/// Picture or initials, name, email, status, and the tabs that mean something for this employee.
#[component]
pub(crate) fn Header(employee: EmployeeView) -> AnyView {
    let record = &employee.record;
    let (id, name) = (record.id, record.display_name());
    let picture = picture_href(id, record.picture);
    let under = match record.profile.name().is_empty() {
        true => t::person_no_name().to_owned(),
        false => record.email.to_string(),
    };
    let is_agent = employee.roles().has(Role::Agent);
    let plans = employee.may(Action::SwitchCalendar) || employee.may(Action::LinkCalendar);
    let calendars = (is_agent && plans).then(|| {
        view! { <Tab href=format!("/employees/{id}/calendars") label=t::calendars_title() /> }
    });
    let activity = employee.may(Action::ReadAudit).then(|| {
        view! { <Tab href=format!("/employees/{id}/activity") label=t::profile_activity() /> }
    });
    let agent = employee
        .places
        .iter()
        .any(|(_, _, roles)| roles.has(Role::Agent));
    let expertise = agent.then(|| {
        view! { <Tab href=format!("/employees/{id}/expertise") label=t::expertise_title() /> }
    });
    let hours = (agent && employee.may(Action::EditHours)).then(|| {
        view! { <Tab href=format!("/employees/{id}/hours") label=t::hours_title() /> }
    });
    view! {
        <div class="employee-head">
            <Face name=name.clone() id=id.to_string() picture=picture big=true />
            <div class="names">
                <h1>{name}</h1>
                <span class="quiet">{under}</span>
            </div>
            <StatusPill status=record.status />
        </div>
        <Tabs label=t::profile_tabs()>
            <Tab href=format!("/employees/{id}") label=t::profile_title() />
            {expertise}
            {hours}
            {calendars}
            {activity}
        </Tabs>
    }
    .into_any()
}
