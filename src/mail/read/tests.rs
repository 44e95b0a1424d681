use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-23T21:00:00Z".parse().unwrap()
}

fn arrival(text: &str) -> Arrival {
    read(text.as_bytes(), now()).arrival
}

#[test]
fn a_mail_is_read_as_it_is_written() {
    let mail = "Received: from mx.blue-fern.test by shop.test; Mon, 23 Nov 2026 12:00:00 -0800\r\n\
                Received: from pc by mx.blue-fern.test; Mon, 23 Nov 2026 11:00:00 -0800\r\n\
                Date: Fri, 1 Jan 2021 00:00:00 +0000\r\n\
                Message-ID: <a1@blue-fern.test>\r\nIn-Reply-To: <b2@shop.test>\r\n\
                References: <b1@shop.test> <b2@shop.test>\r\n\
                From: =?utf-8?Q?Ada_M=C3=B6ss?= <Ada@blue-fern.test>\r\n\
                To: support@shop.test, Kim <kim@shop.test>\r\nCc: kim@shop.test\r\n\
                Subject: =?utf-8?Q?Re:_[10001-4]_Gr=C3=BC=C3=9Fe?=\r\n\r\nIt still\r\nstops.\r\n";
    let found = arrival(mail);
    assert_eq!(found.message_id.as_deref(), Some("a1@blue-fern.test"));
    assert_eq!(found.replies_to, ["b2@shop.test", "b1@shop.test"]);
    assert_eq!(found.sender.as_deref(), Some("Ada@blue-fern.test"));
    assert_eq!(found.sender_name.as_deref(), Some("Ada Möss"));
    assert_eq!(found.to.to_string(), "support@shop.test, kim@shop.test");
    assert!(found.reaches("KIM@shop.test"));
    assert_eq!(found.subject, "Re: [10001-4] Grüße");
    assert_eq!(found.text.as_deref(), Some("It still\nstops."));
    let delivered: DateTime<Utc> = "2026-11-23T20:00:00Z".parse().unwrap();
    assert_eq!(found.delivered_at, delivered);
    assert_eq!((found.automatic, found.unclear), (None, None));
}

#[rstest]
#[case::future("Tue, 24 Nov 2026 12:00:00 +0000")]
#[case::before_all_calendars("Mon, 23 Nov 1970 12:00:00 +0000")]
#[case::none("soon")]
#[case::wild("Mon, 99 Nov 2026 99:99:99 +9999")]
fn a_clock_that_cannot_be_right_is_not_believed(#[case] date: &str) {
    let mail = format!("Received: by shop.test; {date}\nFrom: ada@blue-fern.test\n\nHello");
    assert_eq!(arrival(&mail).delivered_at, now());
}

#[rstest]
#[case("Auto-Submitted: auto-replied (vacation)", true, true)]
#[case("Auto-Submitted: no", false, false)]
#[case("Return-Path: <>", true, true)]
#[case("Return-Path: <ada@blue-fern.test>", false, false)]
#[case("List-Id: <all.blue-fern.test>", true, false)]
#[case("Precedence: bulk", true, false)]
#[case("Precedence: auto_reply", true, true)]
#[case("X-Priority: 1", false, false)]
fn programs_and_lists_are_told_apart(
    #[case] header: &str,
    #[case] automatic: bool,
    #[case] program: bool,
) {
    let found = arrival(&format!("{header}\nFrom: ada@blue-fern.test\n\nHello"));
    assert_eq!(
        (found.automatic.is_some(), found.by_program),
        (automatic, program)
    );
}

#[test]
fn files_are_told_from_the_text() {
    let mail = "From: ada@blue-fern.test\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
                --b\nContent-Type: text/plain\n\nSee these.\n\
                --b\nContent-Type: image/png; name=\"../a.png\"\nContent-Transfer-Encoding: base64\n\n\
                AAECAw==\n--b\nContent-Type: application/pdf; name=A.PNG\n\nx\n\
                --b\nContent-Type: application/zip\nContent-Disposition: attachment\n\ny\n--b--\n";
    let found = read(mail.as_bytes(), now());
    assert_eq!(found.arrival.text.as_deref(), Some("See these."));
    let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.png", "2-A.PNG", "attachment-3"]);
    assert_eq!(found.files[0].bytes, [0, 1, 2, 3]);
    assert_eq!(found.files[0].media.as_deref(), Some("image/png"));
}

#[test]
fn what_is_too_long_is_cut_and_kept_whole_as_a_file() {
    let mail = format!("From: ada@blue-fern.test\n\n{}", "é ".repeat(40_000));
    let found = read(mail.as_bytes(), now());
    let text = found.arrival.text.unwrap();
    assert!(text.len() <= MOST_TEXT && text.len() > MOST_TEXT - 8);
    assert!(found.arrival.unclear.unwrap().contains("64 KiB"));
    assert_eq!(found.files[0].name, "message.eml");
    assert_eq!(found.files[0].bytes, mail.as_bytes());
}

