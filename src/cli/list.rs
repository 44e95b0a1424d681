//! `holdline list`.

mod lines;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use clap::ValueEnum;

pub(super) use lines::standing;

use super::table::{Table, Way};
use super::view::Viewer;
use super::{Failure, Session};
use crate::incident::{Property, Query, QueryError, Scope, State, Term, without_clock};
use crate::store::{Access, Desk, Listed, Order, Page, UnknownName};

/// Lists incidents, those with something left to do unless the query says otherwise.
///
/// A query is words to search for, and terms: state:open is:missed is:unassigned is:escalated is:number-not-given
/// is:any assignee:me severity:critical,urgent customer:"Blue Fern" policy: product: channel:phone due:<2h due:today
/// opened:<7d opened:mon opened:>2026-11-01 level:>=2; -word and -key:value exclude. Of a state, property, severity, policy, channel or agent
/// the beginning is enough where only one begins so; a customer or product is found by the beginning of its name.
/// is:escalated is what waits for an answer to its escalation; level:>=1 finds the answered ones too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline list
  holdline list is:missed assignee:me
  holdline list 'customer:\"Blue Fern\" is:any' --format csv --limit 1000
  holdline list -severity:low --sort newest
  holdline list --format lines          # for screen readers
  holdline list is:unassigned severity:low --format refs | xargs -I{} holdline assign {} mira")]
pub struct List {
    #[command(flatten)]
    asked: Asked,
    /// The order: as it is to be worked on, or the newest first; the queue's where only open ones are meant.
    #[arg(long, value_enum, value_name = "ORDER")]
    sort: Option<Sort>,
    /// At most this many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How they are written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// A query as it was typed.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// What to look for.
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    /// More of the query, as if it were written in one.
    #[arg(value_name = "MORE")]
    more: Vec<String>,
}

impl Asked {
    /// The whole of it, as `command` takes it.
    pub(super) fn text(self, command: &str) -> Result<String, Failure> {
        // A term may begin with a hyphen; an option that is none may not be taken for one.
        if let Some(option) = self.query.as_ref().filter(|term| term.starts_with("--")) {
            return Err(Failure::Input(format!(
                "there is no option {option}: see `holdline {command} --help`"
            )));
        }
        let text: Vec<String> = self.query.into_iter().chain(self.more).collect();
        Ok(text.join(" "))
    }
}

/// The query that a text means; names are those of the desk, where it is given.
pub(super) fn read(session: &Session, desk: Option<&Desk>, text: &str) -> Result<Query, Failure> {
    let me = session.agent();
    let mut scope = Scope {
        now: session.now(),
        me: &me,
        zone: session.zone(),
        words: None,
    };
    let query = Query::parse(text, scope)?;
    let words = match desk.filter(|_| query.says_names()) {
        Some(desk) => desk.vocabulary()?,
        None => return Ok(query),
    };
    scope.words = Some(&words);
    Ok(Query::parse(text, scope)?)
}

/// The order of a list.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Sort {
    /// As it is to be worked on.
    Queue,
    /// The newest first.
    Newest,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns.
    #[default]
    Table,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// A line of commas for each, after one with the names of the columns.
    Csv,
    /// Sentences, a line for each: for screen readers, and for reading out.
    Lines,
    /// The Tech Reference numbers alone, one a line: for other commands.
    Refs,
}

/// As many are read at a time.
const PAGE: usize = 500;
/// As many more are counted.
pub(super) const MOST_MORE: usize = 999;

/// What is said of so many more than were listed, as far as they were counted.
pub(super) fn more_in_words(more: usize, limit: usize) -> String {
    let over = if more > MOST_MORE { "over " } else { "" };
    let more = more.min(MOST_MORE);
    format!("{over}{more} more than these {limit}: --limit N lists so many")
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let now = session.now();
        let text = self.asked.text("list")?;
        // A mistake in the language is told before the desk is looked at.
        read(session, None, &text)?;
        let desk = session.open(Access::Read)?;
        let query = read(session, Some(&desk), &text)?;
        let order = match self.sort {
            None => Order::of(&query),
            Some(Sort::Newest) => Order::Newest,
            Some(Sort::Queue) if query.is_open_only() => Order::Queue,
            Some(Sort::Queue) => {
                return Err(Failure::Input(
                    "only what is open has a place in the queue: leave out is:any and state:, or --sort queue"
                        .to_owned(),
                ));
            }
        };
        let wanted = Wanted {
            query,
            order,
            limit: self.limit,
            now,
        };
        let format = if session.json() && self.format == Format::Table {
            Format::Json
        } else {
            self.format
        };
        let (more, hint) = desk.still(|desk| {
            let hint = wanted.why_nothing(session, desk, &text)?;
            let cut = match format {
                Format::Table => table(session, desk, &wanted),
                Format::Json => json(session, desk, &wanted),
                Format::Jsonl => {
                    let viewer = Viewer::new(desk, now);
                    wanted.each(desk, |row| session.print_json(&viewer.view(row.number)?))
                }
                Format::Csv => csv(desk, &wanted),
                Format::Lines => lines::print(session, desk, &wanted),
                Format::Refs => wanted.each(desk, |row| session.print(row.number)),
            }?;
            Ok::<_, Failure>((wanted.more(desk, cut)?, hint))
        })?;
        wanted.say_rest(session, more, hint);
        Ok(())
    }
}

