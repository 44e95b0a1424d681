//! Whether a policy can be kept: what its shape alone does not rule out.

mod duties;
mod messages;
mod money;
mod names;
mod texts;
mod time;

use super::model::{Policy, Snippet};

/// One thing that is wrong in a policy, or probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key's path in the file, counting lists from zero, such as `severity.2.target`.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it; empty where the problem says it.
    pub remedy: String,
    /// Allowed, but worth a second look.
    pub warning: bool,
}

/// Everything that is wrong in a policy, in the order of its keys' meaning: names, texts, time, money,
/// duties, messages.
pub fn check(policy: &Policy) -> Vec<Problem> {
    let mut report = Report::default();
    names::check(policy, &mut report);
    texts::check(policy, &mut report);
    time::check(policy, &mut report);
    money::check(policy, &mut report);
    duties::check(policy, &mut report);
    messages::check(policy, &mut report);
    report.0
}

/// Everything that is wrong in stock phrases.
pub(super) fn check_snippets(snippets: &[Snippet]) -> Vec<Problem> {
    let mut report = Report::default();
    names::snippets(snippets, &mut report);
    report.0
}

/// The problems found so far.
#[derive(Default)]
struct Report(Vec<Problem>);

impl Report {
    fn fault(
        &mut self,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(path.into(), problem.into(), remedy.into(), false);
    }

    fn warning(
        &mut self,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(path.into(), problem.into(), remedy.into(), true);
    }

    fn push(&mut self, path: String, problem: String, remedy: String, warning: bool) {
        self.0.push(Problem {
            path,
            problem,
            remedy,
            warning,
        });
    }
}
