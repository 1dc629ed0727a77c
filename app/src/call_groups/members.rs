//! Who is in a ring group or a call pickup group (C-13).

use super::words::path_of;
use crate::error::AppError;
use crate::messages::t;
use crate::queues::{Found, Name, People};
use crate::ui::{SaveBar, Typed};
use domain::EmployeeId;
use domain::contact_centre::call_group::{CallGroupId, Kind};
use domain::contact_centre::membership::Person;
use leptos::prelude::*;
use uuid::Uuid;

/// The users of a group's PBX, or its members alone, whose name or email has `search` in it, after the
/// one of the cursor `after`; each with whether they are a member.
#[server(endpoint = "get_call_members", input = server_fn::codec::Json)]
pub async fn get_call_members(
    id: CallGroupId,
    search: String,
    everybody: bool,
    after: String,
) -> Result<Found<bool>, AppError> {
    use crate::queues::{ROWS, cut};
    use domain::listing::Cursor;
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let listed = request.call_group(id).await?;
    let pbx = listed.ok_or(domain::Refusal::NotFound)?.group.pbx;
    let after = Cursor::from_text(&after);
    let (from, most) = (after.as_ref(), ROWS + 1);
    let mut people = match everybody {
        true => {
            request
                .contact_people(Some(pbx), &search, from, most)
                .await?
        }
        false => request.call_group_people(id, &search, from, most).await?,
    };
    let next = cut(&mut people, |person| &person.cursor);
    let members = request.call_group_members(id).await?;
    let placed = |person: Person| {
        let is_member = members.contains(&person.user.employee);
        (person, is_member)
    };
    Ok(Found {
        people: people.into_iter().map(placed).collect(),
        search,
        everybody,
        next,
        later: after.is_some(),
    })
}

/// Puts users into a group and takes others out: `had` were ticked when the form was read, `members` are
/// ticked now. Whom a colleague put in meanwhile stays.
#[server(endpoint = "save_call_members")]
pub async fn save_call_members(
    kind: Kind,
    id: Uuid,
    #[server(default)] had: Vec<EmployeeId>,
    #[server(default)] members: Vec<EmployeeId>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::EditContactCentre)?;
    let id = kind.id(id);
    let listed = request.call_group(id).await?;
    let group = listed.ok_or(domain::Refusal::NotFound)?.group;
    let without = |from: &[EmployeeId], these: &[EmployeeId]| {
        let rest = from.iter().filter(|id| !these.contains(id)).copied();
        rest.collect::<Vec<_>>()
    };
    let (added, removed) = (without(&members, &had), without(&had, &members));
    let now = request.call_group_members(id).await?;
    let users = request.contact_users_known(&added).await?;
    let (asked, known) = ((&*added, &*removed), (&*now, &*users));
    let change = group.change_members(&request.actor, asked, known, request.now)?;
    if let Some(change) = change {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("{}?done=saved", path_of(id)));
    Ok(())
}

#[component]
pub(super) fn Members(
    id: CallGroupId,
    code: &'static str,
    found: Found<bool>,
    save: ServerAction<SaveCallMembers>,
    #[prop(into)] saved: Signal<usize>,
) -> AnyView {
    let Found {
        people,
        search,
        everybody,
        next,
        later,
    } = found;
    let empty = people.is_empty();
    let lines = people.into_iter().enumerate();
    let lines = lines.map(|(number, (person, member))| view! { <Row number person member /> });
    let lines = lines.collect_view();
    view! {
        <section class="stack" id="members">
            <h2>{t::label_members()}</h2>
            <People href=path_of(id) search everybody next later empty>
                <ActionForm action=save attr:class="stack" attr:novalidate=true>
                    <input type="hidden" name="kind" value=code />
                    <input type="hidden" name="id" value=id.uuid().to_string() />
                    <div class="matrix expertise" tabindex="0" role="group" aria-label=t::label_members()>
                        <table on:keydown=crate::expertise::grid::stepped>
                            <thead>
                                <tr>
                                    <th scope="col">{t::label_name()}</th>
                                    <th scope="col">{t::call_groups_in_group()}</th>
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                    <SaveBar pending=save.pending() saved />
                </ActionForm>
            </People>
        </section>
    }
    .into_any()
}

#[component]
fn Row(number: usize, person: Person, member: bool) -> AnyView {
    let id = person.user.employee.to_string();
    let typed = use_context::<Typed>().filter(|typed| typed.get("name").is_none());
    let ticked = typed.map_or(member, |typed| typed.has("members[]", &id));
    let had = member.then(|| view! { <input type="hidden" name="had[]" value=id.clone() /> });
    let label = t::call_groups_in_it(&person.user.name);
    view! {
        <tr>
            <th scope="row">{had} <Name user=person.into() /></th>
            <td>
                <label>
                    <input type="checkbox" name="members[]" value=id.clone() checked=ticked data-r=number.to_string()
                        data-c="0" aria-label=label />
                </label>
            </td>
        </tr>
    }
    .into_any()
}
