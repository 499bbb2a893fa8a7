//! Turns the tables of irregular forms around: a line for each form and its base form, sorted, so that a form is found
//! without a table being made of it whenever the program starts.

use std::error::Error;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    for name in ["en.txt", "es.txt"] {
        let table = format!("src/schema/irregular/{name}");
        println!("cargo::rerun-if-changed={table}");
        let text = fs::read_to_string(&table)?;
        let mut lines = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (base, forms) = line.split_once(' ').ok_or("a line without forms")?;
            lines.extend(forms.split(' ').map(|form| format!("{form} {base}\n")));
        }
        lines.sort();
        fs::write(format!("{}/{name}", env::var("OUT_DIR")?), lines.concat())?;
    }
    Ok(())
}
