//! `staffroom serve`: pages and background work, until it is told to stop.

use super::{Failure, open};
use crate::config::{Config, Mail, WrongSetting};
use crate::outbox::Outbox;
use crate::router::router;
use crate::state::State;
use crate::sync::Sync;
use app::request::Deployment;
use app::sso::OpenId;
use axum::serve::ListenerExt;
use provisioning::{Listener, Presence, Provisioner};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;

/// How long open requests have to end once the server is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(9);

/// Serves until SIGTERM or ctrl-c, then ends what is open.
pub(super) async fn serve(config: &Config) -> Result<(), Failure> {
    let store = open(config).await?;
    let demo = store.holds_demo_data().await?;
    refuse_demo_on_network(config, demo)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        let why = format!("can't listen on {}: {error}", config.listen);
        WrongSetting::new("listen", why)
    })?;
    let bound = listener.local_addr()?;
    let url = config.public_url(bound);
    let (stop, stopping) = watch::channel(false);
    let outbox = Outbox::new(store.clone(), config, url.clone())?;
    let calendars = crate::sync::client(config.inward_addresses)?;
    let sync = Sync::new(store.clone(), calendars.clone(), url.clone());
    let state_store = store.clone();
    let presence = Presence::default();
    let state = State {
        deployment: Deployment {
            store,
            public_url: url.to_string().into(),
            openid: OpenId::new(config.inward_addresses)?,
            calendars,
            pbx_place: config.pbx_place.clone(),
            presence: presence.clone(),
            demo_mail: demo && bound.ip().is_loopback() && is_folder(&config.mail),
        },
        config: Arc::new(config.clone()),
        stopping: stopping.clone(),
    };
    let pages = router(state)?.into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|connection| {
        // Without it, small answers wait for the acknowledgement of those before.
        let _ = connection.set_nodelay(true);
    });
    let mut asked = stopping.clone();
    let serving = axum::serve(listener, pages).with_graceful_shutdown(async move {
        let _ = asked.wait_for(|stop| *stop).await;
    });
    let serving = tokio::spawn(serving.into_future());
    if let Some(place) = config.pbx_place.clone() {
        let provisioner = Provisioner::new(state_store.clone(), place);
        tokio::spawn(provisioner.run(stopping.clone()));
    }
    let managers = config.pbx_managers.clone();
    let hearing = Listener::new(state_store.clone(), managers, presence);
    tokio::spawn(hearing.run(stopping.clone()));
    tokio::spawn(crate::expiry::run(state_store.clone(), stopping.clone()));
    tokio::spawn(crate::notices::run(state_store, stopping.clone()));
    tokio::spawn(sync.run(stopping.clone()));
    let sending = tokio::spawn(outbox.run(stopping));
    println!("Staffroom is ready at {url}");

    told_to_stop().await?;
    tracing::info!("stopping");
    stop.send_replace(true);
    let ended = timeout(LAST_REQUESTS, async { tokio::join!(serving, sending) }).await;
    match ended {
        Ok((served, sent)) => {
            served??;
            sent?;
        }
        Err(_) => tracing::warn!("stopped in the middle of requests that did not end in time"),
    }
    Ok(())
}

/// Everybody knows the passwords of demo data, so it stays on its machine unless somebody insists.
fn refuse_demo_on_network(config: &Config, demo: bool) -> Result<(), WrongSetting> {
    let address = config.listen;
    if !demo || address.ip().is_loopback() || config.demo_on_network {
        return Ok(());
    }
    let why = format!(
        "the database holds demo data, whose passwords everybody knows, and {address} can be \
         reached from the network; listen on 127.0.0.1, or insist with --demo-on-network"
    );
    Err(WrongSetting::new("listen", why))
}

fn is_folder(mail: &Mail) -> bool {
    matches!(mail, Mail::Folder(_))
}

async fn told_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}
