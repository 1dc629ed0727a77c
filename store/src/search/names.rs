//! Names in memory, in their order: blocks of text that are scanned whole, since a scan of what
//! lies together costs less than any index of a part of a word.

use domain::EmployeeId;
use memchr::memmem::Finder;
use std::collections::HashMap;

/// How many rows a block is cut at; it is rewritten whole when one of its rows changes.
const ROWS: usize = 512;
/// Between two rows of a block; folded text has no line ends.
const END: u8 = b'\n';

/// Every employee of an organisation: what search looks in, in the order of names.
#[derive(Default, Debug)]
pub(super) struct Names {
    blocks: Vec<Block>,
    /// The key by which each employee stands in the blocks.
    keys: HashMap<EmployeeId, Box<str>>,
}

#[derive(Default, Debug)]
struct Block {
    /// The rows' search texts, each with [`END`] after it.
    text: Vec<u8>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    key: Box<str>,
    id: EmployeeId,
    /// Where the row's text begins in its block.
    start: u32,
}

impl Names {
    /// Of rows in the order of `(name_folded, id)`: the name, the id, the search text.
    pub(super) fn of(rows: Vec<(String, EmployeeId, String)>) -> Self {
        let mut names = Self::default();
        for (key, id, search) in rows {
            if names
                .blocks
                .last()
                .is_none_or(|block| block.rows.len() >= ROWS)
            {
                names.blocks.push(Block::default());
            }
            names.keys.insert(id, key.as_str().into());
            if let Some(block) = names.blocks.last_mut() {
                block.push(key.into(), id, search.as_bytes());
            }
        }
        names
    }

    /// Puts an employee where their name belongs; `None` takes them out.
    pub(super) fn put(&mut self, id: EmployeeId, row: Option<(String, String)>) {
        if let Some(old) = self.keys.remove(&id) {
            let at = self.block_of(&old, id);
            if let Some(block) = self.blocks.get_mut(at) {
                block.rewrite(id, None);
                if block.rows.is_empty() {
                    self.blocks.remove(at);
                }
            }
        }
        let Some((key, search)) = row else { return };
        self.keys.insert(id, key.as_str().into());
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let at = self.block_of(&key, id).min(self.blocks.len() - 1);
        let Some(block) = self.blocks.get_mut(at) else {
            return;
        };
        block.rewrite(id, Some((key.into(), search)));
        if block.rows.len() >= 2 * ROWS {
            let rest = block.split();
            self.blocks.insert(at + 1, rest);
        }
    }

    /// The first block whose last row is not before `(key, id)`.
    fn block_of(&self, key: &str, id: EmployeeId) -> usize {
        self.blocks.partition_point(|block| {
            block
                .rows
                .last()
                .is_some_and(|last| (&*last.key, last.id) < (key, id))
        })
    }

    /// At most `most` of those whose text holds `folded`, beyond `cursor`, in order.
    pub(super) fn matching(
        &self,
        folded: &str,
        cursor: Option<(&str, EmployeeId)>,
        ascending: bool,
        most: usize,
    ) -> Vec<(Box<str>, EmployeeId)> {
        let finder = Finder::new(folded);
        let beyond = |row: &Row| match cursor {
            None => true,
            Some(cursor) if ascending => (&*row.key, row.id) > cursor,
            Some(cursor) => (&*row.key, row.id) < cursor,
        };
        let mut found = Vec::with_capacity(most);
        let mut take = |block: &Block| {
            let mut rows = block.matching(&finder);
            if !ascending {
                rows.reverse();
            }
            for at in rows {
                match block.rows.get(at) {
                    Some(row) if found.len() < most && beyond(row) => {
                        found.push((row.key.clone(), row.id));
                    }
                    _ => {}
                }
            }
            found.len() >= most
        };
        let start = cursor.map(|(key, id)| self.block_of(key, id));
        if ascending {
            let from = start.unwrap_or(0);
            let _ = self.blocks.iter().skip(from).any(&mut take);
        } else {
            let until = start.map_or(self.blocks.len(), |at| (at + 1).min(self.blocks.len()));
            let _ = self.blocks[..until].iter().rev().any(&mut take);
        }
        found
    }

    /// How many hold `folded`; stops counting at `most` and one more.
    pub(super) fn count(&self, folded: &str, most: usize) -> i64 {
        let finder = Finder::new(folded);
        let mut count = 0;
        for block in &self.blocks {
            count += block.matching(&finder).len();
            if count > most {
                return most as i64 + 1;
            }
        }
        count as i64
    }
}

