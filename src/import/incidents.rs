//! Incidents from a table, a line for each: when it was received, and what happened to it at the times that further
//! columns hold.

use chrono::{DateTime, Utc};
use csv::StringRecord;
use serde::Deserialize;

use super::bad::Heap;
use super::clock::{At, Clock};
use super::headings::Headings;
use super::map::{Activity, Opens, read};
use super::run::{Cases, Terms};
use super::shape::Shape;
use super::table::{Row, Table};
use super::template::Template;
use super::words::{AllOf, OneOf};
use super::{Account, Import, ImportError, check, each_named};
use crate::policy::Policy;
use crate::store::{Context, Desk, StoreError};

/// What the columns of a table of incidents are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentMap {
    /// What parts the columns; what the first line is parted by without it.
    #[serde(default)]
    pub(super) delimiter: Option<char>,
    /// Whether quotation marks hold columns together.
    #[serde(default = "yes")]
    quotes: bool,
    /// Words that stand where there is nothing.
    #[serde(default)]
    nothing: Vec<String>,
    /// Columns whose every word the map knows: a line with another one is refused.
    #[serde(default)]
    known: Vec<OneOf>,
    /// Lines that are no incidents: they are counted, and that is all.
    #[serde(default)]
    ignore: Vec<OneOf>,
    /// Its number in the other system, by which a second run knows it.
    id: Template,
    /// Who took it in; whoever imports it where that is blank.
    #[serde(default)]
    agent: Option<Template>,
    /// When it was received; the format and the zone hold for all times.
    pub(super) opened: At,
    pub(super) opens: Opens,
    /// What happened then.
    #[serde(default)]
    pub(super) then: Vec<Then>,
}

fn yes() -> bool {
    true
}

/// What happened to an incident at the time that a column holds; nothing where that is blank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Then {
    time: Template,
    /// Who did it; whoever took the incident in where that is blank.
    #[serde(default)]
    agent: Option<Template>,
    /// Only where columns have certain words.
    #[serde(default)]
    only: AllOf,
    pub(super) does: Activity,
}

impl IncidentMap {
    fn read(import: &Import<'_>, policy: &Policy) -> Result<Self, ImportError> {
        let check = |map: &mut Self| {
            map.opened.as_told(import);
            map.opens.as_told(import);
            check::check_incidents(map, policy)
        };
        read(import.map, check)
    }

    /// Finds the columns in the first line; gives those that are not there.
    fn bind(&mut self, headings: &mut Headings) -> Vec<String> {
        let opens = &mut self.opens;
        let needed = [
            &mut self.id,
            &mut self.opened.time,
            &mut opens.customer,
            &mut opens.summary,
        ];
        let needed = needed.into_iter().flat_map(|one| one.bind_needed(headings));
        let mut missing: Vec<String> = needed.collect();
        let mut templates = Vec::new();
        templates.extend(&mut self.agent);
        templates.extend(self.opens.templates());
        for then in &mut self.then {
            templates.push(&mut then.time);
            templates.extend(&mut then.agent);
            templates.extend(then.only.templates());
            templates.extend(then.does.templates());
        }
        let words = self.known.iter_mut().chain(&mut self.ignore);
        templates.extend(words.map(|words| &mut words.of));
        missing.extend(templates.into_iter().flat_map(|one| one.bind(headings)));
        each_named(missing.into_iter())
    }

    /// What a line tells, each with its time: that it was received, and what happened then.
    fn events(&self, fields: &StringRecord, clock: &Clock<'_>) -> Result<Vec<Told<'_>>, String> {
        let mut known = self.known.iter();
        known.try_for_each(|known| known.must_be_in(fields))?;
        let received = self.opened.time.raw(fields).filter(|time| !time.is_empty());
        let opened = clock.instant(&received.ok_or("it does not say when it was received")?)?;
        let mut events = vec![(opened, None)];
        for then in &self.then {
            let Some(time) = then.time.raw(fields).filter(|time| !time.is_empty()) else {
                continue;
            };
            let at = clock.instant_since(&time, opened)?;
            if at < opened {
                return Err(format!("{time} is before it was received"));
            }
            if then.only.is_in(fields) {
                events.push((at, Some(then)));
            }
        }
        // Work that was written down after the end, and is to reopen nothing, was done by then.
        let ends = events
            .iter()
            .filter(|(_, then)| then.is_some_and(|then| then.does.ends()));
        if let Some(end) = ends.map(|(at, _)| *at).max() {
            let late = |then: &Then| !then.does.ends() && then.does.works_and_attaches();
            for (at, then) in &mut events {
                if then.is_some_and(late) {
                    *at = (*at).min(end);
                }
            }
        }
        events.sort_by_key(|(at, then)| (*at, then.is_some_and(|then| then.does.ends())));
        Ok(events)
    }
}

/// When something happened, and what; nothing but that it was received.
type Told<'m> = (DateTime<Utc>, Option<&'m Then>);

