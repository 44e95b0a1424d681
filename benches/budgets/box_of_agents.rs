//! What one more agent on the same box costs: many consoles on one desk, at rest and while somebody works.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::desk::Sample;
use crate::table::Figures;
use crate::terminal::Terminal;

const CONSOLES: usize = 16;
/// Commands of others, and the time between two of them: each console looks again for each.
const COMMANDS: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(600);

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let home = tempfile::tempdir().unwrap();
    let console = Path::new(env!("CARGO_BIN_EXE_holdline"));
    let args = ["--desk", sample.path.to_str().unwrap(), "--agent", "mira"];
    let consoles: Vec<Terminal> = (0..CONSOLES)
        .map(|_| Terminal::of(console, &args, home.path()))
        .collect();
    for console in &consoles {
        console.shows_the_queue();
    }
    std::thread::sleep(Duration::from_secs(2));
    let ran = || consoles.iter().map(Terminal::ran).sum::<f64>() / CONSOLES as f64;
    let time = BETWEEN * COMMANDS;
    let before = ran();
    std::thread::sleep(time);
    let rest = ran() - before;
    let before = ran();
    assert!(writer(&sample.path).status().unwrap().success());
    let work = ran() - before;
    let mut add = |what, unit, ours, goal| figures.add(what, sample.size, unit, None, ours, goal);
    let rest = rest / time.as_secs_f64();
    add(
        "one console of 16, at rest: processor",
        "%",
        rest * 100.0,
        "0.1 %",
    );
    let each = (work - rest * time.as_secs_f64()) / f64::from(COMMANDS);
    add(
        "processor time of each console for a command of somebody else",
        "ms",
        each * 1e3,
        "",
    );
    let memory = consoles.iter().map(Terminal::share).sum::<f64>() / CONSOLES as f64;
    add("memory of one console more", "MiB", memory, "24 MiB");
}

fn writer(desk: &Path) -> Command {
    let mut writer = Command::new(std::env::current_exe().unwrap());
    writer.arg("as-agent").arg(desk);
    writer
}

/// Somebody who works: a command, a pause.
pub(crate) fn work(desk: &str) {
    crate::crowd::write_now_and_then(desk, COMMANDS, BETWEEN);
}
