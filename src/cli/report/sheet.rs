//! A report's rows, written as a table, as values between commas, as Markdown or as JSON.

use clap::ValueEnum;
use serde::Serialize;

use crate::cli::table::Table;
use crate::cli::{Failure, Session, list};

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned columns.
    #[default]
    Table,
    /// One array.
    Json,
    /// A line of commas for each, after one with the names of the columns.
    Csv,
    /// A table in Markdown.
    Md,
}

/// Prints `rows` under their headings; `cells` gives a row's texts.
///
/// # Errors
/// When the reader has gone.
pub(super) fn print<R: Serialize, const N: usize>(
    session: &Session,
    format: Format,
    headings: [&str; N],
    rows: &[R],
    cells: impl Fn(&R) -> [String; N],
) -> Result<(), Failure> {
    match format {
        _ if session.json() || format == Format::Json => session.print_json(&rows),
        Format::Table | Format::Json => {
            let mut table = Table::new(
                headings.map(capitals).each_ref().map(String::as_str),
                session.columns(),
            );
            rows.iter().for_each(|row| table.row(cells(row)));
            session.print_table(&table)
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
            writer.write_record(headings).map_err(list::csv_failure)?;
            for row in rows {
                let cells = cells(row).map(list::defused);
                writer.write_record(cells).map_err(list::csv_failure)?;
            }
            Ok(writer.flush()?)
        }
        Format::Md => {
            let line = |cells: [String; N]| {
                let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
                session.print(format_args!("| {} |", cells.join(" | ")))
            };
            line(headings.map(str::to_owned))?;
            line([(); N].map(|()| "---".to_owned()))?;
            rows.iter().try_for_each(|row| line(cells(row)))
        }
    }
}

fn capitals(heading: &str) -> String {
    heading.to_uppercase().replace('_', " ")
}
