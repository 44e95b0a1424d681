//! The language of `list`, the console's filter and the saved views (`cli.md`): words, and `key:value` terms.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

mod span;
mod words;

use super::State;
use crate::policy::Channel;
use crate::policy::nearest::nearest;
use span::{Way, operator, span};
pub use words::Vocabulary;
use words::meant;

/// What a query's relative words stand for.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The instant at which one looks.
    pub now: DateTime<Utc>,
    /// The agent that `me` stands for.
    pub me: &'a str,
    /// The zone in which days are meant.
    pub zone: Tz,
    /// What names a desk knows; without them any name goes.
    pub words: Option<&'a Vocabulary>,
}

/// A question to the desk's incidents: all terms must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The terms; those with `true` must not hold.
    pub terms: Vec<(bool, Term)>,
}

/// One term of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A word, or the beginning of one, anywhere in the incident's texts.
    Word(String),
    /// All of these words, looked for only as far as the newest incidents that have them: what is being typed.
    Newest(Vec<String>),
    /// No more than the newest incidents are gone through: what is being typed.
    Recent,
    /// One of these states.
    State(Vec<State>),
    /// A property.
    Is(Property),
    /// Assigned to one of these; an empty name is nobody.
    Assignee(Vec<String>),
    /// One of these agreed severities.
    Severity(Vec<String>),
    /// A customer whose name or code begins like this.
    Customer(Vec<String>),
    /// As before, of no more than the first customers that are called so: what is being typed.
    FirstCustomers(Vec<String>),
    /// One of these policies.
    Policy(Vec<String>),
    /// Reached us by one of these channels.
    Channel(Vec<Channel>),
    /// A product that begins like this.
    Product(Vec<String>),
    /// The next due instant lies in this span.
    Due(Span),
    /// Received in this span.
    Opened(Span),
    /// The ladder's level is at least and at most this.
    Level(u8, u8),
}

/// A property of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// Something is still to be done; this is what is meant where a query names no state.
    Open,
    /// Any state at all.
    Any,
    /// A running clock is past its due instant.
    Missed,
    /// Nobody works on it.
    Unassigned,
    /// An escalation of its waits for an answer. Once it was answered, `level:>=1` still finds it.
    Escalated,
    /// The caller was not given the number.
    NumberNotGiven,
    /// It comes first among equals, by its product or as an emergency.
    Expedited,
    /// It was taken as an emergency.
    Emergency,
    /// The customer came back after it had ended, and nobody has dealt with that.
    AnsweredAfterResolution,
    /// It is a fault that many have.
    KnownFault,
    /// Nothing covers it, and it is worked on (P4-21).
    Uncovered,
    /// An answer of its cites the manual (P5-12).
    InManual,
}

impl Property {
    /// Every property with its word.
    pub const ALL: [(&'static str, Self); 12] = [
        ("open", Self::Open),
        ("any", Self::Any),
        ("missed", Self::Missed),
        ("unassigned", Self::Unassigned),
        ("escalated", Self::Escalated),
        ("number-not-given", Self::NumberNotGiven),
        ("expedited", Self::Expedited),
        ("answered-after-resolution", Self::AnsweredAfterResolution),
        ("known-fault", Self::KnownFault),
        ("emergency", Self::Emergency),
        ("uncovered", Self::Uncovered),
        ("in-manual", Self::InManual),
    ];
}

/// A span of instants, open where there is no bound: from `from` up to but without `before`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// The first instant.
    pub from: Option<DateTime<Utc>>,
    /// The first instant after.
    pub before: Option<DateTime<Utc>>,
}

/// A mistake in a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}\n  {query}\n  {mark:>column$}", mark = "^", column = .at + 1)]
pub struct QueryError {
    /// The query.
    pub query: String,
    /// The character that is wrong, counted from 0.
    pub at: usize,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

const KEYS: [&str; 11] = [
    "state", "is", "assignee", "severity", "customer", "policy", "product", "channel", "due",
    "opened", "level",
];

/// A key under another name: that of the column.
const AGENT: (&str, &str) = ("agent", "assignee");

/// The key that was typed: itself, or the only one that begins so.
fn key(typed: &str) -> Result<&'static str, String> {
    let names = KEYS.into_iter().map(|key| (key, key)).chain([AGENT]);
    if let Some((_, key)) = names.clone().find(|(name, _)| *name == typed) {
        return Ok(key);
    }
    let mut begun: Vec<&str> = names
        .clone()
        .filter_map(|(name, key)| name.starts_with(typed).then_some(key))
        .collect();
    begun.dedup();
    match begun.as_slice() {
        [only] => Ok(only),
        [] => {
            let near = nearest(typed, names.map(|(name, _)| name));
            let hint = near.map_or_else(|| KEYS.join(", "), str::to_owned);
            Err(format!("no key \"{typed}\" to search by: try {hint}"))
        }
        several => Err(format!("key \"{typed}\" may be {}", several.join(" or "))),
    }
}

