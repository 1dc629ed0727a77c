//! A new channel, the page of one, and its end (C-19).

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{Done, leave_when_done};
use crate::messages::t;
use crate::one::{Forms, one};
use crate::outcome::refused;
use crate::ui::{
    Choice, CreateBar, Empty, ErrorSummary, Field, Icon, SaveBar, Select, Submit, Text, Title,
};
use domain::contact_centre::channel::Channel;
use domain::{ChannelId, ScriptId, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What can be chosen for a channel.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choices {
    pub scripts: Vec<(ScriptId, String)>,
    /// Some free numbers, to be suggested.
    pub free: Vec<String>,
}

#[cfg(feature = "ssr")]
async fn choices(request: &mut crate::request::Read) -> Result<Choices, AppError> {
    let most = store::contact_centre::number::FREE_MAX;
    let free = request.free_numbers("", most).await?.into_iter();
    Ok(Choices {
        free: free.map(|number| number.as_str().to_owned()).collect(),
        scripts: request.script_names().await?,
    })
}

/// What can be chosen for a new channel.
#[server(endpoint = "channel_choices", input = server_fn::codec::Json)]
pub async fn channel_choices() -> Result<Choices, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    choices(&mut request).await
}

/// A channel, and what can be chosen for it.
#[server(endpoint = "get_channel", input = server_fn::codec::Json)]
pub async fn get_channel(id: ChannelId) -> Result<(Channel, Choices), AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let listed = request
        .channel(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?;
    Ok((listed.channel, choices(&mut request).await?))
}

/// What a form says of a channel, and what it is held against.
#[cfg(feature = "ssr")]
struct Held {
    draft: domain::contact_centre::channel::Draft,
    number: Option<domain::contact_centre::number::Number>,
    scripts: Vec<(ScriptId, String)>,
}

#[cfg(feature = "ssr")]
impl Held {
    async fn read(
        request: &mut crate::request::Change,
        [name, number, script]: [String; 3],
    ) -> Result<Self, AppError> {
        let draft = domain::contact_centre::channel::Draft {
            name,
            number,
            // What is no id is a choice that does not exist.
            script: match script.trim() {
                "" => None,
                id => Some(id.parse().unwrap_or(ScriptId(uuid::Uuid::nil()))),
            },
        };
        let number = match draft.read_number() {
            Ok(number) => request.numbers_of(&[number]).await?.pop(),
            Err(_) => None,
        };
        let scripts = request.script_names().await?;
        Ok(Self {
            draft,
            number,
            scripts,
        })
    }

    fn ground(&self) -> domain::contact_centre::channel::Ground<'_> {
        domain::contact_centre::channel::Ground {
            number: self.number.as_ref(),
            scripts: &self.scripts,
        }
    }
}

