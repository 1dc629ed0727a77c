//! One user as somebody may see them, and what can be chosen for them.

use crate::error::AppError;
use domain::EmployeeId;
use domain::contact_centre::user::{ContactUser, Endpoint};
use domain::{AgentGroupId, QueueId, TenantId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How many free numbers are suggested.
#[cfg(feature = "ssr")]
const FREE_NUMBERS: i64 = 100;

/// A user, as the asker may see them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ContactUserView {
    /// `None` for an employee who is no contact-centre user.
    pub user: Option<ContactUser>,
    pub may_edit: bool,
    /// Whether it is the asker's own.
    pub own: bool,
    pub tenant: String,
    pub tenant_shows_cli: bool,
    /// Where endpoints reach the PBX.
    pub host: String,
    /// Every queue for those who may edit, else those that are assigned or supervised.
    pub queues: Vec<QueueView>,
    pub endpoints: Vec<Endpoint>,
    /// What this browser just added by a plain form, with its secret.
    pub added: Option<super::AddedEndpoint>,
    /// What can be chosen, for those who may edit; for others the names of their own.
    pub choices: Choices,
}

/// A queue as it stands to a user.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct QueueView {
    pub id: QueueId,
    pub name: String,
    /// Whether Engage users can be in it.
    pub suits_engage: bool,
    /// Whether it is on another PBX than the user.
    pub elsewhere: bool,
    /// Enabled, and the priority; `None` when not assigned.
    pub member: Option<(bool, i64)>,
}

/// What can be chosen for a user.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Choices {
    /// The default one first.
    pub tenants: Vec<(TenantId, String)>,
    /// The default one first.
    pub groups: Vec<(AgentGroupId, String)>,
    /// The Work licenses: code and name.
    pub plans: Vec<(String, String)>,
    /// Every license: name, seats left, seats.
    pub seats: Vec<(String, i64, i64)>,
    pub numbers: Vec<String>,
    /// Extensions that are free on the user's PBX.
    pub extensions: Vec<String>,
}

/// A user, by a constant number of statements. Administrators see everybody; others see themselves.
#[server(endpoint = "get_contact_user", input = server_fn::codec::Json)]
pub async fn get_contact_user(id: EmployeeId) -> Result<ContactUserView, AppError> {
    use domain::Action;
    let mut request = crate::request::Read::begin().await?;
    let person = request.employee(id).await?;
    let actor = request.actor().clone();
    let may_edit = actor
        .may(Action::EditContactCentre, person.target())
        .is_ok();
    if !may_edit {
        actor.may(Action::UseContactCentre, person.target())?;
    }
    let own = actor.id() == Some(id);
    let user = request.contact_user(id).await?;
    let Some(user) = user else {
        return Ok(ContactUserView {
            user: None,
            may_edit,
            own,
            tenant: String::new(),
            tenant_shows_cli: false,
            host: String::new(),
            queues: Vec::new(),
            endpoints: Vec::new(),
            added: None,
            choices: Choices::default(),
        });
    };
    let pbx = user.pbx;
    let mut choices = choices(&mut request, Some(pbx), may_edit).await?;
    let tenants = request.tenants().await?;
    let tenant = tenants.iter().find(|one| one.id == user.settings.tenant);
    let members = request.memberships_of(id).await?;
    let queue = |listed: store::queue::Listed| {
        let queue = listed.queue;
        let member = members.iter().find(|member| member.queue == queue.id);
        QueueView {
            id: queue.id,
            suits_engage: queue.suits_engage(),
            elsewhere: queue.pbx != pbx,
            member: member.map(|member| (member.enabled, member.priority)),
            name: queue.profile.name,
        }
    };
    let mut queues: Vec<QueueView> = request.queues().await?.into_iter().map(queue).collect();
    if !may_edit {
        let supervised = &user.supervision;
        queues.retain(|queue| {
            queue.member.is_some() || supervised.queues.iter().any(|(id, _)| *id == queue.id)
        });
        choices.groups.retain(|(id, _)| {
            *id == user.settings.agent_group || supervised.groups.iter().any(|(one, _)| one == id)
        });
    }
    let added = match may_edit {
        true => super::endpoints::just_added(&mut request, id).await?,
        false => None,
    };
    Ok(ContactUserView {
        may_edit,
        own,
        added,
        tenant: tenant.map_or_else(String::new, |tenant| tenant.name.clone()),
        tenant_shows_cli: tenant.is_some_and(|tenant| tenant.shows_cli),
        host: request
            .pbx(pbx)
            .await?
            .map_or_else(String::new, |pbx| pbx.host),
        queues,
        endpoints: request.endpoints(id).await?,
        choices,
        user: Some(user),
    })
}

/// What can be chosen for a new user.
#[server(endpoint = "contact_choices", input = server_fn::codec::Json)]
pub async fn contact_choices() -> Result<Choices, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    choices(&mut request, None, true).await
}

/// What can be chosen on a PBX, or on that of the default tenant.
#[cfg(feature = "ssr")]
async fn choices(
    request: &mut crate::request::Read,
    pbx: Option<domain::PbxId>,
    may_edit: bool,
) -> Result<Choices, AppError> {
    use domain::contact_centre::license::Kind;
    use domain::contact_centre::voice::Extension;
    let groups = request.group_choices().await?.into_iter();
    let licenses = request.licenses().await?;
    let plans = licenses.iter().filter(|one| one.kind == Kind::Plan);
    let mut choices = Choices {
        groups: groups.map(|group| (group.id, group.name)).collect(),
        plans: plans
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        ..Choices::default()
    };
    if !may_edit {
        return Ok(choices);
    }
    let tenants = request.tenants().await?;
    let usual = tenants.iter().find(|one| one.is_default).map(|one| one.pbx);
    if let Some(pbx) = pbx.or(usual) {
        let taken = request.extensions_on(pbx).await?;
        let free = Extension::suggest(&taken, 2);
        choices.extensions = free.iter().map(ToString::to_string).collect();
    }
    let numbers = request.free_numbers("", FREE_NUMBERS).await?;
    choices.numbers = numbers.iter().map(|one| one.as_str().to_owned()).collect();
    choices.tenants = tenants.into_iter().map(|one| (one.id, one.name)).collect();
    let seats = licenses.iter();
    let seats = seats.map(|one| (one.name.clone(), one.left(), one.seats));
    choices.seats = seats.collect();
    Ok(choices)
}
