//! What a message is handed over to.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::smtp::Server;
use crate::incident::MessageId;
use crate::whole;

/// The most characters of what a program says when it refuses.
const MOST_SAID: usize = 300;

/// What a message is handed over to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// A folder, as one file a message.
    Folder(PathBuf),
    /// A program that reads the message on its standard input and the addresses from its headers, such as
    /// `sendmail -t -i`: the program and its arguments, without a shell between.
    Program(Vec<String>),
    /// A mail server.
    Server(Server),
    /// Standard output.
    Output,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// In words that can be kept.
    pub why: String,
    /// Trying again is of no use, or might send it twice.
    pub for_good: bool,
}

impl Unsent {
    fn for_now(why: String) -> Self {
        Self {
            why,
            for_good: false,
        }
    }
}

impl Carrier {
    /// A program from a line such as `/usr/sbin/sendmail -t -i`.
    pub fn program(line: &str) -> Self {
        Self::Program(line.split_whitespace().map(str::to_owned).collect())
    }

    /// What kind of thing it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Folder(_) => "folder",
            Self::Program(_) => "program",
            Self::Server(_) => "server",
            Self::Output => "output",
        }
    }

    /// What the timeline says of it.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(_) => "a file".to_owned(),
            Self::Program(words) => {
                let program = words.first().map(Path::new).and_then(Path::file_name);
                program.map_or_else(
                    || "a program".to_owned(),
                    |name| name.to_string_lossy().into_owned(),
                )
            }
            Self::Server(server) => server.host.clone(),
            Self::Output => "standard output".to_owned(),
        }
    }

    /// Hands a message over that goes from an address to others.
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn carry(
        &self,
        id: MessageId,
        from: &str,
        to: &[String],
        message: &[u8],
    ) -> Result<(), Unsent> {
        match self {
            Self::Folder(folder) => into_folder(folder, id, message)
                .map_err(|error| Unsent::for_now(format!("{}: {error}", folder.display()))),
            Self::Program(words) => through_program(words, message).map_err(Unsent::for_now),
            Self::Server(server) => server.carry(from, to, message),
            Self::Output => io::stdout()
                .lock()
                .write_all(message)
                .map_err(|error| Unsent::for_now(error.to_string())),
        }
    }
}

/// Whoever watches the folder never reads half of it.
fn into_folder(folder: &Path, id: MessageId, message: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = format!("{}-{}.eml", id.tech_ref, id.n);
    whole::hand_over(&folder.join(name), message)
}

fn through_program(words: &[String], message: &[u8]) -> Result<(), String> {
    let [program, arguments @ ..] = words else {
        return Err("no program is named".to_owned());
    };
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => format!("{program}: there is no such program"),
        _ => format!("{program}: {error}"),
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    let (wrote, output) = thread::scope(|scope| {
        // Beside reading what it says, since a program that talks before it listens would wait for ever.
        let writing = scope.spawn(|| input.map_or(Ok(()), |mut input| input.write_all(message)));
        let output = child.wait_with_output();
        (writing.join(), output)
    });
    let output = output.map_err(failed)?;
    if output.status.success() {
        // A program that takes a message without reading it whole has not taken it.
        let wrote = wrote.map_err(|_| format!("{program}: the message could not be written"))?;
        return wrote.map_err(failed);
    }
    let said: String = String::from_utf8_lossy(&output.stderr)
        .trim()
        .chars()
        .take(MOST_SAID)
        .collect();
    let ended = output.status;
    Err(match said.is_empty() {
        true => format!("{program} ended with {ended}"),
        false => format!("{program} ended with {ended}: {said}"),
    })
}
