//! With whom a severity is agreed on several incidents: with each one's own people.

use crate::incident::{Command, Customer, Incident, Step};

/// The command as it is meant for this incident: a severity is agreed with its own contact, or with the one who is named
/// where that is one of the customer's people.
///
/// # Errors
/// Why nobody is known with whom it was agreed, in words for the agent.
pub fn with_its_own(
    command: &Command,
    incident: &Incident,
    customer: &Customer,
) -> Result<Command, String> {
    let Command::Step(
        number,
        Step::Severity {
            severity,
            agreed_with,
        },
    ) = command
    else {
        return Ok(command.clone());
    };
    let spoke = incident.contact.as_ref().map(|contact| &contact.name);
    let people = spoke
        .into_iter()
        .chain(customer.contacts.iter().map(|it| &it.name));
    let typed = agreed_with.trim();
    let alone = customer.contacts.is_empty().then_some(&customer.name);
    let with = match typed {
        "" => spoke.or(match customer.contacts.as_slice() {
            [only] => Some(&only.name),
            _ => alone,
        }),
        name => people
            .chain(alone)
            .find(|known| known.to_lowercase() == name.to_lowercase()),
    };
    let with = with.ok_or_else(|| match typed {
        "" => "nobody is named as its contact: agree on it alone, and say with whom".to_owned(),
        name => format!(
            "{name} is none of its customer's people: leave the name out, or agree on it alone"
        ),
    })?;
    Ok(Command::Step(
        *number,
        Step::Severity {
            severity: severity.clone(),
            agreed_with: with.clone(),
        },
    ))
}
