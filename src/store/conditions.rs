//! The conditions of a query in SQL. Whatever is few among many is found by an index first.

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::StoreError;
use super::find::Page;
use super::spellings::{beginnings, named};
use crate::incident::{Property, Query, Span, State, Term};

/// A step up the ladder that waits for its answer.
const UNANSWERED: &str =
    "(i.level > 0 AND i.number IN (SELECT incident FROM counted WHERE unanswered = 1))";

/// So many of the newest incidents that have the words are looked at while these are being typed.
const NEWEST: usize = 1_000;

/// And so many of the newest of all, for what words do not find.
const RECENT: u32 = 20_000;

/// What has a place in the queue.
const OPEN: &str = "i.queue_key IS NOT NULL";

/// The first number that is looked at, where only the queue is.
const FIRST_OPEN: &str = "(SELECT min(number) FROM incident WHERE queue_key IS NOT NULL)";

/// What is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    /// What has a place in the queue: few, whatever the desk holds.
    Queue,
    /// The newest first, as far as the limit goes.
    All,
    /// What has words, the newest first.
    Words,
}

/// The conditions of a query in SQL.
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    among: Among,
    /// Something finds few of them.
    few: bool,
    /// It is asked for first: words and names.
    named: bool,
    /// The first number that is looked at, where words are not looked for among all.
    from: Option<String>,
}

