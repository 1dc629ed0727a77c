//! What somebody else changed while a form was open (E-20), on the server.

use crate::error::{AppError, Missed};
use crate::messages::{Language, t};
use crate::queues::words::value_word;
use crate::request::Change;
use crate::ui::{role_word, status_word};
use domain::audit::{Line, Person, Query};
use domain::contact_centre::agent_group::AgentGroup;
use domain::contact_centre::call_group::CallGroup;
use domain::contact_centre::channel::Channel;
use domain::contact_centre::pbx::Pbx;
use domain::contact_centre::queue::Queue;
use domain::contact_centre::script::Script;
use domain::contact_centre::tenant::Tenant;
use domain::contact_centre::user::ContactUser;
use domain::organisation::Organisation;
use domain::{
    About, Action, Category, Employee, Event, Field, Office, PartId, Refusal, Roles, Status,
    Subject, Version,
};

/// What forms edit, each with a version that rises with every change.
pub trait Versioned {
    fn subject(&self) -> About;
    fn version(&self) -> Version;

    /// Whether its version rose with such an event: somebody's contact-centre profile has one of its own.
    fn rose_with(&self, event: Event) -> bool {
        !is_of_profile(event)
    }
}

/// Whether an event about an employee is about their contact-centre profile.
const fn is_of_profile(event: Event) -> bool {
    matches!(event, Event::ContactUserRevised | Event::SupervisionChanged)
}

impl Versioned for ContactUser {
    fn subject(&self) -> About {
        About::Employee(self.employee)
    }

    fn version(&self) -> Version {
        self.version
    }

    fn rose_with(&self, event: Event) -> bool {
        is_of_profile(event)
    }
}

impl Versioned for Employee {
    fn subject(&self) -> About {
        About::Employee(self.id)
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Office {
    fn subject(&self) -> About {
        About::Office(self.id)
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Subject {
    fn subject(&self) -> About {
        About::Subject(self.id)
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Category {
    fn subject(&self) -> About {
        About::Category(self.id)
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Pbx {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Queue {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Script {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Channel {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Tenant {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for AgentGroup {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.0))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for CallGroup {
    fn subject(&self) -> About {
        About::Part(PartId(self.id.uuid()))
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Versioned for Organisation {
    fn subject(&self) -> About {
        About::Organisation
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Change {
    /// Refuses with what changed since the form was read at `version`, as far as the asker may see it.
    ///
    /// # Errors
    /// [`AppError::Missed`]; [`Refusal::Stale`] when nothing of it is the asker's to see.
    pub async fn refuse_if_missed(
        &mut self,
        now: &impl Versioned,
        version: Version,
    ) -> Result<(), AppError> {
        if now.version() == version {
            return Ok(());
        }
        let query = Query {
            subject: Some(now.subject()),
            since: Some(version),
            ..Query::default()
        };
        let visibility = self.actor.visibility(Action::ReadAudit);
        let lines = self.audit(visibility, &query).await?;
        let lines = lines.iter().rev().filter(|line| now.rose_with(line.event));
        let missed: Vec<Missed> = lines.flat_map(missed).collect();
        if missed.is_empty() {
            Err(Refusal::Stale.into())
        } else {
            Err(AppError::Missed(missed))
        }
    }
}

fn missed(line: &Line) -> Vec<Missed> {
    let by = match &line.author {
        Person::Known(_, name) => name.clone(),
        Person::System => "Staffroom".to_owned(),
        Person::Former => t::audit_former().to_owned(),
    };
    let status = |before: Status, after: Status| {
        vec![Missed {
            field: Field::Status.name().to_owned(),
            before: status_word(before).to_owned(),
            after: status_word(after).to_owned(),
            by: by.clone(),
        }]
    };
    match line.event {
        Event::EmployeeSuspended => status(Status::Active, Status::Suspended),
        Event::EmployeeReactivated => status(Status::Suspended, Status::Active),
        Event::EmployeeActivated => status(Status::Pending, Status::Active),
        _ => line
            .values
            .iter()
            .map(|value| Missed {
                // `office:ID` says in which office the roles changed; the form has one field for all.
                field: match value.field.split_once(':') {
                    Some(("queue", _)) => Field::Queue.name().to_owned(),
                    Some(("member", _)) => Field::Members.name().to_owned(),
                    Some(_) => Field::Offices.name().to_owned(),
                    None => value.field.clone(),
                },
                before: word(&value.field, value.before.as_deref()),
                after: word(&value.field, value.after.as_deref()),
                by: by.clone(),
            })
            .collect(),
    }
}

/// A value as the form shows it.
fn word(field: &str, value: Option<&str>) -> String {
    match (field, value.unwrap_or_default()) {
        (field, text) if value_word(field, text).is_some() => {
            value_word(field, text).unwrap_or_default()
        }
        (_, "on") => t::audit_on().to_owned(),
        (_, "off") => t::audit_off().to_owned(),
        (field, codes) if field == "roles" || field.starts_with("office:") => {
            let roles = Roles::from_codes(codes.split(',')).unwrap_or_default();
            roles.iter().map(role_word).collect::<Vec<_>>().join(", ")
        }
        ("language", code) => match Language::from_code(code) {
            Some(language) => language.name().to_owned(),
            None => code.to_owned(),
        },
        (_, text) => text.to_owned(),
    }
}
