//! Who may listen to whom: what is assigned and enabled, among those whom calls reach (C-12, C-13).

use super::people::People;
use super::{by_first, key};
use pbx::{Extension, Key, Supervisor};
use store::contact_centre::export::Export;

pub(super) fn supervisors(export: &Export, people: &People) -> Vec<Supervisor> {
    let mut queues = by_first(export.supervised_queues.iter().copied());
    let mut groups = by_first(export.supervised_groups.iter().copied());
    let in_group = by_first(people.all().map(|(_, one)| (one.person.agent_group, one)));
    let described = people.all().filter(|(_, one)| one.person.supervisor);
    let described = described.map(|(id, one)| {
        let overseen = groups.remove(id).unwrap_or_default().into_iter();
        let overseen = overseen.filter_map(|group| in_group.get(&group)).flatten();
        let mut people: Vec<Extension> = overseen.map(|one| one.extension.clone()).collect();
        people.sort();
        let mut queues: Vec<Key> = queues
            .remove(id)
            .unwrap_or_default()
            .into_iter()
            .filter_map(key)
            .collect();
        queues.sort();
        Supervisor {
            person: one.extension.clone(),
            monitor: one.person.may_monitor,
            whisper: one.person.may_whisper,
            barge: one.person.may_barge,
            queues,
            people,
        }
    });
    described.collect()
}