impl Conditions {
    /// Those of `query` in this order: `queue` leaves out what has no place there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(
        connection: &Connection,
        query: &Query,
        queue: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut all = Self {
            sql: String::new(),
            values: Vec::new(),
            among: Among::All,
            few: query
                .terms
                .iter()
                .any(|term| is_named_term(term) || is_few(term)),
            named: query.terms.iter().any(is_named_term),
            from: None,
        };
        if queue || query.is_open_only() || query.terms.iter().any(is_queued) {
            all.among = Among::Queue;
            all.from = Some(FIRST_OPEN.to_owned());
            all.add(false, OPEN);
        } else if query.terms.contains(&(false, Term::Recent)) && !all.few {
            let newest = format!("((SELECT max(number) FROM incident) - {RECENT})");
            all.add(false, &format!("i.number > {newest}"));
            all.from = Some(newest);
        }
        if query.is_open_only() {
            let now = all.value(now.timestamp());
            all.add(
                false,
                &format!("(i.silence_at IS NULL OR i.silence_at > {now})"),
            );
        }
        let words: Vec<String> = query.terms.iter().filter_map(word).collect();
        if !words.is_empty() {
            let mark = all.value(words.join(" "));
            match all.among {
                Among::All => {
                    all.among = Among::Words;
                    all.add(false, &format!("search MATCH {mark}"));
                }
                _ => {
                    let found = all.found(&mark);
                    all.add(false, &found);
                }
            }
        }
        for (exclude, term) in &query.terms {
            if !matches!((exclude, term), (false, Term::Word(_))) {
                let condition = all.term(connection, term, now)?;
                all.add(*exclude, &condition);
            }
        }
        if all.sql.is_empty() {
            all.sql.push_str("TRUE");
        }
        Ok(all)
    }

    /// What is gone through, for SQL: where nothing finds few of them, an index that holds all that is asked for.
    pub(super) fn from(&self) -> &'static str {
        match (self.among, self.named) {
            (Among::Words, _) => "search CROSS JOIN incident i ON i.number = search.rowid",
            (_, true) => "incident i",
            (Among::Queue, false) => "incident i INDEXED BY incident_queue",
            (Among::All, false) => "incident i INDEXED BY incident_newest",
        }
    }

    /// The same for incidents that are named, of which the numbers are found as `k`.
    pub(super) fn of_k(&self) -> &'static str {
        match self.among {
            Among::Words => {
                "CROSS JOIN search ON search.rowid = k CROSS JOIN incident i ON i.number = k"
            }
            Among::Queue | Among::All => "CROSS JOIN incident i ON i.number = k",
        }
    }

    /// The incidents for which an index of their own has what their bodies say.
    fn those(&self, index: &str, say: &str) -> String {
        let from = self.from.as_ref();
        let from = from.map(|from| format!(" AND number >= {from}"));
        format!(
            "i.number IN (SELECT number FROM incident INDEXED BY {index} WHERE {say}{})",
            from.unwrap_or_default()
        )
    }

    /// The incidents that words are found in. Where only the queue is looked at, no others are gathered: a word may be in
    /// most of a desk's history.
    fn found(&self, mark: &str) -> String {
        let from = self.from.as_ref();
        let from = from.map(|from| format!(" AND rowid >= {from}"));
        let queued = match self.among {
            // The index of words goes through its own, rather than being asked for each of these.
            Among::Queue => {
                " AND +rowid IN (SELECT number FROM incident INDEXED BY incident_queue \
                 WHERE queue_key IS NOT NULL)"
            }
            Among::All | Among::Words => "",
        };
        format!(
            "i.number IN (SELECT rowid FROM search WHERE search MATCH {mark}{}{queued})",
            from.unwrap_or_default()
        )
    }

    fn add(&mut self, exclude: bool, condition: &str) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        let part = if exclude {
            format!("NOT coalesce({condition}, FALSE)")
        } else {
            condition.to_owned()
        };
        self.sql.push_str(&part);
    }

    /// Adds a value and gives the mark that stands for it.
    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn term(
        &mut self,
        connection: &Connection,
        term: &Term,
        now: DateTime<Utc>,
    ) -> Result<String, StoreError> {
        Ok(match term {
            Term::Word(word) => {
                let mark = self.value(begins_with(word));
                self.found(&mark)
            }
            Term::Recent => "TRUE".to_owned(),
            Term::Newest(words) => {
                let words: Vec<String> = words.iter().map(|word| begins_with(word)).collect();
                format!(
                    "i.number IN (SELECT rowid FROM search WHERE search MATCH {} ORDER BY rowid DESC LIMIT {NEWEST})",
                    self.value(words.join(" "))
                )
            }
            Term::State(states) => {
                let parts: Vec<String> =
                    states.iter().map(|state| self.state(*state, now)).collect();
                format!("({})", parts.join(" OR "))
            }
            Term::Is(Property::Open | Property::Any) => "TRUE".to_owned(),
            Term::Is(Property::Missed) => format!("i.due_at < {}", self.value(now.timestamp())),
            Term::Is(Property::Unassigned) => "i.assignee IS NULL".to_owned(),
            Term::Is(Property::Escalated) => UNANSWERED.to_owned(),
            Term::Is(Property::NumberNotGiven) => "i.number_given = 0".to_owned(),
            Term::Is(Property::Emergency) => self.those(
                "incident_emergency",
                "json_extract(body, '$.emergency') = 1",
            ),
            // On some desks most are: each is looked up in the index, rather than all of it before the first.
            Term::Is(Property::Uncovered) => {
                "EXISTS (SELECT 1 FROM incident u INDEXED BY incident_uncovered \
                 WHERE u.number = i.number AND json_extract(u.body, '$.uncovered') = 1)"
                    .to_owned()
            }
            Term::Is(Property::InManual) => self.those(
                "incident_in_manual",
                "json_array_length(body, '$.manual_pages') > 0",
            ),
            Term::Is(Property::Expedited) => "i.expedite = 1".to_owned(),
            Term::Is(Property::AnsweredAfterResolution) => {
                self.those("incident_answered_after", "answered_after IS NOT NULL")
            }
            Term::Is(Property::KnownFault) => {
                self.those("incident_known", "body ->> '$.forks.known' = 1")
            }
            Term::Assignee(names) => {
                let parts: Vec<String> = names.iter().map(|name| self.assignee(name)).collect();
                format!("({})", parts.join(" OR "))
            }
            Term::Severity(names) => self.any(names, |mark| format!("i.severity = {mark}")),
            Term::Policy(names) => self.any(names, |mark| format!("i.policy = {mark}")),
            Term::Channel(channels) => {
                let words: Vec<String> = channels
                    .iter()
                    .map(|channel| channel.word().to_owned())
                    .collect();
                self.any(&words, |mark| format!("i.channel = {mark}"))
            }
            Term::Product(names) => self.any(names, |mark| begins("i.product", mark)),
            Term::Customer(names) => self.customers(connection, names, "")?,
            Term::FirstCustomers(names) => {
                self.customers(connection, names, &format!(" LIMIT {NEWEST}"))?
            }
            Term::Due(span) => self.due(*span),
            Term::Opened(span) => self.span("i.opened_at", *span),
            Term::Level(least, most) => {
                let (least, most) = (self.value(i64::from(*least)), self.value(i64::from(*most)));
                format!("i.level BETWEEN {least} AND {most}")
            }
        })
    }

    /// A state as everybody sees it: an incident whose silence ran out is resolved, written down or not.
    fn state(&mut self, state: State, now: DateTime<Utc>) -> String {
        match state {
            State::Waiting => {
                let now = self.value(now.timestamp());
                format!("(i.state = 'waiting' AND (i.silence_at IS NULL OR i.silence_at > {now}))")
            }
            State::Resolved => {
                let now = self.value(now.timestamp());
                format!("(i.state = 'resolved' OR (i.state = 'waiting' AND i.silence_at <= {now}))")
            }
            other => format!("i.state = '{}'", other.word()),
        }
    }

    /// Of one agent, or of nobody.
    fn assignee(&mut self, name: &str) -> String {
        match name {
            "" => "i.assignee IS NULL".to_owned(),
            name => format!("i.assignee = {}", self.value(name.to_owned())),
        }
    }

    fn any(&mut self, names: &[String], condition: impl Fn(&str) -> String) -> String {
        let parts: Vec<String> = names
            .iter()
            .map(|name| condition(&self.value(name.clone())))
            .collect();
        format!("({})", parts.join(" OR "))
    }

    /// Of customers whose name begins like this, or that have it as their code: these are found first, by their indexes.
    fn customers(
        &mut self,
        connection: &Connection,
        names: &[String],
        most: &str,
    ) -> Result<String, StoreError> {
        let mut parts = Vec::new();
        for name in names {
            let begun = serde_json::to_string(&beginnings(connection, name)?)?;
            let (begun, code) = (self.value(begun), self.value(name.clone()));
            parts.push(format!(
                "i.customer IN (SELECT id FROM ({}{most}) UNION ALL SELECT id FROM customer WHERE code = {code})",
                named(&begun)
            ));
        }
        Ok(format!("({})", parts.join(" OR ")))
    }

    /// Any of what runs is due in the span: what is due first, or something that is still to come after it.
    fn due(&mut self, span: Span) -> String {
        let first = self.span("i.due_at", span);
        if span.from.is_none() {
            return first;
        }
        let others = self.span("due_at", span);
        format!("({first} OR i.number IN (SELECT incident FROM ahead WHERE {others}))")
    }

    fn span(&mut self, column: &str, span: Span) -> String {
        let from = span
            .from
            .map(|from| format!("{column} >= {}", self.value(from.timestamp())));
        let before = span
            .before
            .map(|before| format!("{column} < {}", self.value(before.timestamp())));
        let parts: Vec<String> = from.into_iter().chain(before).collect();
        if parts.is_empty() {
            "TRUE".to_owned()
        } else {
            format!("({})", parts.join(" AND "))
        }
    }

    /// Limits to a page and gives the order.
    pub(super) fn page(&mut self, queue: bool, page: Page<'_>) -> &'static str {
        let (compare, row) = match page {
            Page::First | Page::Last => ("", None),
            Page::After(row) => (if queue { ">" } else { "<" }, Some(row)),
            Page::Before(row) => (if queue { "<" } else { ">" }, Some(row)),
            Page::From(row) => (if queue { ">=" } else { "<=" }, Some(row)),
        };
        let number = match self.among {
            Among::Words => "search.rowid",
            _ => "i.number",
        };
        if let Some(row) = row {
            let (column, mark) = match (queue, &row.key) {
                (true, Some(key)) => ("i.queue_key", self.value(key.clone())),
                _ => (number, self.value(i64::from(row.number.sequence()))),
            };
            self.add(false, &format!("{column} {compare} {mark}"));
        }
        let back = matches!(page, Page::Before(_) | Page::Last);
        match (queue, self.among, back) {
            (true, _, false) => "i.queue_key",
            (true, _, true) => "i.queue_key DESC",
            (false, Among::Words, false) => "search.rowid DESC",
            (false, Among::Words, true) => "search.rowid",
            // The few of the queue are put in order, rather than looked for among all.
            (false, Among::Queue, false) => "+i.number DESC",
            (false, Among::Queue, true) => "+i.number",
            (false, Among::All, false) => "i.number DESC",
            (false, Among::All, true) => "i.number",
        }
    }
}

