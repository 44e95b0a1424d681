//! Mail that came in: every entry about one and its row agree, and its files lie beside the desk as they came. What an
//! incident took is compared with the rest of that incident.

use std::collections::HashMap;

use super::Fault;
use crate::incident::MailId;
use crate::store::{Desk, StoreError};

/// A mail that waited, as its entries tell: what identifies it, the newest entry, whether it was dismissed.
struct Told {
    identity: String,
    dismissed: bool,
    changed: i64,
}

pub(super) fn check(desk: &Desk) -> Result<(), StoreError> {
    let mut told = told(desk)?;
    let mut statement = desk
        .connection
        .prepare("SELECT id, identity, state, changed, came FROM arrival ORDER BY id")?;
    let mut taken = desk.connection.prepare(
        "SELECT 1 FROM timeline WHERE seq = ?1 AND kind = 'mail-taken' AND json_extract(facts, '$.mail') = ?2",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mail = MailId(row.get(0)?);
        let (identity, state): (String, String) = (row.get(1)?, row.get(2)?);
        let changed: i64 = row.get(3)?;
        let waited = told.remove(&mail);
        let what = match (&waited, state.as_str()) {
            (Some(waited), _) if waited.identity != identity => "it is another mail",
            (Some(waited), "dismissed") if !waited.dismissed => "nobody dismissed it",
            (Some(waited), "waiting" | "dismissed") if waited.changed != changed => {
                "another entry is the newest about it"
            }
            (Some(waited), "waiting" | "taken") if waited.dismissed => "it was dismissed",
            (None, "waiting" | "dismissed") => "no entry tells that it came",
            (None, _) if changed != row.get::<_, i64>(4)? => "no entry tells that it came",
            (_, state) if !["waiting", "taken", "dismissed"].contains(&state) => {
                "it is in no state that there is"
            }
            (_, "taken") if !taken.exists((changed, mail.to_string()))? => "no incident took it",
            _ => continue,
        };
        return Err(Fault::Mail { mail, what }.into());
    }
    if let Some(mail) = told.into_keys().min() {
        let what = "it is not there";
        return Err(Fault::Mail { mail, what }.into());
    }
    files(desk)
}

/// What the entries tell of mail that waited.
fn told(desk: &Desk) -> Result<HashMap<MailId, Told>, StoreError> {
    let mut statement = desk.connection.prepare(
        "SELECT seq, kind, json_extract(facts, '$.mail'), json_extract(facts, '$.identity') FROM told
         WHERE kind IN ('mail-quarantined', 'mail-dismissed') ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut found: HashMap<MailId, Told> = HashMap::new();
    while let Some(row) = rows.next()? {
        let mail: MailId = row.get::<_, String>(2)?.parse()?;
        let changed = row.get(0)?;
        match row.get::<_, Option<String>>(3)? {
            Some(identity) => {
                let told = Told {
                    identity,
                    dismissed: false,
                    changed,
                };
                found.insert(mail, told);
            }
            None => {
                if let Some(told) = found.get_mut(&mail) {
                    told.dismissed = true;
                    told.changed = changed;
                }
            }
        }
    }
    Ok(found)
}

fn files(desk: &Desk) -> Result<(), StoreError> {
    let mut statement = desk
        .connection
        .prepare("SELECT mail, hash FROM attachment ORDER BY mail, n")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hash: String = row.get(1)?;
        if !desk.has_file(&hash) {
            return Err(Fault::Attachment {
                mail: MailId(row.get(0)?),
                path: desk.file_path(&hash).display().to_string(),
            }
            .into());
        }
    }
    Ok(())
}
