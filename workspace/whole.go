package workspace

import "github.com/tidemark/tidemark/journal"

// Whole is everything that the log has of a contact.
type Whole struct {
	ID         journal.ContactID
	Configured *Configured
	Entries    []journal.Entry // in order of arrival, with those of whom was merged into it and of the visitors that it was
}

// ReadWhole reads a contact; one that was merged is the one that it became.
func ReadWhole(r Reader, w journal.WorkspaceID, ref ContactRef) (Whole, error) {
	c, h, entries, err := openLog(r, w, ref)
	if err != nil {
		return Whole{}, err
	}
	wide, err := withVisitors(r, w, entries)
	return Whole{h.ID, c, wide}, err
}