#[rstest]
#[case::nothing("")]
#[case::words("Hello there")]
#[case::no_sender("Subject: x\n\ny")]
#[case::two_senders("From: ada@blue-fern.test, kim@blue-fern.test\n\ny")]
#[case::two_headers("From: ada@blue-fern.test\nFrom: kim@blue-fern.test\n\ny")]
#[case::no_address("From: Ada\n\ny")]
#[case::two_in_one("From: <ada@blue-fern.test\\nkim@blue-fern.test>\n\ny")]
fn what_has_no_one_sender_is_kept_whole(#[case] mail: &str) {
    let found = read(mail.as_bytes(), now());
    assert_eq!(found.arrival.sender, None);
    assert!(found.arrival.unclear.is_some());
    assert_eq!(found.files.last().unwrap().bytes, mail.as_bytes());
}

#[test]
fn a_second_copy_is_known_by_its_id_and_sender() {
    let mail = |id: &str, from: &str, way: &str| {
        let text = format!("Received: {way}\n{id}From: {from}\n\nHello");
        arrival(&text).identity
    };
    let (id, ada) = ("Message-ID: <a1@blue-fern.test>\n", "ada@blue-fern.test");
    assert_eq!(mail(id, ada, "one"), mail(id, "ADA@blue-fern.test", "two"));
    assert_ne!(mail(id, ada, "one"), mail(id, "kim@blue-fern.test", "one"));
    assert_eq!(mail("", ada, "one"), mail("", ada, "one"));
    assert_ne!(mail("", ada, "one"), mail("", ada, "two"));
}

/// Whatever was read is within its bounds, and acts on nothing.
fn bounded_and_clean(bytes: &[u8]) {
    let found = read(bytes, now());
    let arrival = &found.arrival;
    assert!(arrival.delivered_at <= now());
    assert!(arrival.subject.chars().count() <= MOST_SUBJECT);
    assert!(!arrival.subject.is_empty() && !arrival.subject.contains(char::is_control));
    let text = arrival.text.as_deref().unwrap_or_default();
    assert!(text.len() <= MOST_TEXT);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
    assert!(arrival.sender.as_deref().is_none_or(is_address));
    assert!(arrival.to.iter().chain(arrival.cc.iter()).all(is_address));
    assert!(found.files.len() <= MOST_FILES + 1);
    for file in &found.files {
        assert!(!file.name.is_empty() && !file.name.starts_with('.'));
        assert!(
            !file
                .name
                .contains(|c: char| c.is_control() || c == '/' || c == '\\')
        );
    }
}

const PIECES: [&str; 24] = [
    "From: ada@blue-fern.test\r\n",
    "From: ",
    "Subject: [10001-4] =?utf-8?B?w7w=?=\r\n",
    "Subject: =?x?Q?=00=1b",
    "Message-ID: <a@b>\r\n",
    "References: <a@b> <c\r\n",
    "Received: by x; Mon, 23 Nov 2026 12:00:00 -9999\r\n",
    "Received: ;;\r\n",
    "To: a@b, <c@d>, group: e@f, ;\r\n",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: multipart/mixed; boundary=\"\"\r\n",
    "Content-Type: text/html; charset=utf-7\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-Disposition: attachment; filename*0*=utf-8''..%2F; filename*1=x\r\n",
    "\r\n",
    "\n",
    "--b\r\n",
    "--b--\r\n",
    "<p>Hello &#0;&#x110000;<script><!--",
    "=ff=3",
    "QUJD\u{0}\u{202e}",
    "begin 644 x\r\n",
];

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        bounded_and_clean(&bytes);
    }

    #[test]
    fn any_pieces_of_mail_are_read(pieces in prop::collection::vec((0..PIECES.len(), any::<u8>()), 0..60)) {
        let mut bytes = Vec::new();
        for (piece, wild) in pieces {
            bytes.extend_from_slice(PIECES[piece].as_bytes());
            if wild > 230 {
                bytes.push(wild);
            }
        }
        bounded_and_clean(&bytes);
    }
}

#[test]
fn deep_and_wide_mail_is_read() {
    let nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(3_000);
    bounded_and_clean(nested.as_bytes());
    let inside = "Content-Type: message/rfc822\r\n\r\n".repeat(3_000);
    bounded_and_clean(inside.as_bytes());
    let many = format!(
        "From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(500)
    );
    bounded_and_clean(many.as_bytes());
    assert_eq!(read(many.as_bytes(), now()).files.len(), MOST_FILES + 1);
    let to = format!("To: {}\r\n\r\nx", "ada@blue-fern.test, ".repeat(20_000));
    bounded_and_clean(to.as_bytes());
}
