// The folding of defcoop.values.fold in JavaScript; vectors.json holds the tables and examples that both pass.
// fold(text, tables, {diacritics: false}) gives the key by which spellings of one word meet.

const replaceFrom = (text, table) => text.replace(/./gsu, letter => table[letter] ?? letter);
const caseFolded = text => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

export function fold(text, tables, { diacritics = false } = {}) {
  const { ignored, marks, vowel_signs, arabic, latin, digits } = tables;
  text = caseFolded(text.normalize("NFKD").replaceAll("ı", "\u{f0000}")).replaceAll("\u{f0000}", "ı").normalize("NFKD");
  text = text.replace(new RegExp(`[${ignored}]`, "gu"), "");
  text = text.replace(new RegExp(`[${diacritics ? vowel_signs : marks}]`, "gu"), "");
  text = replaceFrom(text, arabic).replace(/(?<=[\u0627\u0647])[\u0653-\u0655]+/gu, "");
  if (!diacritics) text = replaceFrom(text, latin);
  text = text.replace(/\p{Nd}/gu, digit => {
    let zero = digit.codePointAt(0);
    const value = digits.findIndex(first => first <= zero && zero < first + 10);
    return value < 0 ? digit : String(zero - digits[value]);
  });
  return text.normalize("NFC").trim().split(/[\s\u001c-\u001f\u0085]+/u).join(" ");
}
