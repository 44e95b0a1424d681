//! The objects of a JSON file: one a line, one after the other, or in a list.

use serde_json::{Map, Value};

/// An object with the line that it begins in, or why there is none.
pub(super) type Object = (u64, Result<Map<String, Value>, String>);

/// The objects of a text: the items of a list, else what stands in its lines.
pub(super) fn objects(text: &str) -> Vec<Object> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().starts_with('[') {
        true => items(text),
        false => lines(text),
    }
}

fn lines(text: &str) -> Vec<Object> {
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| (number, object(serde_json::from_str(line))))
        .collect()
}

/// The items of a list. What is no JSON ends it.
fn items(text: &str) -> Vec<Object> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1);
    let mut first = true;
    loop {
        // What stands before an item: the list's beginning, or a comma.
        let start = rest.trim_start();
        let sign = if first { '[' } else { ',' };
        let after = start.strip_prefix(sign).map(str::trim_start);
        let Some(item) = after.filter(|item| !(first && item.starts_with(']'))) else {
            let ended = start.trim_end();
            if !(ended == "]" || first && after.is_some_and(|rest| rest.trim_end() == "]")) {
                line += newlines(rest, start);
                found.push((
                    line,
                    Err("it is no JSON (the list goes wrong here)".to_owned()),
                ));
            }
            return found;
        };
        line += newlines(rest, item);
        let mut values = serde_json::Deserializer::from_str(item).into_iter::<Value>();
        let value = values.next();
        let end = values.byte_offset();
        let Some(value) = value else {
            found.push((
                line,
                Err("it is no JSON (it ends within the list)".to_owned()),
            ));
            return found;
        };
        let ok = value.is_ok();
        found.push((line, object(value)));
        if !ok {
            return found;
        }
        let (value, next) = item.split_at_checked(end).unwrap_or((item, ""));
        line += value.bytes().filter(|byte| *byte == b'\n').count() as u64;
        rest = next;
        first = false;
    }
}

/// How many lines end before `rest` in `text`, which ends with it.
fn newlines(text: &str, rest: &str) -> u64 {
    let before = text.len().saturating_sub(rest.len());
    let before = text.bytes().take(before);
    before.filter(|byte| *byte == b'\n').count() as u64
}

fn object(value: serde_json::Result<Value>) -> Result<Map<String, Value>, String> {
    match value {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("it is no JSON object".to_owned()),
        Err(error) => Err(format!("it is no JSON ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("{\"a\":1}\n\n{\"a\":2}\n", &[(1, true), (3, true)])]
    #[case("{\"a\":1}\n7\n{", &[(1, true), (2, false), (3, false)])]
    #[case("[{\"a\":1},\n {\"a\":\n2} , {}]\n", &[(1, true), (2, true), (3, true)])]
    #[case(" [ ]\n", &[])]
    #[case("[\n{\"a\":1},\n8,{}]", &[(2, true), (3, false), (3, true)])]
    #[case("[{}\n{}]", &[(1, true), (2, false)])]
    #[case("[{},\n{\"a\" 1}]", &[(1, true), (2, false)])]
    #[case("[{}", &[(1, true), (1, false)])]
    #[case("[{},]", &[(1, true), (1, false)])]
    #[case("[", &[(1, false)])]
    fn objects_are_found_with_their_lines(#[case] text: &str, #[case] wanted: &[(u64, bool)]) {
        let found: Vec<(u64, bool)> = objects(text)
            .iter()
            .map(|(line, object)| (*line, object.is_ok()))
            .collect();
        assert_eq!(found, wanted);
    }
}
