//! Whether a PBX is as it should be: the last changes, the comparison, and the button that mends
//! (C-17).

mod comparison;
mod history;

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{Done, leave_when_done};
use crate::live;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Icon, Moment, Notice, Submit, Title, Tone};
use comparison::Comparison;
use domain::{Event, PbxId, Refusal};
use history::History;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// How many changes are listed, and how many differences.
#[cfg(feature = "ssr")]
const LISTED: usize = 100;

/// How a PBX stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Provisioning {
    pub id: PbxId,
    pub name: String,
    /// Whether it is written as realtime tables as well, and not as files alone.
    pub has_tables: bool,
    /// Whether it is listened to; `None` where the operator has not said how.
    pub heard: Option<Heard>,
    /// `None` while the operator has not said where PBXs are told.
    pub comparison: Option<Result<Vec<Different>, String>>,
    /// How many differences there are, listed or not.
    pub differences: usize,
    /// How many changes are not applied.
    pub unapplied: i64,
    /// The last ones, newest first.
    pub changes: Vec<Told>,
}

/// Whether a PBX is listened to on its manager interface (C-14).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Heard {
    Trying,
    Yes,
    /// Why not.
    No(String),
}

/// A difference between what should be there and what is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Different {
    pub file: String,
    pub section: String,
    pub key: String,
    pub expected: Option<String>,
    pub found: Option<String>,
}

/// A change that the PBX is told of.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Told {
    pub event: Event,
    /// The employee whom it is about.
    pub about: Option<String>,
    pub at: Moment,
    pub applied: Option<Moment>,
    /// Why the last attempt failed, and when the next one is.
    pub failed: Option<Why>,
}

/// Why a change is not applied.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Why {
    pub reason: String,
    pub again: Moment,
}

/// How a PBX stands, with what is found in its folder.
#[server(endpoint = "get_provisioning", input = server_fn::codec::Json)]
pub async fn get_provisioning(id: PbxId) -> Result<Provisioning, AppError> {
    use crate::request::{Deployment, Read};
    let mut request = Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let pbx = request.pbx(id).await?.ok_or(Refusal::NotFound)?;
    let (zone, now) = (request.zone(), request.now);
    let most = i64::try_from(LISTED).unwrap_or(i64::MAX);
    let changes = request.pbx_changes(id, most).await?;
    let unapplied = request.unapplied_changes(id).await?;
    let Deployment {
        pbx_place: place,
        presence,
        ..
    } = expect_context();
    let has_tables = place.as_ref().is_some_and(|place| place.tables.is_some());
    let mut comparison = match place {
        Some(place) => {
            let expected = place.expected(&mut request, id).await;
            drop(request);
            let found = match expected {
                Ok(expected) => place.drift(id, expected.unwrap_or_default()).await,
                Err(fault) => Err(fault),
            };
            Some(found.map_err(|fault| fault.to_string()))
        }
        None => None,
    };
    let differences = match &mut comparison {
        Some(Ok(differences)) => {
            let all = differences.len();
            differences.truncate(LISTED);
            all
        }
        _ => 0,
    };
    let listed = |all: Vec<_>| all.into_iter().map(Different::from).collect();
    Ok(Provisioning {
        id,
        name: pbx.name,
        has_tables,
        heard: presence.link(id).map(Heard::from),
        comparison: comparison.map(|compared| compared.map(listed)),
        differences,
        unapplied,
        changes: changes
            .into_iter()
            .map(|change| told(change, now, &zone))
            .collect(),
    })
}

