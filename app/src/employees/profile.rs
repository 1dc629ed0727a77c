//! One employee: what is shown of them, and the Profile tab (E-12).

use super::assign::AssignDialog;
use super::header::Header;
use super::invite::InvitationCard;
use super::save::ProfileForm;
use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CopyField, Moment, Notice, Time, Tone, role_word};
use domain::employee::Record;
use domain::{Action, EmployeeId, OfficeId, Refusal, Role, Roles, SignIn};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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

/// One employee; six statements at most (S-5).
#[server(endpoint = "get_employee", input = server_fn::codec::Json)]
pub async fn get_employee(id: EmployeeId) -> Result<EmployeeView, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let (employee, offices) = request.employee_with_offices(id).await?;
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
        sign_in_link: format!("{}/sign-in", crate::request::deployment().public_url),
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

/// `/employees/ID`: the Profile tab.
pub struct ProfilePage;

#[lazy_route]
impl LazyRoute for ProfilePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let one = one();
        let actions = Actions::new();
        provide_context(actions);
        Effect::new(move |before: Option<u64>| {
            let now = actions.undone.get();
            if before.is_some_and(|before| before != now) {
                one.refetch();
            }
            now
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(employee) => view! { <Profile employee one /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// What can be sent from the page. Made once, since what they answered must outlive the reading
/// of the employee that follows.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) save: ServerAction<super::SaveEmployee>,
    pub(super) assign: ServerAction<super::AssignOffices>,
    pub(super) invite: ServerAction<super::Invite>,
    pub(super) revoke: ServerAction<super::RevokeInvitation>,
    pub(super) copy: ServerAction<super::CopyInvitation>,
    /// Counts up when something was undone.
    pub(super) undone: RwSignal<u64>,
    /// What was ticked and unticked in the Assigned offices dialog since it was opened.
    pub(super) ticked: StoredValue<HashMap<String, bool>>,
    /// The offices of the Assigned offices dialog, while it is open.
    pub(super) offices: Resource<Result<Vec<(OfficeId, String)>, AppError>>,
}

impl Actions {
    fn new() -> Self {
        Self {
            save: ServerAction::new(),
            assign: ServerAction::new(),
            invite: ServerAction::new(),
            revoke: ServerAction::new(),
            copy: ServerAction::new(),
            undone: RwSignal::new(0),
            ticked: StoredValue::new(HashMap::new()),
            offices: super::assign::offices(),
        }
    }
}

#[component]
fn Profile(employee: EmployeeView, one: One) -> AnyView {
    let manages_roles = employee.may(Action::AssignOffices);
    view! {
        <Title text=employee.record.display_name() />
        <Header employee=employee.clone() />
        <Done employee=employee.clone() />
        <div class="columns">
            <div>
                <ProfileForm employee=employee.clone() one />
                <DangerZone employee=employee.clone() />
            </div>
            <div class="stack">
                <Offices employee=employee.clone() />
                <InvitationCard employee=employee.clone() one />
                <Facts employee=employee.clone() />
            </div>
        </div>
        {manages_roles.then(|| view! { <AssignDialog employee one /> })}
    }
    .into_any()
}

/// What just happened, after Create.
#[component]
fn Done(employee: EmployeeView) -> impl IntoView {
    let query = use_query_map();
    let mail = employee
        .invitation
        .as_ref()
        .map(|invitation| &invitation.mail);
    let failing = matches!(mail, Some(Mail::Failing(_)));
    move || match query.with(|query| query.get("done")).as_deref() {
        Some("invited") if !failing => {
            let email = employee.record.email.clone();
            let title = t::done_invited(email, employee.invitation_hours);
            view! { <Notice tone=Tone::Good title=title live=true /> }.into_any()
        }
        Some("created") => {
            let link = employee.sign_in_link.clone();
            view! {
            <Notice tone=Tone::Good title=t::done_created() live=true>
                <p>{t::done_created_hand_over()}</p>
                <CopyField label=t::done_sign_in_link() text=link.clone() />
            </Notice>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

#[component]
fn Offices(employee: EmployeeView) -> AnyView {
    let words = |roles: Roles| roles.iter().map(role_word).collect::<Vec<_>>().join(", ");
    let none = employee.places.is_empty();
    let wanted = employee.record.wanted;
    let edit = employee.may(Action::AssignOffices).then(|| {
        view! { <a class="button small" href=format!("/employees/{}?edit=offices", employee.record.id)>{t::action_edit()}</a> }
    });
    let places = employee.places.into_iter().map(|(_, name, roles)| {
        view! {
            <li>
                <b>{name}</b>
                <small>{words(roles)}</small>
            </li>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{t::profile_assigned()}</h2>
                {edit}
            </header>
            {none.then(|| view! { <p class="quiet">{t::profile_not_assigned()}</p> })}
            {(!wanted.is_empty()).then(|| view! { <p class="quiet">{t::profile_wanted(words(wanted))}</p> })}
            <ul class="lines">{places.collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Facts(employee: EmployeeView) -> AnyView {
    let way = match employee.record.sign_in {
        SignIn::Password => t::profile_by_password(),
        SignIn::SingleSignOn => t::profile_by_single_sign_on(),
    };
    let last_seen = match employee.last_seen {
        Some(moment) => view! { <Time moment /> }.into_any(),
        None => t::time_never().into_any(),
    };
    view! {
        <section class="card">
            <header>
                <h2>{t::new_account()}</h2>
            </header>
            <dl class="facts">
                <div>
                    <dt>{t::label_sign_in()}</dt>
                    <dd>{way}</dd>
                </div>
                <div>
                    <dt>{t::employees_last_seen()}</dt>
                    <dd>{last_seen}</dd>
                </div>
                <div>
                    <dt>{t::profile_added()}</dt>
                    <dd>
                        <Time moment=employee.added />
                    </dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn DangerZone(employee: EmployeeView) -> AnyView {
    employee.may(Action::DeleteEmployee).then(|| {
        view! {
            <section class="danger-zone">
                <div>
                    <h2>{t::delete_title()}</h2>
                    <p class="quiet">{t::delete_teaser()}</p>
                </div>
                <a class="button danger" href=format!("/employees/{}/delete", employee.record.id)>{t::delete_title()}</a>
            </section>
        }
    })
    .into_any()
}