/// A word that is looked for, and nothing else.
fn word((exclude, term): &(bool, Term)) -> Option<String> {
    match term {
        Term::Word(word) if !exclude => Some(begins_with(word)),
        _ => None,
    }
}

/// Whether a term finds incidents by words or a name.
fn is_named_term((exclude, term): &(bool, Term)) -> bool {
    let named = matches!(
        term,
        Term::Word(_) | Term::Newest(_) | Term::Customer(_) | Term::FirstCustomers(_)
    );
    named && !exclude
}

/// Whether a term finds what few incidents are.
fn is_few((exclude, term): &(bool, Term)) -> bool {
    let few = matches!(
        term,
        Term::Is(
            Property::Escalated
                | Property::Emergency
                | Property::InManual
                | Property::AnsweredAfterResolution
                | Property::KnownFault
        )
    );
    few && !exclude
}

/// Whether what a term finds has a place in the queue, ended or not.
fn is_queued((exclude, term): &(bool, Term)) -> bool {
    let queued = match term {
        Term::State(states) => states.iter().all(|state| state.is_open()),
        Term::Is(Property::Missed) => true,
        Term::Due(span) => span.from.is_some() || span.before.is_some(),
        _ => false,
    };
    queued && !exclude
}

/// A word, or the beginning of one, for the search index.
fn begins_with(word: &str) -> String {
    format!("\"{}\"*", word.replace('"', "\"\""))
}

/// Whether a column begins with a value, upper and lower case the same. Not `LIKE`: a name may hold its wildcards.
pub(super) fn begins(column: &str, mark: &str) -> String {
    format!(
        "({column} >= {mark} COLLATE NOCASE AND {column} < {mark} || char(1114111) COLLATE NOCASE)"
    )
}
