//! Texts as TOML has them.

/// `text` in quotation marks, for a TOML file.
pub fn quoted(text: &str) -> String {
    // The signs of JSON are those of TOML, which wants one more of them written out.
    serde_json::Value::from(text).to_string().replace('\u{7F}', "\\u007F")
}
