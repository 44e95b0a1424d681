//! The console's keys and the names of its actions, as the commands that they stand for here.

use crate::config::NamedKeys;
use crate::incident::StepKind;

/// The actions of the console that are commands, each with the words of its command; `@me` stands for the agent.
const COMMANDS: [(&str, &str); 46] = [
    ("call", "call start"),
    ("ring up", "call out"),
    ("same", "same"),
    ("hang up", "call end"),
    ("hold", "call hold"),
    ("answer", "call answer"),
    ("hand over call", "call hand"),
    ("open", "open"),
    ("back", "leave"),
    ("respond", "respond"),
    ("to me", "assign @me"),
    ("assign", "assign"),
    ("wait", "wait"),
    ("resolve", "resolve"),
    ("note", "note"),
    ("severity", "severity"),
    ("estimate", "estimate"),
    ("escalate", "escalate"),
    ("pay", "pay"),
    ("accept", "accept"),
    ("decline", "decline"),
    ("given", "given"),
    ("reopen", "reopen"),
    ("emergency", "emergency"),
    ("split", "split"),
    ("merge", "merge"),
    ("undo", "undo"),
    ("link", "link"),
    ("known fault", "known"),
    ("schedule", "schedule"),
    ("close", "close"),
    ("patched", "patched"),
    ("explain", "explain"),
    ("receipt", "receipt"),
    ("new", "log"),
    ("filter", "list"),
    ("change", "edit"),
    ("send", "mail send"),
    ("queue", "list"),
    ("calls", "call list"),
    ("customers", "customer list"),
    ("messages", "mail list"),
    ("reports", "report"),
    ("hours", "hours"),
    ("handover", "handover"),
    ("quit", "quit"),
];

/// The command that an action stands for.
fn command(action: &str) -> Option<&'static str> {
    let found = COMMANDS.iter().find(|(name, _)| *name == action);
    found.map(|(_, command)| *command)
}

/// The kinds of step that a command about an incident takes, of which one must be possible before anything is asked.
pub(super) fn kinds(command: &str) -> &'static [StepKind] {
    match command {
        "accept" => &[StepKind::Accept],
        "assign" => &[StepKind::Assign],
        "close" => &[StepKind::Close],
        "decline" => &[StepKind::Decline],
        "edit" => &[StepKind::Edit],
        "emergency" => &[StepKind::Emergency],
        "escalate" => &[StepKind::Escalate],
        "estimate" => &[StepKind::Estimate],
        "given" => &[StepKind::Given],
        "known" => &[StepKind::Known],
        "merge" => &[StepKind::Merge],
        "order" => &[StepKind::Order],
        "patched" => &[StepKind::Patched],
        "pay" => &[StepKind::Pay, StepKind::Cover],
        "refund" => &[StepKind::Refund],
        "reopen" => &[StepKind::Reopen],
        "resolve" => &[StepKind::Resolve],
        "respond" => &[StepKind::Respond],
        "resume" => &[StepKind::Resume],
        "schedule" => &[StepKind::Schedule, StepKind::CancelAppointment],
        "severity" => &[StepKind::Severity],
        "split" => &[StepKind::Split],
        "unmerge" => &[StepKind::Unmerge],
        "wait" => &[StepKind::Wait],
        "waive" => &[StepKind::Waive],
        _ => &[],
    }
}

/// Puts the command in place of a key or a name of an action, where the words begin with one. Gives what was typed with
/// it; nothing where they are a command already.
pub(super) fn in_words(
    words: &mut Vec<String>,
    keys: &[NamedKeys],
    me: &str,
) -> Option<Vec<String>> {
    let first = words.first()?;
    let is_key = |action: &&NamedKeys| action.keys.iter().any(|key| key == first);
    // A key is one sign, or F and a number: longer words are commands.
    let key = keys
        .iter()
        .find(is_key)
        .and_then(|action| command(&action.name));
    let by_name = || {
        let longest = words.len().min(3);
        (2..=longest).rev().find_map(|many| {
            let name = words.get(..many)?.join(" ");
            Some((many, command(&name)?))
        })
    };
    let (many, command) = key.map(|command| (1, command)).or_else(by_name)?;
    let said = words.get(many..).unwrap_or_default().to_vec();
    let own = command.split(' ').map(|word| match word {
        "@me" => me.to_owned(),
        word => word.to_owned(),
    });
    words.splice(..many, own);
    Some(said)
}

/// The keys that can be typed, with what they stand for.
pub(super) fn listed(keys: &[NamedKeys]) -> String {
    let line = |action: &NamedKeys| {
        let command = command(&action.name)?.replace("@me", "to you");
        let keys = action.keys.join(" or ");
        (!keys.is_empty()).then(|| format!("{keys}: {command}. {}.", action.about))
    };
    keys.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("r We see it", "respond We see it")]
    #[case("A", "assign mira")]
    #[case("to me", "assign mira")]
    #[case("hang up --answered", "call end --answered")]
    #[case("F2", "call list")]
    #[case("list", "list")]
    #[case("call list", "call list")]
    fn a_key_or_a_name_stands_for_its_command(#[case] typed: &str, #[case] command: &str) {
        let action = |(name, key): (&str, &str)| NamedKeys {
            name: name.to_owned(),
            keys: vec![key.to_owned()],
            about: String::new(),
        };
        let keys = [
            ("respond", "r"),
            ("to me", "A"),
            ("calls", "F2"),
            ("down", "l"),
        ];
        let keys = keys.map(action);
        let mut words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        in_words(&mut words, &keys, "mira");
        assert_eq!(words.join(" "), command);
    }
}
