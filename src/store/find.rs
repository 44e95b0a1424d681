//! Lists of incidents: a page by index and key, never by offset.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::conditions::Conditions;
use super::line::Places;
use super::timeline::instant;
use super::{Desk, StoreError};
use crate::calendar::Counted;
use crate::incident::{ClockKind, CustomerId, Query, State, TechRef};

/// A row of a list: what is shown of an incident beside others.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its number.
    pub number: TechRef,
    /// How many entries its timeline has.
    pub revision: u32,
    /// Where it stands at the instant of the query.
    pub state: State,
    /// Whose it is.
    pub customer: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// The issue in one line.
    pub summary: String,
    /// Its policy.
    pub policy: String,
    /// The agreed severity.
    pub severity: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// Who works on it.
    pub assignee: Option<String>,
    /// Receipt.
    pub opened_at: DateTime<Utc>,
    /// The clock that is due first, how it counts, and when.
    pub next: Option<(ClockKind, Counted, DateTime<Utc>)>,
    /// What runs beside that one, the earliest first.
    pub others: Vec<(ClockKind, Counted, DateTime<Utc>)>,
    /// When the customer's silence would resolve it.
    pub silence_at: Option<DateTime<Utc>>,
    /// The office whose hours count.
    pub office: Option<String>,
    /// The ladder's level.
    pub level: u8,
    /// A step up the ladder waits for its answer.
    pub unanswered: bool,
    /// The caller has the number.
    pub number_given: bool,
    /// Its product comes first among equals.
    pub expedite: bool,
    /// It stands for a fault that others have too.
    pub known: bool,
    /// Its place among those who are served in the order of their arrival (P5-03), where no clock counts down.
    pub place: Option<u32>,
    pub(super) key: Option<Vec<u8>>,
}

impl Listed {
    /// Whether it stands before another one in such an order.
    pub fn comes_before(&self, other: &Self, order: Order) -> bool {
        match order {
            Order::Queue => self.key < other.key,
            Order::Newest => self.number > other.number,
        }
    }

