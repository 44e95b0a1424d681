//! What a list reads: its first page, the rest of it, and why there may be nothing.

use chrono::{DateTime, Utc};

use crate::cli::{Failure, Session};
use crate::incident::{Property, Query, QueryError, Term};
use crate::store::{Desk, FoundCustomer, Listed, Order, Page, UnknownName};

/// As many are read at a time.
const PAGE: usize = 500;
/// As many more are counted.
pub(in crate::cli) const MOST_MORE: usize = 999;

/// What is said of so many more than were listed, as far as they were counted.
pub(in crate::cli) fn more_in_words(more: usize, limit: usize) -> String {
    let over = if more > MOST_MORE { "over " } else { "" };
    let more = more.min(MOST_MORE);
    format!("{over}{more} more than these {limit}: --limit N lists so many")
}

/// What is to be listed.
pub(in crate::cli) struct Wanted {
    pub(in crate::cli) query: Query,
    pub(in crate::cli) order: Order,
    pub(in crate::cli) limit: usize,
    pub(in crate::cli) now: DateTime<Utc>,
}

/// What is listed: the first page of it, and where the rest is read.
pub(in crate::cli) struct Found<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) desk: &'a Desk,
    first: Vec<Listed>,
}

impl Wanted {
    /// Reads the first page.
    pub(in crate::cli) fn found<'a>(&'a self, desk: &'a Desk) -> Result<Found<'a>, Failure> {
        Ok(Found {
            wanted: self,
            desk,
            first: self.page(desk, Page::First, self.limit)?,
        })
    }

    /// A page, where so many are still wanted: one more than is handed over tells whether there are more.
    fn page(&self, desk: &Desk, page: Page<'_>, left: usize) -> Result<Vec<Listed>, Failure> {
        Ok(desk.list_by(self.order, &self.query, page, at_once(left), self.now)?)
    }

    /// How many more there are than are listed, where the list was cut, as far as they are counted.
    pub(in crate::cli) fn more(&self, desk: &Desk, cut: bool) -> Result<usize, Failure> {
        if !cut {
            return Ok(0);
        }
        let most = self.limit.saturating_add(MOST_MORE + 1);
        let found = desk.count(&self.query, most, self.now)?;
        Ok(found.saturating_sub(self.limit))
    }

    /// Says what was probably meant where nothing was found, and how many more there are than were wanted.
    pub(in crate::cli) fn say_rest(&self, session: &Session, more: usize, hint: Option<String>) {
        if let Some(hint) = hint {
            session.note(format_args!("nothing is found: {hint}"));
        }
        if more > 0 {
            session.note(more_in_words(more, self.limit));
        }
    }
}

/// How many rows are read at a time, where so many are still wanted.
fn at_once(left: usize) -> usize {
    left.saturating_add(1).min(PAGE)
}

impl Found<'_> {
    /// Where nothing is found, what may have been meant; a customer or product that there is not is a mistake.
    pub(in crate::cli) fn why_nothing(
        &self,
        session: &Session,
        text: &str,
    ) -> Result<Option<String>, Failure> {
        let (query, desk) = (&self.wanted.query, self.desk);
        if !self.first.is_empty() || query.terms.is_empty() {
            return Ok(None);
        }
        match desk.unknown(query)? {
            Some(unknown) => {
                let UnknownName { key, name, problem } = unknown;
                Err(QueryError::at_value(text, key, &name, problem).into())
            }
            None => Ok(match query.hint(&desk.vocabulary()?) {
                Some(hint) => Some(hint),
                None => match self.stranger(session)?.or(self.ended(text)?) {
                    Some(hint) => Some(hint),
                    None => self.called()?,
                },
            }),
        }
    }

    /// Where what is one's own is asked for, that one is no agent of the desk.
    fn stranger(&self, session: &Session) -> Result<Option<String>, Failure> {
        let me = session.agent();
        let own =
            |(_, term): &(bool, Term)| matches!(term, Term::Assignee(names) if names.contains(&me));
        let known = || Ok::<_, Failure>(self.desk.agents()?.contains(&me));
        if !self.wanted.query.terms.iter().any(own) || known()? {
            return Ok(None);
        }
        Ok(Some(format!(
            "you are {me}, who does not work here: --agent NAME says who you are (`holdline agent list`)"
        )))
    }

    /// Where nothing that is open is found, what has ended and would be.
    fn ended(&self, text: &str) -> Result<Option<String>, Failure> {
        let Wanted { query, now, .. } = self.wanted;
        if !query.is_open_only() {
            return Ok(None);
        }
        let mut all = query.clone();
        all.terms.push((false, Term::Is(Property::Any)));
        let found = self
            .desk
            .list_by(Order::Newest, &all, Page::First, 2, *now)?;
        Ok(match found.as_slice() {
            [] => None,
            [one] => {
                let (number, state) = (one.number, one.state.word());
                Some(format!("{number} is {state}, `{text} is:any` lists it"))
            }
            _ => Some(format!("some have ended, `{text} is:any` lists them")),
        })
    }

    /// Where words are looked for, whose names they are, or nearly: incidents are found by what is written on them, callers
    /// by their people and other spellings, too.
    fn called(&self) -> Result<Option<String>, Failure> {
        let words = self
            .wanted
            .query
            .terms
            .iter()
            .filter_map(|term| match term {
                (false, Term::Word(word)) => Some(word.as_str()),
                _ => None,
            });
        let words: Vec<&str> = words.collect();
        if words.is_empty() {
            return Ok(None);
        }
        let found = self.desk.find_customers(&words.join(" "), 1)?.pop();
        Ok(found.map(
            |FoundCustomer {
                 customer,
                 sounds_alike,
             }| {
                let how = if sounds_alike { "nearly so" } else { "so" };
                let name = &customer.name;
                format!(
                    "a caller is called {how}, `customer:\"{name}\" is:any` lists what {name} has"
                )
            },
        ))
    }

    /// Hands every row over, reading a page at a time; whether there are more than were wanted.
    pub(in crate::cli) fn each(
        self,
        mut with: impl FnMut(Listed) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let mut left = self.wanted.limit;
        let mut rows = self.first;
        loop {
            let whole = rows.len() == at_once(left);
            rows.truncate(left);
            left -= rows.len();
            let last = rows.last().cloned();
            rows.into_iter().try_for_each(&mut with)?;
            match last.filter(|_| whole && left > 0) {
                Some(last) => rows = self.wanted.page(self.desk, Page::After(&last), left)?,
                None => return Ok(whole),
            }
        }
    }
}
