//! Invitations: sending one again, revoking it, or handing the link over.

use super::profile::Actions;
use super::view::{EmployeeView, InvitationView, Mail, One, get_employee};
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{CopyField, Notice, Pill, Submit, Time, Tone};
use domain::{EmployeeId, SignIn, Status};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Sends a new invitation; the link before it dies.
#[server(endpoint = "invite")]
pub async fn invite(id: EmployeeId) -> Result<(), AppError> {
    server::invite(id, true).await.map(|_| ())
}

/// Makes a new link to hand over, and returns its address; the link before it dies.
#[server(endpoint = "copy_invitation")]
pub async fn copy_invitation(id: EmployeeId) -> Result<String, AppError> {
    server::invite(id, false).await
}

/// Kills the invitation without a new one.
#[server(endpoint = "revoke_invitation")]
pub async fn revoke_invitation(id: EmployeeId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    let revoked = employee.revoke_invitation(&request.actor, request.now)?;
    request.apply(revoked).await?;
    request.commit().await
}

#[cfg(feature = "ssr")]
mod server {
    //! One invitation, by mail or to hand over.

    use crate::error::AppError;
    use crate::request::{Change, asker};
    use domain::EmployeeId;

    pub(super) async fn invite(id: EmployeeId, by_mail: bool) -> Result<String, AppError> {
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        let hours = request.session.organisation.settings.invitation_hours;
        let invited = employee.invite(&request.actor, hours, by_mail, request.now)?;
        if employee.administrator {
            request.signed_in_lately()?;
        }
        let token = request.apply(invited).await?;
        request.commit().await?;
        Ok(format!("{}/activate/{}", asker()?.url, token.reveal()))
    }
}

/// Where the invitation of a Pending employee stands, and what can be done about it.
#[component]
pub(super) fn InvitationCard(employee: EmployeeView, one: One) -> AnyView {
    let record = employee.record.clone();
    let waits = record.status == Status::Pending && record.sign_in == SignIn::Password;
    let may = employee.may(domain::Action::AddEmployee);
    (waits && may)
        .then(|| {
            let invitation = RwSignal::new(employee.invitation.clone());
            let alive = employee
                .invitation
                .as_ref()
                .is_some_and(|invitation| !invitation.dead);
            follow(record.id, invitation);
            view! {
                <section class="card">
                    <header>
                        <h2>{t::invitation_title()}</h2>
                    </header>
                    {move || view! { <Standing invitation=invitation.get() /> }}
                    <Ways id=record.id alive one />
                </section>
            }
        })
        .into_any()
}

/// Looks again while the mail is on its way, every 3 s and for a minute at most: a mail that was sent, or
/// could not be, is no change of the employee, of which the page would be told.
fn follow(id: EmployeeId, invitation: RwSignal<Option<InvitationView>>) {
    Effect::new(move |looks: Option<u32>| {
        let looks = looks.unwrap_or_default();
        let on_its_way = invitation.with(|invitation| {
            let mail = invitation.as_ref().map(|invitation| &invitation.mail);
            matches!(mail, Some(Mail::Waiting | Mail::Failing(_)))
        });
        if on_its_way && looks < 20 {
            let look = move || {
                // The page may have been left.
                if invitation.try_get_untracked().is_none() {
                    return;
                }
                spawn_local(async move {
                    if let Ok(employee) = get_employee(id).await {
                        invitation.try_set(employee.invitation);
                    }
                });
            };
            set_timeout(look, Duration::from_secs(3));
        }
        looks + 1
    });
}

#[component]
fn Standing(invitation: Option<InvitationView>) -> impl IntoView {
    let Some(invitation) = invitation else {
        return view! { <p class="quiet">{t::invitation_none()}</p> }.into_any();
    };
    let (tone, word, why) = match (&invitation.mail, invitation.dead) {
        (_, true) => (Tone::Stop, t::invitation_dead(), None),
        (Mail::None, _) => (Tone::Quiet, t::invitation_handed_over(), None),
        (Mail::Waiting, _) => (Tone::Wait, t::invitation_waiting(), None),
        (Mail::Sent, _) => (Tone::Good, t::invitation_sent(), None),
        (Mail::Failing(why), _) => (Tone::Stop, t::invitation_failing(), Some(why.clone())),
    };
    view! {
        <p>
            <Pill tone text=word />
        </p>
        {why.map(|why| view! { <p class="quiet">{t::invitation_retried(why)}</p> })}
        <dl class="facts">
            <div>
                <dt>{t::invitation_made()}</dt>
                <dd>
                    <Time moment=invitation.made />
                </dd>
            </div>
            <div>
                <dt>{t::invitation_expires()}</dt>
                <dd>
                    <Time moment=invitation.expires />
                </dd>
            </div>
        </dl>
    }
    .into_any()
}

#[component]
fn Ways(id: EmployeeId, alive: bool, one: One) -> AnyView {
    let Actions {
        invite: again,
        revoke,
        copy,
        ..
    } = expect_context::<Actions>();
    let answers = move || {
        (
            again.version().get(),
            revoke.version().get(),
            copy.version().get(),
        )
    };
    Effect::new(move |before: Option<(usize, usize, usize)>| {
        let now = answers();
        if before.is_some_and(|before| before != now) {
            one.refetch();
        }
        now
    });
    let link = move || {
        copy.value().get().and_then(Result::ok).map(|link| {
            view! {
                <Notice tone=Tone::Good title=t::invitation_link() live=true>
                    <p>{t::invitation_old_is_dead()}</p>
                    <CopyField label=t::invitation_link() text=link />
                </Notice>
            }
        })
    };
    let word = if alive {
        t::invitation_send_again()
    } else {
        t::invitation_send_new()
    };
    view! {
        <div class="buttons">
            <ActionForm action=again>
                <input type="hidden" name="id" value=id.to_string() />
                <Submit label=word secondary=true pending=again.pending() />
            </ActionForm>
            <button type="button" class="button plain with-script" on:click=move |_| { copy.dispatch(CopyInvitation { id }); }>
                {t::invitation_copy()}
            </button>
            {alive.then(|| view! {
                <ActionForm action=revoke>
                    <input type="hidden" name="id" value=id.to_string() />
                    <button class="button plain">{t::invitation_revoke()}</button>
                </ActionForm>
            })}
        </div>
        {link}
    }
    .into_any()
}
