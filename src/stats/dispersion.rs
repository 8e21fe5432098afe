//! How evenly something is spread over the parts of a corpus.

/// How far the spread of something is from that of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Deviation of proportions: Gries, S. Th. (2008), "Dispersions and adjusted frequencies in corpora", *International Journal of Corpus
    /// Linguistics* 13(4). Half the sum of the differences between the shares of occurrences and of text: 0 where they are the same.
    pub dp: f64,
    /// It divided by what it can be at most, 1 less the smallest part's share: Lijffijt, J. & Gries, S. Th. (2012), "Correction to
    /// Stefan Th. Gries' …", *International Journal of Corpus Linguistics* 17(1). 1 is: all in the smallest part.
    pub normed: f64,
    /// In how many parts it occurs.
    pub range: usize,
}

/// Of `occurrences` in parts of these `sizes`; parts without text are left out. `None` without occurrences or with fewer than two parts.
pub fn dispersion(occurrences: &[f64], sizes: &[f64]) -> Option<Dispersion> {
    let parts: Vec<(f64, f64)> = occurrences.iter().copied().zip(sizes.iter().copied()).filter(|(_, s)| *s > 0.0).collect();
    let (hits, text) = parts.iter().fold((0.0, 0.0), |(h, t), (v, s)| (h + v, t + s));
    if hits <= 0.0 || parts.len() < 2 {
        return None;
    }
    let dp = parts.iter().map(|(v, s)| (v / hits - s / text).abs()).sum::<f64>() / 2.0;
    let least = parts.iter().map(|(_, s)| s / text).fold(1.0, f64::min);
    Some(Dispersion { dp, normed: (dp / (1.0 - least)).min(1.0), range: parts.iter().filter(|(v, _)| *v > 0.0).count() })
}
