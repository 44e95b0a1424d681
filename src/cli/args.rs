//! What every command takes, and the list of commands.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::{
    accept, agent, assign, call, close, closure, completions, contact, customer, demo, desk, due,
    edit, emergency, entitlement, escalate, estimate, explain, export, given, handover, hooks,
    hours, ical, import, init, intake, keys, known, link, list, log, mail, man, merge, note, order,
    pay, policy, receipt, redact, reopen, report, resolve, respond, ring, schedule, schema, search,
    severity, show, snippets, split, status, tail, themes, tick, undo, wait,
};
use crate::store::{SCHEMA, sqlite_version};

/// A terminal console for people who answer support calls.
///
/// Without a command it opens the console on the desk.
#[derive(Debug, Parser)]
#[command(name = "holdline", version, long_version = versions(), max_term_width = 100)]
pub struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub globals: Globals,
    /// Opens the console as lines: nothing drawn, for screen readers; also `HOLDLINE_PLAIN`, or `plain = true` in
    /// config.toml.
    #[arg(long)]
    pub plain: bool,
    /// What to do; the console without one.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Globals {
    /// The desk's file; `HOLDLINE_DESK` without it.
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub desk: Option<PathBuf>,
    /// Who acts: an agent's name; `HOLDLINE_AGENT`, else the operating system's user without it.
    #[arg(long, global = true, value_name = "NAME", help_heading = "Everywhere")]
    pub agent: Option<String>,
    /// The console is one of lines: what is said is listened to.
    #[arg(skip)]
    pub plain: bool,
    /// Prints JSON, with keys that stay.
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// When to use colours.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Everywhere"
    )]
    pub color: Color,
    /// When it happened, if earlier than now: 2026-11-23T14:30:00-08:00, 14:30, mon 9:00, -2h.
    #[arg(
        long,
        global = true,
        value_name = "INSTANT",
        allow_hyphen_values = true,
        help_heading = "Everywhere"
    )]
    pub at: Option<String>,
    /// Sending the same KEY again repeats the first answer and does nothing twice.
    #[arg(long, global = true, value_name = "KEY", help_heading = "Everywhere")]
    pub once: Option<String>,
    /// Refuses if the incident or customer has another revision than N: somebody changed it meanwhile.
    #[arg(long, global = true, value_name = "N", help_heading = "Everywhere")]
    pub if_revision: Option<u32>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A command; its help is that of its own type.
#[expect(
    missing_docs,
    reason = "a doc comment here would take the place of the type's own as its help"
)]
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    Accept(accept::Accept),
    Agent(agent::Agent),
    Assign(assign::Assign),
    #[command(subcommand)]
    Call(call::CallCommand),
    Close(close::Close),
    Closure(closure::Closure),
    Completions(completions::Completions),
    Contact(contact::Contact),
    Customer(customer::Customer),
    Decline(accept::Decline),
    Demo(demo::Demo),
    #[command(subcommand)]
    Desk(desk::DeskCommand),
    Due(due::Due),
    Edit(Box<edit::Edit>),
    Emergency(emergency::Emergency),
    #[command(subcommand)]
    Entitlement(entitlement::Entitlement),
    Escalate(escalate::Escalate),
    #[command(subcommand)]
    Escalation(escalate::EscalationCommand),
    Estimate(estimate::Estimate),
    Explain(explain::Explain),
    Export(export::Export),
    Given(given::Given),
    Handover(handover::Handover),
    Hooks(hooks::Hooks),
    Hours(hours::Hours),
    Ical(ical::Ical),
    Init(init::Init),
    Intake(intake::Intake),
    Import(import::Import),
    Keys(keys::Keys),
    Known(known::Known),
    Link(link::Link),
    List(list::List),
    Log(Box<log::Log>),
    Merge(merge::Merge),
    #[command(subcommand)]
    Mail(mail::MailCommand),
    Man(man::Man),
    Note(note::Note),
    Order(order::Order),
    Patched(estimate::Patched),
    Pay(pay::Pay),
    Policy(policy::Policy),
    Refund(pay::Refund),
    Receipt(receipt::Receipt),
    Redact(redact::Redact),
    Reopen(reopen::Reopen),
    Report(report::Report),
    Resolve(resolve::Resolve),
    Respond(respond::Respond),
    Resume(wait::Resume),
    Ring(ring::Ring),
    Schedule(schedule::Schedule),
    Schema(schema::Schema),
    Search(search::Search),
    Severity(severity::Severity),
    Show(show::Show),
    Snippets(snippets::Snippets),
    Split(split::Split),
    Status(status::Status),
    Tail(tail::Tail),
    Themes(themes::Themes),
    Tick(tick::Tick),
    Undo(undo::Undo),
    Unmerge(merge::Unmerge),
    Wait(wait::Wait),
    Waive(pay::Waive),
}

/// The program's version, that of the desks it makes, and SQLite's: what a report of a fault should name.
fn versions() -> String {
    format!(
        "{}\ndesk schema {SCHEMA}, SQLite {}",
        env!("CARGO_PKG_VERSION"),
        sqlite_version()
    )
}
