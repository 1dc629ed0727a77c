//! The steps of a save, each of which a rule allows or refuses.

use crate::error::AppError;
use crate::request::Change;
use domain::employee::{Draft, EmailChange, Wish};
use domain::{Action, Employee, EmployeeId, Field, Place, Refusal, Role, Roles, Status, Why};

/// Whether a form with the former values brings everything back: nobody was written to, and the
/// roles and offices are what they were.
pub(super) fn can_be_undone(before: &Employee, now: &Employee) -> bool {
    before.status != Status::Pending
        && before.email == now.email
        && before.email_wanted == now.email_wanted
        && before.administrator == now.administrator
        && before.wanted == now.wanted
        && before.places == now.places
        && before.version != now.version
}

pub(super) async fn revise(
    request: &mut Change,
    id: EmployeeId,
    draft: &Draft,
) -> Result<(), AppError> {
    let employee = request.employee(id).await?;
    let named = draft.external_id.as_deref().map(str::trim);
    if named.is_some_and(|id| id != employee.profile.external_id.as_deref().unwrap_or_default())
        && request
            .actor
            .may(Action::ChangeSignIn, employee.target())
            .is_ok()
    {
        request.signed_in_lately()?;
    }
    let country = request.session.organisation.settings.country.clone();
    if let Some(change) = employee.revise(&request.actor, draft, &country, request.now)? {
        request.apply(change).await?;
    }
    Ok(())
}

/// Roles switched on or off; says whether a role that was switched on still needs an office.
pub(super) async fn roles(
    request: &mut Change,
    id: EmployeeId,
    shown: &[String],
    codes: &[String],
) -> Result<bool, AppError> {
    let on = Roles::from_codes(codes.iter().map(String::as_str))
        .ok_or_else(|| Refusal::field(Field::Roles, Why::UnknownChoice))?;
    let employee = request.employee(id).await?;
    let seen = request.actor.view(&employee)?;
    let held = seen
        .places
        .iter()
        .fold(Roles::NONE, |all, place| all.and(place.roles));
    let mut wish = Wish {
        wanted: Some(employee.wanted),
        ..Wish::default()
    };
    let mut asks = false;
    for role in Role::IN_OFFICE
        .into_iter()
        .filter(|role| is_shown(shown, *role))
    {
        let wanted = wish.wanted.unwrap_or_default();
        if on.has(role) && !held.has(role) && !employee.wanted.has(role) {
            wish.wanted = Some(wanted.set(role, true));
            asks = true;
        } else if !on.has(role) {
            wish.wanted = Some(wanted.set(role, false));
            take_away(
                &mut wish.places,
                &employee,
                employee.without_role(&request.actor, role),
                role,
            );
        }
    }
    if is_shown(shown, Role::Administrator) {
        wish.administrator = Some(on.has(Role::Administrator));
        if on.has(Role::Administrator) && !employee.administrator {
            request
                .actor
                .may(Action::GrantAdministrator, employee.target())?;
            request.signed_in_lately()?;
        }
    }
    let others = request.other_active_administrators(id).await?;
    if let Some(change) = employee.assign(&request.actor, &wish, others, request.now)? {
        request.apply(change).await?;
    }
    Ok(asks)
}

fn is_shown(shown: &[String], role: Role) -> bool {
    shown.iter().any(|name| name == role.code())
}

fn take_away(places: &mut Vec<Place>, employee: &Employee, without: Vec<Place>, role: Role) {
    for place in without {
        match places.iter_mut().find(|known| known.office == place.office) {
            Some(known) => known.roles = known.roles.set(role, false),
            None => places.push(place),
        }
    }
    debug_assert!(
        places
            .iter()
            .all(|p| employee.places.iter().any(|q| q.office == p.office))
    );
}

pub(super) async fn email(
    request: &mut Change,
    id: EmployeeId,
    email: &str,
) -> Result<(), AppError> {
    let employee = request.employee(id).await?;
    match employee.change_email(&request.actor, email, request.now)? {
        None => {}
        Some(EmailChange::AfterConfirmation(change)) => {
            request.signed_in_lately()?;
            request.apply(change).await?;
        }
        Some(EmailChange::AtOnce(change)) => {
            request.apply(change).await?;
            let employee = request.employee(id).await?;
            if employee.status == Status::Pending {
                invite_again(request, &employee).await?;
            }
        }
    }
    Ok(())
}

pub(super) async fn status(
    request: &mut Change,
    id: EmployeeId,
    active: bool,
) -> Result<(), AppError> {
    let employee = request.employee(id).await?;
    match (active, employee.status) {
        (true, Status::Suspended) => {
            let change = employee.reactivate(&request.actor, request.now)?;
            if employee.administrator {
                request.signed_in_lately()?;
            }
            request.apply(change).await?;
            let employee = request.employee(id).await?;
            if employee.status == Status::Pending {
                invite_again(request, &employee).await?;
            }
        }
        (false, Status::Active | Status::Pending) => suspend(request, &employee).await?,
        (true, Status::Active | Status::Pending) | (false, Status::Suspended) => {}
    }
    Ok(())
}

pub(in crate::employees) async fn suspend(
    request: &mut Change,
    employee: &Employee,
) -> Result<(), AppError> {
    let others = request.other_active_administrators(employee.id).await?;
    let change = employee.suspend(&request.actor, others, request.now)?;
    request.apply(change).await
}

async fn invite_again(request: &mut Change, employee: &Employee) -> Result<(), AppError> {
    let hours = request.session.organisation.settings.invitation_hours;
    let invited = employee.invite_again(hours, request.now)?;
    request.apply(invited).await?;
    Ok(())
}