/// How the columns of the table give way: never the number and what is due.
const WAYS: [Way; 7] = {
    const fn way(least: usize, rank: u8) -> Way {
        Way { least, rank }
    }
    [
        way(0, 0),
        way(8, 3),
        way(0, 0),
        way(8, 4),
        way(12, 2),
        way(6, 5),
        way(16, 1),
    ]
};

/// What is to be listed.
pub(super) struct Wanted {
    pub(super) query: Query,
    pub(super) order: Order,
    pub(super) limit: usize,
    pub(super) now: DateTime<Utc>,
}

impl Wanted {
    /// Where nothing is found, what may have been meant; a customer or product that there is not is a mistake.
    pub(super) fn why_nothing(
        &self,
        session: &Session,
        desk: &Desk,
        text: &str,
    ) -> Result<Option<String>, Failure> {
        let query = &self.query;
        let found = desk.list_by(self.order, query, Page::First, 1, self.now)?;
        if !found.is_empty() || query.terms.is_empty() {
            return Ok(None);
        }
        match desk.unknown(query)? {
            Some(unknown) => {
                let UnknownName { key, name, problem } = unknown;
                Err(QueryError::at_value(text, key, &name, problem).into())
            }
            None => Ok(match query.hint(&desk.vocabulary()?) {
                Some(hint) => Some(hint),
                None => self.stranger(session, desk)?.or(self.ended(desk, text)?),
            }),
        }
    }

    /// Where what is one's own is asked for, that one is no agent of the desk.
    fn stranger(&self, session: &Session, desk: &Desk) -> Result<Option<String>, Failure> {
        let me = session.agent();
        let own =
            |(_, term): &(bool, Term)| matches!(term, Term::Assignee(names) if names.contains(&me));
        let known = || Ok::<_, Failure>(desk.agents()?.contains(&me));
        if !self.query.terms.iter().any(own) || known()? {
            return Ok(None);
        }
        Ok(Some(format!(
            "you are {me}, who does not work here: --agent NAME says who you are (`holdline agent list`)"
        )))
    }

    /// Where nothing that is open is found, what has ended and would be.
    fn ended(&self, desk: &Desk, text: &str) -> Result<Option<String>, Failure> {
        if !self.query.is_open_only() {
            return Ok(None);
        }
        let mut all = self.query.clone();
        all.terms.push((false, Term::Is(Property::Any)));
        let found = desk.list_by(Order::Newest, &all, Page::First, 2, self.now)?;
        Ok(match found.as_slice() {
            [] => None,
            [one] => {
                let (number, state) = (one.number, one.state.word());
                Some(format!("{number} is {state}, `{text} is:any` lists it"))
            }
            _ => Some(format!("some have ended, `{text} is:any` lists them")),
        })
    }

    /// How many more there are than are listed, where the list was cut, as far as they are counted.
    pub(super) fn more(&self, desk: &Desk, cut: bool) -> Result<usize, Failure> {
        if !cut {
            return Ok(0);
        }
        let most = self.limit.saturating_add(MOST_MORE + 1);
        let found = desk.count(&self.query, most, self.now)?;
        Ok(found.saturating_sub(self.limit))
    }

    /// Says what was probably meant where nothing was found, and how many more there are than were wanted.
    pub(super) fn say_rest(&self, session: &Session, more: usize, hint: Option<String>) {
        if let Some(hint) = hint {
            session.note(format_args!("nothing is found: {hint}"));
        }
        if more > 0 {
            session.note(more_in_words(more, self.limit));
        }
    }

