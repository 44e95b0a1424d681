//! Cold processes.

use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::desk::Sample;
use crate::table::Figures;
use crate::timing::repeat;

/// Rows of a list.
const ROWS: u32 = 50;

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let rows = ROWS.to_string();
    let floor = repeat(30, |_| {
        let mut plain = Command::new(std::env::current_exe().unwrap());
        plain.arg("as-list").arg(&sample.path).stdout(Stdio::null());
        assert!(plain.status().unwrap().success());
    });
    let ours = repeat(30, |_| {
        let mut list = sample.holdline(["list", "--limit", &rows]);
        // There it says that there are more.
        assert!(list.stderr(Stdio::null()).status().unwrap().success());
    });
    let (floor, ours) = (floor.within(50), ours.within(50));
    let what = "`list` in a cold process";
    figures.add(what, sample.size, "ms", Some(floor), ours, "3x");
    let status = repeat(30, |_| {
        assert!(sample.holdline(["status"]).status().unwrap().success());
    });
    let what = "`status` in a cold process";
    figures.add(
        what,
        sample.size,
        "ms",
        Some(floor),
        status.within(50),
        "3x",
    );
}

/// The same rows by their SQL alone.
pub(crate) fn plain_list(desk: &str) {
    let connection = Connection::open(Path::new(desk)).unwrap();
    let mut statement = connection.prepare(crate::library::PAGE).unwrap();
    let mut rows = statement.query([ROWS]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (number, summary, customer): (u32, String, String) = (
            row.get(0).unwrap(),
            row.get(1).unwrap(),
            row.get(2).unwrap(),
        );
        println!("{number} {summary} {customer}");
    }
}
