//! What the Appointment hours tab shows, by four statements beside the session's.

use crate::error::AppError;
use domain::{AbsenceId, EmployeeId, OfficeId, Version};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A row of the form: a block, as far as it is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Row {
    /// From 0, Monday.
    pub day: u8,
    /// As `09:30`; a row in which both are empty is no block.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    pub office: OfficeId,
    /// Whether bookings are confirmed at once.
    #[serde(default)]
    pub automatic: bool,
}

/// A template as a tab.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TemplateView {
    pub id: u32,
    pub name: String,
    /// Of one day, not of a week.
    pub day: bool,
}

/// Dates over which a template counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppliedView {
    pub id: u32,
    /// The name of the template; empty for "Unavailable".
    pub name: String,
    pub dates: String,
    /// `None` for all offices.
    pub office: Option<String>,
    /// Whether the asker can take it back.
    pub own: bool,
}

/// A time in which the agent is away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AbsenceView {
    pub id: AbsenceId,
    pub dates: String,
    pub reason: String,
    /// As a form takes it: the day, and the time of the day where it is not the whole.
    pub from: (String, String),
    pub until: (String, String),
}

/// The hours of an agent as the asker edits them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HoursView {
    /// 0 while nothing was ever saved.
    pub version: Version,
    /// Which template is open; `None` for the default week.
    pub template: Option<TemplateView>,
    /// Its blocks (or what was typed before the form came back), and a free row for each day.
    pub rows: Vec<Row>,
    pub templates: Vec<TemplateView>,
    /// What is applied to dates that are not over, the last applied first.
    pub applied: Vec<AppliedView>,
    pub absences: Vec<AbsenceView>,
    /// The offices whose blocks the asker edits, by name.
    pub offices: Vec<(OfficeId, String)>,
    /// Whether these are all of the agent's, so that a template can be applied everywhere.
    pub everywhere: bool,
    /// The time zone in which absences are entered.
    pub zone: String,
    /// Today there, as a date field takes it.
    pub today: String,
}

impl HoursView {
    /// The number of days that are edited: seven, or one.
    pub fn days(&self) -> u8 {
        match &self.template {
            Some(template) if template.day => 1,
            _ => 7,
        }
    }
}

/// The appointment hours of an agent, and one of the templates (else the default week) as rows.
#[server(endpoint = "get_hours", input = server_fn::codec::Json)]
pub async fn get_hours(id: EmployeeId, template: Option<u32>) -> Result<HoursView, AppError> {
    use domain::hours::TemplateId;
    let mut request = crate::request::Read::begin().await?;
    let (employee, names) = request.employee_with_offices(id).await?;
    let offices = employee.hours_offices(request.actor())?;
    let kept = request.hours(id).await?;
    let now = request.now;
    let absences = request.absences(id, now).await?;
    let everywhere = employee.agents_offices().all(|o| offices.contains(&o));
    let hours = kept.hours.only(&offices);
    let open = match template.map(TemplateId) {
        None => None,
        Some(template) => Some(hours.template(template).ok_or(domain::Refusal::NotFound)?),
    };
    let shown = open.map(server::template);
    let days = open.map_or(&hours.default.0[..], |open| open.pattern.days());
    let zone = server::zone(&request.session, &employee);
    let today = now.to_zoned(zone.clone()).date();
    let names: Vec<_> = names
        .into_iter()
        .filter(|(office, _)| offices.contains(office))
        .collect();
    let language = crate::request::language(&request.session);
    Ok(crate::messages::with(language, || HoursView {
        version: kept.version.unwrap_or(Version(0)),
        rows: server::rows(days, names.first().map(|(office, _)| *office)),
        template: shown,
        templates: hours.templates.iter().map(server::template).collect(),
        applied: server::applied(&hours, &names, today, everywhere),
        absences: absences
            .iter()
            .map(|absence| server::absence(absence, &zone))
            .collect(),
        offices: names,
        everywhere,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        today: today.to_string(),
    }))
}

#[cfg(feature = "ssr")]
pub(super) mod server {
    use super::super::{SaveHours, times};
    use super::{AbsenceView, AppliedView, Row, TemplateView};
    use crate::messages::t;
    use crate::request::Submitted;
    use crate::ui::moment;
    use axum::http::request::Parts;
    use domain::absence::Absence;
    use domain::hours::{Block, Hours, Template};
    use domain::{Employee, OfficeId};
    use jiff::civil::Date;
    use jiff::tz::TimeZone;
    use leptos::prelude::use_context;
    use server_fn::ServerFn;
    use store::session::Session;

