//! `holdline demo`.

use std::sync::atomic::Ordering;

use super::progress::{Progress, stopped_by_a_signal};
use super::{Failure, Session};
use crate::demo;

/// Makes a sample desk: believable customers, calls and incidents of all policies, in every state.
///
/// Without --desk it lies beside the default desk, as demo.holdline. Nothing on it is real.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: holdline demo --desk try.holdline && holdline --desk try.holdline"
)]
pub struct Demo {
    /// How many incidents.
    #[arg(long, value_name = "N", default_value_t = 200)]
    incidents: usize,
    /// The same seed at the same instant makes the same desk.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl Demo {
    /// Makes the desk.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written.
    pub fn run(self, session: &Session) -> Result<(), Failure> {
        let path = match session.desk_path()? {
            path if session.desk_named() => path,
            path => path.with_file_name("demo.holdline"),
        };
        let (bar, all) = (Progress::new("incidents"), self.incidents as u64);
        let stopped = stopped_by_a_signal();
        demo::make(
            &path,
            self.incidents,
            self.seed,
            &session.context()?,
            &mut |made| {
                bar.show(made as u64, all);
                !stopped.load(Ordering::Relaxed)
            },
        )?;
        drop(bar);
        let shown = path.display();
        let made = serde_json::json!({ "desk": shown.to_string(), "incidents": self.incidents });
        session.answer(
            &made,
            format_args!(
                "Made a sample desk of {} incidents; open it with: holdline --desk {shown}",
                self.incidents
            ),
        )
    }
}
