//! `holdline mail files`.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::{Attached, MailId};
use crate::mail::{came_with, put};
use crate::store::{Access, Desk};

/// Lists the files that came with mail, of one mail or of all of an incident's, or writes them into a folder.
///
/// They lie beside the desk, each under the hash of what is in it; a folder gets them under the names that they came by, as
/// far as such a name is safe. What is there already is never replaced: a name that is taken gets a number before it. A file
/// that is not any more what came is not written, and is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail files 10001-4
  holdline mail files M-3 --to ~/received")]
pub struct Files {
    /// A mail, as M-3, or an incident's number.
    #[arg(value_name = "MAIL-or-REF")]
    of: String,
    /// Writes them into this folder, which is made where it is not there.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    to: Option<PathBuf>,
    /// The one of this name alone.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// A file that came with a mail.
#[derive(Debug, Serialize)]
struct Came {
    mail: MailId,
    name: String,
    media: Option<String>,
    size: u64,
    hash: String,
    /// Where it lies: beside the desk, or where it was written.
    path: String,
}

impl Files {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let mut files = found(session, &desk, &self.of)?;
        if let Some(name) = &self.name {
            files.retain(|(_, file)| file.name.eq_ignore_ascii_case(name));
        }
        if let (true, Some(name)) = (files.is_empty(), &self.name) {
            return Err(Failure::Unknown(format!(
                "no file called \"{name}\" came with {}: `holdline mail files {}` lists them",
                self.of, self.of
            )));
        }
        let mut came = Vec::new();
        for (mail, file) in files {
            let path = match &self.to {
                Some(folder) => write(&desk, &file, folder)?,
                None => desk.file_path(&file.hash),
            };
            came.push(Came {
                mail,
                name: file.name,
                media: file.media,
                size: file.size,
                hash: file.hash,
                path: path.display().to_string(),
            });
        }
        if session.json() {
            return session.print_json(&came);
        }
        if self.to.is_some() {
            let lines: Vec<&str> = came.iter().map(|file| file.path.as_str()).collect();
            return session.answer(&came, lines.join("\n"));
        }
        let mut table = Table::new(["MAIL", "NAME", "KIND", "BYTES"], session.columns());
        for file in came {
            table.row([
                file.mail.to_string(),
                file.name,
                file.media.unwrap_or_default(),
                file.size.to_string(),
            ]);
        }
        session.print_table(&table)
    }
}

/// The files of a mail, or of all mails of an incident.
fn found(session: &Session, desk: &Desk, of: &str) -> Result<Vec<(MailId, Attached)>, Failure> {
    let typed = of.trim();
    if typed.starts_with("M-") || typed.starts_with("m-") {
        let mail: MailId = typed.parse()?;
        let files = desk.arrived_mail(mail)?.arrival.files;
        return Ok(files.into_iter().map(|file| (mail, file)).collect());
    }
    let number = desk.leads_to(session.number(typed)?)?;
    let timeline = desk.timeline(number)?;
    let files = came_with(&timeline).map(|(mail, file)| (mail, file.clone()));
    Ok(files.collect())
}

/// Writes a file where nothing is yet, and gives its path.
fn write(desk: &Desk, file: &Attached, folder: &Path) -> Result<PathBuf, Failure> {
    let bytes = desk.kept_file(&file.hash)?;
    put(&bytes, &file.name, folder).map_err(|error| Failure::file(folder, error))
}
