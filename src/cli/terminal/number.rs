//! How numbers are rounded for reading.

/// The decimals of rates and of shares.
const RATE: usize = 2;
const SHARE: usize = 3;

/// A rate, or a log ratio without its sign.
pub fn rate(value: Option<f64>) -> String {
    value.map_or_else(String::new, |x| decimals(x, RATE))
}

/// A share, or a p or q.
pub fn share(value: Option<f64>) -> String {
    let least = 0.1_f64.powi(SHARE as i32);
    value.map_or_else(String::new, |x| if x > 0.0 && x < least { format!("<{least:.SHARE$}") } else { decimals(x, SHARE) })
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

/// A whole number, by thousands: 12,345.
pub fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = if value < 0.0 { "−".to_owned() } else { String::new() };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!([rate(Some(12.345)), rate(None), rate(Some(-0.001))], ["12.35", "", "0.00"]);
        assert_eq!([share(Some(0.0004)), share(Some(0.0)), share(Some(0.0496)), share(Some(1.0))], ["<0.001", "0.000", "0.050", "1.000"]);
        assert_eq!([signed(Some(1.5)), signed(Some(-1.5)), signed(Some(0.0))], ["+1.50", "−1.50", "0.00"]);
        assert_eq!([whole(0.0), whole(999.0), whole(1000.0), whole(1_234_567.0)], ["0", "999", "1,000", "1,234,567"]);
    }
}
