//! One employee as somebody sees them, for every page about them.

use crate::error::AppError;
use crate::ui::Moment;
use domain::employee::Record;
use domain::{Action, EmployeeId, OfficeId, Refusal, Role, Roles};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

/// An employee as the asker may see them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EmployeeView {
    pub record: Record,
    /// What the asker may do to them.
    pub may: Vec<Action>,
    /// The offices where they hold roles, as far as the asker may see, by name.
    pub places: Vec<(OfficeId, String, Roles)>,
    /// The phone number as people of this country write it.
    pub phone: String,
    pub added: Moment,
    pub last_seen: Option<Moment>,
    pub invitation: Option<InvitationView>,
    /// How long a new invitation lives, in hours.
    pub invitation_hours: i32,
    /// Where an employee who signs in elsewhere begins.
    pub sign_in_link: String,
    /// How many appointments they have ahead and can't take as it stands, as far as the asker handles
    /// them (P-06).
    pub stranded: usize,
}

/// Where somebody's latest invitation stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct InvitationView {
    pub made: Moment,
    pub expires: Moment,
    pub dead: bool,
    pub mail: Mail,
}

/// Where the mail with an invitation stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Mail {
    /// The link was handed over.
    None,
    Waiting,
    Sent,
    /// Why it could not be sent so far; it will be tried again.
    Failing(String),
}

impl EmployeeView {
    /// Whether the asker may do `action` to this employee.
    pub fn may(&self, action: Action) -> bool {
        self.may.contains(&action)
    }

    /// The roles as the asker sees them: held, or wanted while there is no office.
    pub fn roles(&self) -> Roles {
        let held = self
            .places
            .iter()
            .fold(self.record.wanted, |all, (_, _, roles)| all.and(*roles));
        held.set(Role::Administrator, self.record.administrator)
    }
}

/// One employee, by two statements at most beside the session's (S-5).
#[server(endpoint = "get_employee", input = server_fn::codec::Json)]
pub async fn get_employee(id: EmployeeId) -> Result<EmployeeView, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let ((employee, offices), stranded) = request.employee_with_stranded(id).await?;
    let actor = request.actor().clone();
    let record = actor.view(&employee)?;
    let may = Action::ALL
        .iter()
        .copied()
        .filter(|action| actor.may(*action, employee.target()).is_ok());
    let may: Vec<Action> = may.collect();
    let seen = |(office, name)| {
        let place = record.places.iter().find(|place| place.office == office)?;
        Some((office, name, place.roles))
    };
    let places = offices.into_iter().filter_map(seen).collect();
    let (zone, now) = (request.zone(), request.now);
    let invitation =
        match may.contains(&Action::AddEmployee) && record.status == domain::Status::Pending {
            true => request.latest_invitation(id).await?,
            false => None,
        };
    let invitation = invitation.map(|latest| InvitationView {
        made: crate::ui::moment::ago(latest.created_at, now, &zone),
        expires: crate::ui::moment::ahead(latest.expires_at, now, &zone),
        dead: latest.used || latest.revoked || latest.expires_at <= now,
        mail: match latest.delivery {
            None => Mail::None,
            Some(delivery) if delivery.delivered_at.is_some() => Mail::Sent,
            Some(delivery) => delivery.failure.map_or(Mail::Waiting, Mail::Failing),
        },
    });
    let settings = &request.session.organisation.settings;
    Ok(EmployeeView {
        stranded,
        may,
        places,
        phone: record
            .profile
            .phone
            .as_ref()
            .map_or_else(String::new, |p| p.shown(&settings.country)),
        added: crate::ui::moment::exact(record.created_at, &zone),
        last_seen: record
            .last_seen_at
            .map(|at| crate::ui::moment::ago(at, now, &zone)),
        invitation,
        invitation_hours: settings.invitation_hours,
        sign_in_link: format!("{}/sign-in", crate::request::asker()?.url),
        record,
    })
}

/// An employee as a page's data.
pub(super) type One = Resource<Result<EmployeeView, AppError>>;

/// The employee of the address. Not read again by itself: what somebody edits must not change
/// under their hands, and they are told when they save (E-20).
pub(super) fn one() -> One {
    let params = use_params_map();
    let id = move || {
        params.with(|params| {
            params
                .get("id")
                .and_then(|id| id.parse::<EmployeeId>().ok())
        })
    };
    Resource::new(id, |id| async move {
        match id {
            Some(id) => get_employee(id).await,
            None => Err(Refusal::NotFound.into()),
        }
    })
}
