//! Base letters of characters that Unicode does not decompose: strokes, hooks and tails, small capitals, ligatures.

/// Returns the base letters of a character, by its Unicode name or by the language that uses it. Final sigma becomes
/// sigma.
pub fn base(c: char) -> Option<&'static str> {
    if c < 'ß' {
        return None;
    }
    Some(match c {
        'ß' => "ss",
        'æ' | 'ᴁ' => "ae",
        'œ' | 'ɶ' => "oe",
        'ø' | 'ɔ' | 'ɵ' | 'ᴏ' | 'ᴐ' | 'ᶗ' | 'ⱺ' | 'ꝋ' | 'ꝍ' | 'ꬿ' => "o",
        'ł' | 'ƚ' | 'ȴ' | 'ɫ' | 'ɬ' | 'ɭ' | 'ʟ' | 'ᴌ' | 'ᶅ' | 'ⱡ' | 'ꝉ' | 'ꞎ' | 'ꬷ'..='ꬹ' => "l",
        'đ' | 'ð' | 'ƌ' | 'ȡ' | 'ɖ' | 'ɗ' | 'ᴅ' | 'ᴆ' | 'ᵭ' | 'ᶁ' | 'ᶑ' | 'ꝺ' | 'ꟈ' => "d",
        'þ' | 'ᵺ' => "th",
        'ı' | 'ɨ' | 'ɩ' | 'ɪ' | 'ᵻ' | 'ᵼ' | 'ᶖ' => "i",
        'ς' => "σ",
        // Azerbaijani: Əliyev is transliterated as Aliyev.
        'ə' | 'ᶕ' | 'ɑ' | 'ᴀ' | 'ᶏ' | 'ᶐ' | 'ⱥ' => "a",
        'ŋ' | 'ƞ' | 'ȵ' | 'ɲ' | 'ɳ' | 'ɴ' | 'ᵰ' | 'ᶇ' | 'ꞑ' | 'ꞥ' | 'ꬻ' | 'ꬼ' => "n",
        'ħ' | 'ɦ' | 'ʜ' | 'ⱨ' | 'ꞕ' | 'ꜧ' => "h",
        'ŧ' | 'ƫ' | 'ƭ' | 'ȶ' | 'ʈ' | 'ᴛ' | 'ᵵ' | 'ⱦ' | 'ꞇ' => "t",
        'ƀ' | 'ƃ' | 'ɓ' | 'ʙ' | 'ᴃ' | 'ᵬ' | 'ᶀ' | 'ꞗ' => "b",
        'ƈ' | 'ȼ' | 'ɕ' | 'ᴄ' | 'ꞓ' | 'ꞔ' | 'ꜿ' => "c",
        'ɇ' | 'ɛ' | 'ǝ' | 'ᴇ' | 'ᶒ' | 'ᶓ' | 'ⱸ' | 'ⱻ' | 'ꬳ' | 'ꬴ' => "e",
        'ƒ' | 'ᵮ' | 'ᶂ' | 'ꜰ' | 'ꞙ' | 'ꝼ' => "f",
        'ǥ' | 'ɠ' | 'ɡ' | 'ɢ' | 'ɣ' | 'ʛ' | 'ᵹ' | 'ᶃ' | 'ꞡ' | 'ꬶ' => "g",
        'ȷ' | 'ɉ' | 'ɟ' | 'ʄ' | 'ʝ' | 'ᴊ' => "j",
        'ƙ' | 'ᴋ' | 'ᶄ' | 'ⱪ' | 'ꝁ' | 'ꝃ' | 'ꝅ' | 'ꞣ' => "k",
        'ɱ' | 'ᴍ' | 'ᵯ' | 'ᶆ' | 'ꬺ' => "m",
        'ƥ' | 'ᴘ' | 'ᵱ' | 'ᵽ' | 'ᶈ' | 'ꝑ' | 'ꝓ' | 'ꝕ' => "p",
        'ĸ' | 'ɋ' | 'ʠ' | 'ꝗ' | 'ꝙ' | 'ꞯ' => "q",
        'ɍ' | 'ɼ'..='ɾ' | 'ʀ' | 'ᵲ' | 'ᵳ' | 'ᶉ' | 'ꝛ' | 'ꞃ' | 'ꞧ' | 'ꭆ' | 'ꭇ' | 'ꭉ' | 'ꭋ' | 'ꭌ' => {
            "r"
        }
        'ȿ' | 'ʂ' | 'ᵴ' | 'ᶊ' | 'ꜱ' | 'ꞅ' | 'ꞩ' | 'ꟊ' | 'ẜ' | 'ẝ' => "s",
        'ʉ' | 'ʊ' | 'ᴜ' | 'ᵾ' | 'ᵿ' | 'ᶙ' | 'ꞹ' | 'ꭎ' | 'ꭒ' => "u",
        'ʋ' | 'ᴠ' | 'ᶌ' | 'ⱱ' | 'ⱴ' | 'ꝟ' => "v",
        'ƿ' | 'ᴡ' | 'ⱳ' => "w",
        'ᶍ' | 'ꭖ'..='ꭙ' => "x",
        'ƴ' | 'ȝ' | 'ɏ' | 'ʏ' | 'ỿ' | 'ꭚ' => "y",
        'ƶ' | 'ƹ' | 'ƺ' | 'ȥ' | 'ɀ' | 'ʐ' | 'ʑ' | 'ʒ' | 'ʓ' | 'ᴢ' | 'ᴣ' | 'ᵶ' | 'ᶎ' | 'ᶚ' | 'ⱬ' => {
            "z"
        }
        'ʃ' | 'ʆ' | 'ᶋ' | 'ᶘ' | 'ꭍ' => "sh",
        'ƕ' => "hv",
        'ƣ' => "gh",
        'ȣ' | 'ᴕ' => "ou",
        'ȸ' => "db",
        'ȹ' => "qp",
        'ʣ' | 'ʥ' | 'ꭦ' => "dz",
        'ʦ' | 'ꭧ' => "ts",
        'ʨ' => "tc",
        'ʪ' => "ls",
        'ʫ' => "lz",
        'ᵫ' => "ue",
        'ꜩ' => "tz",
        'ꜳ' => "aa",
        'ꜵ' => "ao",
        'ꜷ' => "au",
        'ꜹ' | 'ꜻ' => "av",
        'ꜽ' => "ay",
        'ꝏ' => "oo",
        'ꝡ' => "vy",
        'ꝥ' | 'ꝧ' => "th",
        'ỻ' => "ll",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::base;

    #[test]
    fn base_letters_are_plain() {
        for c in (char::MIN..=char::MAX).filter(|c| base(*c).is_some()) {
            assert!(c.is_alphabetic() && c.to_lowercase().eq([c]), "{c} is in lower case");
            assert!(c.nfkd().eq([c]), "{c} has no decomposition");
            let letters = base(c).unwrap_or_default();
            assert!(c == 'ς' || letters.bytes().all(|b| b.is_ascii_lowercase()), "{c}: {letters}");
        }
    }

    #[test]
    fn latin_letters_in_use_have_a_base() {
        // Latin Extended-A and -B except clicks, tone letters and glottal stops.
        let others = "ƅƍƛƨƪƻƽƾǀǁǂǃɂ";
        for c in ('\u{df}'..='\u{24f}').filter(|c| c.is_lowercase() && c.nfkd().eq([*c])) {
            assert!(base(c).is_some() || others.contains(c), "{c}");
        }
    }
}
