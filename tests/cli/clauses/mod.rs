//! The clauses of the five policies, by their numbers in `policies.md`.

mod escalation;
mod money;
mod per_incident;
mod season_ticket;
mod severity;
mod tech_reference;
