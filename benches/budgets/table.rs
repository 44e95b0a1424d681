//! The figures as a table, and where it is kept.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::chart;

/// Where the README has the figures.
const BEGIN: &str = "cargo bench --bench budgets -->\n";
const END: &str = "<!-- end of figures -->";

/// One line of the table.
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    /// What it was at each size; 0 where there is no desk.
    pub(crate) at: Vec<(usize, f64)>,
    floor: Option<f64>,
    goal: &'static str,
}

/// All that was measured.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    /// Adds what was measured at a size, and beside what; of that the last one is kept.
    pub(crate) fn add(
        &mut self,
        what: &str,
        size: usize,
        unit: &'static str,
        floor: Option<f64>,
        ours: f64,
        goal: &'static str,
    ) {
        let beside = floor.map_or(String::new(), |floor| format!(", beside {}", shown(floor)));
        eprintln!("  {what}: {} {unit}{beside}", shown(ours));
        match self.0.iter_mut().find(|figure| figure.what == what) {
            Some(figure) => {
                figure.at.push((size, ours));
                figure.floor = floor;
            }
            None => self.0.push(Figure {
                what: what.to_owned(),
                unit,
                at: vec![(size, ours)],
                floor,
                goal,
            }),
        }
    }

    fn sizes(&self) -> Vec<usize> {
        let at = self.0.iter().flat_map(|figure| &figure.at);
        let mut sizes: Vec<usize> = at.map(|(size, _)| *size).filter(|size| *size > 0).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The table in Markdown, with the machine that it was made on.
    pub(crate) fn markdown(&self) -> String {
        let sizes = self.sizes();
        let mut text = format!("Measured on {}.\n\n| what | unit | floor |", machine());
        for size in &sizes {
            write!(text, " {} |", thousands(*size)).unwrap();
        }
        text.push_str(" of the floor | of the smallest | goal |\n| --- | --- | ---: |");
        text.push_str(&" ---: |".repeat(sizes.len() + 2));
        text.push_str(" --- |\n");
        for figure in &self.0 {
            let ratio = |of: Option<f64>, to: Option<f64>| match (of, to) {
                (Some(of), Some(to)) if to > 0.0 => format!("{:.1}x", of / to),
                _ => String::new(),
            };
            let last = figure.at.last().map(|(_, ours)| *ours);
            let floor = figure.floor.map_or(String::new(), shown);
            write!(text, "| {} | {} | {floor} |", figure.what, figure.unit).unwrap();
            for size in &sizes {
                let at = figure.at.iter().find(|(at, _)| at == size || *at == 0);
                let shown = at.filter(|(at, _)| *at > 0 || Some(size) == sizes.first());
                write!(
                    text,
                    " {} |",
                    shown.map_or(String::new(), |(_, ours)| crate::table::shown(*ours))
                )
                .unwrap();
            }
            let first = figure.at.first().filter(|_| figure.at.len() > 1);
            let growth = ratio(last, first.map(|(_, ours)| *ours));
            let beside = ratio(last, figure.floor);
            writeln!(text, " {beside} | {growth} | {} |", figure.goal).unwrap();
        }
        text
    }

    /// Draws the chart; with `HOLDLINE_WRITE_README` it goes to the pictures, and the table into the README.
    pub(crate) fn keep(&self) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let chart = chart::svg(&self.0, &self.sizes());
        let wanted = std::env::var_os("HOLDLINE_WRITE_README").is_some();
        let at = match wanted {
            true => root.join("assets/pictures/growth.svg"),
            false => Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth.svg"),
        };
        fs::write(&at, chart).unwrap();
        println!("The chart of cost against size is {}", at.display());
        if wanted {
            let path = root.join("README.md");
            let readme = fs::read_to_string(&path).unwrap();
            let (before, rest) = readme.split_once(BEGIN).unwrap();
            let (_, after) = rest.split_once(END).unwrap();
            let table = self.markdown();
            fs::write(path, format!("{before}{BEGIN}\n{table}\n{END}{after}")).unwrap();
        }
    }
}

/// A figure with three digits that count.
pub(crate) fn shown(figure: f64) -> String {
    match figure {
        100.0.. => thousands(figure.round() as usize),
        10.0.. => format!("{figure:.1}"),
        0.1.. => format!("{figure:.2}"),
        _ => format!("{figure:.3}"),
    }
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The processor, how many there are, and the memory.
fn machine() -> String {
    let of = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        line.split_once(':')
            .map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory: f64 = of("/proc/meminfo", "MemTotal")
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or(0.0);
    let gib = memory / f64::from(1 << 20);
    format!(
        "{cores} cores of {}, {gib:.0} GiB",
        of("/proc/cpuinfo", "model name")
    )
}
