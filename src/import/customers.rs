//! Customers with their people from a table: a line for each person, those of one customer one after the other or not.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use csv::StringRecord;
use serde::{Deserialize, Serialize};

use super::account::left_in_words;
use super::bad::{BadLine, Heap, SHOWN, rehearsed};
use super::headings::Headings;
use super::made::{Made, MadeSoFar, made_in_words};
use super::map::read;
use super::shape::Shape;
use super::table::{Row, Table, Unread};
use super::template::Template;
use super::{ImportError, MapFile, each_named};
use crate::incident::{
    Command, Contact, Customer, CustomerId, NewCustomer, Refusal, decide_person,
};
use crate::store::{Batch, Context, Desk, StoreError};

/// The columns of a table of customers, as an export writes it.
pub const CUSTOMER_COLUMNS: [&str; 11] = [
    "code",
    "name",
    "policy",
    "office",
    "account_manager",
    "contact",
    "role",
    "phones",
    "mails",
    "zone",
    "awaiting",
];

/// What is to be imported, and how.
#[derive(Debug)]
pub struct Customers<'a> {
    /// The table.
    pub file: &'a Path,
    /// The mapping file.
    pub map: &'a MapFile,
    /// A rehearsal: everything is done, and nothing kept.
    pub dry_run: bool,
    /// The file that takes lines that cannot be placed; without one such a line refuses all.
    pub skip_bad: Option<&'a Path>,
}

/// What an import of customers did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomersAccount {
    /// Whether it was a rehearsal, and nothing was kept.
    pub dry_run: bool,
    /// Customers made.
    pub customers: usize,
    /// The first of them.
    pub customers_made: Vec<Made>,
    /// People at them.
    pub people: usize,
    /// Lines of customers that were here already.
    pub already_here: usize,
    /// Lines that could not be placed and were left out.
    pub bad: usize,
    /// Columns that nothing was taken of.
    pub columns_left: Vec<String>,
    /// Every line, and what became of it.
    pub lines: Vec<LineDone>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineDone {
    /// Its number in the file.
    pub line: u64,
    /// What became of it: added, already here, left out.
    pub did: &'static str,
    /// What it is about, or why it was left out.
    pub of: String,
}

/// What becomes of a line that cannot be placed.
const LEFT_OUT: &str = "left out";

impl LineDone {
    fn bad(&self) -> BadLine {
        BadLine {
            line: self.line,
            reason: self.of.clone(),
            more: 0,
        }
    }
}

impl fmt::Display for CustomersAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            customers,
            people,
            already_here,
            bad,
            ..
        } = self;
        write!(
            f,
            "{} lines: {customers} customers made with {people} people, {already_here} lines already here, {bad} left out as bad",
            self.lines.len()
        )?;
        made_in_words(f, "customers", &self.customers_made, *customers as u64)?;
        left_in_words(f, &self.columns_left)?;
        if self.dry_run {
            let left_out = self.lines.iter().filter(|line| line.did == LEFT_OUT);
            let left_out: Vec<BadLine> = left_out.take(SHOWN).map(LineDone::bad).collect();
            rehearsed(f, &left_out, *bad as u64)?;
            f.write_str("\nNothing was kept: this was a rehearsal")?;
        }
        Ok(())
    }
}

/// Which columns hold what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Map {
    #[serde(default)]
    delimiter: Option<char>,
    name: Template,
    code: Option<Template>,
    policy: Option<Template>,
    office: Option<Template>,
    account_manager: Option<Template>,
    contact: Option<Template>,
    role: Option<Template>,
    phones: Option<Template>,
    mails: Option<Template>,
    zone: Option<Template>,
    awaiting: Option<Template>,
}

impl Map {
    fn bind(&mut self, headings: &mut Headings) -> Vec<String> {
        let mut missing = self.name.bind_needed(headings);
        let more = [
            &mut self.code,
            &mut self.policy,
            &mut self.office,
            &mut self.account_manager,
            &mut self.contact,
            &mut self.role,
            &mut self.phones,
            &mut self.mails,
            &mut self.zone,
            &mut self.awaiting,
        ];
        let all = more.into_iter().flatten();
        missing.extend(all.flat_map(|template| template.bind(headings)));
        each_named(missing.into_iter())
    }

    fn customer(&self, fields: &StringRecord) -> Result<NewCustomer, String> {
        let text = |template: &Option<Template>| {
            template.as_ref().and_then(|template| template.text(fields))
        };
        let list = |template: &Option<Template>, parts: &[char]| -> Vec<String> {
            let all = text(template).unwrap_or_default();
            let each = all
                .split(parts)
                .map(str::trim)
                .filter(|one| !one.is_empty());
            each.map(str::to_owned).collect()
        };
        let name = self.name.text(fields).filter(|name| !name.is_empty());
        let name = name.ok_or("it names no customer")?;
        let person = Contact {
            name: text(&self.contact)
                .filter(|it| *it != name)
                .unwrap_or_default(),
            role: text(&self.role),
            phones: list(&self.phones, &[';']),
            mails: list(&self.mails, &[';', ',']),
            zone: text(&self.zone),
            awaiting: list(&self.awaiting, &[';', ',']),
        };
        let person = match person {
            nobody if nobody == Contact::default() => None,
            person if person.name.is_empty() => Some(Contact {
                name: name.clone(),
                ..person
            }),
            person => Some(person),
        };
        Ok(NewCustomer {
            code: text(&self.code),
            policy: text(&self.policy),
            office: text(&self.office),
            account_manager: text(&self.account_manager),
            contacts: person.into_iter().collect(),
            name,
        })
    }
}

