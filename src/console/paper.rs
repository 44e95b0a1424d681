//! What leaves the console as a file: a text that was read, or a message as mail programs read it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::edit::Edit;
use super::forms::{Field, Form};
use super::request::Request;
use super::screens::reading::Reading;
use crate::whole;

/// The form that asks where a text is to be written.
pub fn ask(reading: &Reading) -> Edit {
    let text = format!("{}\n", reading.written());
    let form = Form::new(vec![path(&reading.file)]);
    Edit::asking("Write to a file", form, move |form| {
        Ok(Some(Request::Write {
            path: PathBuf::from(form.value("path").trim()),
            text: text.clone(),
        }))
    })
}

/// The field for a file that is to be written.
pub fn path(suggested: &str) -> Field {
    Field::text("path", "File")
        .required()
        .holding(suggested)
        .help(
            "From the folder that the console was started in; a file that is there stays as it is.",
        )
}

/// Writes a new file, and says so.
///
/// # Errors
/// In words for the agent, when it is there already or cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<String, String> {
    let written = whole::write_new(path, bytes);
    let written = written.map(|()| format!("written to {}", path.display()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("{} is there already: give another name", path.display())
        }
        _ => format!("{} cannot be written: {error}", path.display()),
    })
}
