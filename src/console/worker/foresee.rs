//! What commands would do to the deadlines, without doing it.

use super::Worker;
use crate::incident::Command;
use crate::store::{Done, StoreError};

/// How many moved deadlines are told one by one.
const TOLD: usize = 6;

impl Worker {
    /// Which deadlines these commands would move, in words.
    pub(super) fn rehearse(&mut self, commands: &[Command]) -> Result<String, StoreError> {
        let context = self.context(None, None);
        let (now, zone) = (context.now, self.start.zone);
        let Some(desk) = &mut self.desk else {
            return Err(StoreError::Missing(self.start.desk.clone()));
        };
        let moved = desk.rehearse(|batch| {
            let mut moved = Vec::new();
            for command in commands {
                if let Done::Closure(id) = batch.execute(command, &context)? {
                    moved.extend(batch.desk().moved_by(id)?);
                }
            }
            Ok(moved)
        })?;
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
