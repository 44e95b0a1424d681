//! Incidents from a table, a line for each: when it was received, and what happened to it at the times that further
//! columns hold.

use csv::StringRecord;
use serde::Deserialize;

use super::bad::Heap;
use super::map::{Activity, At, Clock, Opens};
use super::run::{Cases, Terms};
use super::table::Table;
use super::template::Template;
use super::{Account, Import, ImportError, check, each_named};
use crate::policy::Policy;
use crate::policy::document::Document;
use crate::store::{Context, Desk, StoreError};

/// What the columns of a table of incidents are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentMap {
    /// What parts the columns of a CSV.
    #[serde(default = "comma")]
    delimiter: char,
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

fn comma() -> char {
    ','
}

/// What happened to an incident at the time that a column holds; nothing where that is blank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Then {
    time: Template,
    /// Who did it; whoever took the incident in where that is blank.
    #[serde(default)]
    agent: Option<Template>,
    /// Only where a column has one of these values.
    #[serde(default)]
    only: Option<Only>,
    pub(super) does: Activity,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Only {
    of: Template,
    values: Vec<String>,
}

impl IncidentMap {
    fn read(import: &Import<'_>, policy: &Policy) -> Result<Self, ImportError> {
        let file = import.map;
        let text = std::fs::read_to_string(file).map_err(|error| ImportError::file(file, error))?;
        let wrong = |findings| ImportError::Map {
            file: file.to_owned(),
            findings,
        };
        let document = Document::parse(&text).map_err(|finding| wrong(vec![finding]))?;
        let map: Self = document.read().map_err(&wrong)?;
        let faults = check::check_incidents(&map, policy);
        if faults.is_empty() {
            return Ok(map);
        }
        let findings = faults.into_iter();
        let finding =
            |fault: check::Fault| document.finding_at(&fault.path, fault.problem, fault.remedy);
        Err(wrong(findings.map(finding).collect()))
    }

    fn bind(&mut self, header: &StringRecord) -> Vec<String> {
        let mut templates = vec![&mut self.id, &mut self.opened.time];
        templates.extend(&mut self.agent);
        templates.extend(self.opens.templates());
        for then in &mut self.then {
            templates.push(&mut then.time);
            templates.extend(&mut then.agent);
            templates.extend(then.only.as_mut().map(|only| &mut only.of));
            templates.extend(then.does.templates());
        }
        each_named(templates.into_iter().flat_map(|one| one.bind(header)))
    }

    /// What a line tells, each with its time: that it was received, and what happened then.
    fn events(
        &self,
        fields: &StringRecord,
        clock: &Clock<'_>,
    ) -> Result<Vec<(i64, Option<&Then>)>, String> {
        let read = |time: String| {
            let at = clock.instant(&time).map(|at| at.timestamp_micros());
            at.ok_or_else(|| format!("\"{time}\" is no time as {} writes it", self.opened.format))
        };
        let received = self.opened.time.raw(fields).filter(|time| !time.is_empty());
        let opened = read(received.ok_or("it does not say when it was received")?)?;
        let mut events = vec![(opened, None)];
        for then in &self.then {
            let Some(time) = then.time.raw(fields).filter(|time| !time.is_empty()) else {
                continue;
            };
            let meant = then.only.as_ref().is_none_or(|only| {
                let value = only.of.raw(fields).unwrap_or_default();
                only.values.contains(&value)
            });
            let at = read(time.clone())?;
            if at < opened {
                return Err(format!("{time} is before it was received"));
            }
            if meant {
                events.push((at, Some(then)));
            }
        }
        Ok(events)
    }
}

/// A line of the table.
struct Row {
    line: u64,
    fields: StringRecord,
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
    let delimiter = u8::try_from(map.delimiter).unwrap_or(b',');
    let table = Table::read(import.file, delimiter)?;
    let missing = map.bind(&table.header);
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
        delimiter,
        table.header.as_byte_record(),
    )?;
    let mut account = Account {
        policy: ruling.policy.name.clone(),
        policy_version: ruling.version,
        dry_run: import.dry_run,
        lines: table.lines.len() as u64,
        ..Account::default()
    };
    let clock = map
        .opened
        .clock()
        .map_err(|why| ImportError::file(import.map, why))?;
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for (line, fields) in table.lines {
        let read = fields.and_then(|fields| Ok((map.events(&fields, &clock)?, fields)));
        match read {
            Ok((found, fields)) => {
                events.extend(found.into_iter().map(|(at, then)| (at, rows.len(), then)));
                rows.push(Row {
                    line,
                    fields,
                    out: false,
                });
            }
            Err(reason) => heap.add(line, StringRecord::new().as_byte_record(), reason)?,
        }
    }
    heap.refuse(import.file)?;
    // Of one instant, the lines stand as in the file, and what happened to one as in the map.
    events.sort_by_key(|(at, row, _)| (*at, *row));
    desk.bulk(!import.dry_run, |batch| {
        let first = batch.next_number()?;
        let agents = batch.desk().agents()?.len();
        let terms = Terms::of_table(&map.opens, &map.id);
        let mut cases = Cases::new(batch, first, terms, &ruling.policy);
        let (nothing, of) = (Activity::default(), events.len() as u64);
        for (done, (at, place, then)) in (0_u64..).zip(events) {
            progress(done, of);
            let Some(row) = rows.get_mut(place).filter(|row| !row.out) else {
                continue;
            };
            let text = |template: &Option<Template>| {
                template.as_ref().and_then(|one| one.text(&row.fields))
            };
            let agent = then
                .and_then(|then| text(&then.agent))
                .or_else(|| text(&map.agent));
            let does = then.map_or(&nothing, |then| &then.does);
            let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
            match cases.place(&row.fields, at, does, agent, context) {
                // A line of an incident that is here already is counted once.
                Ok(here) if then.is_none() => match here {
                    true => account.events += 1,
                    false => account.already_here += 1,
                },
                Ok(_) => {}
                Err(StoreError::Refused(refusal)) if then.is_none() => {
                    row.out = true;
                    heap.add(row.line, row.fields.as_byte_record(), refusal.message)?;
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
        cases.tell(&mut account, agents, context)?;
        heap.keep()
    })?;
    Ok(account)
}