    /// Hands every row over, reading a page at a time; whether there are more than were wanted.
    pub(super) fn each(
        &self,
        desk: &Desk,
        mut with: impl FnMut(Listed) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let mut left = self.limit;
        let mut last: Option<Listed> = None;
        loop {
            let page = last.as_ref().map_or(Page::First, Page::After);
            // One more than is handed over tells whether there are more.
            let wanted = left.saturating_add(1).min(PAGE);
            let mut rows = desk.list_by(self.order, &self.query, page, wanted, self.now)?;
            let found = rows.len();
            rows.truncate(left);
            left -= rows.len();
            last = rows.last().cloned();
            rows.into_iter().try_for_each(&mut with)?;
            if found < wanted {
                return Ok(false);
            }
            if left == 0 {
                return Ok(true);
            }
        }
    }
}

fn json(session: &Session, desk: &Desk, wanted: &Wanted) -> Result<bool, Failure> {
    let viewer = Viewer::new(desk, wanted.now);
    let mut before = "[\n";
    let cut = wanted.each(desk, |row| {
        session.print_raw(std::mem::replace(&mut before, ",\n"))?;
        session.print_json(&viewer.view(row.number)?)
    })?;
    session.print_raw(if before == "[\n" { "[]\n" } else { "]\n" })?;
    Ok(cut)
}

fn table(session: &Session, desk: &Desk, wanted: &Wanted) -> Result<bool, Failure> {
    let headings = [
        "NUMBER", "STATE", "DUE", "SEVERITY", "CUSTOMER", "ASSIGNEE", "SUMMARY",
    ];
    let mut table = Table::new(headings, session.columns()).giving_way(WAYS);
    let cut = wanted.each(desk, |row| {
        let due = due(session, desk, &row, wanted.now);
        table.row([
            row.number.to_string(),
            row.state.word().to_owned(),
            due,
            row.severity.unwrap_or_default(),
            row.customer_name,
            row.assignee.unwrap_or_default(),
            row.summary,
        ]);
        Ok(())
    })?;
    session.print_table(&table)?;
    Ok(cut)
}

/// The zone in which its deadlines are said.
fn zone(session: &Session, desk: &Desk, row: &Listed) -> Tz {
    desk.ruling(Some(&row.policy)).map_or_else(
        |_| session.zone(),
        |ruling| session.zone_of(&ruling, row.office.as_deref()),
    )
}

/// The due instant in the zone of its policy, after `missed` where it is past, and then what is still to come; without one,
/// as the console's queue says.
fn due(session: &Session, desk: &Desk, row: &Listed, now: DateTime<Utc>) -> String {
    let silence = row.silence_at.filter(|_| row.state == State::Waiting);
    let Some(at) = row.next.map(|(_, _, at)| at).or(silence) else {
        return without_clock(row.state, row.place, row.opened_at, now).unwrap_or_default();
    };
    let missed = if at < now { "missed " } else { "" };
    let zone = zone(session, desk, row);
    let instant = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z");
    let ahead = row.ahead(now);
    let ahead = ahead.map(|(clock, _, at)| format!(", {} {}", clock.word(), instant(at)));
    format!("{missed}{}{}", instant(at), ahead.unwrap_or_default())
}

fn csv(desk: &Desk, wanted: &Wanted) -> Result<bool, Failure> {
    let mut writer = ::csv::Writer::from_writer(std::io::stdout().lock());
    writer
        .write_record([
            "tech_ref",
            "state",
            "policy",
            "severity",
            "customer",
            "product",
            "assignee",
            "opened_at",
            "next_clock",
            "next_due_at",
            "escalation_level",
            "number_given",
            "revision",
            "summary",
        ])
        .map_err(csv_failure)?;
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let cut = wanted.each(desk, |row| {
        let next = row.next.map(|(clock, _, at)| (clock.word(), at));
        let next = next.or(row.silence_at.map(|at| ("silence", at)));
        let next = next.filter(|_| row.state.is_open() || row.next.is_some());
        let cells = [
            row.number.to_string(),
            row.state.word().to_owned(),
            row.policy,
            row.severity.unwrap_or_default(),
            row.customer_name,
            row.product.unwrap_or_default(),
            row.assignee.unwrap_or_default(),
            instant(row.opened_at),
            next.map_or_else(String::new, |(clock, _)| clock.to_owned()),
            next.map_or_else(String::new, |(_, at)| instant(at)),
            row.level.to_string(),
            row.number_given.to_string(),
            row.revision.to_string(),
            row.summary,
        ];
        writer.write_record(cells.map(defused)).map_err(csv_failure)
    })?;
    writer.flush()?;
    Ok(cut)
}

pub(super) fn csv_failure(error: ::csv::Error) -> Failure {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error.into(),
        other => Failure::Input(format!("{other:?}")),
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}
