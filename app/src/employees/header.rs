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
    let activity = employee.may(Action::ReadAudit).then(|| {
        view! { <Tab href=format!("/employees/{id}/activity") label=t::profile_activity() /> }
    });
    let takes_appointments = employee.places.iter();
    let takes_appointments = takes_appointments.map(|(_, _, roles)| *roles);
    let expertise = takes_appointments
        .into_iter()
        .any(|roles| roles.has(Role::Agent));
    let expertise = expertise.then(|| {
        view! { <Tab href=format!("/employees/{id}/expertise") label=t::expertise_title() /> }
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
            {activity}
        </Tabs>
    }
    .into_any()
}
