package journal

import (
	"fmt"
	"strconv"
	"strings"
)

// Saying is a sentence for people: in English, and as what it says, so that a
// program can say the same in another language.
type Saying struct {
	Code   string         `json:"code" doc:"what it says; stable"`
	Text   string         `json:"text" doc:"in English"`
	Params map[string]any `json:"params" doc:"what it names: texts, numbers and lists of texts, by name"`
}

// Say makes a saying of a template, which has the names of parameters in
// braces. A list is shown as its members.
func Say(code, template string, params map[string]any) Saying {
	pairs := make([]string, 0, 2*len(params))
	for name, value := range params {
		shown := ""
		switch value := value.(type) {
		case []string:
			shown = strings.Join(value, ", ")
		case float64: // without an exponent
			shown = strconv.FormatFloat(value, 'f', -1, 64)
		default:
			shown = fmt.Sprint(value)
		}
		pairs = append(pairs, "{"+name+"}", shown)
	}
	if params == nil {
		params = map[string]any{}
	}
	return Saying{Code: code, Text: strings.NewReplacer(pairs...).Replace(template), Params: params}
}
