//! Version of the index content.

/// Version of the parser and analyzer. Must be raised with any change of fields, terms, their content or the file list,
/// since indexes of other versions are rebuilt.
pub const VERSION: u32 = 16;

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::fs;

    use xxhash_rust::xxh3::xxh3_64;

    use super::*;
    use crate::digest::general::SAMPLES;
    use crate::digest::{Conventions, Facts, Folder, Layout, Outcome, documents, parse, read};
    use crate::model::Document;

    /// Hash of the parser's and analyzer's output over the sample corpus, for [`VERSION`].
    const OUTPUT: (u32, u64) = (16, 18_423_040_948_677_118_755);

    /// Writes every indexed field of a document.
    fn write(out: &mut String, entry: Document) {
        let Document { id, place, kind, topic_name, perspective, attribution, source, lang, locale, date, .. } = &entry;
        let Document { description, section, section_keys, .. } = &entry;
        let Document { text, url, copy, content, words, exact, stem, source_keys, source_words, .. } = &entry;
        writeln!(
            out,
            "{id} {place} {kind} {topic_name} {perspective:?} {attribution:?} {source:?} {lang:?} {locale:?}"
        )
        .expect("a string takes it");
        writeln!(out, "{date} {text} {url:?} {copy} {content} {words} {exact} {stem} {source_keys:?} {source_words:?}")
            .expect("a string takes it");
        if description.is_some() || section.is_some() {
            writeln!(out, "{description:?} {section:?} {section_keys:?}").expect("a string takes it");
        }
    }

    #[test]
    fn output_over_the_sample_corpus_matches_the_version() {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let yaml = fs::read_to_string(format!("{corpus}/digest-search.yaml")).expect("the sample's settings");
        let conventions = Conventions::from_yaml(&yaml).expect("valid");
        let files = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().map(|file| file.expect("readable"));
        let mut out = String::new();
        for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md")) {
            let bytes = fs::read(file.path()).expect("readable");
            let parsed = parse(&String::from_utf8_lossy(&bytes), &conventions);
            for (subject, warning) in parsed.warnings {
                writeln!(out, "{} {:?} {}", subject.as_str(), warning.line, warning.message)
                    .expect("a string takes it");
            }
            if let Outcome::Digest(digest) = parsed.outcome {
                documents(*digest, &conventions).into_iter().for_each(|entry| write(&mut out, entry));
            }
        }
        let facts: Vec<_> = SAMPLES
            .iter()
            .filter_map(|(path, text)| Some((*path, Facts::of(text, path, &Conventions::default())?)))
            .collect();
        let folder = Folder::decide("ports", facts.iter().map(|(path, facts)| (*path, facts)));
        for ((path, text), (_, facts)) in SAMPLES.iter().zip(&facts) {
            let reading = folder.reading(path, facts);
            if let Outcome::Digest(digest) = read(text, Layout::General, path, Some(&reading), &conventions).outcome {
                documents(*digest, &conventions).into_iter().for_each(|entry| write(&mut out, entry));
            }
        }
        let output = (VERSION, xxh3_64(out.as_bytes()));
        assert_eq!(
            output, OUTPUT,
            "the output of the parser or the analyzer has changed: raise VERSION and update OUTPUT (where only corpus/ \
                         or the text of warnings has changed, only the hash)"
        );
    }
}