/// Creates a channel; answers with the path of the list.
#[server(endpoint = "create_channel")]
pub async fn create_channel(
    name: String,
    #[server(default)] number: String,
    #[server(default)] script: String,
) -> Result<String, AppError> {
    use domain::contact_centre::channel::ChannelCreated;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let held = Held::read(&mut request, [name, number, script]).await?;
    let id = ChannelId(store::new_id());
    let (actor, now) = (request.actor.clone(), request.now);
    let created = ChannelCreated::allow(&actor, id, &held.draft, held.ground(), now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/contact-centre/channels?done=channel";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Says something else of a channel; answers with the path of the list.
#[server(endpoint = "revise_channel")]
pub async fn revise_channel(
    id: ChannelId,
    version: Version,
    name: String,
    #[server(default)] number: String,
    #[server(default)] script: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let channel = request
        .channel(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?
        .channel;
    request.refuse_if_missed(&channel, version).await?;
    let held = Held::read(&mut request, [name, number, script]).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = channel.revise(&actor, &held.draft, held.ground(), now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/channels?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Deletes a channel, which frees its number; answers with the path of the list.
#[server(endpoint = "delete_channel")]
pub async fn delete_channel(id: ChannelId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let channel = request
        .channel(id)
        .await?
        .ok_or(domain::Refusal::NotFound)?
        .channel;
    request.refuse_if_missed(&channel, version).await?;
    let deleted = channel.delete(&request.actor, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/channels?done=channel-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/channels/new`
pub struct NewChannelPage;

#[lazy_route]
impl LazyRoute for NewChannelPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let choices = Resource::new(|| (), |()| channel_choices());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! { <New choices /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// The way back to the list.
#[component]
fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/channels">
            {Icon::Back}
            {t::scripts_channels()}
        </a>
    }
}

#[component]
fn New(choices: Choices) -> AnyView {
    let create = ServerAction::<CreateChannel>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let form = match choices.scripts.is_empty() {
        true => view! {
            <Empty icon=Icon::Phone title=t::scripts_empty_title() text=t::scripts_needs_script()>
                <div class="buttons">
                    <a class="button primary" href="/contact-centre/scripts/new">{t::scripts_new()}</a>
                </div>
            </Empty>
        }
        .into_any(),
        false => view! {
            <ActionForm action=create attr:class="form" attr:novalidate=true>
                <Inputs choices />
                <CreateBar sent=attempt.sent cancel_href="/contact-centre/channels" />
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <Title text=t::scripts_channel_new() />
        <Crumb />
        <div class="head">
            <h1>{t::scripts_channel_new()}</h1>
        </div>
        <ErrorSummary />
        {form}
    }
    .into_any()
}

/// What is said of a channel; without one, of a new one.
#[component]
fn Inputs(choices: Choices, #[prop(optional)] channel: Option<Channel>) -> AnyView {
    let name = channel.as_ref().map(|channel| channel.name.clone());
    let own = channel.as_ref().and_then(|channel| channel.number.as_ref());
    let own = own.map(|number| number.as_str().to_owned());
    let script = channel.map(|channel| channel.script.to_string());
    let hint: Text = match choices.free.first().or(own.as_ref()) {
        Some(free) => t::scripts_channel_number_hint(free).into(),
        None => t::scripts_channel_number_none().into(),
    };
    let free = choices.free.into_iter();
    let free = free.map(|number| view! { <option value=number></option> });
    let scripts = choices.scripts.into_iter();
    let scripts: Vec<Choice> = scripts.map(|(id, name)| (id.to_string(), name)).collect();
    let first = scripts.first().map(|(id, _)| id.clone());
    view! {
        <fieldset>
            <Field label=t::label_name() name="name" value=name.unwrap_or_default() required=true autocomplete="off" />
            <datalist id="free-numbers">{free.collect_view()}</datalist>
            <Field label=t::label_number() name="number" kind="tel" list="free-numbers" value=own.unwrap_or_default() required=true
                autocomplete="off" hint />
            <Select label=t::label_script() name="script" options=scripts value=script.or(first).unwrap_or_default()
                required=true hint=t::scripts_channel_script_hint() />
        </fieldset>
    }
    .into_any()
}

/// `/contact-centre/channels/ID`
pub struct ChannelPage;

#[lazy_route]
impl LazyRoute for ChannelPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        one(get_channel, |(channel, choices), forms| {
            view! { <Edit channel choices forms /> }.into_any()
        })
    }
}

#[component]
fn Edit(channel: Channel, choices: Choices, forms: Forms<ReviseChannel, DeleteChannel>) -> AnyView {
    let Forms {
        revise,
        delete,
        revised,
    } = forms;
    let (id, version) = (channel.id, channel.version);
    let name = channel.name.clone();
    view! {
        <Title text=name.clone() />
        <Crumb />
        <div class="head">
            <h1>{name}</h1>
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <Inputs choices channel />
            <SaveBar pending=revise.pending() saved=revised.successes />
        </ActionForm>
        <section class="danger-zone">
            <div>
                <h2>{t::scripts_channel_delete()}</h2>
                <p class="quiet">{t::scripts_channel_delete_text()}</p>
            </div>
            <ActionForm action=delete>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <Submit label=t::scripts_channel_delete() danger=true pending=delete.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}