#[cfg(feature = "ssr")]
impl From<provisioning::Link> for Heard {
    fn from(link: provisioning::Link) -> Self {
        use provisioning::Link;
        match link {
            Link::Trying => Self::Trying,
            Link::Up => Self::Yes,
            Link::Down(why) => Self::No(why),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<provisioning::Difference> for Different {
    fn from(one: provisioning::Difference) -> Self {
        Self {
            file: one.file,
            section: one.section,
            key: one.key,
            expected: one.expected,
            found: one.found,
        }
    }
}

#[cfg(feature = "ssr")]
fn told(
    change: store::contact_centre::change::Change,
    now: domain::Timestamp,
    zone: &jiff::tz::TimeZone,
) -> Told {
    use crate::ui::moment::{ago, ahead};
    Told {
        event: change.event,
        about: change.about.map(|(_, name)| name),
        at: ago(change.at, now, zone),
        applied: change.applied_at.map(|at| ago(at, now, zone)),
        failed: change.failure.map(|reason| Why {
            reason,
            again: ahead(change.due_at, now, zone),
        }),
    }
}

/// Has the configuration of a PBX written again, as a change like any other; answers with the path of
/// the page.
#[server(endpoint = "rewrite_pbx")]
pub async fn rewrite_pbx(id: PbxId) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let pbx = request.pbx(id).await?.ok_or(Refusal::NotFound)?;
    let rewritten = pbx.rewrite(&request.actor, request.now)?;
    request.apply(rewritten).await?;
    request.commit().await?;
    let page = format!("/contact-centre/pbxs/{id}/provisioning?done=pbx-rewritten");
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/contact-centre/pbxs/ID/provisioning`
pub struct ProvisioningPage;

#[lazy_route]
impl LazyRoute for ProvisioningPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, changes) = (use_params_map(), live::changes());
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let asked = move || (id(), changes.get());
        let one = Resource::new(asked, |(id, _)| async move {
            match id {
                Some(id) => get_provisioning(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let rewrite = ServerAction::<RewritePbx>::new();
        provide_form(rewrite);
        leave_when_done(rewrite);
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(standing) => view! { <Standing standing rewrite /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Standing(standing: Provisioning, rewrite: ServerAction<RewritePbx>) -> AnyView {
    let id = standing.id.to_string();
    let is_set = standing.comparison.is_some();
    let own = id.clone();
    let again = is_set.then(|| {
        view! {
            <div class="actions">
                <ActionForm action=rewrite>
                    <input type="hidden" name="id" value=own />
                    <Submit label=t::provisioning_again() secondary=true pending=rewrite.pending() />
                </ActionForm>
            </div>
        }
    });
    let unset = (!is_set).then(|| {
        view! {
            <Notice tone=Tone::Wait title=t::provisioning_unset_title()>
                <p>{t::provisioning_unset()}</p>
                <p>
                    <code>"STAFFROOM_PBX_DIRECTORY"</code>
                    " "
                    <code>"STAFFROOM_PBX_TABLES"</code>
                    " "
                    <code>"STAFFROOM_PBX_RELOAD"</code>
                </p>
            </Notice>
        }
    });
    let tables = standing
        .has_tables
        .then(|| view! { <p class="quiet">{t::provisioning_tables()}</p> });
    let heard = standing.heard.map(|heard| match heard {
        Heard::Trying => view! { <p class="quiet">{t::provisioning_heard_trying()}</p> }.into_any(),
        Heard::Yes => view! { <p class="quiet">{t::provisioning_heard()}</p> }.into_any(),
        Heard::No(why) => view! {
            <Notice tone=Tone::Wait title=t::provisioning_not_heard()>
                <p>{t::provisioning_not_heard_text()}</p>
                <p><code>{why}</code></p>
            </Notice>
        }
        .into_any(),
    });
    let waiting = standing.unapplied;
    let some = waiting > 0;
    let compared = standing.comparison.map(|found| {
        view! { <Comparison found differences=standing.differences waiting=some /> }
    });
    view! {
        <Title text=t::provisioning_title() />
        <a class="crumb" href=format!("/contact-centre/pbxs/{id}")>
            {Icon::Back}
            {standing.name}
        </a>
        <div class="head">
            <h1>{t::provisioning_title()}</h1>
            {again}
        </div>
        <p class="intro">{t::provisioning_intro()}</p>
        {tables}
        {heard}
        <Done />
        <ErrorSummary />
        {unset}
        {compared}
        <History changes=standing.changes waiting />
    }
    .into_any()
}