impl QueryError {
    /// A mistake in `value`, which stands behind `key:` in the query.
    pub fn at_value(query: &str, key: &str, value: &str, problem: String) -> Self {
        let behind = query
            .find(&format!("{key}:"))
            .map_or(0, |at| at + key.len() + 1);
        let rest = query.get(behind..).unwrap_or_default();
        let byte = behind + rest.find(value).unwrap_or(0);
        Self {
            at: query.get(..byte).unwrap_or_default().chars().count(),
            query: query.to_owned(),
            problem,
        }
    }
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When a key, value or quotation mark is wrong; the error names the character.
    pub fn parse(text: &str, scope: Scope<'_>) -> Result<Self, QueryError> {
        let error = |at, problem| QueryError {
            query: text.to_owned(),
            at,
            problem,
        };
        let pieces = pieces(text)
            .map_err(|at| error(at, "the quotation mark is never closed: add one".to_owned()))?;
        let mut terms = Vec::new();
        for (at, piece) in pieces {
            let (exclude, bare) = match piece.strip_prefix('-') {
                Some(bare) if !bare.is_empty() => (true, bare),
                _ => (false, piece.as_str()),
            };
            let term = match bare.split_once(':') {
                Some((typed, value))
                    if !typed.is_empty() && typed.chars().all(|c| c.is_ascii_lowercase()) =>
                {
                    let place = at + usize::from(exclude);
                    let key = key(typed).map_err(|problem| error(place, problem))?;
                    let column = place + typed.chars().count() + 1;
                    term(key, value, scope).map_err(|problem| error(column, problem))?
                }
                _ => Term::Word(bare.to_owned()),
            };
            terms.push((exclude, term));
        }
        Ok(Self { terms })
    }

    /// Whether it says names that are the desk's own.
    pub fn says_names(&self) -> bool {
        let is_name = |term: &Term| {
            matches!(
                term,
                Term::Assignee(_) | Term::Severity(_) | Term::Policy(_)
            )
        };
        self.terms.iter().any(|(_, term)| is_name(term))
    }

    /// The query while it is being typed: its words are looked for as far as the newest incidents that have them, what else
    /// it says of all incidents among the newest of them, and one letter of an alphabet, which nearly all have, says nothing
    /// yet.
    #[must_use]
    pub fn while_typed(self) -> Self {
        let (mut words, mut terms) = (Vec::new(), Vec::new());
        for (exclude, term) in self.terms {
            match term {
                Term::Word(word) if is_letter(&word) => {}
                Term::Word(word) if !exclude => words.push(word),
                Term::Customer(names) => terms.push((exclude, Term::FirstCustomers(names))),
                term => terms.push((exclude, term)),
            }
        }
        let by_name = |(_, term): &(bool, Term)| matches!(term, Term::FirstCustomers(_));
        let found_few = !words.is_empty() || terms.iter().any(by_name);
        if !words.is_empty() {
            terms.push((false, Term::Newest(words)));
        }
        let mut typed = Self { terms };
        let by_product = |(_, term): &(bool, Term)| matches!(term, Term::Product(_));
        if !found_few && !typed.is_open_only() || typed.terms.iter().any(by_product) {
            typed.terms.push((false, Term::Recent));
        }
        typed
    }

    /// Whether words are looked for among all incidents, which takes a while on a large desk.
    pub fn looks_at_all(&self) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|(_, term)| matches!(term, Term::Word(_)))
    }

    /// Whether only incidents with something left to do are meant: no term says anything else.
    pub fn is_open_only(&self) -> bool {
        !self.terms.iter().any(|(_, term)| {
            matches!(
                term,
                Term::State(_)
                    | Term::Is(
                        Property::Any | Property::AnsweredAfterResolution | Property::KnownFault
                    )
            )
        })
    }
}

/// Whether a word is one letter of an alphabet. One sign of a script that writes words with it says enough.
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| letter.len_utf8() < 3) && letters.next().is_none()
}

