//! How fast, how small, and how it grows: `cargo bench` makes sample desks, measures each figure beside something that
//! is run in turn on the same machine, and prints a table.
//!
//! `cargo bench --bench budgets -- 10000 1000000` takes other sizes; desks are kept under the target folder for the next
//! time. `HOLDLINE_WRITE_README=1` writes the table into the README, and the chart of cost against size to the pictures.
//! Never measure beside a build; under 1.5x between two runs is noise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod box_of_agents;
mod calendar;
mod chart;
mod console;
mod crowd;
mod desk;
mod filters;
mod import;
mod library;
mod minimal;
mod process;
mod table;
mod terminal;
mod timing;

use desk::Sample;
use table::Figures;

/// Minutes, not hours: a million is measured when it is asked for.
const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    // What is measured beside the program is this one in another role, so that it is a process of its own too.
    match args.first().map(String::as_str) {
        Some("as-minimal") => return minimal::run().unwrap(),
        Some("as-list") => return process::plain_list(&args[1]),
        Some("as-writer") => return crowd::write_for_a_while(&args[1], &args[2]),
        Some("as-agent") => return box_of_agents::work(&args[1]),
        _ => {}
    }
    let mut sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    sizes.sort_unstable();
    let mut figures = Figures::default();
    calendar::measure(&mut figures);
    import::measure(&mut figures);
    for size in sizes {
        let sample = Sample::of(size, &mut figures);
        library::measure(&sample, &mut figures);
        filters::measure(&sample, &mut figures);
        process::measure(&sample, &mut figures);
        console::measure(&sample, &mut figures);
        crowd::measure(&sample, &mut figures);
        box_of_agents::measure(&sample, &mut figures);
    }
    println!("\n{}", figures.markdown());
    figures.keep();
}
