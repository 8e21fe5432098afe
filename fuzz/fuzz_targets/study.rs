//! Study files (feature `analysis`): what is wrong is said with a line of the file; what is sound, written down, is the same again.

#![no_main]

use tifa::study::{Study, StudyFile};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let folder = std::env::temp_dir().join(format!("tifa-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for a study");
    let path = folder.join("study.toml");
    std::fs::write(&path, text).expect("a study");
    match Study::load(&path) {
        Ok(study) => {
            let written = serde_json::to_string(&study.file).expect("a study can be written down");
            let again: StudyFile = serde_json::from_str(&written).expect("and read again");
            assert_eq!(serde_json::to_string(&again).expect("as before"), written);
        }
        Err(error) => {
            let (message, name) = (error.to_string(), path.display().to_string());
            assert!(message.contains(&format!("{name}:")), "no place in {message}");
        }
    }
});
