//! The `holdline` program: reads its arguments, runs, and turns what went wrong into an exit code.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use holdline::cli::{self, Args, Failure, Session};
use holdline::config::{Config, Post};
use holdline::console;
use holdline::mail::Carrier;
use signal_hook::consts::SIGXFSZ;

/// The sample desk of a first start is always the same one.
const SAMPLE_SEED: u64 = 1;

fn main() -> ExitCode {
    // A limit on the size of files is told like a full disk, and ends nothing half-way. Where this cannot be had, the
    // program dies by it as by any other signal.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    match cli::complete() {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(failure) => return Session::new(cli::Globals::default()).report(&failure),
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if cli::is_answer(&error) => cli::give_answer(error),
        Err(error) => {
            let typed: Vec<String> = std::env::args().skip(1).collect();
            let words = cli::in_a_line(&error, &typed);
            return Session::new(cli::Globals::default()).report(&Failure::Input(words));
        }
    };
    let chosen = cli::Chosen {
        keys: console::settings::named_keys,
        themes: console::settings::themes,
    };
    let session = Session::new(args.globals.clone());
    let result = match args.command {
        Some(_) if args.plain => Err(Failure::Input(
            "--plain opens the console: leave it out with a command".to_owned(),
        )),
        Some(command) => cli::run(command, &session, chosen),
        None if args.plain || wants_plain() => cli::run_plain(args.globals, chosen),
        None => open_console(&session),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => session.report(&failure),
    }
}

/// Whether the agent always wants the console as lines.
fn wants_plain() -> bool {
    let said = std::env::var_os("HOLDLINE_PLAIN").is_some_and(|said| !said.is_empty());
    said || Config::own().is_ok_and(|(config, _)| config.plain)
}

fn open_console(session: &Session) -> Result<(), Failure> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Err(Failure::Input(
            "the console needs a terminal: in a pipe or script use a command, see `holdline --help`".to_owned(),
        ));
    }
    let config = Config::own();
    let start = console::Start {
        desk: session.desk_path()?,
        agent: session.agent(),
        user: Session::user(),
        zone: session.zone(),
        post: post(config.as_ref().ok().map(|(config, _)| config)),
        config,
        clock: match session.clock_by_hand() {
            true => console::clock::Clock::by_hand(session.now()),
            false => console::clock::Clock::default(),
        },
        snippets: session.own_snippets().map_err(|error| error.to_string()),
        sample: |path, count, context| {
            holdline::demo::make(path, count, SAMPLE_SEED, context, &mut |_| true)
        },
        program: std::env::current_exe().map_err(|error| error.to_string()),
    };
    console::run(start).map_err(|error| Failure::Desk(error.to_string()))
}

/// How mail is sent: as the environment says, else as the settings do.
fn post(config: Option<&Config>) -> Post {
    let set_up = config.map(|config| config.post.clone()).unwrap_or_default();
    let said = |name| std::env::var(name).ok().filter(|said| !said.is_empty());
    let program = said("HOLDLINE_SENDMAIL").map(|line| Carrier::program(&line));
    Post {
        from: said("HOLDLINE_MAIL_FROM").or(set_up.from),
        carrier: program.or(set_up.carrier),
        maildir: set_up.maildir,
    }
}
