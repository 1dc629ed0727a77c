//! Where one is signed in, and signing out there.

use super::{One, show};
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{Moment, Submit, Time};
use domain::SessionId;
use domain::sign_in::Method;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A session as its owner sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SessionView {
    pub id: SessionId,
    /// Whether it is the one of this very browser.
    pub here: bool,
    /// "Firefox on Linux"
    pub device: String,
    pub method: Method,
    pub address: String,
    pub since: Moment,
    pub seen: Moment,
}

/// Signs one out somewhere.
#[server(endpoint = "end_session")]
pub async fn end_session(id: SessionId) -> Result<(), AppError> {
    server::end(|_| domain::employee::Which::One(id)).await
}

/// Signs one out everywhere but here.
#[server(endpoint = "end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    server::end(domain::employee::Which::AllBut).await
}

#[cfg(feature = "ssr")]
pub(super) use server::shown;

#[cfg(feature = "ssr")]
mod server {
    //! Ending sessions, and what a list of them says.

    use super::SessionView;
    use crate::error::AppError;
    use crate::messages::t;
    use crate::request::Change;
    use crate::ui::moment;
    use domain::employee::Which;
    use domain::{SessionId, Timestamp};
    use jiff::tz::TimeZone;
    use store::session::Listed;

    pub(super) async fn end(which: impl FnOnce(SessionId) -> Which) -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        let me = request.me().await?;
        let ended = me.end_sessions(&request.actor, which(request.session.id), request.now)?;
        request.apply(ended).await?;
        request.commit().await?;
        crate::landing::land_on("/account?done=session");
        Ok(())
    }

    pub(in crate::account) fn shown(
        listed: Listed,
        here: SessionId,
        now: Timestamp,
        zone: &TimeZone,
    ) -> SessionView {
        SessionView {
            id: listed.id,
            here: listed.id == here,
            device: device(&listed.agent),
            method: listed.method,
            address: listed.address,
            since: moment::exact(listed.created_at, zone),
            seen: moment::ago(listed.seen_at, now, zone),
        }
    }

    /// Browser and system, by the words that browsers say of themselves; the later in a list, the
    /// more browsers say it.
    fn device(agent: &str) -> String {
        let said = |words: &[(&str, &'static str)]| {
            words
                .iter()
                .find(|(word, _)| agent.contains(word))
                .map(|(_, name)| *name)
        };
        let browser = said(&[
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ]);
        let system = said(&[
            ("Windows", "Windows"),
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("CrOS", "ChromeOS"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ]);
        match (browser, system) {
            (Some(browser), Some(system)) => t::account_device(browser, system),
            (Some(word), None) | (None, Some(word)) => word.to_owned(),
            (None, None) => t::account_device_unknown().to_owned(),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::device;

        #[test]
        fn a_device_is_known_by_what_it_says() {
            let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
            assert_eq!(device(firefox), "Firefox on Linux");
            let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                        Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";
            assert_eq!(device(edge), "Edge on Windows");
            let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                         (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
            assert_eq!(device(phone), "Safari on iPhone");
            assert_eq!(device("curl/8"), "Unknown device");
        }
    }
}

#[component]
pub(super) fn SessionsSection(one: One) -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let others = ServerAction::<EndOtherSessions>::new();
    let ended =
        |attempt: Attempt| say_when_done(attempt, t::landing_session_ended, move || one.refetch());
    ended(provide_form(end));
    ended(provide_form(others));
    let list = show(one, move |account| {
        let more = account.sessions.iter().any(|session| !session.here);
        let rows = account
            .sessions
            .into_iter()
            .map(|session| view! { <Row session end /> })
            .collect_view();
        let all = more.then(|| {
            view! {
                <ActionForm action=others>
                    <Submit label=t::account_session_end_others() secondary=true pending=others.pending() />
                </ActionForm>
            }
        });
        view! {
            <ul class="lines">{rows}</ul>
            {all}
        }
    });
    view! {
        <section class="card">
            <h2>{t::account_sessions()}</h2>
            {list}
        </section>
    }
}

/// How somebody signed in, in words.
fn method_word(method: Method) -> &'static str {
    match method {
        Method::Password => t::method_password(),
        Method::SecondFactor => t::method_second_factor(),
        Method::Passkey => t::method_passkey(),
        Method::SingleSignOn => t::method_single_sign_on(),
    }
}

#[component]
fn Row(session: SessionView, end: ServerAction<EndSession>) -> impl IntoView {
    let SessionView {
        id,
        here,
        device,
        method,
        address,
        since,
        seen,
    } = session;
    let way = match here {
        true => view! { <small>{t::account_session_here()}</small> }.into_any(),
        false => {
            let name = t::account_session_end_name(&device);
            view! {
            <ActionForm action=end>
                <input type="hidden" name="id" value=id.to_string() />
                <button class="button small" aria-label=name>{t::account_session_end()}</button>
            </ActionForm>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <div>
                <p>
                    <b>{device}</b>
                </p>
                <p>
                    <small>{address}</small>
                </p>
                <p>
                    <small>{t::account_session_since(since.text)} ", " {method_word(method)}</small>
                </p>
                <p>
                    <small>{t::account_session_seen()} " " <Time moment=seen /></small>
                </p>
            </div>
            {way}
        </li>
    }
}
