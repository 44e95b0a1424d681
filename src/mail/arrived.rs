//! A mail that came in, as somebody reads it who is to decide about it.

use chrono_tz::Tz;

use crate::incident::{MailState, full_instant};
use crate::store::{Arrived, Desk};

/// The mail in words: where it stands and why, where it may belong, then what it says. Instants are those of `zone`.
pub fn in_words(mail: &Arrived, desk: &Desk, zone: Tz) -> String {
    let arrival = &mail.arrival;
    let since = full_instant(mail.changed_at, zone);
    let mut lines = vec![format!("{} {} since {since}", mail.id, mail.state.word())];
    let mut say = |what: &str, text: Option<String>| {
        lines.extend(text.map(|text| format!("{what}: {text}")));
    };
    say("Why", mail.reason.clone());
    say("Dismissed", mail.dismissed.clone());
    let belongs = match mail.state {
        MailState::Taken => "Belongs to",
        _ => "May belong to",
    };
    say(belongs, mail.incident.map(|number| number.to_string()));
    let customers: Vec<String> = mail
        .customers
        .iter()
        .map(|customer| format!("{} {}", customer.code, customer.name))
        .collect();
    say(
        "Customer",
        (!customers.is_empty()).then(|| customers.join(", ")),
    );
    let from = arrival
        .sender
        .clone()
        .unwrap_or_else(|| "nobody".to_owned());
    let from = match &arrival.sender_name {
        Some(name) => format!("{name} <{from}>"),
        None => from,
    };
    say("\nFrom", Some(from));
    say("To", Some(arrival.to.to_string()));
    say(
        "Cc",
        (!arrival.cc.is_empty()).then(|| arrival.cc.to_string()),
    );
    say("Delivered", Some(full_instant(arrival.delivered_at, zone)));
    say("Automatic", arrival.automatic.clone());
    say("Subject", Some(arrival.subject.clone()));
    say("Not kept as it was", arrival.unclear.clone());
    for file in &arrival.files {
        let path = desk.file_path(&file.hash);
        say("File", Some(format!("{file} {}", path.display())));
    }
    lines.push(String::new());
    lines.extend(arrival.text.clone());
    lines.join("\n").trim_end().to_owned()
}
