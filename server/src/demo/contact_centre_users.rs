//! The contact-centre users of the demo: formal agents, Engage users, and a supervisor (C-01).

use super::chance::Chance;
use super::founding::{ADDRESS, Founded, read};
use domain::contact_centre::membership::{Membership, change_memberships};
use domain::contact_centre::user::{
    ContactUserCreated, Draft, EndpointKind, Ground, Rights, State, Supervision, Wish,
};
use domain::contact_centre::voice::Extension;
use domain::{EmployeeId, EndpointId, QueueId, Timestamp};
use store::{Result, Store, Transaction};

/// How somebody of the demo works in the contact centre.
struct Role {
    email: &'static str,
    department: &'static str,
    /// `contact_center`, `engage` or nothing.
    license: &'static str,
    plan: &'static str,
    call_waiting: bool,
    shows_cli: bool,
    supervisor: bool,
    state: State,
    endpoint: EndpointKind,
}

const fn formal(email: &'static str, department: &'static str) -> Role {
    Role {
        email,
        department,
        license: "contact_center",
        plan: "",
        call_waiting: false,
        shows_cli: false,
        supervisor: false,
        state: State::Available,
        endpoint: EndpointKind::AgentWorkspace,
    }
}

const fn engage(email: &'static str, department: &'static str, plan: &'static str) -> Role {
    Role {
        license: "engage",
        plan,
        endpoint: EndpointKind::DeskPhone,
        ..formal(email, department)
    }
}

const BUNDLED: &str = "engage_bundled";
const UNBUNDLED: &str = "engage_unbundled";

/// Who they are; Lee supervises.
const ROLES: [Role; 12] = [
    Role {
        supervisor: true,
        ..formal("lee@demo.example", "Contact centre")
    },
    formal("mehdi.benali@demo.example", "Contact centre"),
    formal("ingrid.weiss@demo.example", "Contact centre"),
    formal("priya.sharma@demo.example", "Contact centre"),
    Role {
        call_waiting: true,
        ..engage("sam@demo.example", "Loans", BUNDLED)
    },
    Role {
        shows_cli: true,
        state: State::OnBreak,
        ..engage("jan.peeters@demo.example", "Cards", BUNDLED)
    },
    engage("fatima.elamrani@demo.example", "Cards", UNBUNDLED),
    Role {
        endpoint: EndpointKind::MicrosoftTeams,
        ..engage("amelie.fontaine@demo.example", "Loans", BUNDLED)
    },
    Role {
        endpoint: EndpointKind::Mobile,
        state: State::WorkingOffline,
        ..engage("tom.verhulst@demo.example", "Savings", UNBUNDLED)
    },
    engage("beatriz.goncalves@demo.example", "Savings", BUNDLED),
    Role {
        license: "",
        plan: "",
        endpoint: EndpointKind::Desktop,
        ..formal("sian.llewellyn@demo.example", "Front desk")
    },
    Role {
        endpoint: EndpointKind::Web,
        ..engage("kwame.mensah@demo.example", "Front desk", BUNDLED)
    },
];

/// Makes them, as far as there are such people, and a contact centre for them.
///
/// # Errors
/// When the database can't.
pub(super) async fn employ(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    now: Timestamp,
) -> Result<()> {
    let mut own = chance.branch(0x7573_6572_7300);
    let address = Some(ADDRESS.to_owned());
    let mut transaction = store.write(founded.organisation, address).await?;
    if transaction.tenants().await?.is_empty() || transaction.group_choices().await?.is_empty() {
        return Ok(());
    }
    for (place, role) in ROLES.iter().enumerate() {
        let Some(person) = transaction.employee_by_email(role.email).await? else {
            continue;
        };
        if person.profile.first_name.is_empty() || person.profile.last_name.is_empty() {
            continue;
        }
        let endpoint = EndpointId(own.id());
        make(&mut transaction, founded, (person.id, endpoint), role, now).await?;
        join(&mut transaction, founded, person.id, place, now).await?;
    }
    transaction.commit().await
}

