//! Another time for an appointment, by its customer: the same agent's times first, anybody's if wanted.

use super::Call;
use crate::booking::answer::said;
use crate::booking::calendar::{Calendar, Wanted};
use crate::booking::catalogue::ANYBODY;
use crate::booking::page::{moment, week};
use app::booking::{Words, day_of};
use app::error::AppError;
use app::messages::t;
use axum::http::StatusCode;
use axum::response::Response;
use domain::booking::{Meeting, choose};
use domain::{Actor, Appointment, Refusal};

impl Call {
    /// Whose times a move is about: the same agent's, or anybody's.
    fn wanted(&self, appointment: &Appointment, anybody: bool) -> Wanted {
        Wanted {
            office: appointment.office,
            subject: appointment.subject,
            agent: appointment.employee.filter(|_| !anybody),
            except: Some(appointment.id),
        }
    }

    fn wants_anybody(&self) -> bool {
        self.typed("agent") == ANYBODY
    }

    /// Moves it; `false` when the time is not free any more.
    pub(super) async fn moved(&self) -> Result<bool, AppError> {
        let (mut transaction, appointment) = self.write().await?;
        let now = self.asker.now;
        let Some(at) = moment(self.typed("at"), now) else {
            return Ok(false);
        };
        let wanted = self.wanted(&appointment, self.wants_anybody());
        let calendar = Calendar::at(&mut transaction, wanted, at, now).await?;
        let Some(calendar) = calendar.filter(|calendar| calendar.offers(at)) else {
            return Ok(false);
        };
        let meeting = still_offered(&calendar, appointment.meeting);
        let Some(case) = choose(&calendar.cases, meeting, at, now) else {
            return Ok(false);
        };
        let reminder = transaction.bookings().await?.settings.reminder();
        let actor = Actor::system(self.asker.organisation);
        let proposal = case.propose(meeting, at, now);
        let Some(moved) = appointment.revise(&actor, &proposal, false, reminder, now)? else {
            return Ok(true);
        };
        match transaction.apply(moved).await {
            Ok(()) => {}
            Err(store::Error::Refused(Refusal::Invalid(_))) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        transaction.commit().await?;
        Ok(true)
    }

    pub(super) async fn times(&self, status: StatusCode) -> store::Result<Response> {
        let opened = self.open().await?;
        let now = self.asker.now;
        let Some(appointment) = &opened.appointment else {
            return Ok(opened.page(StatusCode::NOT_FOUND, "", None, ""));
        };
        if appointment.is_open_to_customer(now).is_err() {
            return Ok(opened.page(StatusCode::CONFLICT, "", None, ""));
        }
        let at = moment(self.typed("at"), now);
        let day = week(self.typed("week"), now);
        let from = at.or(day.map(|(_, from)| from)).unwrap_or(now);
        let store = &self.state.deployment.store;
        let mut reading = store.read(self.asker.organisation).await?;
        let bookable = reading
            .bookable_agents(appointment.office, appointment.subject)
            .await?;
        let same = bookable
            .iter()
            .any(|agent| Some(agent.id) == appointment.employee);
        let anybody = self.wants_anybody() || !same;
        let wanted = self.wanted(appointment, anybody);
        let calendar = Calendar::read(&mut reading, wanted, from, now).await?;
        let Some(calendar) = calendar else {
            return Ok(opened.visit.say(status, t::book_time, t::book_none));
        };
        let free = at.filter(|at| calendar.offers(*at));
        let words = Words::default().with("language", opened.visit.words.get("language"));
        let words = words.with("agent", if anybody { ANYBODY } else { "" });
        Ok(opened.visit.page(status, || {
            let title = t::book_own_move().to_owned();
            if let Some(at) = free {
                return (title, opened.agree(appointment, &calendar, at, &words));
            }
            let path = opened.path("/time");
            let first = match at {
                Some(at) => Some(day_of(at, &calendar.zone)),
                None => day.map(|(day, _)| day),
            };
            let zone = calendar.zone.iana_name().unwrap_or_default().to_owned();
            let week = calendar.week(first, &appointment.office_name, &zone);
            let gone = (!self.typed("at").is_empty()).then(|| t::book_gone_time().to_owned());
            let other =
                (!anybody && bookable.len() > 1).then(|| words.with("agent", ANYBODY).href(&path));
            let now_is = opened.when(appointment);
            let view = app::booking::moving(&path, &words, week, now_is, other, said(gone, true));
            (title, view)
        }))
    }
}

/// The same kind of meeting, or the first that the subject still has.
fn still_offered(calendar: &Calendar, meeting: Meeting) -> Meeting {
    let offers = calendar.cases.iter().map(|case| case.offer.meetings);
    let kinds = offers.into_iter().next().unwrap_or_default();
    match kinds.has(meeting) {
        true => meeting,
        false => kinds.iter().next().unwrap_or(meeting),
    }
}
