//! What must hold of mail that comes in and of messages that go out.

use holdline::incident::{Event, MailState};
use holdline::store::HowTaken;

use super::{Timelines, Walk};

pub(super) fn of_desk(walk: &Walk, timelines: &Timelines) {
    mail(walk, timelines);
    messages(walk);
}

/// No mail is lost: each that came in is there once, and where it was said to go.
fn mail(walk: &Walk, timelines: &Timelines) {
    let arrived = walk.desk.arrived(&[], usize::MAX).unwrap();
    assert_eq!(arrived.len(), walk.mails.len());
    for mail in arrived {
        let (identity, became) = &walk.mails[&mail.id];
        assert_eq!(&mail.arrival.identity, identity);
        let taken_by = match became {
            None => {
                assert_eq!(mail.state, MailState::Dismissed, "{mail:?}");
                assert!(mail.dismissed.is_some(), "{mail:?}");
                continue;
            }
            Some(HowTaken::Opened(number) | HowTaken::Joined(number)) => *number,
            Some(_) => {
                assert_eq!(mail.state, MailState::Waiting, "{mail:?}");
                assert!(mail.reason.is_some(), "{mail:?}");
                continue;
            }
        };
        assert_eq!(
            (mail.state, mail.incident),
            (MailState::Taken, Some(taken_by)),
            "{mail:?}"
        );
        let takes = timelines[&taken_by].iter().filter(
            |entry| matches!(&entry.event, Event::MailTaken(taken) if taken.mail == mail.id),
        );
        assert_eq!(takes.count(), 1, "{mail:?}");
    }
}

/// One step writes one message of a kind.
fn messages(walk: &Walk) {
    let twice: Option<String> = walk
        .sql
        .query_row(
            "SELECT max(incident || ' ' || occasion) FROM
               (SELECT m.incident, m.occasion,
                       (SELECT max(s.seq) FROM step s WHERE s.incident = m.incident AND s.seq <= m.seq) AS step
                FROM message m GROUP BY 1, 2, 3 HAVING count(*) > 1)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(twice, None);
}
