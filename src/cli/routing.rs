//! Answers to a policy's routing questions, as they are given on the command line.

use std::collections::BTreeMap;

use super::Failure;

/// Reads `QUESTION=ANSWER`.
///
/// # Errors
/// When there is no `=` in it.
pub(super) fn answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(question, answer)| (question.trim().to_owned(), answer.trim().to_owned()))
        .ok_or_else(|| format!("\"{text}\" is no answer: write QUESTION=ANSWER"))
}

/// The answers, one to a question.
///
/// # Errors
/// When a question is answered twice.
pub(super) fn answers(given: Vec<(String, String)>) -> Result<BTreeMap<String, String>, Failure> {
    let mut answers = BTreeMap::new();
    for (question, answer) in given {
        if let Some(before) = answers.insert(question.clone(), answer) {
            return Err(Failure::Input(format!(
                "--route {question} is answered twice, also with {before}: give one answer"
            )));
        }
    }
    Ok(answers)
}
