//! Synchronized: what came of a claimed link, and who is told when it fails.

use super::claim::Claimed;
use crate::database::on;
use crate::outbox::{self, Message};
use crate::{At, Result, Store, Transaction, many};
use domain::availability::Span;
use domain::field::Email;
use domain::{CalendarId, EmployeeId, Timestamp};
use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{HashMap, HashSet};

/// How long after a synchronization the next is due.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// The longest pause of a link that fails.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(4);
/// How often a link fails before somebody is told, where it may be over soon.
const PATIENCE: i32 = 3;
/// How often an unlinked calendar fails before its copies are left where they are: after some 17 hours.
const GIVES_UP: i32 = 8;

/// What is known of a calendar now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Synced {
    pub calendar: CalendarId,
    /// Whether `busy` is all there is.
    pub whole: bool,
    pub token: Option<String>,
    /// By resource, when it says busy, in order.
    pub busy: Vec<(String, Vec<Span>)>,
    /// Resources that are no longer there.
    pub gone: Vec<String>,
}

#[derive(FromRow)]
struct Told {
    id: EmployeeId,
    email: Email,
    name: String,
}

impl Store {
    /// Keeps what a synchronization brought, and says when the next is due. Those who watch are told
    /// when it changed something that they see.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn synced(&self, claimed: &Claimed, synced: &[Synced], now: Timestamp) -> Result<()> {
        let (organisation, id) = (claimed.organisation, claimed.id);
        let mut transaction = self.write(organisation, None).await?;
        let before: Option<(Option<At>, Option<At>)> = on!(transaction, connection => sqlx::query_as(
            "SELECT synced_at, failing_since FROM calendar_link WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        // It was unlinked meanwhile.
        let Some((before, failing)) = before else {
            return Ok(());
        };
        if claimed.ended {
            transaction.forget_link(id).await?;
            return transaction.commit_quietly().await;
        }
        on!(transaction, connection => sqlx::query(
            "UPDATE calendar_link SET synced_at = $3, due_at = $4, leased_until = NULL,
                 failing_since = NULL, failure = NULL, failures = 0, told_at = NULL
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(now))
        .bind(At(now + PAUSE))
        .execute(connection)
        .await
        .map(|_| ()))?;
        let mut seen = before.is_none() || failing.is_some();
        for calendar in synced {
            seen |= transaction.take(claimed.employee, calendar, now).await?;
        }
        match seen {
            true => transaction.commit().await,
            false => transaction.commit_quietly().await,
        }
    }

    /// Keeps when somebody is busy of a link that could only be read, and says nothing of how it does.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn half_synced(
        &self,
        claimed: &Claimed,
        synced: &[Synced],
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.write(claimed.organisation, None).await?;
        if transaction.calendar_access(claimed.id).await?.is_none() {
            return Ok(());
        }
        for calendar in synced {
            transaction.take(claimed.employee, calendar, now).await?;
        }
        transaction.commit().await
    }

    /// Notes why a link could not be synchronized, and when to try again: after 1 min, 4 min, 16 min …
    /// 4 h. What was known stays. Its owner and their managers are told once: at once when only they
    /// can mend it (`for_good`), else when it failed three times.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sync_failed(
        &self,
        claimed: &Claimed,
        failure: &str,
        for_good: bool,
        now: Timestamp,
    ) -> Result<()> {
        let (organisation, id) = (claimed.organisation, claimed.id);
        let failures = claimed.failures.saturating_add(1);
        let pause = SignedDuration::from_mins(4_i64.pow(failures.clamp(1, 6) as u32 - 1));
        let mut transaction = self.write(organisation, None).await?;
        if claimed.ended && (for_good || failures > GIVES_UP) {
            transaction.forget_link(id).await?;
            return transaction.commit_quietly().await;
        }
        let telling = !claimed.ended && (for_good || failures >= PATIENCE);
        let untold: Option<(Option<At>,)> = on!(transaction, connection => sqlx::query_as(
            "UPDATE calendar_link SET failing_since = COALESCE(failing_since, $3), failure = $4,
                 failures = $5, due_at = $6, leased_until = NULL
             WHERE organisation = $1 AND id = $2 RETURNING told_at",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(now))
        .bind(failure)
        .bind(failures)
        .bind(At(now + pause.min(LONGEST_PAUSE)))
        .fetch_optional(connection)
        .await)?;
        if telling && untold == Some((None,)) {
            transaction.tell_failing(claimed, failure, now).await?;
        }
        transaction.commit().await
    }
}

