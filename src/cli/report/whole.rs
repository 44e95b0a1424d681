//! `holdline report` without a subcommand: all figures.

use clap::ValueEnum;
use serde_json::{Map, Value as Json, json};

use super::period::Period;
use crate::cli::{Failure, Session, list};
use crate::report::{self, By, Section, Wanted};
use crate::store::Access;

/// What `report` takes without a subcommand.
#[derive(Debug, clap::Args)]
pub(super) struct Whole {
    #[command(flatten)]
    period: Period,
    /// By what figures stand apart.
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    by: By,
    /// Of this customer only: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: Option<String>,
    /// Only these sections.
    #[arg(long, value_enum, value_name = "SECTION", value_delimiter = ',')]
    only: Vec<Only>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// A section, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Only {
    Attainment,
    Times,
    FirstCall,
    Calls,
    Outcomes,
    Escalations,
    Promises,
    Money,
    RunningOut,
}

/// How a whole report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for each section, with the definitions of its figures.
    #[default]
    Table,
    /// One object.
    Json,
    /// A line of commas for each figure, after one with the names of the columns.
    Csv,
    /// Markdown.
    Md,
    /// One page with charts, which needs nothing else: to be opened in a browser or mailed.
    Html,
}

impl Whole {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (from, until) = self.period.bounds(session)?;
        let desk = session.open(Access::Read)?;
        let customer = self.customer.as_deref();
        let customer = customer.map(|name| desk.customer_named(name)).transpose()?;
        let wanted = Wanted {
            from,
            until,
            by: self.by,
            customer: customer.as_ref().map(|customer| customer.id),
            zone: session.zone(),
        };
        let figures = report::figures(&desk, wanted, session.now())?;
        let mut sections = figures.sections();
        let named = |only: &Only, name| {
            only.to_possible_value()
                .is_some_and(|value| value.get_name() == name)
        };
        sections.retain(|section| {
            self.only.is_empty() || self.only.iter().any(|only| named(only, section.name))
        });
        let about = match &customer {
            Some(customer) => format!("{}, {}", customer.name, wanted.period()),
            None => format!("{}, {}", desk.name()?, wanted.period()),
        };
        match self.format {
            _ if session.json() || self.format == Format::Json => {
                let customer = customer.as_ref().map(|customer| customer.name.as_str());
                session.print_json(&json(&wanted, customer, &sections))
            }
            Format::Table | Format::Json => text(session, &about, &sections),
            Format::Csv => csv(&sections),
            Format::Md => session.print(report::markdown(&about, &sections)),
            Format::Html => session.print(report::html(&about, &sections)),
        }
    }
}

fn json(wanted: &Wanted, customer: Option<&str>, sections: &[Section]) -> Json {
    let mut found = Map::new();
    for section in sections {
        let definitions = section.figures.iter();
        let definitions: Map<_, _> = definitions
            .map(|figure| (figure.name.to_owned(), json!(figure.definition)))
            .collect();
        let rows = section.rows.iter().map(|row| {
            let names = ["of", "which"].into_iter();
            let labels = names.zip(&row.labels).zip(section.labels);
            let labels = labels.filter(|(_, used)| !used.is_empty());
            let labels = labels.map(|((name, label), _)| (name.to_owned(), json!(label)));
            let values = section.figures.iter().zip(&row.values);
            let values = values.map(|(figure, value)| (figure.name.to_owned(), value.json()));
            labels.chain(values).collect::<Map<_, _>>()
        });
        found.insert(
            section.name.to_owned(),
            json!({
                "about": section.about,
                "definitions": definitions,
                "rows": rows.collect::<Vec<_>>(),
            }),
        );
    }
    let (from, until) = wanted.bounds();
    json!({
        "from": from,
        "until": until,
        "by": wanted.by.word(),
        "customer": customer,
        "zone": wanted.zone.name(),
        "sections": found,
    })
}

fn text(session: &Session, about: &str, sections: &[Section]) -> Result<(), Failure> {
    let room = session.columns();
    session.print(about)?;
    for section in sections {
        let text = match session.is_plain() {
            true => report::spoken(section),
            false => report::plain(section, room.unwrap_or(100), room),
        };
        session.print(format_args!("\n{}\n{text}", section.title))?;
    }
    Ok(())
}

fn csv(sections: &[Section]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
    writer
        .write_record(["section", "of", "which", "figure", "value", "definition"])
        .map_err(list::csv_failure)?;
    for section in sections {
        for row in &section.rows {
            for (figure, value) in section.figures.iter().zip(&row.values) {
                let [of, which] = row.labels.clone();
                let (name, figure, definition) = (section.name, figure.name, figure.definition);
                let cells = [name, &of, &which, figure, &value.plain(), definition];
                let cells = cells.map(|cell| list::defused(cell.to_owned()));
                writer.write_record(cells).map_err(list::csv_failure)?;
            }
        }
    }
    Ok(writer.flush()?)
}
