//! The desks that are measured, made by `holdline demo`.

use std::path::PathBuf;
use std::process::Command;

use chrono::Utc;
use holdline::store::{Access, Context, Desk};

use crate::table::Figures;
use crate::timing::once;

/// A sample desk of some size.
pub(crate) struct Sample {
    pub(crate) size: usize,
    pub(crate) path: PathBuf,
}

impl Sample {
    /// Makes it, unless it was made before.
    pub(crate) fn of(size: usize, figures: &mut Figures) -> Self {
        let path =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{size}.holdline"));
        let sample = Self { size, path };
        if !sample.path.exists() {
            eprintln!("making a desk of {size} incidents");
            let (status, seconds) = once(|| {
                let count = size.to_string();
                sample.holdline(["demo", "--incidents", &count]).status()
            });
            assert!(status.unwrap().success());
            figures.add(
                "`demo` makes the desk",
                size,
                "s",
                None,
                seconds,
                "2 min at a million",
            );
            let bytes = std::fs::metadata(&sample.path).unwrap().len();
            let each = bytes as f64 / size as f64;
            figures.add("bytes of the file an incident", size, "B", None, each, "");
        }
        eprintln!("measuring at {size} incidents");
        sample
    }

    /// The program, over this desk.
    pub(crate) fn holdline<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdline"));
        command.arg("--desk").arg(&self.path).args(args);
        command
            .env("HOLDLINE_AGENT", "mira")
            .stdout(std::process::Stdio::null());
        command
    }

    pub(crate) fn open(&self) -> Desk {
        Desk::open(&self.path, Access::Write).unwrap()
    }
}

/// Somebody who acts now.
pub(crate) fn context() -> Context {
    Context {
        agent: "mira".to_owned(),
        now: Utc::now(),
        ..Context::default()
    }
}
