//! The timeline itself: no entry missing, the chain unbroken, every text as it was written.

use rusqlite::Connection;

use super::{Fault, Head};
use crate::store::chain::{self, Hash, Link};
use crate::store::{StoreError, Watch, erase};

/// Follows the chain from the first entry on, and gives its head.
pub(super) fn check(
    connection: &Connection,
    earlier: Option<&Head>,
    all: u64,
    watch: &mut Watch<'_>,
) -> Result<Head, StoreError> {
    let rests = erase::rests(connection)?;
    let mut head = Head::default();
    let mut met = earlier.is_none_or(|earlier| *earlier == head);
    let mut statement = connection.prepare(
        "SELECT seq, incident, customer, at, recorded_at, agent, kind, facts, words, coalesce(salts, x''),
                coalesce(digests, x''), hash FROM timeline ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = head.place + 1;
        // A text that is none is not as it was written, either.
        let text = |column| {
            row.get::<_, String>(column).map_err(|_| Fault::Altered {
                place,
                kind: "not to be read".to_owned(),
            })
        };
        let (agent, kind, facts) = (text(5)?, text(6)?, text(7)?);
        let link = Link {
            seq: row.get(0)?,
            incident: row.get(1)?,
            customer: row.get(2)?,
            at: row.get(3)?,
            recorded_at: row.get(4)?,
            agent: &agent,
            kind: &kind,
            facts: &facts,
        };
        if link.seq != place {
            return Err(Fault::Missing(place).into());
        }
        let (words, salts): (_, Vec<u8>) = (row.get::<_, Option<String>>(8), row.get(9)?);
        let digests: Vec<u8> = row.get(10)?;
        let rests = rests.get(&place).map(Vec::as_slice).unwrap_or_default();
        let hash: Hash = chain::hash(&head.hash, &link, &digests);
        // In what is hashed, 0 stands for none.
        let zero = link.incident == Some(0) || link.customer == Some(0);
        if row.get::<_, Vec<u8>>(11)? != hash || zero {
            return Err(Fault::Altered { place, kind }.into());
        }
        let altered = match &words {
            Ok(words) => chain::altered(words.as_deref(), &salts, &digests, rests),
            Err(_) => Some("text".to_owned()),
        };
        if let Some(key) = altered {
            return Err(Fault::AlteredText { place, kind, key }.into());
        }
        head = Head { place, hash };
        met |= earlier == Some(&head);
        watch.tell("entries", place.unsigned_abs(), all)?;
    }
    match earlier {
        Some(earlier) if !met => Err(Fault::OtherHead(earlier.place).into()),
        _ => Ok(head),
    }
}
