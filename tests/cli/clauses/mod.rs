//! The clauses of the five policies, by their numbers in `policies.md`.

mod emergency;
mod escalation;
mod forks;
mod kept;
mod messages;
mod money;
mod per_incident;
mod season_ticket;
mod severity;
mod tech_reference;