/// Imports a table of customers in one transaction, all or nothing. Those that are here already, by their code, else by
/// their name, are left alone. `progress` is told how many customers are done, and of how many.
///
/// # Errors
/// When the map, the table, a line of it or the desk refuses.
pub fn customers(
    desk: &mut Desk,
    import: &Customers<'_>,
    context: &Context,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<CustomersAccount, ImportError> {
    let mut map: Map = read(import.map, |_| Vec::new())?;
    let shape = Shape::of(import.file, map.delimiter, true)?;
    let table = Table::read(import.file, shape)?;
    let mut headings = Headings::new(&table.header);
    let missing = map.bind(&mut headings);
    if !missing.is_empty() {
        return Err(ImportError::Columns {
            file: import.file.to_owned(),
            missing,
        });
    }
    let header = table.header.as_byte_record();
    let mut heap = Heap::new(import.skip_bad, !import.dry_run, shape.delimiter, header)?;
    let mut account = CustomersAccount {
        dry_run: import.dry_run,
        columns_left: headings.left(),
        ..CustomersAccount::default()
    };
    let mut found: Vec<(NewCustomer, Vec<Row>)> = Vec::new();
    let mut places = HashMap::new();
    for row in table.lines {
        let read = row.and_then(|row| match map.customer(&row.fields) {
            Ok(new) => Ok((new, row)),
            Err(reason) => Err(row.unread(reason)),
        });
        match read {
            Ok((new, row)) => {
                let place = *places.entry(named_by(&new)).or_insert(found.len());
                match found.get_mut(place) {
                    Some((known, lines)) => {
                        known.contacts.extend(new.contacts);
                        lines.push(row);
                    }
                    None => found.push((new, vec![row])),
                }
            }
            Err(bad) => account.leave_out(&mut heap, bad)?,
        }
    }
    heap.refuse_many(import.file)?;
    desk.bulk(!import.dry_run, |batch| {
        let of = found.len() as u64;
        let mut named = MadeSoFar::default();
        for (done, (new, lines)) in (0_u64..).zip(found) {
            progress(done, of);
            let (name, people) = (new.name.clone(), new.contacts.len());
            match place(batch, new, &mut named, context) {
                Ok(Some(())) => {
                    account.customers += 1;
                    account.people += people;
                    account.did(&lines, "added", &name);
                }
                Ok(None) => {
                    account.already_here += lines.len();
                    account.did(&lines, "already here", &name);
                }
                Err(StoreError::Refused(Refusal { message, .. })) => {
                    for row in lines {
                        account.leave_out(&mut heap, row.unread(message.clone()))?;
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        progress(of, of);
        account.customers_made = named.first();
        heap.refuse(import.file)?;
        heap.keep()
    })?;
    account.lines.sort_by_key(|line| line.line);
    Ok(account)
}

impl CustomersAccount {
    fn did(&mut self, lines: &[Row], did: &'static str, name: &str) {
        let done = |row: &Row| LineDone {
            line: row.line,
            did,
            of: name.to_owned(),
        };
        self.lines.extend(lines.iter().map(done));
    }

    fn leave_out(&mut self, heap: &mut Heap, bad: Unread) -> Result<(), ImportError> {
        let Unread { line, was, reason } = bad;
        self.bad += 1;
        self.lines.push(LineDone {
            line,
            did: LEFT_OUT,
            of: reason.clone(),
        });
        heap.add(line, &was, reason)
    }
}

/// By what the lines of one customer know each other: its code, or its name where it has none.
fn named_by(new: &NewCustomer) -> (bool, String) {
    match &new.code {
        Some(code) => (true, code.to_lowercase()),
        None => (false, new.name.to_lowercase()),
    }
}

/// Makes a customer with its people, unless it is here already.
fn place(
    batch: &mut Batch<'_>,
    mut new: NewCustomer,
    named: &mut MadeSoFar,
    context: &Context,
) -> Result<Option<()>, StoreError> {
    let desk = batch.desk();
    let here = match &new.code {
        Some(code) => desk.has_customer_code(code)?,
        None => !desk.customers_called(&new.name)?.is_empty(),
    };
    if here {
        return Ok(None);
    }
    let ruling = desk.ruling(new.policy.as_deref())?;
    let mut so_far = Customer {
        id: CustomerId(0),
        code: String::new(),
        name: new.name.clone(),
        policy: new.policy.clone(),
        office: new.office.clone(),
        account_manager: new.account_manager.clone(),
        contacts: Vec::new(),
    };
    for person in std::mem::take(&mut new.contacts) {
        // What was registered elsewhere is, and what waited there waits.
        let mut known = decide_person(&so_far, &ruling.policy, None, &person, Some("import"))?;
        known.awaiting = person.awaiting;
        so_far.contacts.push(known);
    }
    new.contacts = so_far.contacts;
    let made = named.about(&new.name, batch.desk())?;
    batch.execute(&Command::AddCustomer(new), context)?;
    named.add(made);
    Ok(Some(()))
}
