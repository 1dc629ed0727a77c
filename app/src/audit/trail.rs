//! Entries as a timeline, newest first, with the way on to older ones.

use super::{AuditLine, AuditPage, Changed, Part};
use crate::messages::t;
use crate::ui::{Empty, Icon, Time};
use domain::Event;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A page of the trail. `path` is the address of its first page, with what it asks for.
#[component]
pub fn Trail(
    page: AuditPage,
    #[prop(into)] path: String,
    /// Whether something narrows it, for what an empty page says.
    #[prop(optional)]
    narrowed: bool,
) -> impl IntoView {
    let AuditPage { lines, next } = page;
    if lines.is_empty() {
        let text = if narrowed {
            t::audit_none_text()
        } else {
            t::audit_empty_text()
        };
        let clear =
            narrowed.then(|| view! { <a class="button" href="/audit">{t::action_clear_all()}</a> });
        return view! {
            <Empty icon=Icon::Clock title=t::audit_empty_title() text=text>
                <div class="buttons">{clear}</div>
            </Empty>
        }
        .into_any();
    }
    let older = next.map(|before| {
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}before={before}")
    });
    let later = use_query_map().with_untracked(|query| query.get("before").is_some());
    let newest = later.then_some(path);
    view! {
        <ol class="timeline">{lines.into_iter().map(|line| view! { <Entry line /> }).collect_view()}</ol>
        <nav class="buttons" aria-label=t::pager_label()>
            {newest.map(|href| view! { <a class="button" href=href>{t::audit_newest()}</a> })}
            {older.map(|href| view! { <a class="button" href=href rel="next">{t::audit_older()}</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Entry(line: AuditLine) -> impl IntoView {
    let part = |part: Part| match part {
        Part::Text(text) => text.into_any(),
        Part::Name(name, None) => view! { <b>{name}</b> }.into_any(),
        Part::Name(name, Some(href)) => view! { <a href=href>{name}</a> }.into_any(),
    };
    let change = |Changed {
                      field,
                      before,
                      after,
                  }: Changed| {
        view! {
            <div class="change">
                <b>{field}</b>
                {before.map(|before| view! { <del>{before}</del> })}
                {after.map(|after| view! { <ins>{after}</ins> })}
            </div>
        }
    };
    view! {
        <li>
            <span class="spot">{icon(line.event)}</span>
            <p>{line.sentence.into_iter().map(part).collect_view()}</p>
            <Time moment=line.at />
            {line.changes.into_iter().map(change).collect_view()}
            {line.erased.then(|| view! { <div class="change quiet">{t::audit_erased()}</div> })}
            {line.address.map(|address| view! { <div class="change quiet">{t::audit_address(address)}</div> })}
        </li>
    }
}

fn icon(event: Event) -> Icon {
    match event {
        Event::EmployeeCreated => Icon::Plus,
        Event::EmployeeRevised => Icon::Edit,
        Event::EmployeeAssigned => Icon::Swap,
        Event::EmployeeSuspended => Icon::Stop,
        Event::EmployeeReactivated => Icon::Undo,
        Event::EmployeeDeleted => Icon::Trash,
        Event::EmployeeInvited | Event::EmailChangeRequested | Event::EmailChanged => Icon::Mail,
        Event::InvitationRevoked => Icon::Close,
        Event::EmployeeActivated => Icon::Check,
        Event::PasswordChanged
        | Event::PasswordReset
        | Event::SignedIn
        | Event::SecondFactorAdded
        | Event::SecondFactorRemoved
        | Event::SecondFactorReset
        | Event::PasskeyRenamed
        | Event::RecoveryCodesMade
        | Event::RecoveryCodeUsed
        | Event::TurnedOver
        | Event::TurnedBack
        | Event::Exempted
        | Event::Recovered => Icon::Key,
        Event::SignInRefused => Icon::Stop,
        Event::PolicyChanged
        | Event::ProviderCreated
        | Event::ProviderRevised
        | Event::ProviderEnabled
        | Event::ProviderDisabled
        | Event::ProviderDeleted => Icon::Shield,
        Event::SessionsEnded => Icon::SignOut,
        Event::PictureChanged => Icon::Account,
        Event::OfficeCreated | Event::OfficeRevised | Event::OfficeDeleted => Icon::Office,
        Event::CategoryCreated
        | Event::CategoryRevised
        | Event::CategoryDeleted
        | Event::SubjectCreated
        | Event::SubjectRevised
        | Event::SubjectDeleted
        | Event::SubjectNarrowed
        | Event::ExpertiseChanged => Icon::Tag,
        Event::HoursChanged => Icon::Clock,
        Event::AbsenceEntered
        | Event::AbsenceRevised
        | Event::AbsenceRemoved
        | Event::CalendarLinked
        | Event::CalendarSwitched
        | Event::CalendarUnlinked
        | Event::FeedMade
        | Event::FeedEnded => Icon::Calendar,
        Event::AppointmentBooked
        | Event::AppointmentConfirmed
        | Event::AppointmentRescheduled
        | Event::AppointmentNoted => Icon::Appointments,
        Event::AppointmentReassigned => Icon::Swap,
        Event::AppointmentCancelled => Icon::Close,
        Event::CustomerExported => Icon::Download,
        Event::CustomerErased => Icon::Trash,
        Event::BookingChanged => Icon::Settings,
        Event::PbxCreated
        | Event::PbxRevised
        | Event::PbxRewritten
        | Event::PbxDeleted
        | Event::TenantCreated
        | Event::TenantRevised
        | Event::TenantDeleted
        | Event::AgentGroupCreated
        | Event::AgentGroupRevised
        | Event::AgentGroupDeleted
        | Event::QueueCreated
        | Event::QueueRevised
        | Event::QueueDeleted
        | Event::RingGroupCreated
        | Event::RingGroupRevised
        | Event::RingGroupDeleted
        | Event::PickupGroupCreated
        | Event::PickupGroupRevised
        | Event::PickupGroupDeleted
        | Event::ScriptCreated
        | Event::ScriptRevised
        | Event::ScriptDeleted
        | Event::ChannelCreated
        | Event::ChannelRevised
        | Event::ChannelDeleted
        | Event::RingMembersChanged
        | Event::PickupMembersChanged
        | Event::LicenseChanged
        | Event::NumbersAdded
        | Event::NumbersRemoved
        | Event::ContactUserCreated
        | Event::ContactUserRevised
        | Event::ContactUserRemoved
        | Event::ContactStateSet
        | Event::QueuesChanged
        | Event::SupervisionChanged
        | Event::EndpointAdded
        | Event::EndpointRemoved => Icon::Phone,
        Event::OrganisationCreated | Event::SettingsChanged => Icon::Settings,
    }
}
