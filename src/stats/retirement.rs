//! Whether what has not been seen for a while is gone.

/// How likely a silence as long as the one at the end is, if nothing has changed: Solow, A. R. (1993), "Inferring Extinction from Sighting
/// Data", *Ecology* 74(3), counted from the first sighting, which is therefore not one of those that show the rate. `times` are those of the
/// sightings, in order; `end` is that of the last look. `None` with fewer than two sightings or no time between them and the end.
pub fn retirement(times: &[f64], end: f64) -> Option<f64> {
    let (first, last) = (times.first()?, times.last()?);
    let whole = end - first;
    (times.len() >= 2 && whole > 0.0).then(|| ((last - first) / whole).clamp(0.0, 1.0).powf(times.len() as f64 - 1.0))
}
