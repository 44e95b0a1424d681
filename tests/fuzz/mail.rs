//! Mail as it comes in, and mail as it goes out.

use chrono::{DateTime, Utc};
use holdline::mail;

use crate::tries;

const WHOLE: &str = "Received: by shop.example; Mon, 23 Nov 2026 11:30:00 +0000\r\nFrom: =?utf-8?Q?Ada?= <ada@x.example>\r\n\
    To: a@b.example, c@d.example\r\nSubject: [10001-4] =?iso-8859-1?B?/GJlcg==?=\r\nMIME-Version: 1.0\r\n\
    In-Reply-To: <one@shop.example>\r\nReferences: <one@shop.example> <two@shop.example>\r\n\
    Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n\
    --c\r\nContent-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--c\r\n\
    Content-Type: text/html\r\n\r\n<p>hello</p>\r\n--c--\r\n--b\r\nContent-Disposition: attachment; \
    filename*=utf-8''..%2Fx\r\n\r\nfile\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: within\r\n\r\ntext\r\n--b--\r\n";

#[test]
fn damaged_mail_is_always_read() {
    let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
    tries(3_000, |damage| {
        let read = mail::read(&damage.bytes(WHOLE.as_bytes()), now);
        assert!(!read.arrival.subject.is_empty() && !read.arrival.identity.is_empty());
        assert!(!read.arrival.subject.contains(['\r', '\n']));
        assert!(read.arrival.delivered_at <= now);
        for file in &read.files {
            let name = &file.name;
            assert!(
                !name.is_empty() && !name.contains(['/', '\\', '\0']),
                "{name:?}"
            );
        }
    });
}
