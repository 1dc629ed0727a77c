//! What a form says of a user, read as far as it can be read without the contact centre around it.

use super::{Ground, Settings, TEXT_MAX};
use crate::contact_centre::license::{CONTACT_CENTER, ENGAGE, Held};
use crate::contact_centre::voice::Extension;
use crate::field::{self, Phone, Problems};
use crate::{AgentGroupId, Field, TenantId, Why};

/// What a form says; a field that was not in the form is `None` and stays as it is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    /// First and last name, which are required here (C-02); they stand on the employee.
    pub names: Option<(String, String)>,
    /// Empty is the default tenant.
    pub tenant: Option<String>,
    pub department: Option<String>,
    pub site: Option<String>,
    /// `contact_center`, `engage` or nothing.
    pub license: Option<String>,
    /// The Work license, which is the other half of the pair.
    pub plan: Option<String>,
    pub work_number: Option<String>,
    pub work_extension: Option<String>,
    pub centre_number: Option<String>,
    pub centre_extension: Option<String>,
    pub call_waiting: Option<bool>,
    pub shows_cli: Option<bool>,
    /// Empty is the default group.
    pub agent_group: Option<String>,
    /// Removes the user from all queues in the same step (case 17).
    pub leaves_queues: bool,
}

impl Draft {
    /// The numbers and the extensions that are wanted, as they were typed, to look up who has them.
    pub fn wanted(&self) -> (Vec<String>, Vec<String>) {
        let typed = |fields: [&Option<String>; 2]| {
            let fields = fields.into_iter().flatten();
            fields.map(|text| text.trim().to_owned()).collect()
        };
        (
            typed([&self.work_number, &self.centre_number]),
            typed([&self.work_extension, &self.centre_extension]),
        )
    }

    /// The settings that `old` becomes, or those of a new user; what can't be taken is noted.
    pub(super) fn read(
        &self,
        old: Option<&Settings>,
        ground: &Ground,
        problems: &mut Problems,
    ) -> Option<Settings> {
        if let Some((first, last)) = &self.names {
            for (field, name) in [(Field::FirstName, first), (Field::LastName, last)] {
                if name.trim().is_empty() {
                    problems.add(field, Why::Required);
                }
            }
        }
        let tenant = self.tenant(old, ground);
        let agent_group = self.group(old, ground);
        let mut text = |field, new: &Option<String>, old: Option<&String>| match new {
            Some(new) => problems.take(field, field::line(new, TEXT_MAX)),
            None => old.cloned().unwrap_or_default(),
        };
        let department = text(
            Field::Department,
            &self.department,
            old.map(|old| &old.department),
        );
        let site = text(Field::Site, &self.site, old.map(|old| &old.site));
        let license = match self.license(old) {
            Ok(license) => license,
            Err((field, why)) => {
                problems.add(field, why);
                Held::None
            }
        };
        let (work, centre) = (old.map(|old| &old.work), old.map(|old| &old.centre));
        let mut line = |number, extension, typed: [&Option<String>; 2], old: Option<&_>| {
            let old: crate::contact_centre::voice::Line = old.cloned().unwrap_or_default();
            crate::contact_centre::voice::Line {
                number: match typed[0] {
                    Some(text) => problems.take(number, read_number(text)),
                    None => old.number,
                },
                extension: match typed[1] {
                    Some(text) => problems.take(extension, Extension::read(text)),
                    None => old.extension,
                },
            }
        };
        let work = line(
            Field::WorkNumber,
            Field::WorkExtension,
            [&self.work_number, &self.work_extension],
            work,
        );
        let centre = line(
            Field::CentreNumber,
            Field::CentreExtension,
            [&self.centre_number, &self.centre_extension],
            centre,
        );
        let tenant = noted(problems, Field::Tenant, tenant);
        let agent_group = noted(problems, Field::AgentGroup, agent_group);
        Some(Settings {
            tenant: tenant?,
            department,
            site,
            license,
            work,
            centre,
            call_waiting: self
                .call_waiting
                .unwrap_or(old.is_some_and(|old| old.call_waiting)),
            shows_cli: self
                .shows_cli
                .unwrap_or(old.is_some_and(|old| old.shows_cli)),
            agent_group: agent_group?,
        })
    }

    fn tenant(&self, old: Option<&Settings>, ground: &Ground) -> Result<TenantId, Why> {
        let usual = ground.tenants.iter().find(|tenant| tenant.is_default);
        match (self.tenant.as_deref().map(str::trim), old) {
            (None, Some(old)) => Ok(old.tenant),
            (None | Some(""), _) => usual.map(|tenant| tenant.id).ok_or(Why::NeedsTenant),
            (Some(id), _) => id.parse().map_err(|_| Why::UnknownChoice),
        }
    }

    fn group(&self, old: Option<&Settings>, ground: &Ground) -> Result<AgentGroupId, Why> {
        let usual = ground.groups.iter().find(|group| group.is_default);
        let known = |id: &AgentGroupId| ground.groups.iter().any(|group| group.id == *id);
        match (self.agent_group.as_deref().map(str::trim), old) {
            (None, Some(old)) => Ok(old.agent_group),
            (None | Some(""), _) => usual.map(|group| group.id).ok_or(Why::NeedsAgentGroup),
            (Some(id), _) => id.parse().ok().filter(known).ok_or(Why::UnknownChoice),
        }
    }

    /// The Contact Center license, or the pair, or nothing: never half of the pair, never both (C-03).
    fn license(&self, old: Option<&Settings>) -> Result<Held, (Field, Why)> {
        let (license, plan) = match (&self.license, &self.plan, old) {
            (None, None, Some(old)) => return Ok(old.license.clone()),
            (license, plan, _) => {
                let text =
                    |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
                (text(license), text(plan))
            }
        };
        match (license.as_str(), plan.as_str()) {
            ("", "") => Ok(Held::None),
            (CONTACT_CENTER, "") => Ok(Held::ContactCenter),
            (ENGAGE, "") => Err((Field::Plan, Why::HalfPair)),
            (ENGAGE, plan) => Ok(Held::Engage {
                plan: plan.to_owned(),
            }),
            ("", _) => Err((Field::License, Why::HalfPair)),
            (CONTACT_CENTER, _) => Err((Field::Plan, Why::LicensesExclude)),
            _ => Err((Field::License, Why::UnknownChoice)),
        }
    }
}

/// The value, or nothing after the problem was noted.
fn noted<T>(problems: &mut Problems, field: Field, read: Result<T, Why>) -> Option<T> {
    read.map_err(|why| problems.add(field, why)).ok()
}

/// A number in E.164 and in no other way (case 16); empty is none.
fn read_number(text: &str) -> Result<Option<Phone>, Why> {
    match text.trim() {
        "" => Ok(None),
        text => Phone::e164(text).map(Some).map_err(|_| Why::NotE164),
    }
}
