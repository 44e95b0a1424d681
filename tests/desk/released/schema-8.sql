-- A desk as it was while schema 8 was the newest, made by the program of that time.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE desk (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO desk VALUES('made_at','2026-11-23T21:00:00+00:00');
INSERT INTO desk VALUES('name','Front desk');
CREATE TABLE timeline (
    seq         INTEGER PRIMARY KEY,
    incident    INTEGER,
    customer    INTEGER,
    at          INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    agent       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    facts       TEXT NOT NULL,
    words       TEXT,
    salts       BLOB,
    digests     BLOB,
    hash        BLOB NOT NULL
) STRICT;
INSERT INTO timeline VALUES(1,NULL,NULL,1795467600,1795467600,'root as mira','agent-added','{"name":"mira"}',NULL,X'',X'',X'0ed0fb1de1d4caa68fcede25e3553abc127d44af1d1da75c415b721d43914fa2');
INSERT INTO timeline VALUES(2,NULL,NULL,1795467600,1795467600,'root as mira','policy-added','{"file":"# Prepaid incidents, singly or as a ticket of ten; each is accepted into remit first; no hours and no target are stated.\n#\n# To make it your own: copy this file, change its name and whatever else differs, try it with\n# `holdline policy check FILE`, and add it with `holdline policy add FILE`. Unknown keys are refused, so that no\n# promise is dropped by a slip of the pen.\n#\n# The source names neither prices nor addresses: adding the policy asks for them, and `$name` below stands for the\n# answer. The examples are for sample desks alone.\n\nname = \"season-ticket\"\ntitle = \"Per-incident support and season tickets\"\nsummary = \"Prepaid incidents or a ticket of ten; accepted into remit first; no hours, no targets\"\nchannels = [\"phone\", \"mail\"]\n\n# No [calendar] and no [response]: the source states neither hours nor a target, so none are invented.\n\n[[setting]]\nkey = \"price\"\nask = \"What does one incident cost?\"\nexample = \"60.00\"\n\n[[setting]]\nkey = \"pack_price\"\nask = \"What does a season ticket for ten incidents cost?\"\nexample = \"450.00\"\n\n[[setting]]\nkey = \"currency\"\nask = \"In which currency (three letters)?\"\nexample = \"GBP\"\n\n[[setting]]\nkey = \"product_management\"\nask = \"Which mail address gets enhancement requests?\"\nexample = \"product.management@example.com\"\n\n[[setting]]\nkey = \"development\"\nask = \"Which mail address gets what the developers must review?\"\nexample = \"development@example.com\"\n\n[intake]\nacceptance = true\ncovers = [\n    \"Documented features, and how to use them\",\n    \"Unexpected behaviour while using them\",\n    \"Understanding how the product works\",\n]\nexcludes = [\"Doing the work in the customer''s own data files\"]\ntell = [\n    \"An incident is one issue with one aspect of the product; another aspect is another incident.\",\n    \"Calls and mails about the same incident cost nothing more.\",\n    \"Support is paid for before it is given, unless a contract covers it.\",\n]\n\n[cover]\nkinds = [\"contract\", \"per-incident\", \"pack\"]\nwithout = \"await-payment\"\nprice = \"$price $currency\"\nmethods = [\"cash\", \"credit-card\", \"bank-transfer\"]\n\n[cover.pack]\ntitle = \"Season ticket\"\nsize = 10\nprice = \"$pack_price $currency\"\n\n[roles]\nproduct_management = \"$product_management\"\ndevelopment = \"$development\"\n\n[[outcome]]\nname = \"solution\"\ntitle = \"A reasonable solution\"\ntakes = [\"detail\", \"reference\", \"version\"]\n\n[[outcome]]\nname = \"workaround\"\ntitle = \"A reasonable work-around\"\ntakes = [\"detail\", \"reference\"]\n\n[[outcome]]\nname = \"enhancement-forwarded\"\ntitle = \"An enhancement request, forwarded to product management\"\nneeds_one_of = [\"to\", \"reference\"]\ntakes = [\"detail\"]\nnotify = \"product_management\"\n\n[[outcome]]\nname = \"escalated-to-development\"\ntitle = \"Escalated to the development team for review\"\nneeds = [\"reference\"]\ntakes = [\"detail\"]\nnotify = \"development\"\n\n# What is written when: `{name}` stands for what the incident says, and a line that has nothing to say is left out. The\n# number is put into every subject. Without a message for an occasion, nothing is written then.\n\n[[message]]\nat = \"ordered\"\nsubject = \"Your order: {summary}\"\ntext = \"\"\"\nDear {contact},\n\nthank you. Your incident has the number {number}: {summary}\n\nWe begin as soon as the payment has arrived: {owed}\"\"\"\n\n[[message]]\nat = \"scheduled\"\nsubject = \"Your call is scheduled\"\ntext = \"\"\"\nDear {contact},\n\nwe ring you on {appointment} about {number}: {summary}\n\nIf that does not suit you, answer this message with another time.\"\"\"\n\n[[message]]\nat = \"responded\"\nsubject = \"{summary}\"\ntext = \"\"\"\nDear {contact},\n\n{text}\n\nFurther calls and mails about {number} cost nothing more.\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"asked\"\nsubject = \"A question about {summary}\"\ntext = \"\"\"\nDear {contact},\n\n{text}\n\nPlease answer this message, or ring us and name the number {number}.\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"resolved\"\nsubject = \"Resolved: {summary}\"\ntext = \"\"\"\nDear {contact},\n\nwe have resolved {number}: {summary}\n\n{outcome}\nWhat was done: {detail}\nReference: {reference}\nVersion: {version}\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"declined\"\nsubject = \"Not within support: {summary}\"\ntext = \"\"\"\nDear {contact},\n\nwe are sorry that {number} is not within the remit of technical support: {summary}\n\n{reason}\n\nWe give back what was paid: {refunded}\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"forwarded\"\nsubject = \"From support: {summary}\"\ntext = \"\"\"\n{outcome}\n\nIncident {number} of {customer}: {summary}\nProduct: {product}\nForwarded to: {to}\nReference: {reference}\n{detail}\n\n{agent}, support\"\"\"\n\n[[snippet]]\nname = \"files\"\ntext = \"Please send us the log file, and a picture of the whole screen with the message on it.\"\n\n[[snippet]]\nname = \"steps\"\ntext = \"\"\"\nWhat they did, step by step:\nWhat they expected:\nWhat happened instead:\nSince when, and for whom:\"\"\"\n\n[[clause]]\nno = \"P3-01\"\nsays = \"Paid per incident by cash, credit card or bank transfer, before the support is given.\"\nat = [\"intake\", \"payment\"]\n\n[[clause]]\nno = \"P3-02\"\nsays = \"A season ticket covers up to ten incidents.\"\nat = [\"intake\", \"payment\"]\n\n[[clause]]\nno = \"P3-03\"\nsays = \"An incident lasts from the first call until it is closed or resolved.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P3-04\"\nsays = \"An incident is about one aspect of the product; other aspects are incidents of their own.\"\nat = [\"intake\"]\n\n[[clause]]\nno = \"P3-05\"\nsays = \"Several calls or mails may belong to one incident.\"\nat = [\"intake\", \"response\"]\n\n[[clause]]\nno = \"P3-06\"\nsays = \"Our engineers decide what one incident is, and tell the customer.\"\nat = [\"intake\", \"response\"]\n\n[[clause]]\nno = \"P3-07\"\nsays = \"An issue is accepted as within the remit of support before it is worked on.\"\nat = [\"intake\", \"resolution\"]\n\n[[clause]]\nno = \"P3-08\"\nsays = \"Resolved by a reasonable solution.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P3-09\"\nsays = \"Resolved by a reasonable work-around.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P3-10\"\nsays = \"Resolved when it is an enhancement request, and forwarded to product management.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P3-11\"\nsays = \"Resolved when it is escalated to the development team for review.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P3-12\"\nsays = \"Covered: documented features, their unexpected behaviour, how the product works; not work in the customer''s data.\"\nat = [\"intake\"]\n\n[[clause]]\nno = \"P3-13\"\nsays = \"No hours and no response target are stated: promise none.\"\nat = [\"intake\", \"response\"]\n\n[[clause]]\nno = \"P3-14\"\nsays = \"We try, but no guarantee is given that every issue is resolved.\"\nat = [\"intake\", \"resolution\"]\n","name":"season-ticket","settings":{"currency":"GBP","development":"dev@shop.test","pack_price":"450.00","price":"60.00","product_management":"pm@shop.test"},"version":1}',NULL,X'',X'',X'ae9f8727d9d78a6efed495d12e01c5843fe002ba4bc37210274a05cd8cfcfa04');
INSERT INTO timeline VALUES(3,NULL,NULL,1795467600,1795467600,'root as mira','policy-added','{"file":"# Support by severity: five severities, each with its own response target; estimates are kept, silence closes.\n#\n# To make it your own: copy this file, change its name and whatever else differs, try it with\n# `holdline policy check FILE`, and add it with `holdline policy add FILE`. Unknown keys are refused, so that no\n# promise is dropped by a slip of the pen.\n\nname = \"severity\"\ntitle = \"Support by severity\"\nsummary = \"Five severities with response targets from 24 hours to two weeks; estimates; silence closes\"\nchannels = [\"phone\", \"chat\", \"mail\"]\n# A response that does not resolve the incident says when it will be.\nestimate_required = true\n# A customer who comes back with the same matter may have it reopened; further contacts alone do not.\nafter_resolution = \"attach\"\n\n[calendar]\nzone = \"America/Denver\"\n# Our assumption: the source excludes \"holidays\" without naming them.\nholidays = [\"us-federal\"]\n\n[calendar.hours]\nmon = [\"08:00-17:00\"]\ntue = [\"08:00-17:00\"]\nwed = [\"08:00-17:00\"]\nthu = [\"08:00-17:00\"]\nfri = [\"08:00-17:00\"]\n\n[response]\ncontacts = \"first\"\nstarts = \"receipt\"\n\n# Each severity has its own target. The source''s hours and days are read as elapsed time; a target that falls due\n# while closed moves to the next opening. `assign = \"…\"` in a severity names the agent or group that gets it.\n\n[[severity]]\nname = \"critical\"\ndefinition = \"The customer''s business is at risk: critical functions are unavailable\"\ntarget = { within = \"24h\", counted = \"elapsed\" }\n\n[[severity]]\nname = \"urgent\"\ndefinition = \"The customer''s business suffers significantly: important functions are unavailable\"\ntarget = { within = \"48h\", counted = \"elapsed\" }\n\n[[severity]]\nname = \"high\"\ndefinition = \"Important functions work, but are impaired or degraded\"\ntarget = { within = \"3d\", counted = \"elapsed\" }\n\n[[severity]]\nname = \"normal\"\ndefinition = \"Functions that are not critical misbehave, or a development question cannot wait\"\ntarget = { within = \"1w\", counted = \"elapsed\" }\n\n[[severity]]\nname = \"low\"\ndefinition = \"A general development question, or a wish for a feature\"\ntarget = { within = \"2w\", counted = \"elapsed\" }\n\n[silence]\nafter = { within = \"4d\", counted = \"elapsed\", when_closed = \"as-is\" }\noutcome = \"no-customer-reply\"\n\n[intake]\ncovers = [\n    \"Technical questions about operating and using the service\",\n    \"Diagnosing issues and failures of the service\",\n    \"Recommendations: best practice, and how new offerings fit\",\n]\ntell = [\n    \"The severity follows the impact on your business, and we agree on it with you.\",\n    \"Users of our financial or medical billing software ring us at once.\",\n]\n\n[[outcome]]\nname = \"fixed\"\ntitle = \"The problem is fixed\"\ntakes = [\"detail\", \"reference\", \"version\"]\n\n[[outcome]]\nname = \"third-party\"\ntitle = \"The source lies with third-party software or hardware; we stay a resource\"\ntakes = [\"product\", \"detail\", \"reference\"]\ncontacts_after = true\n\n[[outcome]]\nname = \"no-customer-reply\"\ntitle = \"No answer to our query for four consecutive days\"\n\n[[product]]\nname = \"financial billing software\"\nexpedite = true\n\n[[product]]\nname = \"medical billing software\"\nexpedite = true\n\n# What is written when: `{name}` stands for what the incident says, and a line that has nothing to say is left out. The\n# number is put into every subject. Without a message for an occasion, nothing is written then.\n\n[[message]]\nat = \"responded\"\nsubject = \"{summary}\"\ntext = \"\"\"\nDear {contact},\n\n{text}\n\nWe expect to resolve it by {estimate}.\nSeverity as agreed: {severity}\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"asked\"\nsubject = \"A question about {summary}\"\ntext = \"\"\"\nDear {contact},\n\n{text}\n\nIf we hear nothing for four consecutive days, we take {number} as resolved.\n\n{agent}, {policy}\"\"\"\n\n[[message]]\nat = \"scheduled\"\nsubject = \"Your call is scheduled\"\ntext = \"\"\"\nDear {contact},\n\nwe ring you on {appointment} about {number}: {summary}\n\nIf that does not suit you, answer this message with another time.\"\"\"\n\n[[message]]\nat = \"resolved\"\nsubject = \"Resolved: {summary}\"\ntext = \"\"\"\nDear {contact},\n\nwe have resolved {number}: {summary}\n\n{outcome}\nWhat was done: {detail}\nReference: {reference}\nVersion: {version}\n\nIf it comes back, answer this message or ring us, and we reopen it under the same number.\n\n{agent}, {policy}\"\"\"\n\n[[snippet]]\nname = \"files\"\ntext = \"Please send us the log file, and a picture of the whole screen with the message on it.\"\n\n[[snippet]]\nname = \"steps\"\ntext = \"\"\"\nWhat they did, step by step:\nWhat they expected:\nWhat happened instead:\nSince when, and for whom:\"\"\"\n\n[[clause]]\nno = \"P2-01\"\nsays = \"Hours are Monday to Friday, 08:00 to 17:00 Mountain Time, without holidays and weekends.\"\nat = [\"intake\"]\n\n[[clause]]\nno = \"P2-02\"\nsays = \"Support is given by phone, chat or mail.\"\nat = [\"intake\", \"response\"]\n\n[[clause]]\nno = \"P2-03\"\nsays = \"Technical questions are received, analysed and answered.\"\nat = [\"intake\", \"response\"]\n\n[[clause]]\nno = \"P2-04\"\nsays = \"Five severities, each defined by its impact on the customer''s business.\"\nat = [\"intake\", \"severity\"]\n\n[[clause]]\nno = \"P2-05\"\nsays = \"Response targets: critical 24 hours, urgent 48 hours, high three days, normal one week, low two weeks.\"\nat = [\"severity\", \"response\"]\n\n[[clause]]\nno = \"P2-06\"\nsays = \"A response without a resolution comes with an estimate of when there will be one.\"\nat = [\"response\"]\n\n[[clause]]\nno = \"P2-07\"\nsays = \"Customer and support agree on the severity.\"\nat = [\"severity\"]\n\n[[clause]]\nno = \"P2-08\"\nsays = \"We recommend best practice, and say how new offerings may fit.\"\nat = [\"response\"]\n\n[[clause]]\nno = \"P2-09\"\nsays = \"Resolved when the problem is fixed.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P2-10\"\nsays = \"Resolved when its source lies with a third party; we stay a resource while they work on it.\"\nat = [\"resolution\"]\n\n[[clause]]\nno = \"P2-11\"\nsays = \"Resolved when the customer leaves a query unanswered for four consecutive days.\"\nat = [\"response\", \"resolution\"]\n\n[[clause]]\nno = \"P2-12\"\nsays = \"A recurring issue may be reopened.\"\nat = [\"intake\", \"resolution\"]\n\n[[clause]]\nno = \"P2-13\"\nsays = \"Issues with financial or medical billing software are to be brought to us at once.\"\nat = [\"intake\"]\n","name":"severity","settings":{},"version":1}',NULL,X'',X'',X'cf7a404fd80e1e5e7da41ff480d676f34a652a94ab9a2ad8b7afa13516b3efbf');
INSERT INTO timeline VALUES(4,NULL,NULL,1795467600,1795467600,'root as mira','agent-added','{"name":"jonas"}',NULL,X'',X'',X'7bd5f9adc63dab0cfef31bb451d99e361ba7f91f6ce377580b4814f47657e45f');
INSERT INTO timeline VALUES(5,NULL,1,1795467600,1795467600,'root as mira','customer-added','{"code":"C-0001","policy":"severity"}','{"contact":[{"mails":["ada@blue-fern.test"],"name":"Blue Fern","phones":["+1 555 0100"],"role":null,"zone":null}],"customer_name":"Blue Fern"}',X'317ee0a92f44643f838092d219552de20dc5c0afe15cb2635f5db191d8f84006',X'2f0fa187224fec13eaa7f0e1511bf553ab2c86ec6188df13296fa35a9563016aa37be36ef84c3bc4f1add31c868214dd6ae2c0eec6cf8bdf3219ad17428ca13f',X'69b33c87b7a8c00e6dcebc5c341cb3328bb9d1b394208eebb8b35bebb0db94c3');
INSERT INTO timeline VALUES(6,NULL,2,1795467600,1795467600,'root as mira','customer-added','{"code":"C-0002"}','{"contact":[],"customer_name":"Grey Heron"}',X'6890fc4a03d9601224e8fceacdfc529411e0ded8e84bb4e74d5f1ac443ef907f',X'f41264e4fa59f6309ab73f2c71cdd015ee471529d34fc7ccbb0700ed8ae169411dd1d94bf397135bc990df4d5ca66647fd7cfab1b58cd5f79af4e353e8136446',X'bab53d17bb6c3c28c7bd4c41d2e119ac5ef18fa5a5eeef7431c0800c45a3ef71');
INSERT INTO timeline VALUES(7,NULL,2,1795467600,1795467600,'root as mira','entitlement-added','{"cover":"pack","entitlement":1,"granted":10,"method":"cash","price":"450.00 GBP"}','{"reference":"R-1"}',X'755d33d8a0c1dd274dbc1b11db4eb044',X'61aa1f38aed093cb7c77d8c2b210363d8e20d39703bbfa0ba338c71db6795fd6',X'1297d74cea699eaf03d92dde8ed3bb6fbc06569b8c5d93692e318987fbd01473');
INSERT INTO timeline VALUES(8,10001,NULL,1795467600,1795467600,'root as mira','opened','{"call_seconds":0,"channel":"phone","customer":1,"emergency":false,"expedite":false,"policy":"severity","policy_version":1,"received_at":"2026-11-23T21:00:00Z","routing":{},"severity":"high","severity_rank":2,"state":"open"}','{"detail":"Since Friday","summary":"The export stops at row 500"}',X'ccec932a2ebdf6946e011013529c09e65a72d6f20839f84a63dc368427b09f92',X'bc890222cbc3a85b6e6d3f0f29aebed77100e7a15f131ceed39c2c40bad0bf298748afd3900bba4be48e00b8ec43040e020d97882cd1ad31d72776f2914b1758',X'4800550cbade57889e06d6917a8654593a19cfa6a66f66f8abcca097025eac0a');
INSERT INTO timeline VALUES(9,10001,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"response","counted":"elapsed","due_at":"2026-11-27T15:00:00Z","started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'c055f089b7e5613773bea8a822cb1a4ebbacc3b3ab62400e0c6d01e560a05683');
INSERT INTO timeline VALUES(10,10001,NULL,1795467600,1795467600,'root as mira','clock-stopped','{"clock":"response","ending":"met","stopped_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'5939e23fc6f2f7aa721c4e3a584e1fe2eaefca6e50c9a38742ce92851b5d4363');
INSERT INTO timeline VALUES(11,10001,NULL,1795467600,1795467600,'root as mira','waiting','{}','{"text":"Which version?"}',X'ae5ba3d3eb0627823f8b57a862fbb00f',X'0c407b73154136a7d03dbb68779814026c39eb9856ca2e11bbd6837291655c16',X'32226a2b79b99460bf51853672ba669d77d14f65ca943f83cb0f4e373644960e');
INSERT INTO timeline VALUES(12,10001,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"silence","counted":"elapsed","due_at":"2026-11-27T21:00:00Z","started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'6cf74559e518c57f7af04969613539149b52cd9157fb33e42a534a2a04d6ba8c');
INSERT INTO timeline VALUES(13,10001,NULL,1795467600,1795467600,'root as mira','message-queued','{"n":1,"occasion":"asked"}','{"subject":"[10001-4] A question about The export stops at row 500","text":"Dear Blue Fern,\n\nWhich version?\n\nIf we hear nothing for four consecutive days, we take 10001-4 as resolved.\n\nmira, Support by severity","to":"ada@blue-fern.test"}',X'5a9a5d11881a0272d6d6ee7036b6c732e0f415758bf753758d3f2e4da3a4c11371050d09b6231dda48306d927033520b',X'249e08b5ad2da10dcaaf979a70a2afb6e2f1cb74382510ef28fe190b1f6044c59a3d430bb9807243e23c456406b27397dd476b53a09dac3d43c505de2772102de66071cd6552dee61b2c162f7f18441a9b962ff5c5c6ed5c6dce6f7fb63a5118',X'fecb04f29d1355d40fe63513d2f7972f169b024fb2412a87688ca16c8ef6b469');
INSERT INTO timeline VALUES(14,10002,NULL,1795467600,1795467600,'root as mira','opened','{"call_seconds":0,"channel":"phone","customer":1,"emergency":false,"expedite":false,"policy":"severity","policy_version":1,"received_at":"2026-11-23T21:00:00Z","routing":{},"severity":"low","severity_rank":4,"state":"open"}','{"summary":"Screens flicker"}',X'e1c2df547362e285652dea9df87a9786',X'03914b694f6e67d2e0e02ca773ac16f439f4171bfb488a0f3ead29cafef5f923',X'b7912d4612deae292151962dd4d2f250a05d5cd137dd7f2f4ca0677dbf870a33');
INSERT INTO timeline VALUES(15,10002,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"response","counted":"elapsed","due_at":"2026-12-07T21:00:00Z","started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'3b6f384826df17c9a4e0b878c6d32bd5a62875217ef0ed9bdbc5ad5fb747cca0');
INSERT INTO timeline VALUES(16,10003,NULL,1795467600,1795467600,'root as mira','opened','{"call_seconds":0,"channel":"phone","customer":2,"emergency":false,"expedite":false,"policy":"season-ticket","policy_version":1,"received_at":"2026-11-23T21:00:00Z","routing":{},"severity_rank":0,"state":"awaiting-acceptance"}','{"summary":"A figure is wrong"}',X'e033a6a2af29d05da71e02a731a8ae40',X'b6bd5ab7e901ec4194bb25741db620117040328cb01f7e59bb35f069b1d531f4',X'702a8614e385abc76c01d7ecd9d12a44f404736f333407980fab65b4da345942');
INSERT INTO timeline VALUES(17,10003,NULL,1795467600,1795467600,'root as mira','accepted','{}',NULL,X'',X'',X'2ba02e5128d5dec90e013a879144b5be11d64d47f26420e435fbb001ae3c62d5');
INSERT INTO timeline VALUES(18,10003,NULL,1795467600,1795467600,'root as mira','covered','{"cover":"pack","entitlement":1,"used":true}',NULL,X'',X'',X'3ace0d340fa7e5549f9352662e1809ab336aa4139486677c250bc83db7693742');
INSERT INTO timeline VALUES(19,10004,NULL,1795467600,1795467600,'root as mira','opened','{"call_seconds":0,"channel":"phone","customer":2,"emergency":false,"expedite":false,"policy":"season-ticket","policy_version":1,"received_at":"2026-11-23T21:00:00Z","routing":{},"severity_rank":0,"state":"awaiting-acceptance"}','{"summary":"It does not start"}',X'ba5f10a1b374815d9a7bf6976156f087',X'3e0d56a14bcf58d53797d99ef37062b4a88a520e1013fea8e758c3b30e2f095a',X'1ae5384a7956cc8757aa067e0d6d68fc26c8b01cfcb99451022cccba733b8b18');
INSERT INTO timeline VALUES(20,10004,NULL,1795467600,1795467600,'root as mira','accepted','{}',NULL,X'',X'',X'6578470286868933ca3298158ad32c5ac8f0681c2c2417f9e0039402f2bcf7f7');
INSERT INTO timeline VALUES(21,10004,NULL,1795467600,1795467600,'root as mira','covered','{"cover":"pack","entitlement":1,"used":true}',NULL,X'',X'',X'8acfff5dae57133f046ee618fb579a9a2bd1473fb9f373b7bdcb6d7a84901c7a');
INSERT INTO timeline VALUES(22,10002,NULL,1795467600,1795467600,'root as mira','clock-stopped','{"clock":"response","ending":"met","stopped_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'8e4c2777a2c7eeeb5ba1ac6e11a16c4638316e4a04fdb3b616261a4d93a0dc08');
INSERT INTO timeline VALUES(23,10002,NULL,1795467600,1795467600,'root as mira','responded','{"by":"phone"}','{"text":"Update the driver"}',X'4c0aff9fff5bd8274cf2c388e90feba9',X'111bde593bffe318adc0f5ef78765946bab16e6644c2eda14979ec949b60311c',X'626b013c2c562961d5be4a8d71b297faafbe32fbd77bfe43e35e954641f53817');
INSERT INTO timeline VALUES(24,10002,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"estimate","counted":"elapsed","due_at":"2026-11-25T20:00:00Z","started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'd0c102b597b18cbc79f7ae1d4df1f25bcab769f6728b9a3ca5c1b3ef12bd8ac9');
INSERT INTO timeline VALUES(25,10002,NULL,1795467600,1795467600,'root as mira','clock-stopped','{"clock":"estimate","ending":"met","stopped_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'b6e3fa1997579441071480fed30b77938514ab68d2f5121d2847010fb52337b0');
INSERT INTO timeline VALUES(26,10002,NULL,1795467600,1795467600,'root as mira','resolved','{"at":"2026-11-23T21:00:00Z","contacts_after":false,"critical":false,"outcome":"fixed"}','{"detail":"The driver was old"}',X'424c9c739b8ca7eeda2fad9bac4a466b',X'0f5103798566ad59b1e061efc686cc7e452708b5c9ff819481bca3966e6b014b',X'0094853bc70144598c44bbc2f559a7db5f79928bac633ea3170f199ca7d16c1e');
INSERT INTO timeline VALUES(27,10002,NULL,1795467600,1795467600,'root as mira','message-queued','{"n":1,"occasion":"resolved"}','{"subject":"[10002-3] Resolved: Screens flicker","text":"Dear Blue Fern,\n\nwe have resolved 10002-3: Screens flicker\n\nThe problem is fixed\nWhat was done: The driver was old\n\nIf it comes back, answer this message or ring us, and we reopen it under the same number.\n\nmira, Support by severity","to":"ada@blue-fern.test"}',X'1ca87806da895fc8f17fadbc7212adcf72b43cb5c5d5b87a22aa10b7ca25dac2a414963d3bb61f978b055d893a938deb',X'c6b367f513f108debf99baf61518c451968918371f9b410956657adcd022d26c263bf2e0355b904365cf4534879ed4f581d5e89e4bbd18b931e54533c2ab03bcb2afc5166af47143ebd664641148ac59d64960b55d19aeab5589df51df111926',X'7b8b880f1bc43cb976e77a67f0c8e01f6c5a892cb996ee7bd715f5203e131790');
INSERT INTO timeline VALUES(28,10003,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"estimate","counted":"elapsed","due_at":"2026-11-25T10:00:00Z","started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'0c868bfb2a410fa58953fe6de727a8396d018fe737723456224d39923fa03ef8');
INSERT INTO timeline VALUES(29,10003,NULL,1795467600,1795467600,'root as mira','clock-started','{"clock":"appointment","counted":"elapsed","due_at":"2026-11-24T10:00:00Z","grace":900,"started_at":"2026-11-23T21:00:00Z"}',NULL,X'',X'',X'caf0217033be203092e6098d412da5b7152d3befe9e4eed8b9dd702cfbb5dc68');
CREATE TABLE policy (
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    settings TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
INSERT INTO policy VALUES('season-ticket',1,1,replace('# Prepaid incidents, singly or as a ticket of ten; each is accepted into remit first; no hours and no target are stated.\n#\n# To make it your own: copy this file, change its name and whatever else differs, try it with\n# `holdline policy check FILE`, and add it with `holdline policy add FILE`. Unknown keys are refused, so that no\n# promise is dropped by a slip of the pen.\n#\n# The source names neither prices nor addresses: adding the policy asks for them, and `$name` below stands for the\n# answer. The examples are for sample desks alone.\n\nname = "season-ticket"\ntitle = "Per-incident support and season tickets"\nsummary = "Prepaid incidents or a ticket of ten; accepted into remit first; no hours, no targets"\nchannels = ["phone", "mail"]\n\n# No [calendar] and no [response]: the source states neither hours nor a target, so none are invented.\n\n[[setting]]\nkey = "price"\nask = "What does one incident cost?"\nexample = "60.00"\n\n[[setting]]\nkey = "pack_price"\nask = "What does a season ticket for ten incidents cost?"\nexample = "450.00"\n\n[[setting]]\nkey = "currency"\nask = "In which currency (three letters)?"\nexample = "GBP"\n\n[[setting]]\nkey = "product_management"\nask = "Which mail address gets enhancement requests?"\nexample = "product.management@example.com"\n\n[[setting]]\nkey = "development"\nask = "Which mail address gets what the developers must review?"\nexample = "development@example.com"\n\n[intake]\nacceptance = true\ncovers = [\n    "Documented features, and how to use them",\n    "Unexpected behaviour while using them",\n    "Understanding how the product works",\n]\nexcludes = ["Doing the work in the customer''s own data files"]\ntell = [\n    "An incident is one issue with one aspect of the product; another aspect is another incident.",\n    "Calls and mails about the same incident cost nothing more.",\n    "Support is paid for before it is given, unless a contract covers it.",\n]\n\n[cover]\nkinds = ["contract", "per-incident", "pack"]\nwithout = "await-payment"\nprice = "$price $currency"\nmethods = ["cash", "credit-card", "bank-transfer"]\n\n[cover.pack]\ntitle = "Season ticket"\nsize = 10\nprice = "$pack_price $currency"\n\n[roles]\nproduct_management = "$product_management"\ndevelopment = "$development"\n\n[[outcome]]\nname = "solution"\ntitle = "A reasonable solution"\ntakes = ["detail", "reference", "version"]\n\n[[outcome]]\nname = "workaround"\ntitle = "A reasonable work-around"\ntakes = ["detail", "reference"]\n\n[[outcome]]\nname = "enhancement-forwarded"\ntitle = "An enhancement request, forwarded to product management"\nneeds_one_of = ["to", "reference"]\ntakes = ["detail"]\nnotify = "product_management"\n\n[[outcome]]\nname = "escalated-to-development"\ntitle = "Escalated to the development team for review"\nneeds = ["reference"]\ntakes = ["detail"]\nnotify = "development"\n\n# What is written when: `{name}` stands for what the incident says, and a line that has nothing to say is left out. The\n# number is put into every subject. Without a message for an occasion, nothing is written then.\n\n[[message]]\nat = "ordered"\nsubject = "Your order: {summary}"\ntext = """\nDear {contact},\n\nthank you. Your incident has the number {number}: {summary}\n\nWe begin as soon as the payment has arrived: {owed}"""\n\n[[message]]\nat = "scheduled"\nsubject = "Your call is scheduled"\ntext = """\nDear {contact},\n\nwe ring you on {appointment} about {number}: {summary}\n\nIf that does not suit you, answer this message with another time."""\n\n[[message]]\nat = "responded"\nsubject = "{summary}"\ntext = """\nDear {contact},\n\n{text}\n\nFurther calls and mails about {number} cost nothing more.\n\n{agent}, {policy}"""\n\n[[message]]\nat = "asked"\nsubject = "A question about {summary}"\ntext = """\nDear {contact},\n\n{text}\n\nPlease answer this message, or ring us and name the number {number}.\n\n{agent}, {policy}"""\n\n[[message]]\nat = "resolved"\nsubject = "Resolved: {summary}"\ntext = """\nDear {contact},\n\nwe have resolved {number}: {summary}\n\n{outcome}\nWhat was done: {detail}\nReference: {reference}\nVersion: {version}\n\n{agent}, {policy}"""\n\n[[message]]\nat = "declined"\nsubject = "Not within support: {summary}"\ntext = """\nDear {contact},\n\nwe are sorry that {number} is not within the remit of technical support: {summary}\n\n{reason}\n\nWe give back what was paid: {refunded}\n\n{agent}, {policy}"""\n\n[[message]]\nat = "forwarded"\nsubject = "From support: {summary}"\ntext = """\n{outcome}\n\nIncident {number} of {customer}: {summary}\nProduct: {product}\nForwarded to: {to}\nReference: {reference}\n{detail}\n\n{agent}, support"""\n\n[[snippet]]\nname = "files"\ntext = "Please send us the log file, and a picture of the whole screen with the message on it."\n\n[[snippet]]\nname = "steps"\ntext = """\nWhat they did, step by step:\nWhat they expected:\nWhat happened instead:\nSince when, and for whom:"""\n\n[[clause]]\nno = "P3-01"\nsays = "Paid per incident by cash, credit card or bank transfer, before the support is given."\nat = ["intake", "payment"]\n\n[[clause]]\nno = "P3-02"\nsays = "A season ticket covers up to ten incidents."\nat = ["intake", "payment"]\n\n[[clause]]\nno = "P3-03"\nsays = "An incident lasts from the first call until it is closed or resolved."\nat = ["resolution"]\n\n[[clause]]\nno = "P3-04"\nsays = "An incident is about one aspect of the product; other aspects are incidents of their own."\nat = ["intake"]\n\n[[clause]]\nno = "P3-05"\nsays = "Several calls or mails may belong to one incident."\nat = ["intake", "response"]\n\n[[clause]]\nno = "P3-06"\nsays = "Our engineers decide what one incident is, and tell the customer."\nat = ["intake", "response"]\n\n[[clause]]\nno = "P3-07"\nsays = "An issue is accepted as within the remit of support before it is worked on."\nat = ["intake", "resolution"]\n\n[[clause]]\nno = "P3-08"\nsays = "Resolved by a reasonable solution."\nat = ["resolution"]\n\n[[clause]]\nno = "P3-09"\nsays = "Resolved by a reasonable work-around."\nat = ["resolution"]\n\n[[clause]]\nno = "P3-10"\nsays = "Resolved when it is an enhancement request, and forwarded to product management."\nat = ["resolution"]\n\n[[clause]]\nno = "P3-11"\nsays = "Resolved when it is escalated to the development team for review."\nat = ["resolution"]\n\n[[clause]]\nno = "P3-12"\nsays = "Covered: documented features, their unexpected behaviour, how the product works; not work in the customer''s data."\nat = ["intake"]\n\n[[clause]]\nno = "P3-13"\nsays = "No hours and no response target are stated: promise none."\nat = ["intake", "response"]\n\n[[clause]]\nno = "P3-14"\nsays = "We try, but no guarantee is given that every issue is resolved."\nat = ["intake", "resolution"]\n','\n',char(10)),'{"currency":"GBP","development":"dev@shop.test","pack_price":"450.00","price":"60.00","product_management":"pm@shop.test"}',1795467600);
INSERT INTO policy VALUES('severity',1,2,replace('# Support by severity: five severities, each with its own response target; estimates are kept, silence closes.\n#\n# To make it your own: copy this file, change its name and whatever else differs, try it with\n# `holdline policy check FILE`, and add it with `holdline policy add FILE`. Unknown keys are refused, so that no\n# promise is dropped by a slip of the pen.\n\nname = "severity"\ntitle = "Support by severity"\nsummary = "Five severities with response targets from 24 hours to two weeks; estimates; silence closes"\nchannels = ["phone", "chat", "mail"]\n# A response that does not resolve the incident says when it will be.\nestimate_required = true\n# A customer who comes back with the same matter may have it reopened; further contacts alone do not.\nafter_resolution = "attach"\n\n[calendar]\nzone = "America/Denver"\n# Our assumption: the source excludes "holidays" without naming them.\nholidays = ["us-federal"]\n\n[calendar.hours]\nmon = ["08:00-17:00"]\ntue = ["08:00-17:00"]\nwed = ["08:00-17:00"]\nthu = ["08:00-17:00"]\nfri = ["08:00-17:00"]\n\n[response]\ncontacts = "first"\nstarts = "receipt"\n\n# Each severity has its own target. The source''s hours and days are read as elapsed time; a target that falls due\n# while closed moves to the next opening. `assign = "…"` in a severity names the agent or group that gets it.\n\n[[severity]]\nname = "critical"\ndefinition = "The customer''s business is at risk: critical functions are unavailable"\ntarget = { within = "24h", counted = "elapsed" }\n\n[[severity]]\nname = "urgent"\ndefinition = "The customer''s business suffers significantly: important functions are unavailable"\ntarget = { within = "48h", counted = "elapsed" }\n\n[[severity]]\nname = "high"\ndefinition = "Important functions work, but are impaired or degraded"\ntarget = { within = "3d", counted = "elapsed" }\n\n[[severity]]\nname = "normal"\ndefinition = "Functions that are not critical misbehave, or a development question cannot wait"\ntarget = { within = "1w", counted = "elapsed" }\n\n[[severity]]\nname = "low"\ndefinition = "A general development question, or a wish for a feature"\ntarget = { within = "2w", counted = "elapsed" }\n\n[silence]\nafter = { within = "4d", counted = "elapsed", when_closed = "as-is" }\noutcome = "no-customer-reply"\n\n[intake]\ncovers = [\n    "Technical questions about operating and using the service",\n    "Diagnosing issues and failures of the service",\n    "Recommendations: best practice, and how new offerings fit",\n]\ntell = [\n    "The severity follows the impact on your business, and we agree on it with you.",\n    "Users of our financial or medical billing software ring us at once.",\n]\n\n[[outcome]]\nname = "fixed"\ntitle = "The problem is fixed"\ntakes = ["detail", "reference", "version"]\n\n[[outcome]]\nname = "third-party"\ntitle = "The source lies with third-party software or hardware; we stay a resource"\ntakes = ["product", "detail", "reference"]\ncontacts_after = true\n\n[[outcome]]\nname = "no-customer-reply"\ntitle = "No answer to our query for four consecutive days"\n\n[[product]]\nname = "financial billing software"\nexpedite = true\n\n[[product]]\nname = "medical billing software"\nexpedite = true\n\n# What is written when: `{name}` stands for what the incident says, and a line that has nothing to say is left out. The\n# number is put into every subject. Without a message for an occasion, nothing is written then.\n\n[[message]]\nat = "responded"\nsubject = "{summary}"\ntext = """\nDear {contact},\n\n{text}\n\nWe expect to resolve it by {estimate}.\nSeverity as agreed: {severity}\n\n{agent}, {policy}"""\n\n[[message]]\nat = "asked"\nsubject = "A question about {summary}"\ntext = """\nDear {contact},\n\n{text}\n\nIf we hear nothing for four consecutive days, we take {number} as resolved.\n\n{agent}, {policy}"""\n\n[[message]]\nat = "scheduled"\nsubject = "Your call is scheduled"\ntext = """\nDear {contact},\n\nwe ring you on {appointment} about {number}: {summary}\n\nIf that does not suit you, answer this message with another time."""\n\n[[message]]\nat = "resolved"\nsubject = "Resolved: {summary}"\ntext = """\nDear {contact},\n\nwe have resolved {number}: {summary}\n\n{outcome}\nWhat was done: {detail}\nReference: {reference}\nVersion: {version}\n\nIf it comes back, answer this message or ring us, and we reopen it under the same number.\n\n{agent}, {policy}"""\n\n[[snippet]]\nname = "files"\ntext = "Please send us the log file, and a picture of the whole screen with the message on it."\n\n[[snippet]]\nname = "steps"\ntext = """\nWhat they did, step by step:\nWhat they expected:\nWhat happened instead:\nSince when, and for whom:"""\n\n[[clause]]\nno = "P2-01"\nsays = "Hours are Monday to Friday, 08:00 to 17:00 Mountain Time, without holidays and weekends."\nat = ["intake"]\n\n[[clause]]\nno = "P2-02"\nsays = "Support is given by phone, chat or mail."\nat = ["intake", "response"]\n\n[[clause]]\nno = "P2-03"\nsays = "Technical questions are received, analysed and answered."\nat = ["intake", "response"]\n\n[[clause]]\nno = "P2-04"\nsays = "Five severities, each defined by its impact on the customer''s business."\nat = ["intake", "severity"]\n\n[[clause]]\nno = "P2-05"\nsays = "Response targets: critical 24 hours, urgent 48 hours, high three days, normal one week, low two weeks."\nat = ["severity", "response"]\n\n[[clause]]\nno = "P2-06"\nsays = "A response without a resolution comes with an estimate of when there will be one."\nat = ["response"]\n\n[[clause]]\nno = "P2-07"\nsays = "Customer and support agree on the severity."\nat = ["severity"]\n\n[[clause]]\nno = "P2-08"\nsays = "We recommend best practice, and say how new offerings may fit."\nat = ["response"]\n\n[[clause]]\nno = "P2-09"\nsays = "Resolved when the problem is fixed."\nat = ["resolution"]\n\n[[clause]]\nno = "P2-10"\nsays = "Resolved when its source lies with a third party; we stay a resource while they work on it."\nat = ["resolution"]\n\n[[clause]]\nno = "P2-11"\nsays = "Resolved when the customer leaves a query unanswered for four consecutive days."\nat = ["response", "resolution"]\n\n[[clause]]\nno = "P2-12"\nsays = "A recurring issue may be reopened."\nat = ["intake", "resolution"]\n\n[[clause]]\nno = "P2-13"\nsays = "Issues with financial or medical billing software are to be brought to us at once."\nat = ["intake"]\n','\n',char(10)),'{}',1795467600);
CREATE TABLE agent (
    name     TEXT PRIMARY KEY,
    added_at INTEGER NOT NULL,
    left_at  INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO agent VALUES('jonas',1795467600,NULL);
INSERT INTO agent VALUES('mira',1795467600,NULL);
CREATE TABLE customer (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name            TEXT NOT NULL,
    policy          TEXT,
    office          TEXT,
    account_manager TEXT,
    contacts        TEXT NOT NULL
) STRICT;
INSERT INTO customer VALUES(1,'C-0001','Blue Fern','severity',NULL,NULL,'[{"name":"Blue Fern","role":null,"phones":["+1 555 0100"],"mails":["ada@blue-fern.test"],"zone":null}]');
INSERT INTO customer VALUES(2,'C-0002','Grey Heron',NULL,NULL,NULL,'[]');
CREATE TABLE entitlement (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customer (id),
    kind      TEXT NOT NULL,
    from_day  TEXT,
    to_day    TEXT,
    granted   INTEGER NOT NULL,
    price     TEXT,
    reference TEXT,
    added_at  INTEGER NOT NULL
) STRICT;
INSERT INTO entitlement VALUES(1,2,'pack',NULL,NULL,10,'450.00 GBP','R-1',1795467600);
CREATE TABLE ledger (
    seq         INTEGER NOT NULL REFERENCES timeline (seq),
    entitlement INTEGER NOT NULL REFERENCES entitlement (id),
    incident    INTEGER NOT NULL,
    entry       TEXT NOT NULL,
    change      INTEGER NOT NULL,
    PRIMARY KEY (entitlement, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger VALUES(18,1,10003,'used',1);
INSERT INTO ledger VALUES(21,1,10004,'used',1);
CREATE TABLE incident (
    number       INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL,
    state        TEXT NOT NULL,
    customer     INTEGER NOT NULL REFERENCES customer (id),
    policy       TEXT NOT NULL,
    summary      TEXT NOT NULL,
    severity     TEXT,
    product      TEXT,
    assignee     TEXT,
    opened_at    INTEGER NOT NULL,
    clock        TEXT,
    counted      TEXT,
    office       TEXT,
    due_at       INTEGER,
    silence_at   INTEGER,
    level        INTEGER NOT NULL,
    number_given INTEGER NOT NULL,
    expedite     INTEGER NOT NULL,
    external_id  TEXT,
    queue_key    BLOB,
    body         TEXT NOT NULL
, same_as TEXT AS (body ->> '$.forks.same_as'), answered_after TEXT AS (body ->> '$.answered_after'), line_at INTEGER GENERATED ALWAYS AS (
    CASE WHEN queue_key IS NOT NULL AND json_extract(body, '$.first_response_at') IS NULL
              AND json_extract(body, '$.cover.kind') IS NOT 'contract' THEN opened_at END
) VIRTUAL, channel TEXT) STRICT;
INSERT INTO incident VALUES(10001,6,'waiting',1,'severity','The export stops at row 500','high',NULL,NULL,1795467600,NULL,NULL,NULL,NULL,1795813200,0,0,0,NULL,X'0280000000000000000102800000006b04a95000002711','{"tech_ref":"10001-4","revision":6,"state":"waiting","customer":1,"contact":null,"policy":"severity","policy_version":1,"office":null,"summary":"The export stops at row 500","detail":"Since Friday","product":null,"expedite":false,"channel":"phone","severity":{"asked":"high","agreed":"high","agreed_with":null,"rank":2},"assignee":null,"opened_at":"2026-11-23T21:00:00Z","accepted_at":null,"declined":null,"first_response_at":"2026-11-23T21:00:00Z","last_response_at":"2026-11-23T21:00:00Z","last_call_at":"2026-11-23T21:00:00Z","state_since":"2026-11-23T21:00:00Z","last_contact_at":"2026-11-23T21:00:00Z","number_given_at":null,"clocks":[{"kind":"response","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-11-27T15:00:00Z","stood_still":0,"paused":null,"stopped":{"at":"2026-11-23T21:00:00Z","ending":"met"}},{"kind":"silence","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-11-27T21:00:00Z","stood_still":0,"paused":null,"stopped":null}],"cover":null,"uncovered":false,"charge":null,"payment":null,"escalations":[],"resolution":null,"resolutions_before":[],"reopened":0,"waiting_since":"2026-11-23T21:00:00Z","waited":0,"rested":0,"call_seconds":0,"emergency":false,"routing":{},"what_changed":null,"external_id":null,"messages":[{"occasion":"asked","state":"queued"}]}','phone');
INSERT INTO incident VALUES(10002,8,'resolved',1,'severity','Screens flicker','low',NULL,NULL,1795467600,NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,NULL,'{"tech_ref":"10002-3","revision":8,"state":"resolved","customer":1,"contact":null,"policy":"severity","policy_version":1,"office":null,"summary":"Screens flicker","detail":null,"product":null,"expedite":false,"channel":"phone","severity":{"asked":"low","agreed":"low","agreed_with":null,"rank":4},"assignee":null,"opened_at":"2026-11-23T21:00:00Z","accepted_at":null,"declined":null,"first_response_at":"2026-11-23T21:00:00Z","last_response_at":"2026-11-23T21:00:00Z","last_call_at":"2026-11-23T21:00:00Z","state_since":"2026-11-23T21:00:00Z","last_contact_at":"2026-11-23T21:00:00Z","number_given_at":null,"clocks":[{"kind":"response","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-12-07T21:00:00Z","stood_still":0,"paused":null,"stopped":{"at":"2026-11-23T21:00:00Z","ending":"met"}},{"kind":"estimate","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-11-25T20:00:00Z","stood_still":0,"paused":null,"stopped":{"at":"2026-11-23T21:00:00Z","ending":"met"}}],"cover":null,"uncovered":false,"charge":null,"payment":null,"escalations":[],"resolution":{"outcome":"fixed","cause":null,"detail":"The driver was old","reference":null,"at":"2026-11-23T21:00:00Z","version":null,"product":null,"to":null,"indication":null,"critical":false,"manual_page":null,"contacts_after":false},"resolutions_before":[],"reopened":0,"waiting_since":null,"waited":0,"rested":0,"call_seconds":0,"emergency":false,"routing":{},"what_changed":null,"external_id":null,"messages":[{"occasion":"resolved","state":"queued"}]}','phone');
INSERT INTO incident VALUES(10003,5,'open',2,'season-ticket','A figure is wrong',NULL,NULL,NULL,1795467600,'appointment','elapsed',NULL,1795514400,NULL,0,0,0,NULL,X'008000000001c89f780100800000006b04a95000002713','{"tech_ref":"10003-8","revision":5,"state":"open","customer":2,"contact":null,"policy":"season-ticket","policy_version":1,"office":null,"summary":"A figure is wrong","detail":null,"product":null,"expedite":false,"channel":"phone","severity":{"asked":null,"agreed":null,"agreed_with":null,"rank":0},"assignee":null,"opened_at":"2026-11-23T21:00:00Z","accepted_at":"2026-11-23T21:00:00Z","declined":null,"first_response_at":null,"last_response_at":null,"last_call_at":"2026-11-23T21:00:00Z","state_since":"2026-11-23T21:00:00Z","last_contact_at":"2026-11-23T21:00:00Z","number_given_at":null,"clocks":[{"kind":"estimate","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-11-25T10:00:00Z","stood_still":0,"paused":null,"stopped":null},{"kind":"appointment","counted":"elapsed","started_at":"2026-11-23T21:00:00Z","due_at":"2026-11-24T10:00:00Z","grace":900,"stood_still":0,"paused":null,"stopped":null}],"cover":{"kind":"pack","entitlement":1,"used":true},"uncovered":false,"charge":null,"payment":null,"escalations":[],"resolution":null,"resolutions_before":[],"reopened":0,"waiting_since":null,"waited":0,"rested":0,"call_seconds":0,"emergency":false,"routing":{},"what_changed":null,"external_id":null}','phone');
INSERT INTO incident VALUES(10004,3,'open',2,'season-ticket','It does not start',NULL,NULL,NULL,1795467600,NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,X'0180000000000000000100800000006b04a95000002714','{"tech_ref":"10004-6","revision":3,"state":"open","customer":2,"contact":null,"policy":"season-ticket","policy_version":1,"office":null,"summary":"It does not start","detail":null,"product":null,"expedite":false,"channel":"phone","severity":{"asked":null,"agreed":null,"agreed_with":null,"rank":0},"assignee":null,"opened_at":"2026-11-23T21:00:00Z","accepted_at":"2026-11-23T21:00:00Z","declined":null,"first_response_at":null,"last_response_at":null,"last_call_at":"2026-11-23T21:00:00Z","state_since":"2026-11-23T21:00:00Z","last_contact_at":"2026-11-23T21:00:00Z","number_given_at":null,"clocks":[],"cover":{"kind":"pack","entitlement":1,"used":true},"uncovered":false,"charge":null,"payment":null,"escalations":[],"resolution":null,"resolutions_before":[],"reopened":0,"waiting_since":null,"waited":0,"rested":0,"call_seconds":0,"emergency":false,"routing":{},"what_changed":null,"external_id":null}','phone');
CREATE TABLE counted (
    incident   INTEGER PRIMARY KEY,
    last_at    INTEGER NOT NULL,
    unanswered INTEGER NOT NULL,
    owes       INTEGER NOT NULL
) STRICT;
INSERT INTO counted VALUES(10001,1795813200,0,0);
INSERT INTO counted VALUES(10002,1795467600,0,0);
INSERT INTO counted VALUES(10003,1795467600,0,0);
INSERT INTO counted VALUES(10004,1795467600,0,0);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','search','search',0,'CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '''', contentless_delete = 1, prefix = ''2 3'', tokenize = ''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_data VALUES(1,X'048105');
INSERT INTO search_data VALUES(10,X'00000000ff00000101070a00070101010101010101020101020200000103010103030101010401010404000001050101050500000106010106060101010701010707000001');
INSERT INTO search_data VALUES(137438953473,X'0000012906303130303031ce110202010134ce1102030103353030ce11020d01026174ce11020b0104626c7565ce11020401066578706f7274ce11020901046665726ece11020502057269646179ce1102070103726f77ce11020c010573696e6365ce1102060204746f7073ce11020a0103746865ce1102080003313130ce11020201023530ce11020d01026174ce11020b0102626cce11020401026578ce11020901026665ce110205020172ce1102070102726fce11020c01027369ce110206020174ce11020a01027468ce110208000432313030ce1102020103353030ce11020d0103626c75ce1102040103657870ce1102090103666572ce11020502027269ce1102070103726f77ce11020c010373696ece1102060202746fce11020a0103746865ce110208040b0709080a0c0a0b090b0a0909080808080807080807080a0909090908090908');
INSERT INTO search_data VALUES(274877906945,X'0000037306303130303031ce110602101c010134ce110603101c0103353030ce11040d0f010161ce1102120204626f7574ce11021402026461ce110232020173ce11022c020174ce11040b0f0104626c7565ce1106041a19020179ce110230010b636f6e7365637574697665ce110226010464617973ce1102270203656172ce11021b01066578706f7274ce1104090f01046665726ece1106051a1902026f72ce11022403027572ce11022502057269646179ce110207010468656172ce11022201026966ce11022001046d697261ce11022e01076e6f7468696e67ce11022301087175657374696f6ece11021301087265736f6c766564ce11022d02026f77ce11040c0f01087365766572697479ce1102310204696e6365ce1102060204746f7073ce11040a0f02067570706f7274ce11022f010474616b65ce1102290203657374ce11023502026865ce1104080f010776657273696f6ece11040f1201027765ce11042109020468696368ce11040e120003313130ce110602101c01023530ce11040d0f01026162ce110214020164ce110232020173ce11022c020174ce11040b0f0102626cce1106041a19020179ce1102300102636fce11022601026461ce110227020165ce11021b01026578ce1104090f01026665ce1106051a1902016fce11042403020172ce11020701026865ce11022201026966ce11022001026d69ce11022e01026e6fce11022301027175ce11021301027265ce11022d02016fce11040c0f01027365ce110231020169ce110206020174ce11040a0f020175ce11022f01027461ce110229020165ce110235020168ce1104080f01027665ce11040f1201027765ce11042109020168ce11040e12000432313030ce110602101c0103353030ce11040d0f010361626fce11021402026461ce1102320103626c75ce1106041a190103636f6ece1102260103646179ce11022702026561ce11021b0103657870ce1104090f0103666572ce1106051a1902026f72ce110224030175ce11022502027269ce1102070103686561ce11022201036d6972ce11022e01036e6f74ce1102230103717565ce1102130103726573ce11022d02026f77ce11040c0f0103736576ce1102310202696ece1102060202746fce11040a0f02027570ce11022f010374616bce11022902026573ce11023502026865ce1104080f0103766572ce11040f120103776869ce11040e12040d090a070a0807080c07110a090d0c08080b0a080a0d0e0e090e0a0b0c0a09090e090b0b09080707080a07080807090a080708080808080808080708070807080909080c0a09080b0909080a0b080708090909090909090809080908090a');
INSERT INTO search_data VALUES(412316860417,X'0000009806303130303032ce120202010133ce1202030104626c7565ce12020401046665726ece12020502066c69636b6572ce120207010773637265656e73ce1202060003313130ce1202020102626cce12020401026665ce12020502016cce12020701027363ce120206000432313030ce1202020103626c75ce1202040103666572ce12020502026c69ce1202070103736372ce120206040b070a0a0c0d09080807080a090908');
INSERT INTO search_data VALUES(549755813889,X'000000b006303130303033ce130202010138ce130203010161ce1302060106666967757265ce130207010467726579ce13020401056865726f6ece13020501026973ce130208010577726f6e67ce1302090003313130ce13020201026669ce13020701026772ce13020401026865ce13020501026973ce13020801027772ce130209000432313030ce1302020103666967ce1302070103677265ce1302040103686572ce130205010377726fce130209040b07070c0a0b080b0908080808080a090909');
INSERT INTO search_data VALUES(687194767361,X'000000c106303130303034ce140202010136ce1402030104646f6573ce140207010467726579ce14020401056865726f6ece14020501026974ce14020601036e6f74ce14020801057374617274ce1402090003313130ce1402020102646fce14020701026772ce14020401026865ce14020501026974ce14020601026e6fce14020801027374ce140209000432313030ce1402020103646f65ce1402070103677265ce1402040103686572ce14020501036e6f74ce1402080103737461ce140209040b070a0a0b08090b090808080808080a09090909');
INSERT INTO search_data VALUES(824633720833,X'000000ec06303130303032ce120202010133ce1202030104626c7565ce1202040106647269766572ce12020a01046665726ece12020502066c69636b6572ce120207010773637265656e73ce1202060103746865ce1202090106757064617465ce1202080003313130ce1202020102626cce12020401026472ce12020a01026665ce12020502016cce12020701027363ce12020601027468ce12020901027570ce120208000432313030ce1202020103626c75ce1202040103647269ce12020a0103666572ce12020502026c69ce1202070103736372ce1202060103746865ce1202090103757064ce120208040b070a0c0a0c0d090c09080808070808080a090909080909');
INSERT INTO search_data VALUES(962072674305,X'0000040306303130303032ce1206020f0d010133ce1206030f0d0103616461ce12023f02026e64ce120233030473776572ce12022d01046261636bce12022c02036c7565ce120604132d020179ce12023d0105636f6d6573ce12022b010464656172ce12021402036f6e65ce12022402057269766572ce12060a041c01046665726ece120605132d020469786564ce12022102066c69636b6572ce1206070e0c010468617665ce12021801026966ce120229020173ce120220020174ce12042a0e01076d657373616765ce12022f0203697261ce12023b01066e756d626572ce12023a01036f6c64ce12040e1c020172ce120230010770726f626c656dce12021f010672656f70656ece1202350306736f6c766564ce1204110a0203696e67ce120231010473616d65ce1202390206637265656e73ce1206060e0c020765766572697479ce12023e02067570706f7274ce12023c010474657374ce12024202026865ce120a090415091503026973ce12022e0105756e646572ce12023702057064617465ce120208020173ce1202320103776173ce12060d1806020165ce1204171f0203686174ce1202220003313130ce1206020f0d01026164ce12023f02016ece12042d0801026261ce12022c02016cce120604132d020179ce12023d0102636fce12022b01026465ce12021402016fce120224020172ce12060a041c01026665ce120605132d020169ce12022102016cce1206070e0c01026861ce12021801026966ce120229020173ce120220020174ce12042a0e01026d65ce12022f020169ce12023b01026e75ce12023a01026f6cce12040e1c020172ce12023001027072ce12021f01027265ce1206110a1e020169ce12023101027361ce120239020163ce1206060e0c020165ce12023e020175ce12023c01027465ce120242020168ce120c090415090b0c0102756ece120237020170ce120208020173ce12023201027761ce12060d1806020165ce1204171f020168ce120222000432313030ce1206020f0d0103616461ce12023f02026e64ce120233030173ce12022d0103626163ce12022c02026c75ce120604132d0103636f6dce12022b0103646561ce12021402026f6ece12022402027269ce12060a041c0103666572ce120605132d02026978ce12022102026c69ce1206070e0c0103686176ce12021801036d6573ce12022f02026972ce12023b01036e756dce12023a01036f6c64ce12040e1c010370726fce12021f010372656fce120235030173ce1204110a0202696ece120231010373616dce12023902026372ce1206060e0c02026576ce12023e02027570ce12023c0103746573ce12024202026865ce120a0904150915030169ce12022e0103756e64ce12023702027064ce1202080103776173ce12060d180602026861ce120222040d0909080a0a0b070b0a090d0c0a0e0a0807080d090c0a070d0c0d090a0e0d0c0a0c080b0b070b08090b0808080907080807090a0709080807080807080907080a0708090707080c0807070a08070c090807090a0909080a0b080a090908090a09090808090a0808090c0709080b');
INSERT INTO search_data VALUES(9007336693694464,X'04000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000027110000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO search_data VALUES(9007611571601408,X'04000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000271200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO search_data VALUES(9008023888461824,X'04000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000271200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE IF NOT EXISTS 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(2,X'',2);
INSERT INTO search_idx VALUES(3,X'',2);
INSERT INTO search_idx VALUES(4,X'',2);
INSERT INTO search_idx VALUES(5,X'',2);
INSERT INTO search_idx VALUES(6,X'',2);
INSERT INTO search_idx VALUES(7,X'',2);
CREATE TABLE IF NOT EXISTS 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
INSERT INTO search_docsize VALUES(10001,X'34',2);
INSERT INTO search_docsize VALUES(10002,X'41',7);
INSERT INTO search_docsize VALUES(10003,X'08',4);
INSERT INTO search_docsize VALUES(10004,X'08',5);
CREATE TABLE IF NOT EXISTS 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('version',4);
CREATE TABLE once (
    key    TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO once VALUES('form-1','{"logged":"10002-3"}',1795467600);
CREATE TABLE closure (
    id      INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL REFERENCES timeline (seq),
    opening INTEGER NOT NULL,
    policy  TEXT,
    office  TEXT,
    from_at INTEGER NOT NULL,
    to_at   INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    removed INTEGER REFERENCES timeline (seq)
) STRICT;
CREATE TABLE moved (
    incident   INTEGER NOT NULL,
    seq        INTEGER NOT NULL REFERENCES timeline (seq),
    clock      TEXT NOT NULL,
    due_before INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    left       INTEGER,
    PRIMARY KEY (incident, seq, clock)
) STRICT, WITHOUT ROWID;
CREATE TABLE step (
    incident INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (incident, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO step VALUES(10001,8);
INSERT INTO step VALUES(10001,10);
INSERT INTO step VALUES(10002,14);
INSERT INTO step VALUES(10002,22);
INSERT INTO step VALUES(10002,25);
INSERT INTO step VALUES(10003,16);
INSERT INTO step VALUES(10003,17);
INSERT INTO step VALUES(10003,28);
INSERT INTO step VALUES(10003,29);
INSERT INTO step VALUES(10004,19);
INSERT INTO step VALUES(10004,20);
CREATE TABLE message (
    seq        INTEGER PRIMARY KEY REFERENCES timeline (seq),
    incident   INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    occasion   TEXT NOT NULL,
    state      TEXT NOT NULL,
    wording    INTEGER NOT NULL REFERENCES timeline (seq),
    changed    INTEGER NOT NULL REFERENCES timeline (seq),
    message_id TEXT UNIQUE,
    held_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (incident, n)
) STRICT;
INSERT INTO message VALUES(13,10001,1,'asked','queued',13,13,NULL,0);
INSERT INTO message VALUES(27,10002,1,'resolved','queued',27,27,NULL,0);
CREATE TABLE arrival (
    id       INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    incident INTEGER,
    came     INTEGER NOT NULL REFERENCES timeline (seq),
    changed  INTEGER NOT NULL REFERENCES timeline (seq)
) STRICT;
CREATE TABLE attachment (
    mail INTEGER NOT NULL REFERENCES arrival (id),
    n    INTEGER NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (mail, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE pin (
    customer INTEGER PRIMARY KEY REFERENCES customer (id),
    hash     TEXT NOT NULL,
    wrong    INTEGER NOT NULL,
    wrong_at INTEGER
) STRICT;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','caller','caller',0,'CREATE VIRTUAL TABLE caller USING fts5 (
    name, reach, sound, ends, content = '''', contentless_delete = 1, prefix = ''1 2 3'',
    tokenize = ''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'caller_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO caller_data VALUES(1,X'02060f0606');
INSERT INTO caller_data VALUES(10,X'00000000ff00000101010100010101010101000002');
INSERT INTO caller_data VALUES(137438953473,X'000003210530303030310108010103030401320208010103030203313030010601010d01083135353530313030010601010901053530313030010601010c02053530313030010601010b03053530313030010601010a010361646101060101050202726e02060102020104626c7565010a020401010601016301060101020106010102010465756c6201080103020401046665726e010a03040101070202726e010601020201046772657902020201056865726f6e02020301026b7202060102030302726e020601020401056e6f726568020601030302037265660108010303040102706c0106010203030366726e01060102040104746573740106010108010479657267020601030200023130010a010103030b0108010103030101310106010109010135010a01010a030301016101060101050106010202010162010a0204010106010163010601010201060101020101650108010302040101660110030401010701020201016702020201016802020301016b02080102030301016e0108010303040106010303010170010801020303010174010601010801017902060103020003323030010801010303010801010303020131010601010d01023135010601010901023530010601010c020135010801010a0301026164010601010502017202060102020102626c010a02040101060102657501080103020401026665010a03040101070201720106010202010267720202020102686502020301026b7202080102030301026e6f02060103030201720108010303040102706c01080102030301027465010601010801027965020601030200043330303001080101030301080101030302023130010601010d010331353501060101090103353031010601010c02023530010601010b030135010601010a010361646101060101050202726e02060102020103626c75010a0204010106010365756c0108010302040103666572010a03040101070202726e01060102020103677265020202010368657202020301036b7272020601020401036e6f720206010303020272650108010303040103706c6601060102040103746573010601010801037965720206010302040c090a0f0c0c0c0a090d0d0c0d09090a09090c0b090a0b0b11080a0d0a0d090d0606090e090808110809090909080b0a0b0807070a09090a090912090a0a09080a090c0b0c0908080a0a0a0a0a');
CREATE TABLE IF NOT EXISTS 'caller_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO caller_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'caller_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
INSERT INTO caller_docsize VALUES(1,X'040c0304',1);
INSERT INTO caller_docsize VALUES(2,X'02030302',1);
CREATE TABLE IF NOT EXISTS 'caller_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO caller_config VALUES('version',4);
CREATE TABLE ahead (
    incident INTEGER NOT NULL,
    due_at   INTEGER NOT NULL,
    clock    TEXT NOT NULL,
    counted  TEXT NOT NULL,
    PRIMARY KEY (incident, due_at, clock)
) STRICT, WITHOUT ROWID;
INSERT INTO ahead VALUES(10003,1795600800,'estimate','elapsed');
CREATE INDEX timeline_of_incident ON timeline (incident, seq) WHERE incident IS NOT NULL;
CREATE INDEX timeline_of_customer ON timeline (customer, seq) WHERE customer IS NOT NULL;
CREATE TRIGGER timeline_is_never_deleted BEFORE DELETE ON timeline BEGIN
    SELECT raise(ABORT, 'the timeline is append-only');
END;
CREATE TRIGGER timeline_is_never_changed
BEFORE UPDATE OF seq, incident, customer, at, recorded_at, agent, kind, facts, digests, hash ON timeline BEGIN
    SELECT raise(ABORT, 'the timeline is append-only');
END;
CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE);
CREATE INDEX entitlement_of_customer ON entitlement (customer);
CREATE INDEX incident_silence ON incident (silence_at) WHERE silence_at IS NOT NULL;
CREATE INDEX incident_customer ON incident (customer, number);
CREATE INDEX incident_escalated ON incident (level, number) WHERE level > 0;
CREATE UNIQUE INDEX incident_external ON incident (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX moved_by ON moved (seq);
CREATE INDEX message_to_send ON message (state, seq) WHERE state IN ('queued', 'failed');
CREATE INDEX arrival_waiting ON arrival (id) WHERE state = 'waiting';
CREATE INDEX incident_same_as ON incident (same_as, number) WHERE same_as IS NOT NULL;
CREATE INDEX incident_answered_after ON incident (number) WHERE answered_after IS NOT NULL;
CREATE INDEX incident_line ON incident (policy, line_at, number) WHERE line_at IS NOT NULL;
CREATE INDEX timeline_appointment ON timeline (seq)
    WHERE kind = 'clock-started' AND json_extract(facts, '$.clock') = 'appointment';
CREATE INDEX timeline_attempt ON timeline (seq)
    WHERE kind = 'contacted' AND json_extract(facts, '$.way') = 'attempt';
CREATE INDEX counted_last ON counted (last_at);
CREATE INDEX counted_unanswered ON counted (incident) WHERE unanswered = 1;
CREATE INDEX counted_owing ON counted (incident) WHERE owes = 1;
CREATE INDEX timeline_call ON timeline (at)
    WHERE kind IN ('opened', 'contacted') AND json_extract(facts, '$.channel') = 'phone';
CREATE INDEX timeline_loose ON timeline (at) WHERE kind = 'no-incident';
CREATE INDEX timeline_money ON timeline (at) WHERE kind IN ('paid', 'refunded', 'waived');
CREATE INDEX timeline_sold ON timeline (at) WHERE kind = 'entitlement-added';
CREATE INDEX timeline_undone ON timeline (incident, seq) WHERE kind = 'undone';
CREATE INDEX timeline_taken_over ON timeline (seq) WHERE kind = 'taken-over';
CREATE INDEX incident_queue_of_customer ON incident (customer, queue_key) WHERE queue_key IS NOT NULL;
CREATE INDEX incident_known ON incident (number) WHERE body ->> '$.forks.known' = 1;
CREATE INDEX incident_emergency ON incident (number) WHERE json_extract(body, '$.emergency') = 1;
CREATE INDEX incident_uncovered ON incident (number) WHERE json_extract(body, '$.uncovered') = 1;
CREATE INDEX incident_in_manual ON incident (number) WHERE json_array_length(body, '$.manual_pages') > 0;
CREATE INDEX ahead_due ON ahead (due_at);
CREATE INDEX incident_queue ON incident (
    queue_key, silence_at, state, severity, product, policy, customer, assignee, channel, due_at, opened_at, level,
    number_given, expedite
) WHERE queue_key IS NOT NULL;
CREATE INDEX incident_newest ON incident (
    number, silence_at, state, severity, product, policy, customer, assignee, channel, due_at, opened_at, level,
    number_given, expedite
);
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id = 1215261796;
PRAGMA user_version = 8;
