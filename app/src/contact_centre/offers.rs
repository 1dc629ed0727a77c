//! "Who would be offered this call?": a queue, a made-up moment and a call, and the answer for each
//! member with its reasons (C-15). The whole question stands in the address.

use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Choice, Empty, Icon, Pill, Select, Submit, Title, Tone};
use domain::QueueId;
use domain::contact_centre::offer::{Arriving, Moment, Offer, Reason};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The first that one may ask about, where none is given.
    pub queue: Option<QueueId>,
    pub moment: Moment,
    pub arriving: Arriving,
}

/// A member, and whether the call is offered to them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Answer {
    pub name: String,
    /// 1 is asked first.
    pub priority: u8,
    pub offer: Offer,
}

/// What is answered.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// The queues that one may ask about, by name.
    pub queues: Vec<(QueueId, String)>,
    /// The queue that is answered for; none where there is none to ask about.
    pub queue: Option<QueueId>,
    /// Whether it is answered about oneself only.
    pub oneself: bool,
    /// In the order in which they are asked.
    pub answers: Vec<Answer>,
}

/// Who of a queue would be offered a call at a made-up moment: of every queue for Administrators, of
/// those assigned to them and enabled for supervisors, and about themselves for everybody.
#[server(endpoint = "ask_offer", input = server_fn::codec::Json)]
pub async fn ask_offer(question: Question) -> Result<Answers, AppError> {
    use domain::contact_centre::offer::{Asked, Asking};
    let mut request = crate::request::Read::begin().await?;
    let asking = Asking::of(request.actor())?;
    let known = request.askable_queues(asking).await?;
    let shown = question.queue.or(known.first().map(|queue| queue.id));
    let mut answered = Answers {
        queue: shown,
        oneself: false,
        answers: Vec::new(),
        queues: Vec::new(),
    };
    if let Some(queue) = shown {
        let those = |which: fn(&store::contact_centre::offer::Askable) -> bool| {
            let those = known.iter().filter(|queue| which(queue));
            those.map(|queue| queue.id).collect::<Vec<_>>()
        };
        let (supervised, assigned) = (those(|one| one.supervised), those(|one| one.assigned));
        let asked = asking.about(queue, &supervised, &assigned)?;
        if known.iter().all(|one| one.id != queue) {
            return Err(domain::Refusal::NotFound.into());
        }
        let standing = request.standing_in_queue(queue, asked).await?;
        let answer = |one: store::contact_centre::offer::Standing| Answer {
            offer: question.moment.offer(&one.membership, question.arriving),
            name: one.name,
            priority: one.membership.priority,
        };
        answered.oneself = matches!(asked, Asked::Oneself(_));
        answered.answers = standing.into_iter().map(answer).collect();
    }
    let named = known.into_iter().map(|queue| (queue.id, queue.name));
    answered.queues = named.collect();
    Ok(answered)
}

/// `/contact-centre/offers?queue=&moment=&call=`
pub struct OffersPage;

/// What the address asks; `None` when its queue is no id. Other words that are none are as usual.
fn read(params: &ParamsMap) -> Option<Question> {
    let word = |name: &str| params.get(name).unwrap_or_default();
    let queue = word("queue");
    let queue = match queue.as_str() {
        "" => None,
        id => Some(id.parse().ok()?),
    };
    Some(Question {
        queue,
        moment: Moment::from_code(&word("moment")).unwrap_or_default(),
        arriving: Arriving::from_code(&word("call")).unwrap_or(Arriving::QueueCall),
    })
}

