//! JSON: one object a line, or an array of them.

use polars::prelude::*;
use polars_io::SerWriter;
use polars_io::prelude::{JsonFormat, JsonWriter};

use crate::error::Result;

/// One object a line.
pub(super) fn lines(frame: &DataFrame) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JsonWriter::new(&mut bytes).with_json_format(JsonFormat::JsonLines).finish(&mut frame.clone())?;
    Ok(bytes)
}

/// An array of these objects, each still on a line of its own.
pub(super) fn array(frame: &DataFrame) -> Result<Vec<u8>> {
    let objects = lines(frame)?;
    // A line end within a text is written as \n, so that each one here ends an object.
    let objects = objects.strip_suffix(b"\n").unwrap_or(&objects);
    let mut bytes = Vec::with_capacity(objects.len() + frame.height() + 4);
    bytes.push(b'[');
    for (i, object) in objects.split(|b| *b == b'\n').filter(|o| !o.is_empty()).enumerate() {
        bytes.extend_from_slice(if i > 0 { b",\n" } else { b"\n" });
        bytes.extend_from_slice(object);
    }
    bytes.extend_from_slice(b"\n]\n");
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::text_column;

    #[test]
    fn an_array_of_objects() {
        let frame = DataFrame::new_infer_height(vec![
            text_column("text", ["a\nb \"</script>\"", ""].into_iter()),
            Column::new("n".into(), vec![-1_i64, 2]),
            Column::new("x".into(), vec![Some(0.5), None]),
        ])
        .unwrap();
        let text = array(&frame).unwrap();
        let back: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(back, serde_json::json!([{"text": "a\nb \"</script>\"", "n": -1, "x": 0.5}, {"text": null, "n": 2, "x": null}]));
        assert_eq!(String::from_utf8(text).unwrap().lines().count(), 4);
        assert_eq!(array(&frame.clear()).unwrap(), b"[\n]\n");
    }
}