/// Makes somebody a user, with the first number and the first extension that are free.
async fn make(
    transaction: &mut Transaction,
    founded: &Founded,
    (id, endpoint): (EmployeeId, EndpointId),
    role: &Role,
    at: Timestamp,
) -> Result<()> {
    let ada = &founded.ada;
    let person = read(transaction, id).await?;
    let free = transaction.free_numbers("", 1).await?;
    let number = free.first().map(|one| one.as_str().to_owned());
    let tenants = transaction.tenants().await?;
    let usual = tenants.iter().find(|tenant| tenant.is_default);
    let taken = match usual {
        Some(tenant) => transaction.extensions_on(tenant.pbx).await?,
        None => Default::default(),
    };
    let extension = Extension::suggest(&taken, 1).pop();
    let draft = Draft {
        names: Some((
            person.profile.first_name.clone(),
            person.profile.last_name.clone(),
        )),
        department: Some(role.department.to_owned()),
        site: Some("Ghent".to_owned()),
        license: Some(role.license.to_owned()),
        plan: Some(role.plan.to_owned()),
        work_number: number,
        work_extension: extension.map(|one| one.to_string()),
        call_waiting: Some(role.call_waiting),
        shows_cli: Some(role.shows_cli),
        ..Draft::default()
    };
    let ground = transaction.contact_ground(id, &draft).await?;
    let draft = affordable(draft, &ground);
    let made = ContactUserCreated::allow(ada, &person, &draft, &ground, at)?;
    let formal = made.user.settings.license == domain::contact_centre::license::Held::ContactCenter;
    transaction.apply(made).await?;
    let Some(user) = transaction.contact_user(id).await? else {
        return Ok(());
    };
    let kind = match formal {
        false if role.endpoint == EndpointKind::AgentWorkspace => EndpointKind::Desktop,
        _ => role.endpoint,
    };
    let added = user.add_endpoint(ada, &person, endpoint, kind.code(), "", at)?;
    transaction.apply(added).await?;
    let (nobodys, state) = (Supervision::default(), role.state.code());
    if let Some(change) = user.set_member_state(ada, &nobodys, &person, &[], state, at)? {
        transaction.apply(change).await?;
    }
    if role.supervisor {
        let queues = transaction.queue_choices().await?.into_iter();
        let queues: Vec<String> = queues.map(|(id, _)| id.to_string()).collect();
        let wish = Wish {
            on: true,
            rights: Rights {
                monitor: true,
                whisper: true,
                barge: false,
            },
            queues_enabled: queues.clone(),
            queues,
            ..Wish::default()
        };
        let overseen = transaction.overseen().await?;
        if let Some(change) = user.supervise(ada, &person, &wish, &overseen, at)? {
            transaction.apply(change).await?;
        }
    }
    Ok(())
}

/// The same without the licenses of which no seat is left.
fn affordable(draft: Draft, ground: &Ground) -> Draft {
    let codes = draft.license.iter().chain(&draft.plan);
    let mut codes = codes.filter(|code| !code.is_empty());
    let left = codes.all(|code| ground.licenses.of(code).is_some_and(|one| one.left() > 0));
    match left {
        true => draft,
        false => Draft {
            license: Some(String::new()),
            plan: Some(String::new()),
            ..draft
        },
    }
}

/// Puts somebody into the queues that suit them: most into the first, every other into the next.
async fn join(
    transaction: &mut Transaction,
    founded: &Founded,
    id: EmployeeId,
    place: usize,
    at: Timestamp,
) -> Result<()> {
    let Some(user) = transaction.contact_user(id).await? else {
        return Ok(());
    };
    let engage = user.settings.is_engage();
    let queues = transaction.queues().await?.into_iter();
    let suited =
        queues.filter(|one| one.queue.pbx == user.pbx && (!engage || one.queue.suits_engage()));
    let chosen: Vec<QueueId> = suited
        .enumerate()
        .filter(|(at, _)| *at == 0 || (at + place).is_multiple_of(2))
        .map(|(_, one)| one.queue.id)
        .collect();
    let wanted: Vec<Membership> = chosen
        .iter()
        .map(|queue| Membership {
            queue: *queue,
            employee: id,
            assigned: true,
            enabled: place % 5 != 3,
            priority: None,
        })
        .collect();
    let facts = transaction.membership_facts(&chosen, &[id]).await?;
    for change in change_memberships(&founded.ada, &wanted, &facts, at)? {
        transaction.apply(change).await?;
    }
    Ok(())
}
