use regex::Captures;

use super::*;

/// The forms as regular expressions, in the order of [`Form`].
fn forms() -> [Regex; FORMS] {
    let months = Layout::builtin().en.months.clone();
    let names: Vec<String> = months.iter().map(|m| if m.len() > 3 { format!("{}(?:{})?", &m[..3], &m[3..]) } else { m.clone() }).collect();
    let month = format!("(?P<month>{}|sept)", names.join("|"));
    let year = r"(?P<y>(?:19|20|１９|２０)\d\d)";
    let all = [
        format!(r"{year}(?:[-./]|\s*年\s*)(?P<m>\d{{1,2}})(?:[-./]|\s*月\s*)(?P<d>\d{{1,2}})(?:\s*日)?"),
        format!(r"{year}(?P<m>[01]\d)(?P<d>[0-3]\d)"),
        format!(r"(?i)\b{month}\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?)?\s?,?\s*{year}\b)?"),
        format!(r"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?{month}\b\.?(?:,?[\s-]*{year}\b)?"),
        format!(r"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{year}"),
        r"(?:(?P<m>\d{1,2})\s*月\s*)?(?P<d>\d{1,2})\s*[日号]".to_owned(),
        r"(?:(?P<y>[〇○零一二三四五六七八九]{4})年)?(?P<m>十[一二]?|[一二三四五六七八九])月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号]".to_owned(),
    ];
    all.map(|pattern| Regex::new(&pattern).unwrap())
}

fn read(captures: &Captures<'_>, text: &str) -> Option<Found> {
    let whole = captures.get(0)?;
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let closed = whole.as_str().ends_with(['日', '号']);
    if digit(text[..whole.start()].chars().next_back()) || (!closed && digit(text[whole.end()..].chars().next())) {
        return None;
    }
    let number_of = |name: &str| captures.name(name).and_then(|m| number(m.as_str()));
    let year = number_of("y").and_then(|y| i32::try_from(y).ok());
    if let (Some(a), Some(b)) = (number_of("a"), number_of("b")) {
        let (month, day) = if b > 12 || a == b { (a, b) } else { (b, a) };
        return (a > 12 || b > 12 || a == b).then_some(Found { range: whole.range(), year, month: Some(month), day });
    }
    let month = match captures.name("month") {
        Some(name) => Some(month_named(name.as_str())?),
        None => number_of("m"),
    };
    Some(Found { range: whole.range(), year, month, day: number_of("d")? })
}

fn by_expressions(text: &str) -> Vec<(usize, Found)> {
    static COMPILED: OnceLock<[Regex; FORMS]> = OnceLock::new();
    let forms = COMPILED.get_or_init(forms).iter().enumerate();
    forms.flat_map(|(rank, form)| form.captures_iter(text).filter_map(move |c| Some((rank, read(&c, text)?)))).collect()
}

fn by_scan(text: &str) -> Vec<(usize, Found)> {
    let mut found: Vec<(usize, Found)> = written(text).into_iter().map(|(form, found)| (form as usize, found)).collect();
    found.sort_by_key(|(rank, f)| (*rank, f.range.start));
    found
}

#[test]
fn corners() {
    for text in [
        "12020-1-2020-3-4",
        "１９１2023",
        "May 5-62017",
        "1/2/20203/4/2020",
        "May 5st, 2017x",
        "二〇二三年十一月三十一日",
        "5 of\u{a0}Sept., -2020",
        "20240110²",
    ] {
        assert_eq!(by_scan(text), by_expressions(text), "{text}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]
    #[test]
    fn the_scan_finds_what_the_expressions_do(
        text in "(20|19|2023|20230405|１９|２０|[0-9]{1,3}|[１２３]|[0-9]|-|–|/|\\.|,| |  |\u{a0}|年|月|日|号|May|[Ss]ept?|September|JUNE|jan|of |OF|st|th|[a-z]|_|é|\u{301}|²|〇|二〇二三|十|[一二三]|廿|。){0,24}"
    ) {
        proptest::prop_assert_eq!(by_scan(&text), by_expressions(&text));
    }

    #[test]
    fn whole_dates_with_something_around(
        text in "([0-9a-zé一 ]?(20[0-9]{2}|１９９[０-９])([-./]| ?年 ?)[0-9]{1,3}([-./]|月| 月 )[0-9]{1,3} ?日?|[x. ]?(May|aug|Sept|march)[. ]{0,2}[0-9]{1,3}(st|th)?( ?[-–] ?[0-9]{1,3}(st)?)?[ ,]{0,3}(20[0-9]{2,3})?|[a ]?[0-9]{1,2}(th)?[ -](of )?(may|OCT|november)[.,]?[ -]{0,2}(19[0-9]{2}[x ]?)?|[0-9]{1,2}/[0-9]{1,3}/20[0-9]{2,3}|[二〇]{0,5}年?十?[一二]月[一二三十廿]{1,4}[日号]|[0-9]{1,3} ?月 ?[0-9]{0,3} ?[日号]){1,3}"
    ) {
        proptest::prop_assert_eq!(by_scan(&text), by_expressions(&text));
    }
}
