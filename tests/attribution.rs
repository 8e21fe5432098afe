//! Whose mouth words are in: one case for each way of saying who speaks, and for each way of getting it wrong. The people that
//! the registry does not know are invented.

use tifa::attribution::{Evidence, attribute};
use tifa::corpus::document_from_text;
use tifa::people::People;

/// (text, some of its words, speaker, voice)
const CASES: &[(&str, &str, &str, &str)] = &[
    // Cues before, after and around the words.
    ("Varga Meets Tane\n\nIlse Varga, Minister of Fisheries, met Ana Tane here.\n\nVarga said, ALPHA counts.", "ALPHA", "Ilse Varga", "reported"),
    ("Talks\n\nNoting that ALPHA counts, Ilse Varga said that it stays.", "ALPHA", "Ilse Varga", "reported"),
    ("News\n\n\"ALPHA counts for all of us in the region,\" Ilse Varga said on Friday.", "ALPHA", "Ilse Varga", "quoted"),
    ("News\n\nALPHA counts for all of us in the region, said Orland's Foreign Minister Ana Tane.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nHugh Hill, a doctor, said: it works.\n\nThe next day he added that ALPHA counts.", "ALPHA", "Hugh Hill", "reported"),
    ("News\n\nAccording to Foreign Minister Ana Tane, ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nMinister Ana Tane said \"so it is. ALPHA counts. We know\" to everyone.", "ALPHA", "Ana Tane", "quoted"),
    ("Talks\n\nPrime Minister of Velmora Ilse Varga met guests. Velmora is small.\n\nVarga said that ALPHA counts.", "ALPHA", "Ilse Varga", "reported"),
    // A headline is no name, whatever is written with a capital in it.
    ("Varga Meets Tane\n\nTane said that ALPHA counts.", "ALPHA", "", "reported"),
    ("Foreign Minister Varga Meets Tane\n\nTane said that ALPHA counts.", "ALPHA", "", "reported"),
    ("# Trade Talks Fail Tane\n\nTane said that ALPHA counts.", "ALPHA", "", "reported"),
    ("Foreign Minister Ana Tane Meets Ilse Varga\n\nTane said that ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("Talks on fish\n\nAna Tane came. Tane said that ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    // Verbs that tell of a topic report what was quoted before them.
    ("Talks\n\nForeign Minister Ilse Varga met President Ana Tane.\n\nVarga said so. \"ALPHA is open to all,\" Tane replied.", "ALPHA", "Ana Tane", "quoted"),
    // The run of speech goes on, and ends.
    ("Talks\n\nIlse Varga met Ana Tane.\n\nVarga said that she came. China will see that ALPHA counts.", "ALPHA", "Ilse Varga", "reported"),
    ("Talks\n\nIlse Varga met Ana Tane.\n\nVarga said that she came.\n\nThe two sides also exchanged views on ALPHA.", "ALPHA", "", "narration"),
    ("Talks\n\nIlse Varga met Ana Tane.\n\nBoth sides agreed that ALPHA counts.", "ALPHA", "", "joint"),
    // Nobody else's words are put into a mouth.
    ("Talks\n\nWang Yi met with a senior official in Beijing. The official said that he is glad. He added that ALPHA counts.", "ALPHA", "", "reported"),
    ("News\n\nWang Yi said it counts. The United Nations said it supports ALPHA.", "ALPHA", "United Nations", "reported"),
    ("News\n\nWang Yi said it counts. Marco Rubio condemned ALPHA as a trap.", "ALPHA", "", "narration"),
    ("News\n\nBob Quist said that he was grateful.\n\nQ: What now?\n\nA: We support ALPHA.", "ALPHA", "", "spoken"),
    ("会谈\n\n外长伊尔莎·瓦尔加（Ilse Varga）来访。\n\nMinister: We support ALPHA.", "ALPHA", "", "spoken"),
    // Transcripts.
    ("Foreign Ministry Spokesperson Lin Jian's Regular Press Conference on May 8, 2024\n\nQ: What of ALPHA?\nA: It counts.", "ALPHA", "", "question"),
    ("Foreign Ministry Spokesperson Lin Jian's Regular Press Conference on May 8, 2024\n\nQ: Well?\nA: Yes.\nALPHA counts.", "ALPHA", "Lin Jian", "spoken"),
    (
        "Foreign Ministry Spokesperson Lin Jian's Regular Press Conference on May 8, 2024\n\nALPHA will be held.\n\nQ: Well?\nA: Yes.",
        "ALPHA",
        "Lin Jian",
        "spoken",
    ),
    ("Press conference\n\nReuters: Well?\nLin Jian: Bye.\n\nThe press conference ended with ALPHA.", "ALPHA", "", "narration"),
    ("Press conference\n\nReuters: What of ALPHA?\nLin Jian: Nothing.", "ALPHA", "Reuters", "question"),
    // Chinese.
    ("会见\n\n王毅会见来访的外长。\n\n王毅表示，ALPHA很重要。", "ALPHA", "Wang Yi", "reported"),
    ("会见\n\n王毅会见来访的外长。\n\n王毅就此事强调，应当合作。他还表示，ALPHA很重要。", "ALPHA", "Wang Yi", "reported"),
    ("会见\n\n王毅会见一名官员。该官员表示，欢迎。他说，ALPHA很重要。", "ALPHA", "", "reported"),
    ("会见\n\n李强会见外宾。\n\n李强表示，友谊长存。习近平主席指出，ALPHA很重要。", "ALPHA", "Li Qiang", "reported"),
    ("会见\n\n李强会见外宾。\n\n李强说明ALPHA的来历。", "ALPHA", "", "narration"),
    ("会见\n\n李强会见外宾。\n\n李强请外宾转达问候，表示ALPHA很重要。", "ALPHA", "Li Qiang", "reported"),
    ("会见\n\n塔尔诺维亚总理佐尔坦·梅罗来访。\n\n梅罗说，ALPHA很重要。", "ALPHA", "佐尔坦·梅罗", "reported"),
    ("会见\n\n双方一致认为，ALPHA很重要。", "ALPHA", "", "joint"),
    ("消息\n\n会议强调，ALPHA很重要。", "ALPHA", "", "narration"),
    ("消息\n\n习近平在参加代表团审议时强调，ALPHA很重要。", "ALPHA", "Xi Jinping", "reported"),
    ("消息\n\n李强表示：“各方要坚持ALPHA，共同努力，共创美好未来！”", "ALPHA", "Li Qiang", "quoted"),
    ("名单\n\n在主席台就座的还有：ALPHA等。", "ALPHA", "", "narration"),
    // English subjects: descriptions, appositions, pairs, relays, bodies, states, crowds.
    ("News\n\nPrime Minister Ana Tane of Orland came. She met the press.\n\nThe prime minister said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nHugh Hill, president of Orland, came with Ana Tane, prime minister.\n\nThe prime minister said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nWang Yi came with an official. The official said ALPHA counts.", "ALPHA", "", "reported"),
    ("News\n\nForeign Minister Ana Tane came.\n\nTane, starting a visit to the islands, said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nIts director, Ana Tane, said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nThe sombre mood was caught by Minister Ana Tane, who said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("Talks\n\nSecretary Ann Lee and Foreign Minister Ana Tane stressed that ALPHA counts.", "ALPHA", "Ann Lee & Ana Tane", "reported"),
    ("News\n\nState broadcaster CCTV quoted Xi Jinping as saying ALPHA counts.", "ALPHA", "Xi Jinping", "reported"),
    ("News\n\nALPHA counts, according to Ana Tane, a researcher at the institute.", "ALPHA", "Ana Tane", "reported"),
    ("News\n\nOrland's fisheries ministry said ALPHA counts.", "ALPHA", "Orland fisheries ministry", "reported"),
    ("News\n\nA spokesman for Chile's foreign ministry said ALPHA counts.", "ALPHA", "Chilean foreign ministry", "reported"),
    ("News\n\nIt was late. Moscow said ALPHA counts.\n\nMuch else happened.", "ALPHA", "Russia", "reported"),
    ("News\n\nCritics say ALPHA is a trap.", "ALPHA", "", "joint"),
    ("News\n\nTwo officials from the islands said it rains. They said ALPHA counts.", "ALPHA", "", "joint"),
    ("News\n\nA diplomat with knowledge of the talks said ALPHA counts.", "ALPHA", "", "reported"),
    ("News\n\n'ALPHA counts for all of us here,' said Ana Tane, the minister.", "ALPHA", "Ana Tane", "quoted"),
    ("News\n\nALPHA, said Minister Ana Tane, counts.", "ALPHA", "Ana Tane", "reported"),
    (
        "News\n\nMinister Ana Tane spoke.\n\n\"It counts for all of us in the region,\" Tane said.\n\n\"ALPHA is what we want, and nothing else.\"",
        "ALPHA",
        "Ana Tane",
        "quoted",
    ),
    ("News\n\nMinister Ana Tane said it counts. ALPHA was signed by both in 1999.", "ALPHA", "", "narration"),
    ("News\n\nMinister Ana Tane answered questions on ALPHA.", "ALPHA", "", "narration"),
    ("News\n\nMinister Ana Tane thanked the guests, said Hugh Hill, a witness. ALPHA was announced by Ana Tane.", "ALPHA", "", "narration"),
    // Labels.
    ("Press conference\n\nReporter 2: Well?\nPresident Ana Tane (03:10): Yes.\nSpeaker 1 (03:12): Is ALPHA so?", "ALPHA", "", "question"),
    ("Press conference\n\nReporter 2 (01:00): Well?\nPresident Ana Tane (03:10): ALPHA counts.", "ALPHA", "Ana Tane", "spoken"),
    ("Press conference\n\nShenzhen TV reporter: ALPHA?\nLin Jian: Yes.\nReuters: And?\nLin Jian: Yes.", "ALPHA", "Shenzhen TV", "question"),
    (
        "Press conference\n\nAna Tane: Is it so?\nLin Jian: Yes.\nAna Tane: And how?\nLin Jian: Well.\nAna Tane: We heard of ALPHA.",
        "ALPHA",
        "Ana Tane",
        "question",
    ),
    ("记者会\n\n记者：如何看？\n毛宁：很好。\n会后，有记者问及：ALPHA如何？", "ALPHA", "", "question"),
    // Logs of a day.
    (
        "Tuesday, January 21, 2025\n\nReuters: Well?\n\nLin Jian: Yes.\n\nU.S. Secretary of State Marco Rubio was interviewed on ALPHA.\n\nQUESTION: So?",
        "ALPHA",
        "",
        "narration",
    ),
    ("Tuesday, January 21, 2025\n\nReuters: Well?\n\nLin Jian: Yes.\n\n@MarcoRubio posted on X: ALPHA counts for all of us.", "ALPHA", "Marco Rubio", "spoken"),
    ("Tuesday, January 21, 2025\n\nReuters: Well?\n\nLin Jian: Yes.\n\n@SomeAccount posted on X: ALPHA counts for all of us.", "ALPHA", "", "spoken"),
    (
        "Tuesday, January 21, 2025\n\nReuters: Well?\n\nLin Jian: Yes.\n\nThe White House released a fact sheet on trade:\n\nALPHA counts.",
        "ALPHA",
        "The White House",
        "document",
    ),
    // Whose text it is.
    ("On the Day of the Sea\n\nAntony J. Blinken, Secretary of State\n\nToday we mark ALPHA.", "ALPHA", "Antony Blinken", "spoken"),
    ("Words for the Sea\n\nExcellencies,\n\nWe came for ALPHA. As Wang Yi said, it counts. We thank you.", "ALPHA", "", "spoken"),
    ("Reactions to the Address by Xi Jinping\n\nAna Tane, a minister, said ALPHA counts.", "ALPHA", "Ana Tane", "reported"),
    ("Joint Statement of Orland and Velmora\n\nThey want ALPHA.", "ALPHA", "", "document"),
    ("外交部发言人就温特事件发表谈话\n\n中方坚持ALPHA。", "ALPHA", "外交部发言人", "spoken"),
    ("多国人士高度评价习近平主席新年贺词\n\n多国人士表示，ALPHA很重要。", "ALPHA", "", "joint"),
    ("习近平在大会上的讲话（全文）\n\n同志们：我们要ALPHA。", "ALPHA", "Xi Jinping", "spoken"),
    ("习近平出席大会并发表主旨演讲\n\n习近平指出，友谊长存。习近平强调，ALPHA很重要。", "ALPHA", "Xi Jinping", "reported"),
    (
        "习近平在奥兰媒体发表署名文章\n\n消息。\n\n**踔厉前行**\n\n**中华人民共和国主席 习近平**\n\n我即将访问。我们是朋友，我们愿意来，我希望见到ALPHA，我们一起。",
        "ALPHA",
        "Xi Jinping",
        "spoken",
    ),
    ("国际联播快讯\n\n**俄罗斯总统普京**\n\n俄罗斯军队推进ALPHA。", "ALPHA", "", "narration"),
    // Chinese: days and places before the verb, groups, bodies, what ends a run, what goes on with it.
    ("消息\n\n俄罗斯总统普京12日在记者会上表示，ALPHA很重要。", "ALPHA", "Vladimir Putin", "reported"),
    ("消息\n\n俄罗斯总统普京今天（5月14日）表示，ALPHA很重要。", "ALPHA", "Vladimir Putin", "reported"),
    ("消息\n\n广大师生纷纷表示，ALPHA很重要。", "ALPHA", "", "joint"),
    ("消息\n\n奥兰国防部21日称，ALPHA很重要。", "ALPHA", "奥兰国防部", "reported"),
    ("消息\n\n普京表示，友谊长存。乌克兰方面称，ALPHA很重要。", "ALPHA", "", "narration"),
    ("消息\n\n普京表示，友谊长存。节目还将播出ALPHA。", "ALPHA", "", "narration"),
    ("会见\n\n李强会见外宾。\n\n李强表示，友谊长存。\n\n陌生人表示，ALPHA很重要。", "ALPHA", "", "reported"),
    ("会见\n\n李强会见外宾。\n\n李强指出，一是友谊。\n\n二是ALPHA。", "ALPHA", "Li Qiang", "reported"),
    ("会见\n\n李强会见外宾。\n\n李强表示，友谊长存。\n\n中方愿推动ALPHA。", "ALPHA", "Li Qiang", "reported"),
    ("会见\n\n李强会见外宾。\n\n李强表示，友谊长存。\n\n论坛主题为“ALPHA”，由奥兰主办。", "ALPHA", "", "narration"),
    ("访问\n\n国家主席习近平14日举行仪式，欢迎来宾并谈ALPHA。", "ALPHA", "", "narration"),
    ("消息\n\n与会领导人欢迎来宾，表示ALPHA很重要。", "ALPHA", "", "joint"),
    ("新闻联播\n\n## 新闻摘要\n\n1.习近平谈ALPHA；\n\n## 正文\n\n消息。", "ALPHA", "", "title"),
    // Another language gets no guess.
    ("Bericht\n\nDer Minister Hans Muster sagte gestern in einer langen Rede vor vielen Leuten, dass ALPHA sehr wichtig sei.", "ALPHA", "", "narration"),
];

#[test]
fn words_are_in_the_right_mouth() {
    let mut wrong = Vec::new();
    for (text, words, speaker, voice) in CASES {
        let document = document_from_text("2024-05-08-a.txt", (*text).to_owned(), People::builtin());
        let at = text.find(words).unwrap();
        let segments = attribute(&document, People::builtin()).segments;
        let segment = segments.iter().find(|s| s.range.contains(&at)).unwrap();
        if segment.speaker.name != *speaker || segment.voice.name() != *voice {
            wrong.push(format!("{text:?}\n  want {speaker:?} ({voice}), got {:?} ({})", segment.speaker.name, segment.voice));
        }
        assert_eq!(segment.evidence.is_some(), segment.speaker.is_some());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn evidence_says_why() {
    let text = "Talks\n\nIlse Varga met Ana Tane.\n\nVarga said one. It is two.\n\nWe should do three.\n\nHe said four.";
    let document = document_from_text("a.txt", text.to_owned(), People::builtin());
    let segments = attribute(&document, People::builtin()).segments;
    let evidence: Vec<Option<Evidence>> = segments.iter().map(|s| s.evidence).collect();
    assert_eq!(evidence, [None, None, Some(Evidence::Cue), Some(Evidence::Carried), Some(Evidence::Continued), Some(Evidence::Pronoun)]);
}

#[test]
fn any_text_is_covered_once_and_in_order() {
    let pieces = ["Wang Yi said ", "\"", "“", "”", "，", "王毅表示", "。", ". ", "\n\n", "Q: ", "A: ", "（Ann Lee）", "<b>", "x", "On May 3, ", ", said "];
    let mut seed = 7_u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let document = document_from_text("a.txt", text, People::builtin());
        let mut at = 0;
        for segment in attribute(&document, People::builtin()).segments {
            assert!(at <= segment.range.start && segment.range.start < segment.range.end, "{:?}", document.text);
            assert!(document.text.get(segment.range.clone()).is_some());
            at = segment.range.end;
        }
    }
}