/// A case of the table.
struct Case {
    row: Row,
    /// It could not be opened and was left out.
    out: bool,
}

/// Imports a table of incidents in one transaction, all or nothing, in the order of time. Those that are here already, by
/// their number in the other system, are left alone. `progress` is told how many events are done, and of how many.
///
/// # Errors
/// When the map, the table, a line of it or the desk refuses.
pub fn incidents(
    desk: &mut Desk,
    import: &Import<'_>,
    context: &Context,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Account, ImportError> {
    let ruling = desk.ruling(import.policy)?;
    let mut map = IncidentMap::read(import, &ruling.policy)?;
    let shape = Shape::of(import.file, map.delimiter, map.quotes)?;
    let mut table = Table::read(import.file, shape)?;
    table.blank(&map.nothing);
    let mut headings = Headings::new(&table.header);
    let missing = map.bind(&mut headings);
    if !missing.is_empty() {
        return Err(ImportError::Columns {
            file: import.file.to_owned(),
            missing,
        });
    }
    let map = &map;
    let mut heap = Heap::new(
        import.skip_bad,
        !import.dry_run,
        shape.delimiter,
        table.header.as_byte_record(),
    )?;
    let mut account = Account {
        policy: ruling.policy.name.clone(),
        policy_version: ruling.version,
        dry_run: import.dry_run,
        lines: table.lines.len() as u64,
        columns_left: headings.left(),
        ..Account::default()
    };
    let clock = map
        .opened
        .clock()
        .map_err(|why| ImportError::file(&import.map.file, why))?;
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for row in table.lines {
        let ignored = |row: &Row| map.ignore.iter().any(|no| no.is_in(&row.fields));
        if row.as_ref().is_ok_and(ignored) {
            account.ignored += 1;
            continue;
        }
        let read = row.and_then(|row| match map.events(&row.fields, &clock) {
            Ok(found) => Ok((found, row)),
            Err(reason) => Err(row.unread(reason)),
        });
        match read {
            Ok((found, row)) => {
                events.extend(found.into_iter().map(|(at, then)| (at, rows.len(), then)));
                rows.push(Case { row, out: false });
            }
            Err(bad) => heap.add(bad.line, &bad.was, bad.reason)?,
        }
    }
    heap.refuse_many(import.file)?;
    // Of one instant, the lines stand as in the file, and what happened to one as in the map.
    events.sort_by_key(|(at, row, _)| (*at, *row));
    desk.bulk(!import.dry_run, |batch| {
        let first = batch.next_number()?;
        let agents = batch.desk().agents()?;
        let terms = Terms::of_table(&map.opens, &map.id);
        let mut cases = Cases::new(batch, first, terms, &ruling.policy);
        let (nothing, of) = (Activity::default(), events.len() as u64);
        for (done, (at, place, then)) in (0_u64..).zip(events) {
            progress(done, of);
            let Some(case) = rows.get_mut(place).filter(|case| !case.out) else {
                continue;
            };
            let row = &case.row;
            let text = |template: &Option<Template>| {
                template.as_ref().and_then(|one| one.text(&row.fields))
            };
            let agent = then
                .and_then(|then| text(&then.agent))
                .or_else(|| text(&map.agent));
            let does = then.map_or(&nothing, |then| &then.does);
            match cases.place(&row.fields, at, does, agent, context) {
                // A line of an incident that is here already is counted once.
                Ok(here) if then.is_none() => match here {
                    true => account.events += 1,
                    false => account.already_here += 1,
                },
                Ok(_) => {}
                Err(StoreError::Refused(refusal)) if then.is_none() => {
                    heap.add(row.line, row.was(), refusal.message)?;
                    case.out = true;
                }
                // Nothing is kept anyway: what else is wrong is told with it.
                Err(StoreError::Refused(refusal)) if !heap.leaves_out() => {
                    let why = "--skip-bad cannot leave out a line that is in already";
                    heap.add(row.line, row.was(), format!("{}; {why}", refusal.message))?;
                    case.out = true;
                }
                Err(StoreError::Refused(mut refusal)) => {
                    // Half of a line is none: what it began cannot be left in.
                    let (file, line) = (import.file.display(), row.line);
                    refusal.message = format!(
                        "{file}: line {line}: {}; nothing was imported: mend the map or the file",
                        refusal.message
                    );
                    return Err(StoreError::from(refusal).into());
                }
                Err(error) => return Err(error.into()),
            }
            if heap.full() {
                break;
            }
        }
        progress(of, of);
        heap.refuse(import.file)?;
        account.bad = heap.count();
        account.bad_lines = heap.first();
        cases.tell(&mut account, &agents, context)?;
        heap.keep()
    })?;
    Ok(account)
}
