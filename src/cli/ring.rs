//! `holdline ring`.

mod agi;

use std::io::{IsTerminal, stdin};

use serde_json::json;

use super::{Failure, Session};
use crate::incident::refuse_cards;
use crate::store::{Access, Desk, Live, Ringing, Rings};

/// The longest telephone number that a telephone system gives, with some room.
const LONGEST: usize = 40;

/// What telephone systems say in place of a number that is withheld.
const WITHHELD: [&str; 10] = [
    "",
    "anonymous",
    "blocked",
    "no number",
    "none",
    "private",
    "restricted",
    "unavailable",
    "unknown",
    "withheld",
];

/// Says that somebody rings: every open console shows who it is, by the digits of the number.
///
/// Prints the number under which `call answer` takes it. It rings until somebody answers, until --over, or for two
/// minutes. Made for telephone systems, which call it themselves: see the README. --over ends what rings with that number,
/// in any notation; of callers who withhold theirs, the one who rings longest.
///
/// With --agi it is started by Asterisk's AGI(), takes the caller's number and the channel's unique id from there, by which
/// --over ends that call alone, and sets the channel's variables: HOLDLINE_CALL is always the number of the call;
/// HOLDLINE_CUSTOMER (the customer's code), HOLDLINE_POLICY (the policy that holds for it) and HOLDLINE_CALLER (who it is,
/// in words) are empty where nobody is known, or several have the number.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline ring --from \"+1 555 0100\" --line support
  holdline ring --from 5550100 --over
In Asterisk's extensions.conf:
  same => n,AGI(/usr/bin/holdline,ring,--agi,--line,support)")]
pub struct Ring {
    /// Who rings, in any notation; a withheld number as the telephone system says it: anonymous, private, unknown.
    #[arg(
        long,
        value_name = "NUMBER",
        allow_hyphen_values = true,
        required_unless_present = "agi"
    )]
    from: Option<String>,
    /// The line that rings.
    #[arg(long, value_name = "LINE")]
    line: Option<String>,
    /// The caller has given up.
    #[arg(long)]
    over: bool,
    /// Speaks with Asterisk's AGI() on standard input and output.
    #[arg(long, conflicts_with = "from")]
    agi: bool,
}

impl Ring {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let facts = self.facts()?;
        let number = dialled(&facts.caller)?;
        let line = self.line.as_deref();
        refuse_cards("line", line.unwrap_or_default())?;
        let desk = session.open(Access::Read)?;
        let mut live = Live::open(desk.path())?;
        let ringing = Ringing {
            number: &number,
            line,
            channel: facts.channel.as_deref(),
        };
        if self.over {
            let rang = live.ring_over(ringing, session.now())?;
            return self.is_over(session, &number, rang);
        }
        let id = live.ring(ringing, session.now())?;
        let who = desk.who_rings(&number)?;
        if self.agi {
            return tell(session, &desk, id, &who);
        }
        let who = who.in_words();
        session.answer(
            &json!({ "call": id, "from": number, "who": who }),
            format_args!("{id} {who}"),
        )
    }

    /// Who rings, as it was given.
    fn facts(&self) -> Result<agi::Facts, Failure> {
        match &self.from {
            // Rather a variable that was never filled in than somebody who withholds the number.
            Some(from) if from.trim().is_empty() => Err(Failure::Input(
                "--from is empty: give the number's digits, or \"anonymous\" where it is withheld"
                    .to_owned(),
            )),
            Some(from) => Ok(agi::Facts {
                caller: from.clone(),
                channel: None,
            }),
            None if stdin().is_terminal() => Err(Failure::Input(
                "--agi is for Asterisk's AGI(), which says who rings: say --from NUMBER".to_owned(),
            )),
            None => agi::facts(&mut stdin().lock()),
        }
    }

    fn is_over(&self, session: &Session, number: &str, rang: bool) -> Result<(), Failure> {
        if self.agi {
            return Ok(());
        }
        let words = match rang {
            true => "rings no more",
            false => "did not ring",
        };
        let who = match number {
            "" => "the caller",
            number => number,
        };
        session.answer(&json!({ "rang": rang }), format_args!("{who} {words}"))
    }
}

/// Tells the telephone system who rings, for what it does with the call.
fn tell(session: &Session, desk: &Desk, id: i64, who: &Rings) -> Result<(), Failure> {
    let (code, policy, caller) = match who {
        Rings::One(customer, _) => {
            let ruling = desk.ruling(customer.policy.as_deref())?;
            let policy = ruling.policy.name.clone();
            (customer.code.clone(), policy, who.in_words())
        }
        Rings::Nobody | Rings::Several => Default::default(),
    };
    let replies = &mut stdin().lock();
    agi::set(session, replies, "HOLDLINE_CALL", &id.to_string())?;
    agi::set(session, replies, "HOLDLINE_CUSTOMER", &code)?;
    agi::set(session, replies, "HOLDLINE_POLICY", &policy)?;
    agi::set(session, replies, "HOLDLINE_CALLER", &caller)
}

/// A number as a telephone system gives it, without its scheme and domain; nothing where it is withheld.
///
/// # Errors
/// When it is no number of any kind.
pub(super) fn dialled(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    let bare = ["tel:", "sip:", "sips:"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
        .unwrap_or(text);
    let bare = bare.split(['@', ';']).next().unwrap_or_default().trim();
    if WITHHELD.contains(&bare.to_lowercase().as_str()) {
        return Ok(String::new());
    }
    let digits = bare.contains(|c: char| c.is_ascii_digit());
    let fits = bare
        .chars()
        .all(|c| c.is_ascii_digit() || "+-./() *#".contains(c));
    if digits && fits && bare.len() <= LONGEST {
        return Ok(bare.to_owned());
    }
    Err(Failure::Input(format!(
        "\"{text}\" is no telephone number: give its digits, as in \"+1 555 0100\", or \"anonymous\" where it is withheld"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_many_notations() {
        for (given, number) in [
            ("+1 555 0100", "+1 555 0100"),
            ("tel:+1-555-0100;ext=3", "+1-555-0100"),
            ("sip:5550100@pbx.example", "5550100"),
            ("anonymous", ""),
            ("Withheld", ""),
            ("", ""),
            ("sip:anonymous@anonymous.invalid", ""),
        ] {
            assert_eq!(dialled(given).unwrap(), number, "{given}");
        }
        for wrong in ["abc", "+-", "call 5550100", "\u{1b}[2J1", &"5".repeat(41)] {
            assert!(dialled(wrong).is_err(), "{wrong}");
        }
    }
}
