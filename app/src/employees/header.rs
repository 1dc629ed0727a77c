//! The head of an employee's pages: who it is, their status, and the tabs (E-12).

use super::view::EmployeeView;
use crate::me::picture_href;
use crate::messages::t;
use crate::ui::{Face, Notice, StatusPill, Tab, Tabs, Tone};
use domain::{Action, EmployeeId, Role};
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
    let plans = employee.may(Action::SwitchCalendar) || employee.may(Action::LinkCalendar);
    let calendars = (agent && plans).then(|| {
        view! { <Tab href=format!("/employees/{id}/calendars") label=t::calendars_title() /> }
    });
    let centre = (employee.may(Action::EditContactCentre)
        || (employee.may(Action::UseContactCentre) && crate::me::use_me().contact_centre))
        .then(|| view! { <Tab href=format!("/employees/{id}/contact-centre") label=t::contact_users_tab() /> });
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
            {centre}
            {activity}
        </Tabs>
        <Stranded count=employee.stranded id />
    }
    .into_any()
}

/// Appointments that nobody takes as it stands, with the way to those who could (E-15, P-06).
#[component]
fn Stranded(count: usize, id: EmployeeId) -> AnyView {
    (count > 0)
        .then(|| {
            view! {
                <Notice tone=Tone::Stop title=t::leaving_stranded(count)>
                    <p>
                        <a class="button" href=format!("/employees/{id}/leaving")>{t::leaving_open()}</a>
                    </p>
                </Notice>
            }
        })
        .into_any()
}
