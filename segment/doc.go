// Package segment is the one filter language of Tidemark: saved views, lists,
// workflows and reports say with it which contacts they mean. It parses,
// checks, prints, explains in plain words, and evaluates for one contact.
//
// A filter is an Expr: All, Any and Not over Terms of field, operator and
// value. It has two forms that say the same. Text, for people:
//
//	stage = hot_lead and days_in_stage > 7 and not in_list("Partners")
//	property."Company size" >= 50 or event("Demo").count within 30 days >= 2
//	created_at before 3 months ago and source.campaign contains "spring"
//
// and JSON, for programs: {"all"|"any": [...]}, {"not": ...},
// {"field", "op", "value"}, where a field is spelled as in the text.
//
// # Text
//
// not binds tighter than and, and tighter than or; parentheses group. Words of
// the language are read in any case. A value is a word, a number, true, false,
// a text in straight quotes with the escapes of JSON, a day (2026-01-31), an
// instant (RFC 3339), or a time relative to now: 3 months ago, 2 days from
// now, and after within: 7 days (the last seven), next 7 days. all(), any(),
// all(x) and any(x) write groups of fewer than two. String prints the
// canonical text, which parses back to the same Expr.
//
// # Truth
//
// Evaluation knows three values. An absent field is neither equal nor unequal:
// every term on it is unknown, except exists. Not unknown is unknown; and is
// the least, or the greatest of false < unknown < true. Only true selects.
// What a present value cannot answer is unknown for the operators of order
// ("big" < 5) and false for equality ("big" = 5).
//
//   - Text is compared by Unicode simple case folding: "paris" = "Paris".
//     Keys and ids are compared as written: stage and its kind, external_id,
//     created_by, and the keys of journey fields.
//   - A number compares with a text that reads as a number; so does a text
//     that reads as a number under the operators of order.
//   - A day is the local day of the location of now: = holds from its first
//     instant to the first of the next day, after and > begin with the next.
//     Days and weeks of relative times are 24 h and 7 x 24 h, like every day
//     count of reports; months and years follow the calendar, cut at the
//     month's end.
//   - A value that is a list (lists of the contact, a property with several
//     values) satisfies a term if one of its items does; != is the denial of =.
//
// What does not belong here: SQL (an engine compiles with Walk or Compile),
// where values come from (Subject), names of stages and lists (Catalogue).
package segment