impl Block {
    fn push(&mut self, key: Box<str>, id: EmployeeId, search: &[u8]) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.rows.push(Row { key, id, start });
        self.text.extend_from_slice(search);
        self.text.push(END);
    }

    /// The ordinals of the rows that hold what the finder looks for.
    fn matching(&self, finder: &Finder<'_>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(offset) = self.text.get(from..).and_then(|text| finder.find(text)) {
            let at = from + offset;
            let row = self.rows.partition_point(|row| row.start as usize <= at) - 1;
            found.push(row);
            from = self
                .rows
                .get(row + 1)
                .map_or(self.text.len(), |next| next.start as usize);
        }
        found
    }

    fn search_of(&self, row: usize) -> &[u8] {
        let start = self.rows[row].start as usize;
        let end = self
            .rows
            .get(row + 1)
            .map_or(self.text.len(), |next| next.start as usize);
        &self.text[start..end - 1]
    }

    /// The same rows without `id`, and with it where `new` says.
    fn rewrite(&mut self, id: EmployeeId, new: Option<(Box<str>, String)>) {
        let mut block = Self::default();
        let mut new = new;
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.id != id) {
            if new
                .as_ref()
                .is_some_and(|(key, _)| (&**key, id) < (&*row.key, row.id))
                && let Some((key, search)) = new.take()
            {
                block.push(key, id, search.as_bytes());
            }
            block.push(row.key.clone(), row.id, self.search_of(at));
        }
        if let Some((key, search)) = new {
            block.push(key, id, search.as_bytes());
        }
        *self = block;
    }

    /// Cuts off the second half.
    fn split(&mut self) -> Self {
        let half = self.rows.len() / 2;
        let (mut first, mut second) = (Self::default(), Self::default());
        for (at, row) in self.rows.iter().enumerate() {
            let into = if at < half { &mut first } else { &mut second };
            into.push(row.key.clone(), row.id, self.search_of(at));
        }
        *self = first;
        second
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    type Model = BTreeMap<EmployeeId, (String, String)>;

    fn slow(model: &Model, folded: &str, ascending: bool) -> Vec<EmployeeId> {
        let mut rows: Vec<_> = model
            .iter()
            .filter(|(_, (_, search))| search.contains(folded))
            .collect();
        rows.sort_by(|(a, (x, _)), (b, (y, _))| (x, a).cmp(&(y, b)));
        if !ascending {
            rows.reverse();
        }
        rows.into_iter().map(|(id, _)| *id).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        // E-03, E-05: the names in memory find what a plain look at every row would, in its
        // order, whatever was changed, from any place, both ways.
        #[test]
        fn names_in_memory_find_what_a_plain_look_would(
            steps in prop::collection::vec((0_u128..40, "[ab]{0,3}", any::<bool>()), 1..120),
            folded in "[ab]{1,2}",
            ascending in any::<bool>(),
        ) {
            let (mut names, mut model) = (Names::default(), Model::new());
            for (number, name, leaves) in steps {
                let id = EmployeeId(Uuid::from_u128(number));
                let row = (!leaves).then(|| (name.clone(), format!("{name} {name}@x")));
                names.put(id, row.clone());
                match row {
                    Some(row) => drop(model.insert(id, row)),
                    None => drop(model.remove(&id)),
                }
            }
            let all = slow(&model, &folded, ascending);
            let ids = |found: Vec<(Box<str>, EmployeeId)>| -> Vec<EmployeeId> {
                found.into_iter().map(|(_, id)| id).collect()
            };
            prop_assert_eq!(&ids(names.matching(&folded, None, ascending, 1_000)), &all);
            prop_assert_eq!(names.count(&folded, 1_000), all.len() as i64);
            for (at, id) in all.iter().enumerate() {
                let cursor = Some((model[id].0.as_str(), *id));
                let rest = names.matching(&folded, cursor, ascending, 1_000);
                prop_assert_eq!(&ids(rest), &all[at + 1..].to_vec());
            }
        }
    }

    // E-05: blocks split and still hold everybody in order.
    #[test]
    fn many_names_stay_in_order() {
        let mut names = Names::default();
        for number in 0..5_000_u128 {
            let scrambled = number * 7_919 % 5_000;
            let name = format!("name {scrambled:05}");
            names.put(
                EmployeeId(Uuid::from_u128(scrambled)),
                Some((name.clone(), name)),
            );
        }
        let found = names.matching("name", None, true, 10_000);
        let order: Vec<u128> = found.iter().map(|(_, id)| id.0.as_u128()).collect();
        assert_eq!(order, (0..5_000).collect::<Vec<_>>());
        assert!(names.blocks.len() > 4);
        assert_eq!(names.count("name 0499", 1_000), 10);
        assert_eq!(names.count("name", 1_000), 1_001);
    }
}