    /// The time zone of an employee, else of their organisation.
    pub fn zone(session: &Session, of: &Employee) -> TimeZone {
        let settings = &session.organisation.settings;
        let name = of.time_zone.as_ref().unwrap_or(&settings.time_zone);
        TimeZone::get(name).unwrap_or(TimeZone::UTC)
    }

    pub fn template(template: &Template) -> TemplateView {
        TemplateView {
            id: template.id.0,
            name: template.name.clone(),
            day: template.pattern.is_day(),
        }
    }

    /// The rows of a form: what was typed into one that came back, else the blocks; and a free row
    /// for each day, with which a form without scripts grows.
    pub fn rows(days: &[Vec<Block>], office: Option<OfficeId>) -> Vec<Row> {
        let mut rows = typed().unwrap_or_else(|| {
            let numbered = (0..).zip(days);
            numbered
                .flat_map(|(day, blocks)| blocks.iter().map(move |block| row(day, block)))
                .collect()
        });
        if let Some(office) = office {
            rows.extend((0..).zip(days).map(|(day, _)| Row {
                day,
                from: String::new(),
                until: String::new(),
                office,
                automatic: true,
            }));
        }
        rows
    }

    fn row(day: u8, block: &Block) -> Row {
        Row {
            day,
            from: times::input(Some(block.from)),
            until: times::input(Some(block.until)),
            office: block.office,
            automatic: block.automatic,
        }
    }

    /// The filled rows of a plain form that was refused. They are read here, since the browser can
    /// only take over a page whose rows it knows too.
    fn typed() -> Option<Vec<Row>> {
        let parts = use_context::<Parts>()?;
        let submitted = parts.extensions.get::<Submitted>()?;
        if submitted.to != SaveHours::PATH {
            return None;
        }
        let mut numbers: Vec<usize> = Vec::new();
        let value = |number: usize, part: &str| {
            let name = format!("blocks[{number}][{part}]");
            let mut typed = submitted.typed.iter();
            typed
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        for (name, _) in &submitted.typed {
            let number = name
                .strip_prefix("blocks[")
                .and_then(|rest| rest.split(']').next());
            if let Some(number) = number.and_then(|number| number.parse().ok())
                && !numbers.contains(&number)
            {
                numbers.push(number);
            }
        }
        let rows = numbers.into_iter().filter_map(|number| {
            let text = |part| value(number, part).unwrap_or_default();
            let row = Row {
                day: text("day").parse().ok().filter(|day| *day < 7)?,
                from: text("from"),
                until: text("until"),
                office: text("office").parse().ok()?,
                automatic: value(number, "automatic").is_some(),
            };
            (!row.from.is_empty() || !row.until.is_empty()).then_some(row)
        });
        Some(rows.collect())
    }

    pub fn applied(
        hours: &Hours,
        offices: &[(OfficeId, String)],
        today: Date,
        everywhere: bool,
    ) -> Vec<AppliedView> {
        let name = |office: OfficeId| {
            let mut known = offices.iter();
            known
                .find(|(id, _)| *id == office)
                .map(|(_, name)| name.clone())
        };
        let current = hours.applied.iter().rev().filter(|one| one.last >= today);
        current
            .map(|one| AppliedView {
                id: one.id.0,
                name: hours
                    .template(one.template)
                    .map_or_else(String::new, |template| template.name.clone()),
                dates: dates(one.first, one.last),
                office: one.office.and_then(name),
                own: one.office.is_some() || everywhere,
            })
            .collect()
    }

    fn dates(first: Date, last: Date) -> String {
        match first == last {
            true => moment::date(first),
            false => t::hours_from_to(moment::date(first), moment::date(last)),
        }
    }

    /// Whole days without their times.
    pub fn absence(absence: &Absence, zone: &TimeZone) -> AbsenceView {
        let from = absence.span.from.to_zoned(zone.clone());
        let until = absence.span.until.to_zoned(zone.clone());
        let begins = |at: &jiff::Zoned| at.start_of_day().is_ok_and(|start| start == *at);
        let last = until.date().yesterday();
        let dates = match last.clone() {
            Ok(last) if begins(&from) && begins(&until) => dates(from.date(), last),
            _ if from.date() == until.date() => {
                let times = t::hours_from_to(moment::time(&from), moment::time(&until));
                t::date_with_time(moment::date(from.date()), times)
            }
            _ => t::hours_from_to(moment::date_and_time(&from), moment::date_and_time(&until)),
        };
        let said = |at: &jiff::Zoned, day: Date| match begins(at) {
            true => (day.to_string(), String::new()),
            false => (at.date().to_string(), moment::time(at)),
        };
        AbsenceView {
            id: absence.id,
            dates,
            reason: absence.reason.clone(),
            from: said(&from, from.date()),
            until: said(&until, last.unwrap_or(until.date())),
        }
    }
}