/// The pieces between blanks with their places, quotation marks taken off; or the place of a mark that is never closed.
fn pieces(text: &str) -> Result<Vec<(usize, String)>, usize> {
    let (mut pieces, mut piece, mut start, mut quoted) = (Vec::new(), String::new(), None, None);
    for (at, c) in text.chars().enumerate() {
        match c {
            '"' => {
                quoted = if quoted.is_some() { None } else { Some(at) };
                start.get_or_insert(at);
            }
            c if c.is_whitespace() && quoted.is_none() => {
                if let Some(at) = start.take() {
                    pieces.push((at, std::mem::take(&mut piece)));
                }
            }
            c => {
                start.get_or_insert(at);
                piece.push(c);
            }
        }
    }
    if let Some(at) = quoted {
        return Err(at);
    }
    pieces.extend(start.map(|at| (at, piece)));
    Ok(pieces)
}

fn term(key: &str, value: &str, scope: Scope<'_>) -> Result<Term, String> {
    if value.is_empty() {
        return Err(format!("{key}: wants a value right after the colon"));
    }
    let list = || {
        value
            .split(',')
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let known = |what: &str, of: fn(&Vocabulary) -> &Vec<String>| {
        let each = |typed: String| match scope.words {
            Some(words) => {
                meant(what, &typed, of(words).iter().map(String::as_str)).map(str::to_owned)
            }
            None => Ok(typed),
        };
        list().into_iter().map(each).collect::<Result<Vec<_>, _>>()
    };
    Ok(match key {
        "state" => {
            let known = State::ALL.map(State::word);
            let state = |typed: &String| {
                let word = meant("state", typed, known)?;
                let mut all = State::ALL.into_iter();
                all.find(|state| state.word() == word)
                    .ok_or_else(|| format!("no state \"{typed}\""))
            };
            Term::State(list().iter().map(state).collect::<Result<_, _>>()?)
        }
        "is" => Term::Is(property(value)?),
        "assignee" => {
            let name = |typed: &String| agent(typed, scope);
            Term::Assignee(list().iter().map(name).collect::<Result<_, _>>()?)
        }
        "severity" => Term::Severity(known("severity", |words| &words.severities)?),
        "channel" => Term::Channel(
            list()
                .iter()
                .map(|typed| channel(typed))
                .collect::<Result<_, _>>()?,
        ),
        "customer" => Term::Customer(list()),
        "policy" => Term::Policy(known("policy", |words| &words.policies)?),
        "product" => Term::Product(list()),
        "due" => Term::Due(span(value, Way::Ahead, scope)?),
        "opened" => Term::Opened(span(value, Way::Back, scope)?),
        _ => level(value)?,
    })
}

fn property(typed: &str) -> Result<Property, String> {
    let word = meant("property", typed, Property::ALL.map(|(word, _)| word))?;
    let mut all = Property::ALL.into_iter();
    all.find(|(known, _)| *known == word)
        .map(|(_, property)| property)
        .ok_or_else(|| format!("no property \"{typed}\""))
}

fn channel(typed: &str) -> Result<Channel, String> {
    let word = meant("channel", typed, Channel::ALL.map(Channel::word))?;
    let mut all = Channel::ALL.into_iter();
    all.find(|channel| channel.word() == word)
        .ok_or_else(|| format!("no channel \"{typed}\""))
}

/// An agent or a group by name, who one is oneself, or nobody.
fn agent(typed: &str, scope: Scope<'_>) -> Result<String, String> {
    Ok(match (typed, scope.words) {
        ("me", _) => scope.me.to_owned(),
        ("none", _) => String::new(),
        (_, None) => typed.to_owned(),
        (_, Some(words)) => {
            let me = [scope.me, "me", "none"];
            let others = words.agents.iter().map(String::as_str);
            let known = others.filter(|name| *name != scope.me).chain(me);
            agent(
                meant("agent", typed, known)?,
                Scope {
                    words: None,
                    ..scope
                },
            )?
        }
    })
}

fn level(value: &str) -> Result<Term, String> {
    let (operator, number) = operator(value);
    let number: u8 = number
        .parse()
        .map_err(|_| format!("\"{number}\" is no level: write a number, like >=2"))?;
    Ok(match operator {
        "<" => Term::Level(0, number.saturating_sub(1)),
        "<=" => Term::Level(0, number),
        ">" => Term::Level(number.saturating_add(1), u8::MAX),
        ">=" => Term::Level(number, u8::MAX),
        _ => Term::Level(number, number),
    })
}
