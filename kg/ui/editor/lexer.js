// The lexer: the lines of a query as words, each with its kind; every character is in one of them, in order.

const LETTER = "[\\p{L}_]";
const SIGN = "[\\p{L}\\p{M}\\p{N}_\\-]";
const KINDS = {
  space: "\\s+",
  comment: "#[^\\n]*",
  iri: "<[^<>\"{}|^`\\\\\\x00-\\x20]*>", // before all marks: the # inside is part of it
  string:
    '"""(?:[^"\\\\]|\\\\[^]|"(?!""))*(?:"""|\\\\?$)|' +
    "'''(?:[^'\\\\]|\\\\[^]|'(?!''))*(?:'''|\\\\?$)|" +
    '"(?:[^"\\\\]|\\\\[^])*"?|' +
    "'(?:[^'\\\\]|\\\\[^])*'?",
  variable: "[?$][\\p{L}\\p{N}_]+",
  name: `(?:_|(?:\\p{L}(?:${SIGN}|\\.(?=${SIGN})){0,80})?):(?:(?:${SIGN}|[:%]|\\\\.)|\\.(?=${SIGN}|[:%\\\\]))*`,
  number: "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?",
  language: "@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
  word: `${LETTER}${SIGN}*`,
  mark: "[{}()\\[\\].,;*+/|^?!=<>&-]",
  other: "[^]",
};
const ORDER = Object.keys(KINDS);
const WORDS = new RegExp(ORDER.map((kind) => `(${KINDS[kind]})`).join("|"), "gu");

const KEYWORDS = new Set(
  (
    "BASE PREFIX SELECT CONSTRUCT DESCRIBE ASK DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC LIMIT " +
    "OFFSET VALUES UNDEF OPTIONAL GRAPH SERVICE SILENT BIND UNION MINUS FILTER NOT IN EXISTS SEPARATOR A TRUE FALSE"
  ).split(" "),
);
const FUNCTIONS = new Set(
  (
    "STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI " +
    "CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 " +
    "SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR " +
    "REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT"
  ).split(" "),
);

// The rest of a string of three quotes that an earlier line began.
const REST = {
  '"""': /^(?:[^"\\]|\\[^]|"(?!""))*(?:"""|\\?$)/,
  "'''": /^(?:[^'\\]|\\[^]|'(?!''))*(?:'''|\\?$)/,
};
const MOST_KNOWN = 5000;
const known = new Map(); // a line that was read once is not read again: typing changes one of many

// The lines of `text`, each {words: [{kind, start, end}], open}: `open` are the quotes of a string that goes on.
export function readLines(text) {
  let open = "";
  return text.split("\n").map((line) => {
    const key = `${open}\n${line}`;
    if (known.size > MOST_KNOWN) known.clear();
    if (!known.has(key)) known.set(key, readLine(line, open));
    const found = known.get(key);
    open = found.open;
    return found;
  });
}

function readLine(line, open) {
  const words = [];
  let from = 0;
  if (open) {
    from = REST[open].exec(line)[0].length;
    if (from) words.push({ kind: "string", start: 0, end: from });
    if (!line.slice(0, from).endsWith(open)) return { text: line, words, open };
  }
  WORDS.lastIndex = from;
  let after = "";
  for (let found = WORDS.exec(line); found && found[0]; found = WORDS.exec(line)) {
    const kind = kindOf(found);
    const last = words[words.length - 1];
    if (last && last.kind === "plain" && kind === "plain") last.end = WORDS.lastIndex;
    else words.push({ kind, start: found.index, end: WORDS.lastIndex });
    after = kind === "string" ? opened(found[0]) : "";
  }
  return { text: line, words, open: after };
}

// The quotes of a string that its line does not end.
function opened(string) {
  const quotes = string.slice(0, 3);
  if (!REST[quotes]) return "";
  const rest = REST[quotes].exec(string.slice(3))[0];
  return rest.length >= 3 && rest.endsWith(quotes) ? "" : quotes;
}

function kindOf(found) {
  const kind = ORDER.find((_, place) => found[place + 1] !== undefined);
  if (kind === "word") {
    const word = found[0].toUpperCase();
    return KEYWORDS.has(word) ? "keyword" : FUNCTIONS.has(word) ? "function" : "plain";
  }
  return kind === "space" || kind === "mark" || kind === "other" ? "plain" : kind;
}

// What kind of word the sign before `place` belongs to.
export function kindAt(text, place) {
  const from = text.lastIndexOf("\n", place - 1) + 1;
  const until = text.indexOf("\n", place);
  const lines = readLines(text.slice(0, until < 0 ? text.length : until));
  const word = lines[lines.length - 1].words.find(({ start, end }) => from + start < place && place <= from + end);
  return word ? word.kind : "plain";
}