impl Transaction {
    /// Keeps what is known of one calendar; whether anything is another than before.
    async fn take(
        &mut self,
        employee: EmployeeId,
        synced: &Synced,
        now: Timestamp,
    ) -> Result<bool> {
        let (organisation, calendar) = (self.organisation, synced.calendar);
        on!(self, connection => sqlx::query(
            "UPDATE calendar SET sync_token = $3,
                 read_whole_at = CASE WHEN $4 THEN $5 ELSE read_whole_at END
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(calendar)
        .bind(&synced.token)
        .bind(synced.whole)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        // Most of what is read is as it was, and is not written again.
        let known = self.known_busy(synced).await?;
        let before = |href: &String| known.get(href).map(Vec::as_slice).unwrap_or_default();
        let differs = |(href, spans): &&(String, Vec<Span>)| before(href) != spans;
        let changed: Vec<&(String, Vec<Span>)> = synced.busy.iter().filter(differs).collect();
        let there: HashSet<&String> = synced.busy.iter().map(|(href, _)| href).collect();
        let gone = known.keys().filter(|href| match synced.whole {
            true => !there.contains(href),
            false => synced.gone.contains(href),
        });
        let old = changed.iter().map(|(href, _)| href).chain(gone);
        let old: Vec<&str> = old.map(String::as_str).collect();
        self.drop_busy(calendar, &old).await?;
        let rows: Vec<(&str, i32, Span)> = changed
            .iter()
            .flat_map(|(href, spans)| {
                let numbered = spans.iter().zip(0_i32..);
                numbered.map(|(span, number)| (href.as_str(), number, *span))
            })
            .collect();
        for some in rows.chunks(many::ROWS) {
            let begin = "INSERT INTO busy (organisation, calendar, employee, href, number, from_at,
                until_at)";
            let sql = many::insert(begin, 7, some.len(), "ON CONFLICT DO NOTHING");
            on!(self, connection => {
                let mut query = sqlx::query(sql);
                for (href, number, span) in some {
                    query = query
                        .bind(organisation)
                        .bind(calendar)
                        .bind(employee)
                        .bind(*href)
                        .bind(*number)
                        .bind(At(span.from))
                        .bind(At(span.until));
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(!old.is_empty())
    }

    /// The busy times that are known of what was read, by resource, in order.
    async fn known_busy(&mut self, synced: &Synced) -> Result<HashMap<String, Vec<Span>>> {
        let (organisation, calendar) = (self.organisation, synced.calendar);
        let named = synced.busy.iter().map(|(href, _)| href);
        let named: Vec<&str> = named.chain(&synced.gone).map(String::as_str).collect();
        let asked: Vec<&[&str]> = match synced.whole {
            true => vec![&[]],
            false => named.chunks(many::ROWS).collect(),
        };
        let mut known: HashMap<String, Vec<Span>> = HashMap::new();
        for some in asked {
            let (places, some) = many::list(3, some);
            let among = match synced.whole {
                true => String::new(),
                false => format!("AND href IN ({places})"),
            };
            let sql = format!(
                "SELECT href, from_at, until_at FROM busy
                 WHERE organisation = $1 AND calendar = $2 {among} ORDER BY href, number"
            );
            let rows: Vec<(String, At, At)> = on!(self, connection => {
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation).bind(calendar);
                for href in some {
                    query = query.bind(href);
                }
                query.fetch_all(connection).await
            })?;
            for (href, from, until) in rows {
                let (from, until) = (from.0, until.0);
                known.entry(href).or_default().push(Span { from, until });
            }
        }
        Ok(known)
    }

    async fn drop_busy(&mut self, calendar: CalendarId, hrefs: &[&str]) -> Result<()> {
        let organisation = self.organisation;
        for some in hrefs.chunks(many::ROWS) {
            let (places, some) = many::list(3, some);
            let sql = format!(
                "DELETE FROM busy WHERE organisation = $1 AND calendar = $2 AND href IN ({places})"
            );
            on!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organisation).bind(calendar);
                for href in some {
                    query = query.bind(href);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Mails its owner and the Active managers of their offices.
    async fn tell_failing(
        &mut self,
        claimed: &Claimed,
        failure: &str,
        now: Timestamp,
    ) -> Result<()> {
        let (organisation, employee) = (self.organisation, claimed.employee);
        on!(self, connection => sqlx::query(
            "UPDATE calendar_link SET told_at = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(claimed.id)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        let told: Vec<Told> = on!(self, connection => sqlx::query_as(
            "SELECT e.id, e.email, trim(e.first_name || ' ' || e.last_name) AS name FROM employee e
             WHERE e.organisation = $1 AND e.status = 2 AND (e.id = $2 OR EXISTS (
                 SELECT 1 FROM assignment m JOIN assignment a ON a.organisation = m.organisation
                     AND a.office = m.office AND a.employee = $2
                 WHERE m.organisation = e.organisation AND m.employee = e.id
                     AND (m.roles & 2) <> 0))
             ORDER BY e.id",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_all(connection)
        .await)?;
        let owner = told.iter().find(|one| one.id == employee);
        let name = owner.map(|owner| owner.name.clone()).unwrap_or_default();
        for one in told {
            let message = Message::CalendarFailing {
                to: one.email,
                employee,
                whose: (one.id != employee).then(|| name.clone()),
                calendar: claimed.name.clone(),
                failure: failure.to_owned(),
            };
            outbox::queue(self, Some(one.id), &message, now).await?;
        }
        Ok(())
    }
}
