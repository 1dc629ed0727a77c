//! Every channel, with its number and its script (C-19).

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Title};
use domain::contact_centre::channel::Channel;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every channel by name, with the name of its script.
#[server(endpoint = "list_channels", input = server_fn::codec::Json)]
pub async fn list_channels() -> Result<Vec<(Channel, String)>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let channels = request.channels().await?.into_iter();
    Ok(channels.map(|one| (one.channel, one.script_name)).collect())
}

/// `/contact-centre/channels`
pub struct ChannelsPage;

#[lazy_route]
impl LazyRoute for ChannelsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let channels = Resource::new(|| (), |()| list_channels());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match channels.await {
                        Ok(channels) => view! { <List channels /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(channels: Vec<(Channel, String)>) -> impl IntoView {
    let new = || {
        view! {
            <a class="button primary thumb" href="/contact-centre/channels/new" data-key="n">
                {Icon::Plus}
                {t::scripts_channel_new()}
            </a>
        }
    };
    let count = channels.len();
    let row = |(channel, script): (Channel, String)| {
        let number = match &channel.number {
            Some(number) => number.as_str().to_owned(),
            None => t::scripts_no_number().to_owned(),
        };
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/channels/{}", channel.id)>
                        <b>{channel.name}</b>
                    </a>
                </td>
                <td class="what">{number}</td>
                <td class="where">{script}</td>
            </tr>
        }
    };
    let list = match count {
        0 => view! {
            <Empty icon=Icon::Phone title=t::scripts_channels_empty_title() text=t::scripts_channels_empty_text()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! {
            <div class="sheet">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t::label_name()}</th>
                            <th scope="col">{t::label_number()}</th>
                            <th scope="col">{t::label_script()}</th>
                        </tr>
                    </thead>
                    <tbody>{channels.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <Title text=t::scripts_channels() />
        <div class="head">
            <h1>{t::scripts_channels()}</h1>
            <span class="count">{count}</span>
            {(count > 0).then(new)}
        </div>
        <Done />
        {list}
    }
}
