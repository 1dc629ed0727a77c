//! What waits, in words: for the page, and for the mail of the morning.

use super::{Kind, Line};
use crate::messages::t;
use crate::ui::moment::{ago, ahead, exact};
use domain::{Action, Actor, Timestamp};
use jiff::tz::TimeZone;
use store::attention::{Attention, Ending, FailingCalendar, FailingMail, Trouble, Waiting};

/// Every line, by kind. Links lead only where `actor` may go; in a mail there are none.
pub fn lines(
    attention: Attention,
    actor: Option<&Actor>,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Line> {
    let Attention {
        requests,
        without_agent,
        calendars,
        invitations,
        mails,
    } = attention;
    let requests = requests
        .into_iter()
        .map(|one| waiting(Kind::Request, one, actor, zone));
    let without_agent = without_agent
        .into_iter()
        .map(|one| waiting(Kind::WithoutAgent, one, actor, zone));
    let calendars = calendars.into_iter().map(|one| calendar(one, now, zone));
    let invitations = invitations.into_iter().map(|one| ending(one, now, zone));
    let mails = mails.into_iter().map(|one| mail(one, actor, now, zone));
    requests
        .chain(without_agent)
        .chain(calendars)
        .chain(invitations)
        .chain(mails)
        .collect()
}

fn waiting(kind: Kind, one: Waiting, actor: Option<&Actor>, zone: &TimeZone) -> Line {
    let (agent, office) = (one.agent.as_str(), one.office_name.as_str());
    let detail = match one.trouble {
        None => t::attention_with(agent, office),
        Some(Trouble::Former) => t::attention_former(office),
        Some(Trouble::NotActive) => t::attention_not_active(agent),
        Some(Trouble::NotInOffice) => t::attention_not_in_office(agent, office),
        Some(Trouble::Absent) => t::attention_absent(agent),
    };
    let handles = |actor: &&Actor| actor.may_in(Action::HandleAppointments, one.office).is_ok();
    let handler = actor.filter(handles);
    // All of somebody's appointments are given away by those who manage them, where they still can.
    let gives_away = handler.is_some_and(|actor| {
        let manages = actor.may_in(Action::EditHours, one.office).is_ok();
        manages && one.trouble != Some(Trouble::NotInOffice)
            || actor.reaches_all(Action::ViewEmployee)
    });
    let leaving = one.trouble.and(one.employee).filter(|_| gives_away);
    Line {
        kind,
        what: t::attention_appointment(&one.customer, &one.subject_title),
        detail,
        when: exact(one.begins_at, zone),
        href: handler.map(|_| format!("/appointments/{}", one.id)),
        leaving: leaving.map(|id| format!("/employees/{id}/leaving")),
        confirm: handler
            .filter(|_| kind == Kind::Request)
            .map(|_| (one.id, one.version)),
    }
}

fn calendar(one: FailingCalendar, now: Timestamp, zone: &TimeZone) -> Line {
    Line {
        kind: Kind::Calendar,
        what: t::attention_calendar(&one.name),
        detail: one.person,
        when: ago(one.since, now, zone),
        href: Some(format!("/employees/{}/calendars", one.employee)),
        leaving: None,
        confirm: None,
    }
}

fn ending(one: Ending, now: Timestamp, zone: &TimeZone) -> Line {
    let (detail, when) = match one.is_over {
        true => (t::attention_expired(), ago(one.expires_at, now, zone)),
        false => (t::attention_expires(), ahead(one.expires_at, now, zone)),
    };
    Line {
        kind: Kind::Invitation,
        what: one.person,
        detail: detail.to_owned(),
        when,
        href: Some(format!("/employees/{}", one.employee)),
        leaving: None,
        confirm: None,
    }
}

fn mail(one: FailingMail, actor: Option<&Actor>, now: Timestamp, zone: &TimeZone) -> Line {
    let handles = |office| {
        actor.is_some_and(|actor| actor.may_in(Action::HandleAppointments, office).is_ok())
    };
    let (what, href) = match (one.appointment, one.employee) {
        (Some((id, office, title)), _) => (
            t::attention_mail_about(&title),
            handles(office).then(|| format!("/appointments/{id}")),
        ),
        (None, Some((id, person))) => (
            t::attention_mail_to(&person),
            Some(format!("/employees/{id}")),
        ),
        (None, None) => (t::attention_mail().to_owned(), None),
    };
    Line {
        kind: Kind::Mail,
        what,
        detail: t::attention_mail_tried().to_owned(),
        when: ago(one.created_at, now, zone),
        href,
        leaving: None,
        confirm: None,
    }
}
