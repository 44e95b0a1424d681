//! The clauses of the five policies, by their numbers in `policies.md`.

mod appointments;
mod closures;
mod correspondence;
mod counted;
mod emergency;
mod escalation;
mod forks;
mod hours;
mod intake;
mod kept;
mod messages;
mod money;
mod per_incident;
mod reported;
mod season_ticket;
mod severity;
mod tech_reference;
