//! Rows of the store become the description that the PBX's files are written from.

mod people;
mod scripts;
mod supervisors;

use domain::EmployeeId;
use domain::contact_centre::offer::{Kind, Membership, PostProcessing, is_member};
use pbx::{
    AfterCall, Configuration, Extension, Key, Member, PickupGroup, Queue, RingGroup, Strategy,
};
use people::{People, Reached};
use std::collections::BTreeMap;
use std::fmt::Display;
use store::contact_centre::export::{self, Export};

/// What the PBX is to do. Who is suspended, invited or without a device is nowhere in it; in a queue
/// is exactly who is offered its calls by [`is_member`], which the page asks as well (C-15, C-18).
pub fn configuration(export: &Export) -> Configuration {
    let people = People::of(export);
    Configuration {
        name: export.name.clone(),
        queues: queues(export, &people),
        ring_groups: ring_groups(export, &people),
        pickup_groups: pickup_groups(export, &people),
        supervisors: supervisors::supervisors(export, &people),
        channels: scripts::channels(export),
        scripts: scripts::scripts(export),
        people: people.described(),
    }
}

/// What something is called in the PBX: its id, without hyphens.
fn key(id: impl Display) -> Option<Key> {
    Key::new(&id.to_string().replace('-', ""))
}

fn queues(export: &Export, people: &People) -> Vec<Queue> {
    let mut members = by_first(export.memberships.iter().map(|one| (one.queue, one)));
    let described = export.queues.iter().filter_map(|queue| {
        let assigned = members.remove(&queue.id).unwrap_or_default();
        let offered = assigned.into_iter();
        Some(Queue {
            key: key(queue.id)?,
            name: queue.name.clone(),
            strategy: match queue.strategy {
                1 => Strategy::All,
                2 => Strategy::InTurn,
                3 => Strategy::LongestIdle,
                _ => Strategy::FewestCalls,
            },
            ring_seconds: queue.ring_seconds.try_into().unwrap_or(u16::MAX),
            after_call: match post_processing(queue) {
                PostProcessing::Manual => AfterCall::Manual,
                PostProcessing::Seconds(seconds) => AfterCall::Seconds(seconds),
            },
            members: offered
                .filter_map(|one| member(queue, one, people.reached(one.employee)?))
                .collect(),
        })
    });
    described.collect()
}

fn post_processing(queue: &export::Queue) -> PostProcessing {
    match queue.post_processing {
        None => PostProcessing::Manual,
        Some(seconds) => PostProcessing::Seconds(seconds.try_into().unwrap_or(u16::MAX)),
    }
}

fn member(queue: &export::Queue, one: &export::Membership, reached: &Reached) -> Option<Member> {
    let priority = one.priority.try_into().unwrap_or(u8::MAX);
    let membership = Membership {
        assigned: true,
        enabled: one.enabled,
        post_processing: post_processing(queue),
        priority,
        ..reached.standing.clone()
    };
    is_member(&membership).then(|| Member {
        person: reached.extension.clone(),
        priority,
        paused: reached.person.state != AVAILABLE,
    })
}

/// The stored number of a state in which queue calls come.
const AVAILABLE: i32 = 1;

fn ring_groups(export: &Export, people: &People) -> Vec<RingGroup> {
    let mut members = by_first(export.ring_members.iter().copied());
    let described = export.ring_groups.iter().filter_map(|group| {
        Some(RingGroup {
            key: key(group.id)?,
            extension: None,
            ring_seconds: group.ring_seconds.try_into().unwrap_or(u16::MAX),
            members: people.extensions(members.remove(&group.id).unwrap_or_default()),
        })
    });
    described.collect()
}

fn pickup_groups(export: &Export, people: &People) -> Vec<PickupGroup> {
    let members = by_first(export.pickup_members.iter().copied());
    let described = members.into_iter().filter_map(|(id, members)| {
        // All groups of somebody have to fit into 40 characters; the end of an id is its random part.
        let id = id.to_string().replace('-', "");
        let end = id.get(id.len().saturating_sub(12)..)?;
        Some(PickupGroup {
            key: Key::new(end)?,
            members: people.extensions(members),
        })
    });
    described.collect()
}

/// What belongs to each first, in the order of the firsts.
fn by_first<A: Ord, B>(pairs: impl Iterator<Item = (A, B)>) -> BTreeMap<A, Vec<B>> {
    let mut by_first: BTreeMap<A, Vec<B>> = BTreeMap::new();
    for (first, second) in pairs {
        by_first.entry(first).or_default().push(second);
    }
    by_first
}

impl People<'_> {
    /// The extensions of those of these whom calls reach, in order.
    fn extensions(&self, of: Vec<EmployeeId>) -> Vec<Extension> {
        let reached = of.into_iter().filter_map(|id| self.reached(id));
        let mut extensions: Vec<Extension> = reached.map(|one| one.extension.clone()).collect();
        extensions.sort();
        extensions
    }
}

/// How somebody stands when nothing is said of a queue yet.
fn standing(person: &export::Person, has_endpoint: bool) -> Option<Membership> {
    Some(Membership {
        status: domain::Status::from_bit(person.status)?,
        kind: match person.contact_center {
            true => Kind::Formal,
            false => Kind::Engage,
        },
        assigned: false,
        enabled: false,
        has_endpoint,
        call_waiting: person.call_waiting,
        post_processing: PostProcessing::Seconds(0),
        priority: 1,
    })
}
