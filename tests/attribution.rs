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
