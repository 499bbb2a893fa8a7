//! Turns the tables of irregular forms around: a line for each form and its base form, sorted, and where each line begins,
//! so that a form is found without a table being made of it whenever the program starts.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    for language in ["en", "es"] {
        let table = format!("src/text/irregular/{language}.txt");
        println!("cargo::rerun-if-changed={table}");
        let text = fs::read_to_string(&table)?;
        let mut lines = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (base, forms) = line.split_once(' ').ok_or("a line without forms")?;
            lines.extend(forms.split(' ').map(|form| format!("{form} {base}\n")));
        }
        lines.sort();
        let (mut starts, mut sorted) = (Vec::new(), String::new());
        for line in lines {
            starts.push(sorted.len());
            sorted += &line;
        }
        let out = Path::new(&env::var_os("OUT_DIR").ok_or("cargo names no folder")?).join(language);
        fs::write(out.with_extension("txt"), sorted)?;
        fs::write(out.with_extension("rs"), format!("&{starts:?}"))?;
    }
    Ok(())
}