#[lazy_route]
impl LazyRoute for OffersPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_query_map();
        let question = Memo::new(move |_| params.with(read));
        let answers = Resource::new(
            move || question.get(),
            |question| async move {
                match question {
                    Some(question) => ask_offer(question).await.map(|found| (question, found)),
                    None => Err(domain::Refusal::NotFound.into()),
                }
            },
        );
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match answers.await {
                        Ok((question, found)) => view! { <Offers question found /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Offers(question: Question, found: Answers) -> AnyView {
    let body = match found.queue {
        None => view! {
            <Empty icon=Icon::Phone title=t::offers_no_queue_title() text=t::offers_no_queue_text() />
        }
        .into_any(),
        Some(_) => view! {
            <Asked question found=found.clone() />
            <Answered found />
        }
        .into_any(),
    };
    view! {
        <Title text=t::offers_title() />
        <div class="head">
            <h1>{t::offers_title()}</h1>
        </div>
        <p class="quiet">{t::offers_text()}</p>
        {body}
    }
    .into_any()
}

/// The question as a GET form, so it works without a script.
#[component]
fn Asked(question: Question, found: Answers) -> AnyView {
    let queues = found.queues.into_iter();
    let queues: Vec<Choice> = queues.map(|(id, name)| (id.to_string(), name)).collect();
    let queue = found.queue.map_or_else(String::new, |id| id.to_string());
    let choice = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let moments = Moment::ALL.map(|one| choice(one.code(), moment_word(one)));
    let calls = Arriving::ALL.map(|one| choice(one.code(), call_word(one)));
    view! {
        <form class="form asked" method="get" action="/contact-centre/offers">
            <Select label=t::label_queue() name="queue" options=queues value=queue />
            <Select label=t::offers_moment() name="moment" options=moments.to_vec() value=question.moment.code().to_owned()
                hint=t::offers_moment_hint() />
            <Select label=t::offers_call() name="call" options=calls.to_vec() value=question.arriving.code().to_owned() />
            <div class="buttons">
                <Submit label=t::offers_ask() />
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Answered(found: Answers) -> AnyView {
    if found.answers.is_empty() {
        return view! {
            <Empty icon=Icon::People title=t::offers_nobody_title() text=t::offers_nobody_text() />
        }
        .into_any();
    }
    let of = found.answers.len();
    let offered = found.answers.iter().filter(|one| one.offer.is_offered());
    let summary = match found.oneself {
        true => t::offers_oneself().to_owned(),
        false => t::offers_summary(of, offered.count()),
    };
    let rows = found.answers.into_iter().map(|one| {
        let (tone, word) = match one.offer {
            Offer::Offered => (Tone::Good, t::offers_yes()),
            Offer::Withheld(_) => (Tone::Stop, t::offers_no()),
        };
        let reasons = match one.offer {
            Offer::Offered => Vec::new(),
            Offer::Withheld(reasons) => reasons,
        };
        let reasons = reasons
            .into_iter()
            .map(|reason| view! { <li>{reason_words(reason)}</li> });
        view! {
            <tr>
                <td class="who"><b>{one.name}</b></td>
                <td class="number">{one.priority}</td>
                <td class="status"><Pill tone text=word /></td>
                <td class="what"><ul class="reasons">{reasons.collect_view()}</ul></td>
            </tr>
        }
    });
    view! {
        <p aria-live="polite">{summary}</p>
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t::offers_member()}</th>
                        <th scope="col">{t::label_priority()}</th>
                        <th scope="col">{t::offers_offered()}</th>
                        <th scope="col">{t::offers_why()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn moment_word(moment: Moment) -> &'static str {
    match moment {
        Moment::Idle => t::offers_moment_idle(),
        Moment::OnQueueCall => t::offers_moment_queue_call(),
        Moment::OnDirectCall => t::offers_moment_direct_call(),
        Moment::PostProcessing => t::offers_moment_post_processing(),
        Moment::OnBreak => t::offers_moment_break(),
        Moment::WorkingOffline => t::offers_moment_working_offline(),
        Moment::Offline => t::offers_moment_offline(),
        Moment::Suspended => t::offers_moment_suspended(),
    }
}

fn call_word(call: Arriving) -> &'static str {
    match call {
        Arriving::QueueCall => t::offers_queue_call(),
        Arriving::DirectCall => t::offers_direct_call(),
    }
}

/// Why a call is not offered, as a sentence.
pub(crate) fn reason_words(reason: Reason) -> String {
    let words = match reason {
        Reason::PostProcessing(Some(seconds)) => {
            return t::offers_why_post_processing(usize::from(seconds));
        }
        Reason::PostProcessing(None) => t::offers_why_manual(),
        Reason::Suspended => t::offers_why_suspended(),
        Reason::Pending => t::offers_why_pending(),
        Reason::NotAssigned => t::offers_why_not_assigned(),
        Reason::NotEnabled => t::offers_why_not_enabled(),
        Reason::NoEndpoint => t::offers_why_no_endpoint(),
        Reason::Offline => t::offers_why_offline(),
        Reason::WorkingOffline => t::offers_why_working_offline(),
        Reason::OnBreak => t::offers_why_break(),
        Reason::OnQueueCall => t::offers_why_queue_call(),
        Reason::OnDirectCall => t::offers_why_direct_call(),
    };
    words.to_owned()
}
