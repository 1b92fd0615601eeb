package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// Problem is the answer to every request that failed (RFC 9457).
type Problem struct {
	Type   string          `json:"type" doc:"always about:blank; code tells programs what happened"`
	Title  string          `json:"title" doc:"the status in words"`
	Status int             `json:"status"`
	Detail string          `json:"detail" doc:"one sentence for people"`
	Code   string          `json:"code" doc:"stable name of what happened, for programs"`
	Params fault.Params    `json:"params" nullable:"true" doc:"what detail names, by name: texts, numbers, lists of texts"`
	Errors []ProblemDetail `json:"errors,omitempty" doc:"every fault found in the input"`

	retryAfter string
}

// ProblemDetail is one fault in the input.
type ProblemDetail struct {
	Location string       `json:"location" doc:"where in the request: body.contacts[3].at, query.from, path.id"`
	Message  string       `json:"message"`
	Code     *string      `json:"code" doc:"stable name of what is wrong, where there is one: with params, a program can say it in another language"`
	Params   fault.Params `json:"params" nullable:"true" doc:"what message names, by name: texts, numbers, lists of texts"`
}

// Error makes a Problem an error that the framework takes as an answer.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of problem documents.
func (p *Problem) ContentType(string) string { return problemType }

// GetHeaders returns the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header {
	switch {
	case p.retryAfter != "":
		return http.Header{"Retry-After": {p.retryAfter}}
	case p.Status == http.StatusUnauthorized:
		return http.Header{"Www-Authenticate": {challenge}}
	}
	return nil
}

// challenge says how to prove who one is (RFC 9110, section 11.6.1). Browsers
// ask for nothing where it says Bearer.
const challenge = `Bearer realm="tidemark"`

const problemType = "application/problem+json"

// statusOf is the one mapping of faults to statuses. A kind has one status;
// a few codes are more precise than their kind.
func statusOf(err error) int {
	switch fault.CodeOf(err) {
	case codeMalformed:
		return http.StatusBadRequest
	case codeEditConflict:
		return http.StatusPreconditionFailed
	case codeIdempotency:
		return http.StatusUnprocessableEntity
	case codeTooMany:
		return http.StatusTooManyRequests
	case codeMethod:
		return http.StatusMethodNotAllowed
	case codeNotAcceptable:
		return http.StatusNotAcceptable
	case codeMediaType:
		return http.StatusUnsupportedMediaType
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Codes of faults that this package makes or maps by name.
const (
	codeMalformed     = "malformed"
	codeEditConflict  = "edit_conflict"
	codeIdempotency   = "idempotency_key_reused"
	codeTooMany       = "too_many_requests"
	codeMethod        = "method_not_allowed"
	codeNotAcceptable = "not_acceptable"
	codeMediaType     = "unsupported_media_type"
	codeTimeout       = "timeout"
	codeBusy          = "too_busy"
)

// problemOf turns any error into the problem that is shown. What is internal
// is logged under a random id, and only the id is shown.
func problemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	f := faultOf(err)
	if f == nil {
		return internalProblem(ctx, log, err)
	}
	status := statusOf(f)
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: f.Message, Code: f.Code, Params: f.Params, Errors: detailsOf(f.Details),
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		p.retryAfter = strconv.Itoa(max(1, int(math.Ceil(f.RetryAfter.Seconds()))))
		log.LogAttrs(ctx, slog.LevelWarn, "request turned away", slog.String("code", f.Code), slog.Any("error", err))
	}
	return p
}

// faultOf finds the fault in an error; nil means that it is internal.
func faultOf(err error) *fault.Error {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind != fault.Internal {
		return f
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.New(fault.Unavailable, codeTimeout, "The request took too long and was stopped.")
	}
	if errors.Is(err, context.Canceled) {
		return fault.New(fault.Unavailable, "canceled", "The request was canceled.")
	}
	return nil
}

func internalProblem(ctx context.Context, log *slog.Logger, err error) *Problem {
	id := rand.Text()[:10]
	log.LogAttrs(ctx, slog.LevelError, "request failed", slog.String("error_id", id), slog.Any("error", err))
	return &Problem{
		Type: "about:blank", Title: http.StatusText(http.StatusInternalServerError),
		Status: http.StatusInternalServerError, Code: "internal",
		Detail: "Something went wrong on our side. The server's log has the details under the id " + id + ".",
		Params: fault.Params{"id": id},
	}
}

func detailsOf(details []fault.Detail) []ProblemDetail {
	var out []ProblemDetail
	for _, d := range details {
		out = append(out, ProblemDetail{Location: d.Location, Message: d.Message, Code: journal.OrNil(d.Code), Params: d.Params})
	}
	return out
}

// writeProblem answers a request outside the framework.
func writeProblem(w http.ResponseWriter, p *Problem) {
	for name, values := range p.GetHeaders() {
		if _, said := w.Header()[name]; !said {
			w.Header()[name] = values
		}
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	// The client may be gone; there is nobody left to tell.
	_ = json.NewEncoder(w).Encode(p)
}

// Problem is the problem document of an error, for handlers beside the API.
func (s *Server) Problem(ctx context.Context, err error) *Problem { return problemOf(ctx, s.Log, err) }

// WriteProblem answers a request with a problem document.
func WriteProblem(w http.ResponseWriter, p *Problem) { writeProblem(w, p) }