    /// The earliest of what is still to come at `now`, where what is due first is missed already.
    pub fn ahead(&self, now: DateTime<Utc>) -> Option<(ClockKind, Counted, DateTime<Utc>)> {
        let to_come = |at: DateTime<Utc>| at >= now;
        self.next.filter(|(_, _, due_at)| !to_come(*due_at))?;
        let mut others = self.others.iter().copied();
        others.find(|(_, _, due_at)| to_come(*due_at))
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Copy)]
pub enum Page<'a> {
    /// The first rows.
    First,
    /// The last rows, still in the order of the list.
    Last,
    /// The rows after this one.
    After(&'a Listed),
    /// The rows before this one, still in the order of the list.
    Before(&'a Listed),
    /// The rows from this one on.
    From(&'a Listed),
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As it is to be worked on; only what is still to be done has a place there.
    Queue,
    /// The newest first.
    Newest,
}

impl Order {
    /// The order in which a query's answers are usually wanted.
    pub fn of(query: &Query) -> Self {
        if query.is_open_only() {
            Self::Queue
        } else {
            Self::Newest
        }
    }
}

const COLUMNS: &str = concat!(
    "SELECT i.number, i.revision, i.state, i.customer, c.name, i.summary, i.policy, i.severity, i.product, i.assignee, \
     i.opened_at, i.clock, i.counted, i.due_at, i.silence_at, i.office, i.level, i.number_given, i.expedite, i.queue_key, ",
    "CASE WHEN i.level > 0 THEN EXISTS (SELECT 1 FROM counted WHERE incident = i.number AND unanswered = 1) ELSE 0 END, ",
    // By the index of the few: what the body says of each row would be read from its text.
    "i.number IN (SELECT number FROM incident INDEXED BY incident_known WHERE body ->> '$.forks.known' = 1)",
    ", (SELECT json_group_array(json_array(clock, counted, due_at) \
     ORDER BY due_at) FROM ahead WHERE incident = i.number)"
);

/// The incidents of which the numbers are found as `k`, with their customers.
const OF: &str = "CROSS JOIN incident i ON i.number = k CROSS JOIN customer c ON c.id = i.customer";

impl Desk {
    /// A page of at most `limit` incidents: in the queue's order where only open ones are meant, else the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(
        &self,
        query: &Query,
        page: Page<'_>,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<Listed>, StoreError> {
        self.list_by(Order::of(query), query, page, limit, now)
    }

    /// As [`Desk::list`], in an order of choice. In the queue's order, what is not open is left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_by(
        &self,
        order: Order,
        query: &Query,
        page: Page<'_>,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<Listed>, StoreError> {
        let queue = order == Order::Queue;
        let mut conditions = Conditions::of(&self.connection, query, queue, now)?;
        let back = matches!(page, Page::Before(_) | Page::Last);
        let order = conditions.page(queue, page);
        let (from, sql) = (conditions.from(), &conditions.sql);
        let sorted = match (queue, back) {
            (true, false) => "i.queue_key",
            (true, true) => "i.queue_key DESC",
            (false, false) => "k DESC",
            (false, true) => "k",
        };
        // Which they are is found in an index; only those of the page are read.
        let sql = format!(
            "{COLUMNS} FROM (SELECT i.number AS k FROM {from} WHERE {sql} ORDER BY {order} LIMIT {limit}) {OF}
             ORDER BY {sorted}"
        );
        let mut found = self.rows(&sql, conditions.values, now)?;
        if back {
            found.reverse();
        }
        Ok(found)
    }

    /// These incidents as they are now, whatever became of them, in no order of meaning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn listed(
        &self,
        numbers: &[TechRef],
        now: DateTime<Utc>,
    ) -> Result<Vec<Listed>, StoreError> {
        let wanted: Vec<u32> = numbers.iter().map(|number| number.sequence()).collect();
        let wanted = vec![serde_json::to_string(&wanted)?.into()];
        let sql = format!("{COLUMNS} FROM (SELECT value AS k FROM json_each(?1)) {OF}");
        self.rows(&sql, wanted, now)
    }

    fn rows(
        &self,
        sql: &str,
        values: Vec<Value>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Listed>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        let mut places = Places::new(self);
        while let Some(row) = rows.next()? {
            let mut listed = listed(row, now)?;
            listed.place = places.of_row(&listed)?;
            found.push(listed);
        }
        Ok(found)
    }

    /// The incidents that a query finds, at most `most` of them, by their numbers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn numbers(
        &self,
        query: &Query,
        most: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<TechRef>, StoreError> {
        let conditions = Conditions::of(&self.connection, query, false, now)?;
        let (from, sql) = (conditions.from(), &conditions.sql);
        let sql = format!("SELECT i.number FROM {from} WHERE {sql} LIMIT {most}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(conditions.values), |row| {
            row.get(0).map(TechRef::new)
        })?;
        let mut found: Vec<TechRef> = found.collect::<Result<_, _>>()?;
        found.sort_unstable();
        Ok(found)
    }

    /// The first page of what a query finds, and how many there are in all, counted up to `most`. A page that is not full
    /// is all there is: nothing is gone through for it again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_page(
        &self,
        query: &Query,
        limit: usize,
        most: usize,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Listed>, usize), StoreError> {
        let rows = self.list(query, Page::First, limit, now)?;
        let count = match rows.len() < limit {
            true => rows.len(),
            false => self.count(query, most, now)?,
        };
        Ok((rows, count))
    }

    /// How many incidents a query finds, counted up to `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(
        &self,
        query: &Query,
        most: usize,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let conditions = Conditions::of(&self.connection, query, false, now)?;
        let (from, sql) = (conditions.from(), &conditions.sql);
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {sql} LIMIT {most})");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 =
            statement.query_row(params_from_iter(conditions.values), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

/// Clocks, of a list as SQL gives it.
fn others(list: &str) -> Result<Vec<(ClockKind, Counted, DateTime<Utc>)>, StoreError> {
    let others: Vec<(ClockKind, Counted, i64)> = serde_json::from_str(list)?;
    let others = others.into_iter();
    Ok(others
        .map(|(clock, counted, due_at)| (clock, counted, instant(due_at)))
        .collect())
}

fn listed(row: &Row<'_>, now: DateTime<Utc>) -> Result<Listed, StoreError> {
    let silence_at = row.get::<_, Option<i64>>(14)?.map(instant);
    let stored: String = row.get(2)?;
    let silent = silence_at.is_some_and(|at| at <= now);
    let state = if silent {
        State::Resolved
    } else {
        serde_json::from_value(stored.into())?
    };
    let next = match (
        row.get::<_, Option<String>>(11)?,
        row.get::<_, Option<String>>(12)?,
        row.get(13)?,
    ) {
        (Some(clock), Some(counted), Some(due)) => {
            let (clock, counted) = (
                serde_json::from_value(clock.into())?,
                serde_json::from_value(counted.into())?,
            );
            Some((clock, counted, instant(due)))
        }
        _ => None,
    };
    Ok(Listed {
        number: TechRef::new(row.get(0)?),
        revision: row.get(1)?,
        state,
        customer: CustomerId(row.get(3)?),
        customer_name: row.get(4)?,
        summary: row.get(5)?,
        policy: row.get(6)?,
        severity: row.get(7)?,
        product: row.get(8)?,
        assignee: row.get(9)?,
        opened_at: instant(row.get(10)?),
        next,
        others: others(&row.get::<_, String>(22)?)?,
        silence_at,
        office: row.get(15)?,
        level: row.get(16)?,
        unanswered: row.get(20)?,
        number_given: row.get(17)?,
        expedite: row.get(18)?,
        known: row.get(21)?,
        place: None,
        key: row.get(19)?,
    })
}
