package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// WholeContacts is what the operations on a person as a whole need.
type WholeContacts interface {
	MergeContacts(ctx context.Context, w journal.WorkspaceID, in workspace.MergeContactsInput) (workspace.ContactOutput, error)
	ExportContact(ctx context.Context, w journal.WorkspaceID, ref workspace.ContactRef) (workspace.ContactExport, error)
}

type mergeContactsInput struct {
	Once
	IfMatch
	Body struct {
		Keep string `json:"keep" maxLength:"600" doc:"the contact that stays: id, or external_id:X, email:X, phone:X"`
		Drop string `json:"drop" maxLength:"600" doc:"the one that becomes part of it"`
	}
}

func (s *Server) mergeContacts(ctx context.Context, in *mergeContactsInput) (*contactOutput, error) {
	ask := workspace.MergeContactsInput{Actor: actorOf(ctx), Once: in.idempotency(ctx)}
	var err error
	if ask.Keep, err = refAt("body.keep", in.Body.Keep); err != nil {
		return nil, err
	}
	if ask.Drop, err = refAt("body.drop", in.Body.Drop); err != nil {
		return nil, err
	}
	if ask.IfMatch, err = in.edit(); err != nil {
		return nil, err
	}
	return contactAnswer(s.Contacts.MergeContacts(ctx, workspaceOf(ctx), ask))
}

// noContact says of a reference that it cannot be one.
const noContact = "is neither an id nor external_id:X, email:X or phone:X"

// refAt reads a reference that stands somewhere in the input.
func refAt(location, text string) (workspace.ContactRef, error) {
	ref, err := workspace.ParseContactRef(text)
	if err != nil {
		err = fault.At(location, noContact)
	}
	return ref, err
}

// exportContact answers with a file of everything about one person.
func (s *Server) exportContact(w http.ResponseWriter, r *http.Request) error {
	ref, err := ContactPath{r.PathValue("id")}.ref()
	if err != nil {
		return err
	}
	out, err := s.Contacts.ExportContact(r.Context(), workspaceOf(r.Context()), ref)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="contact-`+out.Contact.ID+`.json"`)
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// The client may be gone; there is nobody left to tell.
	_ = encoder.Encode(out)
	return nil
}

func (s *Server) addWholeContactRoutes() {
	const tag = "Contacts"
	add(s, operation{
		ID: "merge-contacts", Method: http.MethodPost, Path: "/v1/contacts/merge", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Make two contacts one",
		About: "All changes of both become those of the one kept, in order of time; whatever named the other one names it from then on. " +
			"Its own fields win, the source is that of who came first. This cannot be undone. If-Match is the ETag of the one kept.",
	}, s.mergeContacts)
	addRaw[struct{ ContactPath }](s, operation{
		ID: "export-contact", Method: http.MethodGet, Path: "/v1/contacts/{id}/export", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Download everything that is known of one person",
	}, s.description.answering(workspace.ContactExport{}), s.exportContact)
}
