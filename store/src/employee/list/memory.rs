//! A search in the order of names: SQLite alone is slow at it, so the names are in memory.

use super::statement::{NOT_COUNTED, Text, Values, bound};
use super::{Row, bounded, summary};
use crate::bundle::rows;
use crate::{Reading, Result, search};
use domain::EmployeeId;
use domain::fold::fold;
use domain::listing::{COUNTED, Of, Page, Place, Query, Sort, Visibility};

/// How many candidates of the names in memory a search with filters looks through before it is left to
/// the database alone, since its filters let almost nobody through.
const CANDIDATES: usize = 1024;
impl Reading {
    /// A page of a search in the order of names, from the names in memory; `None` where they are
    /// not, or where the statement alone does it better.
    ///
    /// The index yields candidates only. The statement lets through those that are visible and
    /// pass the filters, until the page is full.
    pub(super) async fn found_in_memory(
        &mut self,
        visibility: Visibility,
        query: &Query,
    ) -> Result<Option<Page>> {
        let folded = fold(&query.search);
        let serves = self.store.is_alone() && visibility.of() == Of::Everyone;
        if !serves || query.sort != Sort::Name || folded.is_empty() {
            return Ok(None);
        }
        let backward = matches!(query.place, Place::Before(_));
        let ascending = query.descending == backward;
        let cursor: Option<(&str, EmployeeId)> = match &query.place {
            Place::Start => None,
            Place::After(at) | Place::Before(at) => Some((&at.key, at.id)),
        };
        let size = query.rows() as usize;
        let filtered =
            !query.roles.is_empty() || !query.status.is_empty() || query.office.is_some();
        let most = if filtered { CANDIDATES } else { size + 1 };
        let (store, organisation) = (self.store.clone(), visibility.organisation());
        let counted = COUNTED as usize;
        let found =
            store
                .index()
                .candidates(organisation, &folded, cursor, ascending, most, counted);
        let Some(found) = found else {
            // Not in memory yet: this search does without, the next one will not.
            tokio::spawn(async move { store.remember_names(organisation).await });
            return Ok(None);
        };
        let (matches, last) = (found.count, found.rows.len() < most);
        let mut rows = self
            .let_through(visibility, query, ascending, filtered, found)
            .await?;
        if !last && rows.len() <= size {
            return Ok(None);
        }
        let more = rows.len() > size;
        rows.truncate(size);
        let matches = match filtered {
            true => rows.first().map_or(0, |row| row.matches),
            false => matches,
        };
        if backward {
            rows.reverse();
        }
        let (count, bounded) = bounded(visibility, query, matches);
        let rows = rows.into_iter().map(|row| summary(row, query.sort));
        Ok(Some(Page {
            rows: rows.collect::<Result<_>>()?,
            before: if backward { more } else { cursor.is_some() },
            after: backward || more,
            count,
            bounded,
        }))
    }

    /// Of the candidates, the rows that are visible and pass the filters, in order: a page of them and
    /// one more. With filters they say how many match, which the index can't know.
    async fn let_through(
        &mut self,
        visibility: Visibility,
        query: &Query,
        ascending: bool,
        filtered: bool,
        candidates: search::Candidates,
    ) -> Result<Vec<Row>> {
        let unsearched = Query {
            search: String::new(),
            ..query.clone()
        };
        let matches = match filtered {
            true => Text::new(visibility, query).count(visibility, query),
            false => NOT_COUNTED.to_owned(),
        };
        let sql = Text::new(visibility, &unsearched).among(ascending, &matches);
        let ids = candidates
            .rows
            .iter()
            .map(|(_, id)| id.0.simple().to_string());
        let ids = serde_json::Value::from(ids.collect::<Vec<_>>()).to_string();
        let values = Values::of(visibility, query);
        rows!(self, Row, sql, |query| bound!(query, values).bind(ids))
    }
}
