//! `holdline search`.

use super::list::{Asked, Wanted, read};
use super::table::{Table, Way};
use super::view::Viewer;
use super::{Failure, Session};
use crate::incident::{Property, Query, Recorded, Term, describe};
use crate::store::{Access, Order};
use crate::text::sound::Word;

/// Searches everything on record for words: the newest incidents first, whatever became of them.
///
/// The words are those of `list` and of the console's filter, with its terms beside them: the beginning of a word is
/// enough, accents and capitals do not count, -word excludes, and every word must be there. They are looked for in
/// summaries, details, notes, answers, mail, customers' names and numbers. Where a note or a message has them, the newest
/// such is shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline search printer jam
  holdline search 'toner -paper state:resolved' --limit 5
  holdline search cable --json | jq -r '.[].tech_ref'")]
pub struct Search {
    #[command(flatten)]
    asked: Asked,
    /// At most this many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// How the columns of the table give way: the number never, and what was found last.
const WAYS: [Way; 6] = {
    const fn way(least: usize, rank: u8) -> Way {
        Way { least, rank }
    }
    [
        way(0, 0),
        way(8, 4),
        way(10, 5),
        way(8, 3),
        way(12, 2),
        way(16, 1),
    ]
};

impl Search {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let text = self.asked.text("search")?;
        if text.trim().is_empty() {
            return Err(Failure::Input(
                "nothing to search for: give a word, as in `holdline search printer`".to_owned(),
            ));
        }
        let desk = session.open(Access::Read)?;
        let mut query = read(session, Some(&desk), &text)?;
        let words = Words::of(&query);
        if query.is_open_only() {
            query.terms.push((false, Term::Is(Property::Any)));
        }
        let wanted = Wanted {
            query,
            order: Order::Newest,
            limit: self.limit,
            now: session.now(),
        };
        let (more, hint) = desk.still(|desk| {
            let page = wanted.found(desk)?;
            let hint = page.why_nothing(session, &text)?;
            let viewer = Viewer::new(desk, wanted.now);
            let mut found = Vec::new();
            let cut = page.each(|row| {
                let entries = desk.timeline(row.number)?;
                let entry = entries.iter().rev().find(|entry| words.are_in(entry));
                found.push((row, entry.cloned()));
                Ok(())
            })?;
            let more = wanted.more(desk, cut)?;
            if session.json() {
                let views = found
                    .iter()
                    .map(|(row, entry)| viewer.found(row.number, entry.as_ref()));
                let views: Vec<_> = views.collect::<Result<_, _>>()?;
                session.answer(&views, "")?;
                return Ok::<_, Failure>((more, hint));
            }
            let headings = ["NUMBER", "STATE", "OPENED", "CUSTOMER", "SUMMARY", "FOUND"];
            let mut table = Table::new(headings, session.columns()).giving_way(WAYS);
            for (row, entry) in found {
                let day = row.opened_at.with_timezone(&session.zone());
                table.row([
                    row.number.to_string(),
                    row.state.word().to_owned(),
                    day.format("%Y-%m-%d").to_string(),
                    row.customer_name,
                    row.summary,
                    entry.map(|entry| words.around(&entry)).unwrap_or_default(),
                ]);
            }
            session.print_table(&table)?;
            Ok((more, hint))
        })?;
        wanted.say_rest(session, more, hint);
        Ok(())
    }
}

/// The words that were searched for, as they are compared.
struct Words(Vec<Word>);

impl Words {
    fn of(query: &Query) -> Self {
        let words = query.terms.iter().filter_map(|term| match term {
            (false, Term::Word(word)) => Some(Word::all(word)),
            _ => None,
        });
        Self(words.flatten().collect())
    }

    fn begin(&self, typed: &str) -> bool {
        let written = Word::all(typed);
        let mut written = written.iter();
        written.any(|word| {
            self.0
                .iter()
                .any(|wanted| word.spelt.starts_with(&wanted.spelt))
        })
    }

    /// Whether one of them is in what an entry says. What opened the incident is its summary.
    fn are_in(&self, entry: &Recorded) -> bool {
        !matches!(entry.event, crate::incident::Event::Opened(_))
            && self.begin(&describe(&entry.event))
    }

    /// What an entry says, from a little before the first of them.
    fn around(&self, entry: &Recorded) -> String {
        let text = describe(&entry.event);
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|word| self.begin(word)).unwrap_or(0);
        let from = at.saturating_sub(3);
        let rest = words.get(from..).unwrap_or_default().join(" ");
        if from > 0 { format!("…{rest}") } else { rest }
    }
}
