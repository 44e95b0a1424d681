//! What commands would do to the deadlines, without doing it.

use super::Worker;
use crate::console::update::not_told;
use crate::incident::{Command, TechRef};
use crate::store::{Done, ResolvedSame, StoreError};

/// How many moved deadlines are told one by one.
const TOLD: usize = 6;

/// Who would be resolved with a known fault and told, who not, and why.
fn resolved(same: &ResolvedSame) -> String {
    let numbers: Vec<String> = same.resolved.iter().map(TechRef::to_string).collect();
    let with = match numbers.as_slice() {
        [] => "no other".to_owned(),
        numbers => numbers.join(", "),
    };
    let messages = match same.messages.len() {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    };
    let mut lines = vec![format!("Resolves with {}: {with}; {messages}.", same.fault)];
    lines.extend(not_told(same));
    lines.join("\n")
}

impl Worker {
    /// Which deadlines these commands would move, in words.
    pub(super) fn rehearse(&mut self, commands: &[Command]) -> Result<String, StoreError> {
        let context = self.context(None, None);
        let (now, zone) = (context.now, self.start.zone);
        let Some(desk) = &mut self.desk else {
            return Err(StoreError::Missing(self.start.desk.clone()));
        };
        let (moved, together) = desk.rehearse(|batch| {
            let (mut moved, mut together) = (Vec::new(), None);
            for command in commands {
                match batch.execute(command, &context)? {
                    Done::Closure(id) => moved.extend(batch.desk().moved_by(id)?),
                    Done::Resolved(same) => together = Some(same),
                    _ => {}
                }
            }
            Ok((moved, together))
        })?;
        if let Some(same) = together {
            return Ok(resolved(&same));
        }
        let missed = moved.iter().filter(|moved| moved.is_missed(now)).count();
        let mut words = match moved.len() {
            0 => "No deadline moves.".to_owned(),
            1 => "1 deadline moves".to_owned(),
            many => format!("{many} deadlines move"),
        };
        if missed > 0 {
            words.push_str(&format!(", {missed} into the past"));
        }
        for moved in moved.iter().take(TOLD) {
            words.push_str(&format!("\n{}", moved.in_words(zone, now)));
        }
        if moved.len() > TOLD {
            words.push_str(&format!("\nand {} more", moved.len() - TOLD));
        }
        Ok(words)
    }
}
