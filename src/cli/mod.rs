//! The command line: one file a subcommand, whose doc comments are its help.
//!
//! `plain` is a console of lines over the same commands. `args` holds what every command takes, `session` what every command needs, `failure` the exit codes, `shelf` where
//! a policy that is named comes from, `view` the JSON shape.

mod accept;
mod agent;
mod args;
mod assign;
mod call;
mod close;
mod closure;
mod complete;
mod completions;
mod contact;
mod customer;
mod demo;
mod desk;
mod due;
mod edit;
mod emergency;
mod entitlement;
mod escalate;
mod estimate;
mod explain;
mod export;
mod failure;
mod given;
mod handover;
mod hooks;
mod hours;
mod ical;
mod import;
mod init;
mod intake;
mod keys;
mod known;
mod link;
mod list;
mod log;
mod mail;
mod man;
mod merge;
mod mistake;
mod note;
mod order;
mod outside;
mod pay;
mod person;
mod plain;
mod policy;
mod preview;
mod progress;
mod receipt;
mod redact;
mod reopen;
mod report;
mod resolve;
mod respond;
mod ring;
mod routing;
mod schedule;
mod schema;
mod search;
mod secret;
mod session;
mod settings;
mod severity;
mod shape;
mod shelf;
mod show;
mod snippets;
mod split;
mod status;
mod step;
mod tail;
mod themes;
mod tick;
mod told;
mod typed;
mod undo;
mod view;
mod wait;

use crate::text::table;
pub use args::{Args, Command, Globals};
pub use complete::complete;
pub use failure::Failure;
pub use keys::NamesKeys;
pub use mistake::{give_answer, in_a_line, is_answer};
pub use plain::run as run_plain;
pub use session::Session;
pub use themes::ListsThemes;

/// What the console says of an agent's settings: commands do not know the console.
#[derive(Clone, Copy)]
pub struct Chosen {
    /// Which keys it has.
    pub keys: NamesKeys,
    /// Which themes it has.
    pub themes: ListsThemes,
}

/// Runs a subcommand; `chosen` is what the console says.
///
/// # Errors
/// A [`Failure`] with its exit code and one clear line.
pub fn run(command: Command, session: &Session, chosen: Chosen) -> Result<(), Failure> {
    match command {
        Command::Accept(accept) => accept.run(session),
        Command::Agent(agent) => agent.run(session),
        Command::Assign(assign) => assign.run(session),
        Command::Call(call) => call.run(session),
        Command::Close(close) => close.run(session),
        Command::Closure(closure) => closure.run(session),
        Command::Completions(completions) => completions.run(session),
        Command::Contact(contact) => contact.run(session),
        Command::Customer(customer) => customer.run(session),
        Command::Decline(decline) => decline.run(session),
        Command::Demo(demo) => demo.run(session),
        Command::Desk(desk) => desk.run(session),
        Command::Due(due) => due.run(session),
        Command::Edit(edit) => edit.run(session),
        Command::Emergency(emergency) => emergency.run(session),
        Command::Entitlement(entitlement) => entitlement.run(session),
        Command::Escalate(escalate) => escalate.run(session),
        Command::Escalation(escalation) => escalation.run(session),
        Command::Estimate(estimate) => estimate.run(session),
        Command::Explain(explain) => explain.run(session),
        Command::Export(export) => export.run(session),
        Command::Given(given) => given.run(session),
        Command::Handover(handover) => handover.run(session),
        Command::Hooks(hooks) => hooks.run(session),
        Command::Hours(hours) => hours.run(session),
        Command::Ical(ical) => ical.run(session),
        Command::Init(init) => init.run(session),
        Command::Intake(intake) => intake.run(session),
        Command::Import(import) => import.run(session),
        Command::Keys(keys) => keys.run(session, chosen.keys),
        Command::Known(known) => known.run(session),
        Command::Link(link) => link.run(session),
        Command::List(list) => list.run(session),
        Command::Log(log) => log.run(session),
        Command::Merge(merge) => merge.run(session),
        Command::Mail(mail) => mail.run(session),
        Command::Man(man) => man.run(session),
        Command::Note(note) => note.run(session),
        Command::Order(order) => order.run(session),
        Command::Patched(patched) => patched.run(session),
        Command::Pay(pay) => pay.run(session),
        Command::Policy(policy) => policy.run(session),
        Command::Refund(refund) => refund.run(session),
        Command::Receipt(receipt) => receipt.run(session),
        Command::Redact(redact) => redact.run(session),
        Command::Reopen(reopen) => reopen.run(session),
        Command::Report(report) => report.run(session),
        Command::Resolve(resolve) => resolve.run(session),
        Command::Respond(respond) => respond.run(session),
        Command::Ring(ring) => ring.run(session),
        Command::Resume(resume) => resume.run(session),
        Command::Schedule(schedule) => schedule.run(session),
        Command::Schema(schema) => schema.run(session),
        Command::Search(search) => search.run(session),
        Command::Severity(severity) => severity.run(session),
        Command::Show(show) => show.run(session),
        Command::Snippets(snippets) => snippets.run(session),
        Command::Split(split) => split.run(session),
        Command::Status(status) => status.run(session),
        Command::Themes(themes) => themes.run(session, chosen.themes),
        Command::Tail(tail) => tail.run(session),
        Command::Tick(tick) => tick.run(session),
        Command::Undo(undo) => undo.run(session),
        Command::Unmerge(unmerge) => unmerge.run(session),
        Command::Wait(wait) => wait.run(session),
        Command::Waive(waive) => waive.run(session),
    }
}
