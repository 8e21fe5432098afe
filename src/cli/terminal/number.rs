//! How numbers are rounded for reading.

use crate::chart::thousands;
use crate::table::shown_number;

/// The decimals of rates.
const RATE: usize = 2;

/// A rate, or a log ratio without its sign.
pub fn rate(value: Option<f64>) -> String {
    value.map_or_else(String::new, |x| decimals(x, RATE))
}

/// A share.
pub fn share(value: Option<f64>) -> String {
    value.map_or_else(String::new, |x| shown_number("share", x))
}

/// A p or q.
pub fn probability(value: Option<f64>) -> String {
    value.map_or_else(String::new, |x| shown_number("p", x))
}

/// A number with its sign: +1.25, −0.50.
pub fn signed(value: Option<f64>) -> String {
    value.map_or_else(String::new, |x| {
        let text = decimals(x, RATE);
        if text.starts_with('−') || x == 0.0 { text } else { format!("+{text}") }
    })
}

/// With so many decimals, and a minus that is one; never a negative nought.
pub fn decimals(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// A count, by thousands: 12,345.
pub fn whole(value: f64) -> String {
    thousands(value.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!([rate(Some(12.345)), rate(None), rate(Some(-0.001))], ["12.35", "", "0.00"]);
        assert_eq!([share(Some(0.0004)), share(Some(0.0496)), probability(Some(0.0004)), probability(Some(1.0))], ["0.000", "0.050", "<0.001", "1.000"]);
        assert_eq!([signed(Some(1.5)), signed(Some(-1.5)), signed(Some(0.0))], ["+1.50", "−1.50", "0.00"]);
        assert_eq!([whole(0.0), whole(999.0), whole(1000.0), whole(1_234_567.0)], ["0", "999", "1,000", "1,234,567"]);
    }
}
