//! `holdline list`.

mod lines;
mod wanted;
mod zones;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::ValueEnum;

pub(super) use lines::standing;
pub(super) use wanted::{MOST_MORE, Wanted, more_in_words};

use wanted::Found;
pub(super) use zones::Zones;

use super::table::{Table, Way};
use super::view::Viewer;
use super::{Failure, Session};
use crate::incident::{Query, Scope, State, without_clock};
use crate::store::{Access, Desk, Listed, Order};

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
            let found = wanted.found(desk)?;
            let hint = found.why_nothing(session, &text)?;
            let cut = match format {
                Format::Table => table(session, found),
                Format::Json => json(session, found),
                Format::Jsonl => {
                    let viewer = Viewer::new(desk, now);
                    found.each(|row| session.print_json(&viewer.view(row.number)?))
                }
                Format::Csv => csv(found),
                Format::Lines => lines::print(session, found),
                Format::Refs => found.each(|row| session.print(row.number)),
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

fn json(session: &Session, found: Found<'_>) -> Result<bool, Failure> {
    let viewer = Viewer::new(found.desk, found.wanted.now);
    let mut before = "[\n";
    let cut = found.each(|row| {
        session.print_raw(std::mem::replace(&mut before, ",\n"))?;
        session.print_json(&viewer.view(row.number)?)
    })?;
    session.print_raw(if before == "[\n" { "[]\n" } else { "]\n" })?;
    Ok(cut)
}

fn table(session: &Session, found: Found<'_>) -> Result<bool, Failure> {
    let headings = [
        "NUMBER", "STATE", "DUE", "SEVERITY", "CUSTOMER", "ASSIGNEE", "SUMMARY",
    ];
    let mut table = Table::new(headings, session.columns()).giving_way(WAYS);
    let (now, mut zones) = (found.wanted.now, Zones::of(session, found.desk));
    let cut = found.each(|row| {
        let due = due(&mut zones, &row, now);
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

/// The due instant in the zone of its policy, after `missed` where it is past, and then what is still to come; without one,
/// as the console's queue says.
fn due(zones: &mut Zones<'_>, row: &Listed, now: DateTime<Utc>) -> String {
    let silence = row.silence_at.filter(|_| row.state == State::Waiting);
    let Some(at) = row.next.map(|(_, _, at)| at).or(silence) else {
        return without_clock(row.state, row.place, row.opened_at, now).unwrap_or_default();
    };
    let missed = if at < now { "missed " } else { "" };
    let zone = zones.zone(row);
    let instant = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z");
    let ahead = row.ahead(now);
    let ahead = ahead.map(|(clock, _, at)| format!(", {} {}", clock.word(), instant(at)));
    format!("{missed}{}{}", instant(at), ahead.unwrap_or_default())
}

fn csv(found: Found<'_>) -> Result<bool, Failure> {
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
    let cut = found.each(|row| {
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
