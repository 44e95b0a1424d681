//! Asterisk's gateway interface (AGI): a program that it starts for a call reads the call's facts on its standard input,
//! and answers with commands on its standard output, each of which is acknowledged by a line.

use std::io::{BufRead, Read};

use crate::cli::{Failure, Session};

/// The most that is read of what comes: Asterisk sends about twenty short lines.
const MOST: u64 = 64 * 1024;

/// What a call's fact is called that says who rings.
const CALLER: &str = "agi_callerid:";
/// What that is called which tells the call from every other.
const CHANNEL: &str = "agi_uniqueid:";
/// The longest name of a call that is kept; Asterisk's have at most 149 letters.
const LONGEST: usize = 160;

/// What is asked of a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// The caller's number; of whoever withholds it Asterisk says `unknown`.
    pub(super) caller: String,
    /// The channel's unique id, where it is said.
    pub(super) channel: Option<String>,
}

/// The facts of a call, which end with an empty line.
///
/// # Errors
/// When they do not come, or do not say who rings.
pub(super) fn facts(facts: &mut impl BufRead) -> Result<Facts, Failure> {
    let (mut caller, mut channel) = (None, None);
    let lines = facts.take(MOST).lines();
    let facts = lines.map_while(|line| line.ok().filter(|line| !line.trim().is_empty()));
    for fact in facts {
        let value = |name| fact.strip_prefix(name).map(|value| value.trim().to_owned());
        caller = caller.or_else(|| value(CALLER));
        channel = channel.or_else(|| value(CHANNEL));
    }
    channel = channel.filter(|name| !name.is_empty() && name.len() <= LONGEST);
    caller.map(|caller| Facts { caller, channel }).ok_or_else(|| {
        Failure::Input(format!(
            "no \"{CALLER}\" came on standard input: --agi is for Asterisk's AGI(); anybody else says --from NUMBER"
        ))
    })
}

/// Sets a variable of the channel, and waits until that is acknowledged, or the call is over.
///
/// # Errors
/// When the telephone system does not listen any more.
pub(super) fn set(
    session: &Session,
    replies: &mut impl BufRead,
    name: &str,
    value: &str,
) -> Result<(), Failure> {
    session.print_raw(&command(name, value))?;
    replies.take(MOST).read_line(&mut String::new())?;
    Ok(())
}

/// A command in one line, whatever is in the value.
fn command(name: &str, value: &str) -> String {
    let mut quoted = String::new();
    for c in value.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    format!("SET VARIABLE {name} \"{quoted}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_become_a_command() {
        let told = command("HOLDLINE_CALLER", "Ada \"A\\\" Lane\nHANGUP");
        assert_eq!(
            told,
            "SET VARIABLE HOLDLINE_CALLER \"Ada \\\"A\\\\\\\" LaneHANGUP\"\n"
        );
    }

    #[test]
    fn what_follows_the_empty_line_is_left_to_be_read() {
        let mut input =
            "agi_request: x\nagi_callerid: 15550100\nagi_callerid: 2\n\n200 result=1\n".as_bytes();
        let told = facts(&mut input).unwrap();
        assert_eq!((told.caller.as_str(), told.channel), ("15550100", None));
        assert_eq!(input, "200 result=1\n".as_bytes());
        assert!(facts(&mut "agi_request: x\n\n".as_bytes()).is_err());
        assert!(facts(&mut "".as_bytes()).is_err());
    }
}
