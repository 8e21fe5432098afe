use super::*;

const PAGE: &str = r##"<!DOCTYPE html><!-- saved from url=(0033)http://x.example/2024-01/10/a.html -->
<html><head><title>Varga Meets with Tane — Ministry of Orland</title><meta name="PubDate" content="2024-01-10 09:00">
<style>.x{}</style></head><body>
<div class="header"><a href="/">Home</a><a href="/en">English</a></div>
<div class="nav"><ul><li><a href="#">True multilateralism: a special topic</a></li><li><a href="#">Ministers</a></li></ul></div>
<div class="main"><h2 class="title">Varga Meets with Tane</h2><div class="time"><span>Source: <span style="display:none">(supplied)</span></span> 2024-01-10</div>
<div class="TRS_Editor"><P>On January 9, Minister Varga met Ms. Tane, and they spoke of a <B>community</B>&nbsp;with a <span>shared
future</span> for mankind &amp; more.</P><P>　　Tane said, Orland supports true multi<b>lateral</b>ism in every way it can.<br>She said so twice.</P></div>
<div class="share">Share to: <a href="#">one</a></div>
<div id="id_RelNewsList"><ul><li><a href="b.html">Varga Meets with Somebody Else</a> (2023-05-31)</li></ul></div></div>
<div class="footer">Copyright, Ministry of Orland. All the words of true multilateralism in a footer that is a sentence.</div>
<script>var x = "true multilateralism";</script></body></html>"##;

fn roles(text: &str) -> Vec<(Role, String)> {
    let raw = page(text).unwrap();
    raw.marks.iter().map(|(r, role)| (*role, raw.text[r.clone()].to_owned())).collect()
}

#[test]
fn the_article_stands_out_from_the_page() {
    let raw = page(PAGE).unwrap();
    let of = |role: Role| roles(PAGE).into_iter().filter(|(r, _)| *r == role).map(|(_, t)| t).collect::<Vec<_>>();
    assert_eq!(of(Role::Heading(1)), ["Varga Meets with Tane"]);
    let text = of(Role::Text);
    assert_eq!(text.len(), 2, "{text:?}");
    assert_eq!(fold(&text[0]).as_str(), "on january 9, minister varga met ms. tane, and they spoke of a community with a shared future for mankind & more.");
    assert!(text[1].contains("true multilateralism in every way it can.\nShe said so twice."), "{text:?}");
    assert!(of(Role::Head).iter().any(|t| t.contains("2024-01-10")), "{:?}", roles(PAGE));
    assert!(of(Role::Margin).iter().any(|t| t.starts_with("Copyright")));
    assert!(!raw.text.contains("var x") && !raw.text.contains("supplied"));
    let meta = |f| raw.meta.value(f).to_owned();
    assert_eq!((meta(Field::Title), meta(Field::Date)), ("Varga Meets with Tane".to_owned(), "2024-01-10 09:00".to_owned()));
    assert_eq!(meta(Field::Url), "http://x.example/2024-01/10/a.html");
}

#[test]
fn a_page_without_any_furniture_is_all_text() {
    let got = roles("<p>One short line</p><p>Another line, which ends here.</p>");
    assert!(got.iter().all(|(r, _)| *r == Role::Text), "{got:?}");
}

#[test]
fn pages_that_no_browser_would_show_are_refused() {
    for bad in ["<div>".repeat(100_000), format!("<p {}>", "a ".repeat(200_000)), (0..3_000).map(|i| format!("<font color={i}><p>")).collect()] {
        assert!(page(&bad).is_err() || bad.len() < 100_000);
    }
}
